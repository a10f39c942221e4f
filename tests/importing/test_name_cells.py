"""Names of people in cells (domain/06 section 6.7, patterns 23 and 35 to 38)."""

from __future__ import annotations

import pytest

from tests.importing.one_cell import CHEN, LI, changes
from tests.importing.sheets import (
    codes,
    number,
    plan_of,
)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("张 明", "张明"),
        ("张　明", "张明"),
        ("张\u00a0明", "张明"),
        ("张\u200b明", "张明"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("张明*", "张明"),
        ("（张明）", "张明"),
        ("1.张明", "张明"),
        ("2、张明", "张明"),
        ("张明，", "张明"),
        ("“张明”", "张明"),
        ("张明（户主", "张明"),
    ],
)
def test_35_names_are_cleaned_and_the_change_is_listed(value: str, name: str) -> None:
    plan = plan_of([["姓名", "身份证号"], [value, CHEN]])
    assert plan.rows[0].values["name"] == name
    assert changes(plan.rows[0], "name")[0][:2] == (value, name)


@pytest.mark.parametrize("value", ["陳大文", "張羣", "张YAN", "欧阳小明", "㛃䶮", "𠮷田"])
def test_37_38_names_are_kept_as_given(value: str) -> None:
    plan = plan_of([["姓名", "身份证号"], [value, CHEN]])
    assert plan.rows[0].values["name"] == value


def test_35_remarks_behind_a_name_go_to_the_fields_they_speak_of() -> None:
    plan = plan_of(
        [["姓名", "身份证号"], ["张明（户主）", CHEN], ["李花(已故)", LI],
         ["陈伟(阿伟)", number("19700101", 111)]]
    )  # fmt: skip
    assert plan.rows[0].values["relation"] == "02"
    assert plan.rows[1].values["status"] == "deceased"
    assert plan.rows[2].also["name"] == ("阿伟",)


def test_36_private_use_characters_of_old_encodings_are_repaired() -> None:
    plan = plan_of([["姓名", "身份证号"], ["张\ue863", CHEN]])
    assert plan.rows[0].values["name"] == "张䶮"
    assert changes(plan.rows[0], "name")[0][2] == "还原旧编码的字"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("张?", "lost_character"),
        ("张□", "lost_character"),
        ("⿰王明", "lost_character"),
        ("张三、李四", "several_names"),
        ("张明 李四", "several_names"),
        ("张*明", "masked_name"),
        ("张某某", "masked_name"),
        ("张明1", "digits_in_name"),
        ('=HYPERLINK("http://x","张明")', "not_a_name"),
        ("=cmd", "not_a_name"),
    ],
)
def test_23_36_a_name_that_cannot_be_one_is_an_error(value: str, code: str) -> None:
    plan = plan_of([["姓名", "身份证号"], [value, CHEN]])
    assert codes(plan, 0, "error") == {code}
    assert "name" not in plan.rows[0].values
