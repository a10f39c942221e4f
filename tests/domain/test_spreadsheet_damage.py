"""Long numbers that a spreadsheet spoiled."""

from __future__ import annotations

from decimal import Decimal

import pytest

from village_app.domain.spreadsheet_damage import (
    digits_of,
    ends_like_lost,
    is_scientific,
    lost_digits,
)


@pytest.mark.parametrize("text", ["4.41901E+17", "4.41900198506301E+17", "4.419e17", "6E+18"])
def test_scientific_notation_is_known(text: str) -> None:
    assert is_scientific(text)
    assert lost_digits(text)


@pytest.mark.parametrize("text", ["44190019850630123X", "E12345678", "4E", "1.5", ""])
def test_other_texts_are_not_scientific(text: str) -> None:
    assert not is_scientific(text)
    assert not lost_digits(text)


def test_a_number_cell_keeps_fifteen_digits() -> None:
    assert lost_digits(441900198506301248)
    assert lost_digits(4.41900198506301e17)
    assert lost_digits(Decimal(441900198506301000))
    assert not lost_digits(441900850630123)
    assert not lost_digits(13812341234.0)
    assert not lost_digits(True)
    assert not lost_digits("441900198506301000")


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("441900198506301000", True),
        ("441900198506301010", False),
        ("44190019850630100", True),
        ("441900198506301", False),
        ("44190019850630100X", False),
        ("6217001234567890000", True),
    ],
)
def test_the_noughts_at_the_end_tell_of_a_loss(number: str, answer: bool) -> None:
    assert ends_like_lost(number) is answer


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        (13812341234.0, "13812341234"),
        ("13812341234.0", "13812341234"),
        (Decimal(12), "12"),
        (1.5, "1.5"),
        ("'00123", "00123"),
        (" １２ 3", "123"),
        (True, ""),
    ],
)
def test_digits_of_a_cell(raw: object, digits: str) -> None:
    assert digits_of(raw) == digits
