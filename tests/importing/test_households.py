"""Where households begin, what is odd about them, and what only the household settles."""

from __future__ import annotations

from typing import Any

from tests.importing.sheets import column, households, number, plan_of
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.summary import summarise

CHEN = number("19850630", 121)
LI = number("19860512", 122)
SON = number("20100101", 123)
ZHANG = number("19700707", 125)
HUANG = number("19720202", 126)


def problems(plan: Plan) -> list[list[str]]:
    return [[problem.code for problem in home.problems] for home in plan.households]


def test_by_number_also_where_the_lines_of_a_household_do_not_follow_each_other() -> None:
    plan = plan_of(
        [
            ["户号", "姓名", "关系", "身份证号"],
            ["030001", "陈大文", "户主", CHEN],
            ["030002", "张三", "户主", ZHANG],
            ["030001", "李小花", "妻", LI],
        ]
    )
    assert households(plan) == [["陈大文", "李小花"], ["张三"]]


def test_16_a_blank_number_repeats_the_line_above_where_only_heads_have_one() -> None:
    plan = plan_of(
        [
            ["户号", "住址", "姓名", "关系", "身份证号"],
            ["1", "一路1号", "陈大文", "户主", CHEN],
            ["", "", "李小花", "妻", LI],
            ["2", "二路2号", "张三", "户主", ZHANG],
            ["", "", "黄玉兰", "妻", HUANG],
        ]
    )
    assert households(plan) == [["陈大文", "李小花"], ["张三", "黄玉兰"]]
    assert column(plan, "address") == ["一路1号", "一路1号", "二路2号", "二路2号"]


def test_16_a_blank_phone_is_unknown_and_not_the_heads() -> None:
    plan = plan_of(
        [
            ["户号", "姓名", "关系", "身份证号", "电话"],
            ["1", "陈大文", "户主", CHEN, "13812341234"],
            ["", "李小花", "妻", LI, ""],
        ]
    )
    assert column(plan, "phone") == ["13812341234", None]


def test_16_a_blank_among_heads_is_unknown() -> None:
    plan = plan_of(
        [
            ["户号", "姓名", "关系", "身份证号"],
            ["1", "陈大文", "户主", CHEN],
            ["", "张三", "户主", ZHANG],
            ["", "黄玉兰", "户主", HUANG],
        ]
    )
    assert households(plan) == [["陈大文"], ["张三"], ["黄玉兰"]]
    assert column(plan, "household_no") == ["1", None, None]


def test_short_numbers_start_again_in_every_group() -> None:
    plan = plan_of(
        [
            ["组别", "户号", "姓名", "关系", "身份证号"],
            ["一组", 1, "陈大文", "户主", CHEN],
            ["一组", 1, "李小花", "妻", LI],
            ["二组", 1, "张三", "户主", ZHANG],
        ]
    )
    assert households(plan) == [["陈大文", "李小花"], ["张三"]]


def test_14_merged_blocks_without_a_number_and_single_lines_between_them() -> None:
    plan = plan_of(
        [
            ["住址", "姓名", "身份证号"],
            ["一路1号", "陈大文", CHEN],
            ["", "李小花", LI],
            ["二路2号", "张三", ZHANG],
            ["三路3号", "黄玉兰", HUANG],
            ["", "陈小明", SON],
        ],
        ["A2:A3", "A5:A6"],
    )
    assert households(plan) == [["陈大文", "李小花"], ["张三"], ["黄玉兰", "陈小明"]]


def test_by_the_heads_name_two_heads_of_one_name_stay_two_households() -> None:
    plan = plan_of(
        [
            ["户主", "组别", "姓名", "关系", "身份证号"],
            ["陈大文", "一组", "陈大文", "户主", CHEN],
            ["陈大文", "一组", "李小花", "妻", LI],
            ["陈大文", "二组", "陈大文", "户主", ZHANG],
        ]
    )
    assert households(plan) == [["陈大文", "李小花"], ["陈大文"]]


def test_the_word_for_the_head_opens_a_household_and_the_head_need_not_come_first() -> None:
    opened: list[list[Any]] = [
        ["姓名", "与户主关系", "身份证号"],
        ["陈大文", "户主本人", CHEN],
        ["李小花", "妻", LI],
        ["张三", "本人", ZHANG],
    ]
    assert households(plan_of(opened)) == [["陈大文", "李小花"], ["张三"]]
    numbered = [
        ["户号", "姓名", "关系", "身份证号"],
        ["030001", "李小花", "妻", LI],
        ["030001", "陈大文", "户主", CHEN],
    ]
    plan = plan_of(numbered)
    assert households(plan) == [["李小花", "陈大文"]]
    assert plan.households[0].head == 1
    assert plan.households[0].head_name == "陈大文"
    assert problems(plan) == [[]]


def test_44_households_with_two_heads_or_none_are_flagged() -> None:
    plan = plan_of(
        [
            ["户号", "姓名", "关系", "身份证号"],
            ["030001", "陈大文", "户主", CHEN],
            ["030001", "李小花", "户主", LI],
            ["030002", "陈小明", "子", SON],
        ]
    )
    assert problems(plan) == [["two_heads"], ["no_head"]]
    listed = [(p["row"], p["code"]) for p in summarise(plan)["problems"]]
    assert listed == [(2, "two_heads"), (4, "no_head")]


def test_44_a_head_who_has_died_is_flagged() -> None:
    plan = plan_of(
        [
            ["户号", "姓名", "关系", "身份证号", "备注"],
            ["030001", "陈大文", "户主", CHEN, "已故"],
            ["030001", "李小花", "妻", LI, ""],
        ]
    )
    assert problems(plan) == [["head_gone"]]


def test_43_numbers_swapped_within_a_family_are_seen() -> None:
    plan = plan_of(
        [
            ["户号", "姓名", "性别", "关系", "身份证号"],
            ["030001", "陈大文", "男", "户主", LI],
            ["030001", "李小花", "女", "妻", CHEN],
        ]
    )
    assert problems(plan) == [["numbers_swapped"]]


def test_a_word_for_wife_or_daughter_in_law_is_settled_by_the_heads_age() -> None:
    plan = plan_of(
        [
            ["户号", "姓名", "关系", "身份证号"],
            ["030001", "陈大文", "户主", number("19500101", 121)],
            ["030001", "李小花", "媳妇", number("19780101", 122)],
            ["030002", "张三", "户主", ZHANG],
            ["030002", "黄玉兰", "媳妇", HUANG],
        ]
    )
    assert column(plan, "relation") == ["02", "38", "02", "12"]
    assert all(not row.problems for row in plan.rows)


def test_a_list_that_tells_of_no_households_has_none() -> None:
    plan = plan_of([["姓名", "身份证号", "电话"], ["陈大文", CHEN, ""], ["李小花", LI, ""]])
    assert plan.households == ()
    assert [row.household for row in plan.rows] == [None, None]


def test_a_list_of_part_of_the_people_is_not_scolded_for_missing_heads() -> None:
    plan = plan_of(
        [["姓名", "户主", "身份证号"], ["李小花", "陈大文", LI], ["陈小明", "陈大文", SON]]
    )
    assert households(plan) == [["李小花", "陈小明"]]
    assert problems(plan) == [[]]
    assert plan.households[0].head_name == "陈大文"
