"""Telephone numbers in cells (pattern 32), and bank cards (31)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.one_cell import found, read


def test_31_a_bank_card_as_a_number_is_damaged() -> None:
    row = read("bank_account", "银行账号", 6217000010001234567)
    assert (row.state, found(row, "bank_account")) == ("error", [("error", "damaged")])
    text = read("bank_account", "银行账号", "6217 0000 1000 1234 567")
    assert text.values["bank_account"] == "6217000010001234567"


@pytest.mark.parametrize(
    ("value", "kept", "others"),
    [
        ("13812341234", "13812341234", ()),
        (13812341234, "13812341234", ()),
        ("13812341234/83731234", "13812341234", ("83731234",)),
        ("83731234、13812341234", "13812341234", ("83731234",)),
        ("0769-8373 1234", "0769-83731234", ()),
        ("138 1234 1234", "13812341234", ()),
        ("+86 13812341234", "13812341234", ()),
        ("１３８１２３４１２３４", "13812341234", ()),
        ("13812341234(儿子)", "13812341234", ()),
        ("13812341234（陈）13912341234", "13812341234", ("13912341234",)),
        ("13812341234、无", "13812341234", ()),
    ],
)
def test_32_phones_in_every_form(value: Any, kept: str, others: tuple[str, ...]) -> None:
    row = read("phone", "联系电话", value)
    assert row.values["phone"] == kept
    assert row.values.get("other_phones", "") == "、".join(others)


@pytest.mark.parametrize(("value", "code"), [("138123412345", "wrong_length"), ("abc", "no_phone")])
def test_32_a_phone_that_is_none_is_a_warning_and_stays_out(value: str, code: str) -> None:
    row = read("phone", "联系电话", value)
    assert row.state == "new"
    assert found(row, "phone") == [("warning", code)]
    assert "phone" not in row.values


def test_32_a_phone_shown_in_powers_of_ten_is_damaged() -> None:
    assert found(read("phone", "联系电话", "1.38123E+10"), "phone") == [("error", "damaged")]
