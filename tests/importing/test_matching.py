"""Columns matched to fields by name and by content, each field once, with reasons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.sheets import book, number, plan_book, plan_of, sheet
from village_app.domain.kinds import TEXT, FieldDeclaration
from village_app.errors import Refused
from village_app.importing.plans.plan import Plan, make_plan
from village_app.importing.plans.summary import summarise
from village_app.importing.subjects.residents import residents_target
from village_app.importing.tables.column_matches import ColumnMatch
from village_app.importing.tables.table_finder import find_tables
from village_app.importing.tables.tables import Choice

PEOPLE = [
    ("陈大文", number("19850630", 121), "13812341234"),
    ("李小花", number("19860512", 122), "13712341234"),
    ("张国强", number("19700707", 125), "0769-83731234"),
    ("黄玉兰", number("19550101", 124), ""),
]


def rows(*heads: str, swap: bool = False) -> list[list[Any]]:
    lines = [[name, id_number, phone] for name, id_number, phone in PEOPLE]
    return [[*heads], *([[line[1], line[0], line[2]] for line in lines] if swap else lines)]


def match(plan: Plan, letters: str) -> ColumnMatch:
    return next(found for found in plan.table.matching.columns if found.letters == letters)


@pytest.mark.parametrize(
    "heads",
    [
        ("姓名", "公民身份号码", "手机"),
        ("户籍人员姓名", "身份证号", "联系电话"),
        ("被保险人", "证件号码", "联系方式"),
        ("名字", "ID", "电话"),
        ("姓 名", "身 份 证\n号 码", "联系\n电话"),
    ],
)
def test_rr12_usual_names_land_on_their_fields(heads: tuple[str, ...]) -> None:
    plan = plan_of(rows(*heads))
    assert summarise(plan)["columns"] == {"A": "name", "B": "id_number", "C": "phone"}


def test_numbers_that_stand_under_remarks_are_found_there() -> None:
    one, other = number("19850630", 121), number("19860512", 122)
    rows = [["姓名", "电话", "备注"], ["陈大文", "13812341234", one], ["李小花", "", other]]
    assert summarise(plan_of(rows))["columns"]["C"] == "id_number"


def test_a_column_of_valid_numbers_is_one_whatever_its_name_says() -> None:
    plan = plan_of(rows("姓名", "编号", "电话"))
    assert match(plan, "B").field == "id_number"
    assert "内容像身份证号" in match(plan, "B").reason


def test_a_name_is_not_believed_where_the_content_is_something_else() -> None:
    plan = plan_of(rows("身份证号", "姓名", "电话"))
    assert [match(plan, letters).field for letters in "AB"] == ["name", "id_number"]
    record_id = plan_of([["ID", "姓名", "电话"], [1, "陈大文", "13812341234"], [2, "李小花", ""]])
    assert match(record_id, "A").field is None


def test_a_full_name_keeps_its_column_so_that_wrong_numbers_are_seen() -> None:
    plan = plan_of([["姓名", "身份证号码"], ["陈大文", "12345"], ["李小花", "678"], ["张三", "9"]])
    assert match(plan, "B").field == "id_number"
    assert plan.counts.error == 3


def test_each_field_is_used_once_and_the_rest_is_shown_with_three_samples() -> None:
    plan = plan_of(
        [["姓名", "身份证号", "备注", "备注", "爱好"]]
        + [[name, id_number, "一", "二", "下棋"] for name, id_number, _ in PEOPLE]
    )
    assert summarise(plan)["columns"] == {
        "A": "name", "B": "id_number", "C": "note", "D": None, "E": None,
    }  # fmt: skip
    unmatched = plan.table.matching.unmatched
    assert [(found.heading.key, found.examples) for found in unmatched] == [
        ("备注#2", ("二",)), ("爱好", ("下棋",)),
    ]  # fmt: skip
    assert [row.values["note"] for row in plan.rows] == ["一"] * 4


def test_examples_are_up_to_three_different_texts() -> None:
    plan = plan_of(rows("姓名", "身份证号", "座机号码牌"))
    assert match(plan, "A").examples == ("陈大文", "李小花", "张国强")


def test_columns_of_the_head_beside_those_of_the_person_are_not_mixed_up() -> None:
    plan = plan_of(
        [["户主姓名", "户主身份证号", "姓名", "身份证号", "与户主关系"]]
        + [["陈大文", PEOPLE[0][1], name, id_number, "户主"] for name, id_number, _ in PEOPLE]
    )
    assert summarise(plan)["columns"] == {
        "A": "head_name", "B": None, "C": "name", "D": "id_number", "E": "relation",
    }  # fmt: skip


def test_a_name_above_says_whose_column_it_is() -> None:
    plan = plan_of(
        [
            ["户主信息", "", "成员信息", "", "监护人", ""],
            ["姓名", "户号", "姓名", "身份证号", "姓名", "电话"],
            ["陈大文", "001", "陈小明", PEOPLE[0][1], "李小花", "13812341234"],
        ],
        ["A1:B1", "C1:D1", "E1:F1"],
    )
    assert summarise(plan)["columns"] == {
        "A": "head_name", "B": "household_no", "C": "name", "D": "id_number", "E": None, "F": None,
    }  # fmt: skip


def test_running_numbers_and_signatures_are_known_and_not_imported() -> None:
    plan = plan_of(
        [["编号", "姓名", "性别", "领款人签名"], [1, "陈大文", "男", ""], [2, "李小花", "女", ""]]
    )
    assert [match(plan, letters).role for letters in "AD"] == ["serial", "signature"]


def test_choices_that_nobody_can_read_leave_their_column_unmatched() -> None:
    plan = plan_of([["姓名", "性别", "户口性质"]] + [[n, "男", "城镇"] for n, _, _ in PEOPLE])
    assert match(plan, "C").field is None
    assert match(plan, "C").examples == ("城镇",)


def test_the_age_is_only_read_to_check_others() -> None:
    plan = plan_of([["姓名", "性别", "年龄"], ["陈大文", "男", 40], ["李小花", "女", 39]])
    assert match(plan, "C").field == "age"
    assert summarise(plan)["columns"]["C"] is None
    assert "age" not in plan.rows[0].values


def test_what_the_user_chooses_wins_and_frees_the_field() -> None:
    lines = [["姓名", "曾用名", "身份证号"], *[[n, f"{n[0]}旧", i] for n, i, _ in PEOPLE]]
    choice = Choice(columns={"曾用名": "name", "姓名": None})
    plan = plan_book(book(sheet(lines)), choice=choice)
    assert summarise(plan)["columns"] == {"A": None, "B": "name", "C": "id_number"}
    assert match(plan, "B").chosen


def test_two_columns_for_one_field_are_refused() -> None:
    choice = Choice(columns={"姓名": "name", "身份证号": "name"})
    with pytest.raises(Refused) as caught:
        plan_book(book(sheet(rows("姓名", "身份证号", "电话"))), choice=choice)
    assert caught.value.code == "field_twice"


def test_a_column_without_a_name_is_chosen_by_its_letters() -> None:
    lines = [[name, id_number] for name, id_number, _ in PEOPLE]
    choice = Choice(header_rows=(), columns={"@A": "head_name", "@B": "id_number"})
    plan = plan_book(book(sheet(lines)), choice=choice)
    assert match(plan, "A").field in ("head_name", "name")
    assert match(plan, "B").chosen


def test_rr13_a_remembered_choice_is_named_and_forgets_fields_that_are_gone() -> None:
    target = residents_target()
    workbook = book(sheet([["姓名", "身份证号", "爱好"], *[[n, i, "棋"] for n, i, _ in PEOPLE]]))
    signature = find_tables(workbook, target).best.matching.signature
    remembered = {signature: {"爱好": "note", "姓名": "gone"}}
    found = find_tables(workbook, target, remembered=remembered).best.matching
    assert [m.field for m in found.columns] == ["name", "id_number", "note"]
    assert found.columns[2].reason == "与上次导入时相同"


def test_rr07_own_fields_are_just_more_targets() -> None:
    own = FieldDeclaration("plot", "宅基地证号", TEXT, synonyms=("宅证",))
    lines = [["姓名", "身份证号", "宅 证"], *[[n, i, f"粤{p[:3]}"] for n, i, p in PEOPLE]]
    plan = make_plan(book(sheet(lines)), residents_target(extra=(own,)))
    assert summarise(plan)["columns"]["C"] == "plot"
    assert plan.rows[0].values["plot"] == "粤138"


def test_names_under_a_strange_heading_count_only_beside_identity_numbers() -> None:
    strange = [["承租者", "手机"], *[[n, p or "13612341234"] for n, _, p in PEOPLE]]
    with pytest.raises(Refused) as caught:
        plan_of(strange)
    assert caught.value.code == "missing_columns"
    beside = plan_of([["承租者", "身份证号"], *[[n, i] for n, i, _ in PEOPLE]])
    assert match(beside, "A").field == "name"


def test_a_column_that_only_marks_heads_is_the_relation() -> None:
    plan = plan_of([["户主", "姓名", "身份证号"], *[["户主", n, i] for n, i, _ in PEOPLE]])
    assert match(plan, "A").field == "relation"
    assert len(plan.households) == 4


def test_a_second_column_of_a_field_does_not_take_its_place() -> None:
    plan = plan_of([["姓名", "手机", "固定电话"], *[[n, p, "83731234"] for n, _, p in PEOPLE]])
    assert summarise(plan)["columns"] == {
        "A": "name", "B": "phone", "C": "other_phones",
    }  # fmt: skip
