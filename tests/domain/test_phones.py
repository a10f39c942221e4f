"""Telephone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.phones import read_phone, split_phones
from village_app.domain.unreadable import Unreadable


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("13812341234", "13812341234"),
        ("+86 138 1234 1234", "13812341234"),
        ("+86-13812341234", "13812341234"),
        ("8613812341234", "13812341234"),
        ("１３８１２３４１２３４", "13812341234"),
        ("138-1234-1234", "13812341234"),
        ("'13812341234", "13812341234"),
        (13812341234, "13812341234"),
        (13812341234.0, "13812341234"),
        ("13812341234.0", "13812341234"),
        ("0769-83731234", "0769-83731234"),
        ("0769-8373 1234", "0769-83731234"),
        ("（0769）83731234", "0769-83731234"),
        ("+86 769 83731234", "0769-83731234"),
        ("076983731234", "0769-83731234"),
        ("010-62781234转801", "010-62781234-801"),
        ("0769-83731234-801", "0769-83731234-801"),
        ("83731234", "83731234"),
        ("00852 91234567", "+852 91234567"),
        ("+85291234567", "+852 91234567"),
        ("12345", "12345"),
        ("110", "110"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_numbers_are_read_into_one_form(raw: object, kept: str) -> None:
    assert read_phone(raw) == kept
    assert read_phone(kept) == kept


@pytest.mark.parametrize("raw", [None, "", "无", " - ", "不详"])
def test_blanks_are_no_number(raw: object) -> None:
    assert read_phone(raw) is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("138123412345", "wrong_length"),
        ("1381234123", "wrong_length"),
        ("13812341234/83731234", "several_phones"),
        ("13812341234、13912341234", "several_phones"),
        ("138****1234", "masked"),
        ("12812341234", "no_phone"),
        ("0769-1234567", "no_phone"),
        ("abc", "no_phone"),
        (1.38e22, "damaged"),
    ],
)
def test_what_is_no_number_is_refused(raw: object, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_phone(raw)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("13812341234/83731234", ("13812341234", "83731234")),
        ("13812341234、13912341234；无", ("13812341234", "13912341234")),
        ("13812341234 83731234", ("13812341234", "83731234")),
        ("0769-8373 1234", ("0769-8373 1234",)),
        ("13812341234\n13912341234", ("13812341234", "13912341234")),
        (13812341234, ("13812341234",)),
        ("无", ()),
        (None, ()),
    ],
)
def test_a_cell_with_several_numbers_is_split(raw: object, parts: tuple[str, ...]) -> None:
    assert split_phones(raw) == parts


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_mobile_number_is_read(number: str) -> None:
    assert read_phone(f"+86 {number[:3]} {number[3:7]} {number[7:]}") == number
