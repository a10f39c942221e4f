"""Cells read into values: the patterns 9 to 45 of domain/06 section 6.7 that live in cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.sheets import (
    TODAY,
    book,
    codes,
    number,
    plan_book,
    plan_of,
    sheet,
    wrong,
)
from village_app.domain.identity import is_valid
from village_app.importing.files.grid import Cell
from village_app.importing.plans.rows import PlanRow

CHEN = number("19850630", 121)
LI = number("19860512", 122)
ENDS_IN_000 = "441900198506301000"


def read(field: str, head: str, value: Any, id_number: Any = CHEN) -> PlanRow:
    """Plan one person with one more column and give the row."""
    plan = plan_of([["姓名", "身份证号", head], ["陈大文", id_number, value], ["李小花", LI, ""]])
    assert plan.table.matching.column_of(field) == 2
    return plan.rows[0]


def read_id(value: Any, beside: Any = LI) -> PlanRow:
    return plan_of([["姓名", "身份证号"], ["陈大文", value], ["李小花", beside]]).rows[0]


def changes(row: PlanRow, field: str) -> list[tuple[str, str, str]]:
    return [(c.before, c.after, c.reason) for c in row.cleaned if c.field == field]


def found(row: PlanRow, field: str) -> list[tuple[str, str]]:
    return [(problem.level, problem.code) for problem in row.problems if problem.field == field]


# 9, 26, 27, 28, 29: identity numbers


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
    ],
)
def test_27_28_an_untidy_number_is_tidied_and_the_change_is_listed(value: str, reason: str) -> None:
    row = read_id(value)
    assert (row.state, row.values["id_number"]) == ("new", CHEN)
    assert changes(row, "id_number") == [(value.strip(), CHEN, reason)]


@pytest.mark.parametrize("cross", ["x", "×", "х", "Х", "✕"])
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
    ("value", "document"), [("H12345678", "hm_permit"), ("E12345678", "passport")]
)
def test_numbers_of_other_papers_are_taken_with_a_warning(value: str, document: str) -> None:
    row = read_id(value)
    assert (row.values["id_number"], row.values["id_type"]) == (value, document)
    assert found(row, "id_number") == [("warning", "other_paper")]


def test_a_paper_named_beside_the_number_is_not_judged_as_an_identity_card() -> None:
    plan = plan_of(
        [["姓名", "证件类型", "证件号码"], ["陈大文", "护照", "K1234567"], ["李小花", "身份证", LI]]
    )
    assert plan.rows[0].values["id_number"] == "K1234567"
    assert plan.rows[0].values["id_type"] == "passport"


@pytest.mark.parametrize("value", ["无", "—", "/", "暂无", "不详"])
def test_words_for_nothing_are_blank_and_listed(value: str) -> None:
    row = read_id(value)
    assert "id_number" not in row.values
    assert changes(row, "id_number") == [(value, "", f"“{value}”按空白处理")]


def test_27_a_number_wrapped_so_that_a_text_file_keeps_it_is_unwrapped() -> None:
    assert read_id(f'="{CHEN}"').values["id_number"] == CHEN


# 9: formulas and errors


def test_09_a_formula_without_a_stored_result_is_said() -> None:
    row = read_id(Cell("formula_without_value", "=A1&B1"))
    assert found(row, "id_number") == [("error", "formula_without_value")]


def test_an_error_cell_is_said_and_not_taken_for_blank() -> None:
    row = read("address", "住址", Cell("error", "#N/A"))
    assert found(row, "address") == [("warning", "cell_error")]


# 30, 31: leading noughts, bank cards


def test_30_lost_noughts_of_a_household_number_are_seen_and_not_guessed() -> None:
    plan = plan_of([["户号", "姓名", "身份证号"], ["012", "陈大文", CHEN], [13, "李小花", LI]])
    assert [row.values["household_no"] for row in plan.rows] == ["012", "13"]
    assert codes(plan, 1) == {"zeros_lost"}


def test_a_household_number_that_became_a_date_is_not_stored() -> None:
    plan = plan_of([["户号", "姓名", "身份证号"], [date(2026, 1, 2), "陈大文", CHEN]])
    assert "household_no" not in plan.rows[0].values
    assert codes(plan, 0) == {"became_date"}


def test_31_a_bank_card_as_a_number_is_damaged() -> None:
    row = read("bank_account", "银行账号", 6217000010001234567)
    assert (row.state, found(row, "bank_account")) == ("error", [("error", "damaged")])
    text = read("bank_account", "银行账号", "6217 0000 1000 1234 567")
    assert text.values["bank_account"] == "6217000010001234567"


# 32: phones


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


# 33: days


@pytest.mark.parametrize(
    "value",
    [
        31228, "31228", "1985.6.30", "1985-06-30", "1985/6/30", "1985年6月30日",
        "1985-6-30 00:00:00", 19850630, "19850630", "6/30/1985", "85.6.30", "1985,6,30",
        "1985 6 30", "1985年06月30日生", "一九八五年六月三十日", "1985.06.30.",
        date(1985, 6, 30), Cell("date", "1985-06-30 00:00:00"),
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


# Number against sheet


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


# 34: sex; 41: peoples; spoken forms


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
        ("status", "人员状态", "已故", "deceased"),
    ],
)
def test_41_spoken_forms_and_codes_become_the_tables_codes(
    field: str, head: str, value: Any, code: str
) -> None:
    assert read(field, head, value).values[field] == code


def test_children_of_either_sex_are_told_apart_by_the_number() -> None:
    assert read("relation", "与户主关系", "子女").values["relation"] == "20"
    assert read("relation", "与户主关系", "子女", id_number=LI).values["relation"] == "30"


def test_a_relation_against_the_sex_is_a_warning() -> None:
    assert found(read("relation", "关系", "妻"), "relation") == [
        ("warning", "relation_against_sex")
    ]


# 35 to 38: names


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
    ],
)
def test_23_36_a_name_that_cannot_be_one_is_an_error(value: str, code: str) -> None:
    plan = plan_of([["姓名", "身份证号"], [value, CHEN]])
    assert codes(plan, 0, "error") == {code}
    assert "name" not in plan.rows[0].values


# 39, 40, 42, 45


def test_40_an_age_typed_by_hand_is_checked_against_the_birth_date() -> None:
    assert found(read("age", "年龄", 40), "age") == []
    assert found(read("age", "年龄", "41岁"), "age") == []
    assert found(read("age", "年龄", 12), "age") == [("warning", "age_differs")]


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


# Merged cells, 同上


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


# Properties


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
