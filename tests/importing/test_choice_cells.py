"""Words and codes for sex, people, schooling, relation, group (patterns 34, 41, 42)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.one_cell import CHEN, LI, found, read
from tests.importing.sheets import plan_of


@pytest.mark.parametrize("value", ["男", "M", "1", 1, 1.0, "男 ", "♂", "男性", "Ｍ"])
def test_34_sex_in_every_form(value: Any) -> None:
    row = read("sex", "性别", value, id_number="")
    assert row.values["sex"] == "1"


@pytest.mark.parametrize(
    ("field", "head", "value", "code"),
    [
        ("ethnicity", "民族", "汉", "01"),
        ("ethnicity", "民族", "01", "01"),
        ("ethnicity", "民族", 1, "01"),
        ("ethnicity", "民族", "漢族", "01"),
        ("politics", "政治面貌", "党员", "01"),
        ("politics", "是否党员", "否", "13"),
        ("education", "文化程度", "大专", "30"),
        ("education", "学历", "初中毕业", "70"),
        ("education", "学历", "职高", "40"),
        ("marriage", "婚否", "离异", "40"),
        ("relation", "与户主关系", "大儿子", "22"),
        ("relation", "与户主关系", "老婆", "12"),
        ("relation", "与户主关系", "细佬", "73"),
        ("relation", "与户主关系", "户主之子", "20"),
        ("relation", "是否户主", "是", "02"),
        ("relation", "与户主关系", "长子媳", "38"),
        ("relation", "与户主关系", "次子之妻", "38"),
        ("relation", "与户主关系", "二媳妇", "38"),
        ("relation", "与户主关系", "大女婿", "28"),
        ("relation", "与户主关系", "长子之女", "42"),
        ("relation", "与户主关系", "大孙子", "41"),
        ("relation", "与户主关系", "细仔", "20"),
        ("relation", "与户主关系", "之妻", "12"),
        ("relation", "与户主关系", "妻（已故）", "12"),
        ("status", "人员状态", "已故", "deceased"),
    ],
)
def test_41_spoken_forms_and_codes_become_the_tables_codes(
    field: str, head: str, value: Any, code: str
) -> None:
    assert read(field, head, value).values[field] == code


@pytest.mark.parametrize("word", ["大娘", "二爸", "长工", "三婆"])
def test_a_rank_before_a_word_for_older_people_is_not_taken_off(word: str) -> None:
    """大娘 is an aunt and no mother."""
    row = read("relation", "与户主关系", word)
    assert "relation" not in row.values
    assert found(row, "relation")


def test_a_column_of_plain_words_is_known_by_what_it_can_be_read_as() -> None:
    rows: list[list[Any]] = [
        ["姓名", "文化程度", "民族"],
        ["陈大文", "初中毕业", 1],
        ["李小花", "小学肄业", 8],
    ]
    plan = plan_of(rows)
    assert [row.values["education"] for row in plan.rows] == ["70", "80"]
    assert [row.values["ethnicity"] for row in plan.rows] == ["01", "08"]


def test_yes_and_no_make_heads_only_where_the_column_is_called_so() -> None:
    rows = [["姓名", "身份证号", "是否户主", "2025年是否缴费"], ["陈大文", CHEN, "是", "是"],
            ["李小花", LI, "否", "否"]]  # fmt: skip
    plan = plan_of(rows)
    assert [row.values.get("relation") for row in plan.rows] == ["02", None]
    assert plan.table.matching.columns[3].field is None


def test_children_of_either_sex_are_told_apart_by_the_number() -> None:
    assert read("relation", "与户主关系", "子女").values["relation"] == "20"
    assert read("relation", "与户主关系", "子女", id_number=LI).values["relation"] == "30"


def test_a_relation_against_the_sex_is_a_warning() -> None:
    assert found(read("relation", "关系", "妻"), "relation") == [
        ("warning", "relation_against_sex")
    ]


@pytest.mark.parametrize(
    ("value", "group"),
    [
        ("1", "一组"), (1, "一组"), ("一组", "一组"), ("第一村民小组", "一组"), ("03", "三组"),
        ("三 组", "三组"), ("隔坑村第3小组", "三组"), ("12队", "十二组"), ("陈屋", "陈屋"),
        ("旧围", "旧围"),
    ],
)  # fmt: skip
def test_42_groups_are_written_as_they_are_said(value: Any, group: str) -> None:
    assert read("group", "组别", value).values["group"] == group
