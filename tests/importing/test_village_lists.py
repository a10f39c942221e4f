"""Shapes of lists that villages send, found by trying them: nothing is lost unseen."""

from __future__ import annotations

import pytest

from tests.importing.sheets import book, column, names, number, plan_book, plan_of, sheet
from village_app.commands.import_verb import _header_rows
from village_app.errors import Refused
from village_app.importing.files.colours import marked_rows, word_of_rgb
from village_app.importing.files.separators import tabs_for_blanks
from village_app.importing.plans.summary import summarise

CHEN, LI, HE = number("19850630", 12), number("19700101", 2), number("19620528", 3)


def test_two_groups_side_by_side_under_their_names_are_both_brought_in() -> None:
    plan = plan_of(
        [
            ["一组", "", "", "二组", ""],
            ["姓名", "身份证号", "", "姓名", "身份证号"],
            ["陈大文", CHEN, "", "李花", LI],
        ]
    )
    assert names(plan) == ["陈大文", "李花"]
    assert column(plan, "group") == ["一组", "二组"]
    assert set(summarise(plan)["columns"]) == {"A", "B", "D", "E"}


def test_a_list_of_heads_alone_makes_a_household_of_each() -> None:
    plan = plan_of(
        [["户主姓名", "家庭人口", "住址"], ["陈大文", 4, "旧围1号"], ["李花", 3, "旧围2号"]]
    )
    assert column(plan, "relation") == ["02", "02"]
    assert len(plan.households) == 2


def test_of_two_tables_below_each_other_the_one_left_is_named() -> None:
    plan = plan_of(
        [
            ["姓名", "身份证号", "电话"], ["陈大文", CHEN, "13812341234"], ["李花", LI, ""], [],
            ["二、外来人口"], ["姓名", "证件号码", "来自", "电话"], ["何强", HE, "湖南", ""],
        ]
    )  # fmt: skip
    (left,) = plan.left_tables
    assert len(plan.rows) + left.records == 3
    assert {plan.table.header_rows, left.header_rows} == {(1,), (6,)}


def test_a_group_written_as_first_without_group_behind_it_is_group_one() -> None:
    rows = [["姓名", "村民小组"], ["陈大文", "第一"], ["李花", "1"]]
    plan = plan_of(rows, lists={"group": []})
    assert [unknown.text for unknown in plan.unknown_names] == ["一组"]


def test_a_list_of_the_dead_says_so_in_its_title() -> None:
    plan = plan_of(
        [["2025年死亡注销人员名单"], ["姓名", "身份证号"], ["陈大文", CHEN], ["李花", LI]]
    )
    assert column(plan, "status") == ["deceased", "deceased"]


def test_the_same_name_twice_with_nothing_else_is_doubted() -> None:
    rows = [["姓名", "小组"], ["陈大文", "六组"], ["陈大文", "六组"], ["陈大文", "七组"]]
    assert [row.state for row in plan_of(rows).rows] == ["new", "suspected", "new"]


def test_a_tick_in_the_column_of_members_is_a_member() -> None:
    plan = plan_of([["姓名", "是否党员", "身份证号"], ["陈大文", "√", CHEN], ["李花", "否", LI]])
    assert column(plan, "politics") == ["01", "13"]


def test_a_second_column_of_telephones_is_kept() -> None:
    rows = [["姓名", "手机", "固定电话"], ["陈大文", "13812341234", "0769-83731111"],
            ["李花", "13812341235", ""]]  # fmt: skip
    assert column(plan_of(rows), "other_phones") == ["0769-83731111", None]


def test_a_sheet_that_is_not_taken_is_named() -> None:
    head = ["姓名", "身份证号"]
    people = [[*head, "组别"], ["陈大文", CHEN, "一组"], ["李花", LI, "一组"]]
    party = [["党员花名册"], head, ["陈大文", CHEN]]
    plan = plan_book(book(sheet(people, (), "户籍"), sheet(party, (), "党员")))
    assert plan.table.sheet == "户籍"
    assert [other.sheet for other in plan.left_tables] == ["党员"]


@pytest.mark.parametrize(
    ("words", "rows"),
    [("4", (4,)), ("3-4", (3, 4)), ("4-3", (3, 4)), ("3 至 4", (3, 4)), ("0", ())],
)
def test_the_rows_of_a_header_are_read_as_people_write_them(
    words: str, rows: tuple[int, ...]
) -> None:
    assert _header_rows(words) == rows


def test_other_words_for_a_header_are_refused_in_a_sentence() -> None:
    with pytest.raises(Refused) as refusal:
        _header_rows("第四行")
    assert refusal.value.code == "header_words"


@pytest.mark.parametrize(
    ("rgb", "word"),
    [("FF0000", "红"), ("FFC7CE", "红"), ("FFFF00", "黄"), ("00B050", "绿"), ("0070C0", "蓝"),
     ("FFFFFF", ""), ("000000", ""), ("F2F2F2", ""), ("808080", "灰"), ("oops", "")],
)  # fmt: skip
def test_colours_have_the_words_people_use(rgb: str, word: str) -> None:
    assert word_of_rgb(rgb) == word


def test_a_colour_on_half_of_the_rows_is_a_pattern_and_no_mark() -> None:
    assert marked_rows(["黄", "", "黄", ""], []) == ()
    (mark,) = marked_rows(["红", "", "", ""], ["标红的已去世"])
    assert (mark.rows, mark.meaning) == (1, "deceased")


def test_columns_held_apart_by_blanks_get_tabs_and_prose_does_not() -> None:
    aligned = f"姓名    身份证号\n陈大文  {CHEN}\n李花    {LI}"
    assert tabs_for_blanks(aligned) == f"姓名\t身份证号\n陈大文\t{CHEN}\n李花\t{LI}"
    assert tabs_for_blanks("各村民小组：\n请于 5 日前把名册交来。\n谢谢 大家。") is None
