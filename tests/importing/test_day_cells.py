"""Days in cells: written in any form, serial numbers, mere months (patterns 11 and 33)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.importing.one_cell import changes, found, read
from tests.importing.sheets import (
    book,
    number,
    plan_book,
    sheet,
)
from village_app.importing.files.grid import Cell


@pytest.mark.parametrize(
    "value",
    [
        31228, "31228", "1985.6.30", "1985-06-30", "1985/6/30", "1985年6月30日",
        "1985-6-30 00:00:00", 19850630, "19850630", "6/30/1985", "85.6.30", "1985,6,30",
        "1985 6 30", "1985年06月30日生", "一九八五年六月三十日", "1985.06.30.",
        date(1985, 6, 30), Cell("date", "1985-06-30 00:00:00"), "公历1985年6月30日",
        "阳历：1985.6.30", "1985–06–30", "30-Jun-1985", "Jun 30, 1985", "30 June 1985",
    ],
)  # fmt: skip
def test_33_whole_days_in_every_form(value: Any) -> None:
    row = read("birth", "出生日期", value, id_number="")
    assert row.values["birth"] == date(1985, 6, 30)


@pytest.mark.parametrize(
    "value", ["1985.06", "1985年6月", "85.6", "1985/6", "198506", 1985, "1985年"]
)
def test_33_a_month_or_year_is_completed_by_the_number(value: Any) -> None:
    row = read("birth", "出生日期", value)
    assert row.values["birth"] == date(1985, 6, 30)
    assert changes(row, "birth")[0][2].endswith("按身份证号补全")
    assert found(row, "birth") == []


def test_33_a_month_without_a_number_stays_out_and_is_said() -> None:
    row = read("birth", "出生日期", "1985.06", id_number="")
    assert "birth" not in row.values
    assert row.also["birth"] == ("1985-06",)
    assert found(row, "birth") == [("warning", "day_missing")]


def test_33_the_october_lost_by_a_number_cell_is_found_again_by_the_number() -> None:
    october = number("19851015", 121)
    row = read("birth", "出生日期", 1985.1, id_number=october)
    assert row.values["birth"] == date(1985, 10, 15)
    assert changes(row, "birth")[0][2] == "末尾的 0 被表格去掉了，按身份证号是 10 月"
    january = read("birth", "出生日期", 1985.1, id_number=number("19850115", 121))
    assert january.values["birth"] == date(1985, 1, 15)
    alone = read("birth", "出生日期", 1985.1, id_number="")
    assert ("warning", "doubtful_day") in found(alone, "birth")


@pytest.mark.parametrize(
    ("value", "code"), [("40岁", "age"), ("农历八月初三", "lunar"), ("1985-02-30", "no_such_day")]
)
def test_33_what_is_no_day_is_said(value: str, code: str) -> None:
    row = read("birth", "出生日期", value, id_number="")
    assert found(row, "birth") == [("warning", code)]
    assert "birth" not in row.values
    assert read("birth", "出生日期", value).values["birth"] == date(1985, 6, 30)


def test_11_days_of_the_1904_system_are_right() -> None:
    rows: list[list[Any]] = [
        ["姓名", "性别", "出生日期"],
        ["陈大文", "男", 29766],
        ["李小花", "女", 29766],
    ]
    plan = plan_book(book(sheet(rows), date_1904=True))
    assert plan.rows[0].values["birth"] == date(1985, 6, 30)


def test_a_birth_that_has_not_come_is_an_error() -> None:
    row = read("birth", "出生日期", "2030-01-01", id_number="")
    assert found(row, "birth") == [("error", "future_birth")]
