"""Other papers than the identity card."""

from __future__ import annotations

from datetime import date

import pytest

from village_app.domain.documents import (
    check_document,
    guess_document,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("document", "number"),
    [
        ("identity_card", "44190019850630123X"),
        ("old_identity_card", "441900850630123"),
        ("hmt_residence", "81000019980902013X"),
        ("hmt_residence", "820000200009100032"),
        ("hmt_residence", "830000200209060065"),
        ("foreign_residence", "932682198501010017"),
        ("foreign_residence", "USA110105850630"),
        ("hm_permit", "H12345678"),
        ("hm_permit", "M1234567801"),
        ("taiwan_permit", "12345678"),
        ("passport", "E12345678"),
        ("passport", "EA1234567"),
        ("foreign_passport", "AB1234567"),
        ("birth_certificate", "Q441234567"),
        ("household_book", "441900123"),
        ("other", "随便写"),
    ],
)
def test_usual_numbers_pass_without_a_word(document: str, number: str) -> None:
    check = check_document(document, number, TODAY)
    assert check.findings == ()
    assert check.number == number


@pytest.mark.parametrize(
    ("document", "number"),
    [
        ("hm_permit", "X12345678"),
        ("taiwan_permit", "123"),
        ("passport", "EI1234567"),
        ("birth_certificate", "441234567"),
        ("hmt_residence", "44190019850630123X"),
    ],
)
def test_unusual_numbers_are_only_asked_about(document: str, number: str) -> None:
    (finding,) = check_document(document, number, TODAY).findings
    assert (finding.level, finding.code) == ("warning", "unusual_number")


def test_a_residence_permit_tells_birth_and_sex_and_is_never_refused() -> None:
    check = check_document("hmt_residence", "81000019980902013x", TODAY)
    assert (check.birth, check.sex) == (date(1998, 9, 2), "1")
    wrong = check_document("hmt_residence", "810000199809020131", TODAY)
    assert not wrong.errors
    assert [finding.code for finding in wrong.warnings] == ["wrong_check_digit"]


def test_an_identity_card_can_be_wrong() -> None:
    assert check_document("identity_card", "441900198506301231", TODAY).errors


def test_lost_digits_are_an_error_for_every_paper() -> None:
    assert check_document("passport", "4.41901E+17", TODAY).errors[0].code == "damaged"


@pytest.mark.parametrize(
    ("number", "document"),
    [
        ("44190019850630123x", "identity_card"),
        ("441900850630123", "old_identity_card"),
        ("81000019980902013X", "hmt_residence"),
        ("932682198501010017", "foreign_residence"),
        ("H12345678", "hm_permit"),
        ("E12345678", "passport"),
        ("12", "other"),
    ],
)
def test_the_type_is_guessed_from_the_number(number: str, document: str) -> None:
    assert guess_document(number) == document
