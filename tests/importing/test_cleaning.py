"""Cells without a value, repeated or merged ones, and one field against another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.one_cell import CHEN, LI, changes, found, read, read_id
from tests.importing.sheets import (
    codes,
    plan_of,
)
from village_app.domain.identity import is_valid
from village_app.importing.files.grid import Cell


def test_09_a_formula_without_a_stored_result_is_said() -> None:
    row = read_id(Cell("formula_without_value", "=A1&B1"))
    assert found(row, "id_number") == [("error", "formula_without_value")]


def test_an_error_cell_is_said_and_not_taken_for_blank() -> None:
    row = read("address", "住址", Cell("error", "#N/A"))
    assert found(row, "address") == [("warning", "cell_error")]


def test_30_lost_noughts_of_a_household_number_are_seen_and_not_guessed() -> None:
    plan = plan_of([["户号", "姓名", "身份证号"], ["012", "陈大文", CHEN], [13, "李小花", LI]])
    assert [row.values["household_no"] for row in plan.rows] == ["012", "13"]
    assert codes(plan, 1) == {"zeros_lost"}


def test_a_household_number_that_became_a_date_is_not_stored() -> None:
    plan = plan_of([["户号", "姓名", "身份证号"], [date(2026, 1, 2), "陈大文", CHEN]])
    assert "household_no" not in plan.rows[0].values
    assert codes(plan, 0) == {"became_date"}


def test_40_an_age_typed_by_hand_is_checked_against_the_birth_date() -> None:
    assert found(read("age", "年龄", 40), "age") == []
    assert found(read("age", "年龄", "41岁"), "age") == []
    assert found(read("age", "年龄", 12), "age") == [("warning", "age_differs")]


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("已注销", "cancelled"),
        ("2020年5月去世", "deceased"),
        ("父亲已去世", None),
        ("户口迁出", "moved_out"),
    ],
)
def test_45_a_remark_that_someone_is_gone_is_flagged(note: str, status: str | None) -> None:
    row = read("note", "备注", note)
    assert found(row, "note") == [("warning", "maybe_gone")]
    assert row.values.get("status") == status


def test_45_a_line_struck_through_is_flagged() -> None:
    plan = plan_of([["姓名", "身份证号"], [Cell("text", "陈大文", struck_out=True), CHEN]])
    assert codes(plan, 0) == {"struck_out"}


def test_13_a_cell_merged_over_people_counts_for_the_first_only() -> None:
    plan = plan_of(
        [["姓名", "性别", "学历"], ["张三", "男", "初中"], ["李四", "男", ""]], ["C2:C3"]
    )
    assert [row.values.get("education") for row in plan.rows] == ["70", None]
    assert codes(plan, 1) == {"merged_over_rows"}


@pytest.mark.parametrize("again", ["同上", "〃", "”", "″", '"'])
def test_15_words_for_the_same_as_above_repeat_it_and_are_listed(again: str) -> None:
    plan = plan_of([["姓名", "身份证号", "民族"], ["陈大文", CHEN, "壮族"], ["李小花", LI, again]])
    assert plan.rows[1].values["ethnicity"] == "08"
    assert changes(plan.rows[1], "ethnicity") == [("同上", "壮族", "与上一行相同")]


@given(st.text(max_size=40))
def test_no_text_in_any_cell_breaks_a_plan_or_stores_a_wrong_number(text: str) -> None:
    heads = ["姓名", "身份证号", "性别", "出生日期", "电话", "关系", "组别", "民族", "年龄", "户号"]
    plan = plan_of([heads, ["陈大文", CHEN, "男", "", "", "户主", "一组", "汉", "", "1"],
                    [text] * len(heads)])  # fmt: skip
    for row in plan.rows:
        stored = row.values.get("id_number")
        assert stored is None or is_valid(stored) or row.values.get("id_type") not in (
            None, "identity_card",
        )  # fmt: skip
        assert row.state != "error" or row.errors
