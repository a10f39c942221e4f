"""The privacy gate on columns and forms: judged by kind, head and what they declare."""

from __future__ import annotations

import pytest

from tests.papers.gate_looks import look, table
from tests.papers.sample_papers import (
    one_block_paper,
)
from village_app.domain.kinds import (
    IDENTITY_NUMBER,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
)
from village_app.papers.blocks import (
    Column,
    FormCell,
    FormGrid,
)
from village_app.papers.gate import fix_all


@pytest.mark.parametrize("label", ["病种", "残疾类别及等级", "致困原因", "婚姻状况", "精神状况"])
def test_columns_that_no_paper_may_carry_are_known_by_their_head(label: str) -> None:
    findings = look(
        table(Column(label, TEXT), Column("组", TEXT), rows=(("略", "一组"),)), "election"
    )
    assert [(item.code, item.overridable) for item in findings.items] == [("never_column", False)]


def test_a_column_declared_sensitive_never_goes_out() -> None:
    findings = look(table(Column("情况", TEXT, "sensitive"), rows=(("甲",),)), "election")
    assert [item.code for item in findings.items] == ["never_column"]


def test_a_form_may_not_say_what_no_paper_may() -> None:
    form = FormGrid(
        (1, 3),
        (
            (FormCell("姓名", is_label=True), FormCell("张*明", kind=PERSON_NAME)),
            (FormCell("残疾类别", is_label=True), FormCell("一级")),
            (FormCell("备注", is_label=True), FormCell("糖尿病")),
        ),
    )
    findings = look(one_block_paper(form))
    assert [(item.code, item.where) for item in findings.items] == [
        ("never_column", "表格 1 第 2 行 残疾类别"),
        ("never_matter", "表格 1 第 3 行 备注"),
    ]


def test_the_values_of_a_form_are_masked_as_those_of_a_table() -> None:
    form = FormGrid(
        (1, 2, 1, 2),
        (
            (
                FormCell("姓名", is_label=True),
                FormCell("林青山", kind=PERSON_NAME),
                FormCell("联系电话", is_label=True),
                FormCell("83731234", kind=PHONE, sensitivity="personal"),
            ),
            (FormCell("家庭住址", is_label=True), FormCell("隔坑村三组12号", columns=3)),
            (FormCell("出生日期", is_label=True), FormCell("1960-04-04", columns=3)),
            (FormCell("经办人", is_label=True), FormCell("何国庆", columns=3, kind=PERSON_NAME)),
        ),
    )
    findings = look(one_block_paper(form))
    assert {(item.code, item.where, item.shown) for item in findings.items} >= {
        ("full_name", "表格 1 第 1 行 姓名", "林*山"),
        ("unmasked", "表格 1 第 1 行 联系电话", "********"),
        ("house_number", "表格 1 第 2 行 家庭住址", "隔坑村三组***"),
        ("birth", "表格 1 第 3 行 出生日期", "1960年"),
    }
    assert not any("经办人" in item.where for item in findings.items)
    assert look(fix_all(one_block_paper(form), findings)).items == ()


def test_columns_of_people_are_judged_by_their_kind_even_where_no_pattern_fits() -> None:
    paper = table(
        Column("证件", IDENTITY_NUMBER, "personal"),
        Column("电话", PHONE, "personal"),
        rows=(("4419001985063012", "83731234"),),
    )
    codes = [item.code for item in look(paper, "subsidy").items]
    assert codes.count("unmasked") == 2
    assert codes.count("hidden_column") == 1


def test_a_payee_in_a_column_of_plain_text_may_be_a_firm() -> None:
    paper = table(
        Column("收款人", TEXT),
        Column("摘要", TEXT),
        rows=(("某某五金店", "0769-83731234"), ("高新公司", "购砂石"), ("林青山", "误工补贴")),
    )
    assert [(item.code, item.where, item.shown) for item in look(paper).items] == [
        ("full_name", "表 1 第 3 行 收款人", "林*山")
    ]


def test_an_amount_may_be_headed_by_an_illness_but_words_may_not() -> None:
    money = table(Column("疾病救助金（元）", MONEY), rows=((100,),))
    words = table(Column("疾病", TEXT), rows=(("略",),))
    assert look(money).items == ()
    assert [item.code for item in look(words).items] == ["never_column"]
