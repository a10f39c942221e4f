"""Identity numbers and numbers of other papers in cells (patterns 9 and 26 to 29)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.one_cell import CHEN, LI, changes, found, read, read_id
from tests.importing.sheets import (
    TODAY,
    number,
    plan_of,
    wrong,
)
from village_app.importing.files.grid import Cell

AROUND = (
    f"身份证{CHEN}",
    f"身份证号：{CHEN}",
    f"ID:{CHEN}",
    f"“{CHEN}”",
    f"{CHEN}。",
    f"*{CHEN}",
    f"{CHEN};",
)


@pytest.mark.parametrize(
    "value",
    [
        4.41900198506301e17,
        441900198506301213,
        "4.41900E+17",
        "4.41900198506301E+17",
        Cell("number", "4.41900198506301E+17"),
        Cell("number", "441900198506301248"),
        f"{CHEN[:15]}000",
    ],
)
def test_26_a_damaged_number_is_an_error_never_stored_and_never_repaired(value: Any) -> None:
    row = read_id(value)
    assert row.state == "error"
    assert found(row, "id_number") == [("error", "damaged")]
    assert "号码已被表格软件损坏" in row.errors[0].message
    assert row.errors[0].suggestion is None
    assert "id_number" not in row.values
    assert "birth" not in row.values


def test_26_a_number_that_ends_in_000_by_right_is_asked_about_unless_others_are_damaged() -> None:
    days = (f"1985{month:02d}{day:02d}" for month in range(1, 13) for day in range(1, 29))
    rightful = next(n for n in (number(day, 100) for day in days) if n.endswith("000"))
    alone = read_id(rightful)
    assert (alone.state, found(alone, "id_number")) == ("new", [("warning", "maybe_damaged")])
    beside = read_id(rightful, beside=4.41900198605121e17)
    assert (beside.state, found(beside, "id_number")) == ("error", [("error", "damaged")])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (f"'{CHEN}", "统一写法"),
        (f" {CHEN[:6]} {CHEN[6:14]} {CHEN[14:]} ", "去掉多余的空格"),
        ("".join(chr(ord(mark) + 0xFEE0) for mark in CHEN), "全角改为半角"),
        (CHEN.replace("0", "O"), "形近的字母改回数字或 X"),
        (CHEN.replace("1", "l"), "形近的字母改回数字或 X"),
        (f"{CHEN}(旧)", "去掉号码后面的说明"),
        (f"{CHEN} 441900850630121", "同一人的新旧两个号码，取 18 位的"),
        *((text, "去掉号码前后的字和符号") for text in AROUND),
    ],
)
def test_27_28_an_untidy_number_is_tidied_and_the_change_is_listed(value: str, reason: str) -> None:
    row = read_id(value)
    assert (row.state, row.values["id_number"]) == ("new", CHEN)
    assert changes(row, "id_number") == [(value.strip(), CHEN, reason)]


@pytest.mark.parametrize("cross", ["x", "×", "х", "Х", "✕", "Ⅹ"])
def test_27_every_cross_for_x_is_read(cross: str) -> None:
    right = next(n for n in (number("19850630", k) for k in range(1, 200)) if n.endswith("X"))
    row = read_id(right[:17] + cross)
    assert row.values["id_number"] == right
    assert changes(row, "id_number")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (CHEN[:17], "wrong_length"),
        (f"{CHEN}、{LI}", "several_numbers"),
        (f"{CHEN[:6]}********{CHEN[14:]}", "masked"),
        ("4419**********1213", "masked"),
        (wrong(CHEN), "wrong_check_digit"),
        (f"441900198502301{CHEN[15:]}", "no_such_day"),
        (number("20350630", 121), "future_birth"),
        ("陈大文", "wrong_characters"),
        (f"{CHEN}陈大文", "wrong_characters"),
        (f"身份证：{CHEN[:17]}", "wrong_characters"),
    ],
)
def test_28_29_a_number_that_cannot_be_right_is_an_error(value: str, code: str) -> None:
    row = read_id(value)
    assert row.state == "error"
    assert ("error", code) in found(row, "id_number")
    assert row.address("id_number") == "B2"


def test_rr15_a_wrong_check_digit_names_the_right_one() -> None:
    row = read_id(wrong(CHEN))
    assert f"校验位应为 {CHEN[17]}" in row.errors[0].message
    assert row.errors[0].suggestion == CHEN


def test_28_fifteen_digits_become_eighteen_with_a_warning() -> None:
    row = read_id("441900850630121")
    assert row.values["id_number"] == CHEN
    assert found(row, "id_number") == [("warning", "old_number")]
    assert changes(row, "id_number") == [("441900850630121", CHEN, "15 位旧号换算为 18 位")]


@pytest.mark.parametrize(
    ("value", "document"),
    [
        ("H12345678", "hm_permit"),
        ("E12345678", "passport"),
        ("USA110085063012", "foreign_residence"),
    ],
)
def test_numbers_of_other_papers_are_taken_with_a_warning(value: str, document: str) -> None:
    row = read_id(value)
    assert (row.values["id_number"], row.values["id_type"]) == (value, document)
    assert found(row, "id_number") == [("warning", "other_paper")]


def test_a_paper_named_beside_the_number_is_not_judged_as_an_identity_card() -> None:
    plan = plan_of(
        [
            ["姓名", "证件类型", "证件号码"],
            ["陈大文", "护照", "K1234567"],
            ["李小花", "身份证", LI],
            ["JOHN SMITH", "外国人永久居留身份证", "USA110085063012"],
        ]
    )
    assert [row.state for row in plan.rows] == ["new"] * 3
    assert plan.rows[0].values["id_number"] == "K1234567"
    assert plan.rows[0].values["id_type"] == "passport"
    assert plan.rows[2].values["id_number"] == "USA110085063012"


@pytest.mark.parametrize("value", ["无", "—", "/", "暂无", "不详"])
def test_words_for_nothing_are_blank_and_listed(value: str) -> None:
    row = read_id(value)
    assert "id_number" not in row.values
    assert changes(row, "id_number") == [(value, "", f"“{value}”按空白处理")]


def test_27_a_number_wrapped_so_that_a_text_file_keeps_it_is_unwrapped() -> None:
    assert read_id(f'="{CHEN}"').values["id_number"] == CHEN


def test_sex_and_birth_come_from_the_number_where_the_sheet_is_blank() -> None:
    row = read_id(CHEN)
    assert (row.values["sex"], row.values["birth"]) == ("1", date(1985, 6, 30))
    assert changes(row, "sex") == [("", "男", "由身份证号推出")]


def test_a_sex_against_the_number_is_shown_and_the_number_counts() -> None:
    row = read("sex", "性别", "女")
    assert row.values["sex"] == "1"
    assert found(row, "sex") == [("warning", "sex_differs")]
    assert changes(row, "sex") == [("女", "男", "与身份证号不一致，按号码")]


def test_a_birth_against_the_number_is_shown_and_the_number_counts() -> None:
    row = read("birth", "出生日期", "1986-06-30")
    assert row.values["birth"] == date(1985, 6, 30)
    assert found(row, "birth") == [("warning", "birth_differs")]


@given(st.integers(10**15, 10**21))
def test_no_long_number_cell_is_ever_stored(value: int) -> None:
    row = read_id(Cell("number", str(value)))
    assert row.state == "error"
    assert "id_number" not in row.values


@given(st.dates(date(1910, 1, 1), TODAY), st.integers(1, 999))
def test_a_valid_number_passes_and_agrees_with_its_birth_date(birth: date, order: int) -> None:
    id_number = number(birth.strftime("%Y%m%d"), order)
    row = read("birth", "出生日期", birth.strftime("%Y.%m"), id_number=id_number)
    assert (row.values["id_number"], row.values["birth"]) == (id_number, birth)
