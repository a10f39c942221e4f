"""Identity numbers: vectors of the standard, of foreign tests, and single-digit slips."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.identity import (
    age_on,
    birth_of,
    check_digit,
    check_identity,
    is_valid,
    lengthen,
    sex_of,
    tidy,
)

TODAY = date(2026, 11, 24)
VECTORS = Path(__file__).parents[2].parent / "shared/corpus/vectors/id_numbers.csv"

born = st.dates(date(1910, 1, 1), date(2026, 1, 1))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(["441900", "442527", "110105", "810000"]))
    order = draw(st.integers(0, 999))
    first = f"{region}{draw(born):%Y%m%d}{order:03d}"
    return first + check_digit(first)


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "44190019850630123X"]
)
def test_valid_examples_of_the_standard_pass(number: str) -> None:
    assert is_valid(number)
    assert not check_identity(number, TODAY).errors


def test_a_wrong_check_digit_names_the_expected_one_and_offers_the_number() -> None:
    (finding,) = check_identity("441900198506301231", TODAY).findings
    assert (finding.level, finding.code) == ("error", "wrong_check_digit")
    assert "应为 X" in finding.message
    assert finding.suggestion == "44190019850630123X"


def test_birth_and_sex_are_read() -> None:
    check = check_identity("44190019850630123x", TODAY)
    assert (check.number, check.birth, check.sex) == (
        "44190019850630123X",
        date(1985, 6, 30),
        "1",
    )
    assert sex_of("110105194912310021") == "2"


def test_an_old_number_is_lengthened_with_a_warning() -> None:
    assert lengthen("441900850630123") == "44190019850630123X"
    check = check_identity("441900850630123", TODAY)
    assert check.number == "44190019850630123X"
    assert [finding.code for finding in check.warnings] == ["old_number"]
    assert not check.errors


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("4.41900198506301E+17", "damaged"),
        ("4.41901E+17", "damaged"),
        (441900198506301248, "damaged"),
        (4.41900198506301248e17, "damaged"),
        ("440524188001010000", "damaged"),
        ("11010519491231002", "wrong_length"),
        ("3301022011022000D6", "wrong_characters"),
        ("201511221897205960", "no_such_day"),
        ("11010519500229001X", "no_such_day"),
        ("360198910283844", "no_such_day"),
        ("11010520491231002X", "future_birth"),
        ("4419**********1234", "masked"),
        ("44190019850630123X/11010519491231002X", "several_numbers"),
    ],
)
def test_errors_are_told_apart(raw: object, code: str) -> None:
    assert check_identity(raw, TODAY).errors[0].code == code


@pytest.mark.parametrize(
    "raw",
    [
        "11010519491231002Ｘ",
        " 110105 19491231 002x ",
        "'11010519491231002X",
        "11010519491231002×",
        "11010519491231002Х",
        "11010519491231002✕",
        "11010519491231002X(旧)",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105194912310O2X",
        "110l0519491231002X",
        "\u200b11010519491231002X\xa0",
    ],
)
def test_slips_of_writing_are_put_right(raw: str) -> None:
    assert check_identity(raw, TODAY).number == "11010519491231002X"
    assert tidy(raw) == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("440524188001010014", "very_old"),
        ("111111111111111", "one_digit_repeated"),
    ],
)
def test_odd_numbers_are_asked_about_but_not_refused(number: str, code: str) -> None:
    check = check_identity(number, TODAY)
    assert not check.errors
    assert code in [finding.code for finding in check.warnings]


def test_an_unknown_region_is_only_a_warning() -> None:
    first = "99010119850630123"
    check = check_identity(first + check_digit(first), TODAY)
    assert [finding.code for finding in check.findings] == ["unknown_region"]


def test_a_real_number_that_ends_in_noughts_is_asked_about() -> None:
    number = next(
        f"44190019{year}0630{hundred}00" + "0"
        for year in range(50, 99)
        for hundred in range(10)
        if check_digit(f"44190019{year}0630{hundred}00") == "0"
    )
    check = check_identity(number, TODAY)
    assert not check.errors
    assert [finding.code for finding in check.warnings] == ["maybe_damaged"]


@given(numbers())
def test_every_made_number_passes_and_gives_its_birth(number: str) -> None:
    assert is_valid(number)
    assert birth_of(number) == check_identity(number, TODAY).birth


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_any_single_changed_digit_is_found(number: str, place: int, shift: int) -> None:
    old = number[place]
    new = str((int(old) + shift) % 10) if old != "X" else str(shift)
    assert not is_valid(number[:place] + new + number[place + 1 :])


@given(numbers(), st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not is_valid(swapped)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1985, 6, 30), date(2026, 6, 29), 40),
        (date(1985, 6, 30), date(2026, 6, 30), 41),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_age_counts_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def corpus_lines() -> list[dict[str, str]]:
    if not VECTORS.exists():
        return []
    with VECTORS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.skipif(not VECTORS.exists(), reason="the corpus of foreign files is not here")
@pytest.mark.parametrize("line", corpus_lines(), ids=lambda line: line["text"])
def test_foreign_vectors_agree(line: dict[str, str]) -> None:
    check = check_identity(line["text"], TODAY)
    assert bool(check.errors) == (not line["expected"].startswith("valid"))
    if line["expected"] == "valid" and line["kind"] == "18 位":
        assert check.number[17] == line["computed check character"]
