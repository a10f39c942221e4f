"""What people type into a notice becomes blocks and comes back as the same text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.kinds import MONEY, PERSON_NAME, TEXT
from village_app.papers.blocks import Bar, BarChart, Column, Paper, Paragraph, Row, Signature, Table
from village_app.papers.written import issuers_of, read_body, with_issuers, write_body

EMPTY = Paper("notice", "关于路灯的公示", (Signature(("隔坑村民委员会",), "2026年3月2日"),))


def test_lines_become_paragraphs_and_the_signature_stays_last() -> None:
    paper = read_body("一、经过\n灯坏了三盏。\n\n公示期：｛公示期｝。", EMPTY)
    assert [type(block) for block in paper.blocks] == [Paragraph] * 3 + [Signature]
    assert write_body(paper) == "一、经过\n灯坏了三盏。\n公示期：｛公示期｝。"


def test_bars_become_a_table_whose_amounts_are_added_up() -> None:
    paper = read_body("｜款项｜金额（元）｜\n｜预付款｜14,940.00｜\n｜进度款｜24900｜", EMPTY)
    table = paper.blocks[0]
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [("预付款", 1494000), ("进度款", 2490000)]
    assert table.columns[1].kind.name == MONEY.name
    assert (table.has_total, table.in_words) == (True, 1)
    assert write_body(paper).splitlines()[1] == "｜预付款｜14,940.00｜"


def test_lines_pasted_from_a_spreadsheet_are_a_table_too() -> None:
    table = read_body("姓名\t组别\n陈大有\t三组", EMPTY).blocks[0]
    assert isinstance(table, Table)
    assert table.columns[0].kind.name == PERSON_NAME.name
    assert table.columns[0].sensitivity == "personal"
    assert table.rows[0].cells == ("陈大有", "三组")


def test_a_column_with_an_unreadable_amount_is_kept_as_text() -> None:
    table = read_body("｜款项｜金额（元）｜\n｜甲｜约三百｜", EMPTY).blocks[0]
    assert isinstance(table, Table)
    assert table.columns[1].kind.name == TEXT.name
    assert table.rows[0].cells == ("甲", "约三百")
    assert table.has_total is False


def test_what_a_builder_made_stands_as_a_line_and_stays_the_same() -> None:
    chart = BarChart("预算", (Bar("预算", (("已付", 5),)),))
    table = Table((Column("项目", TEXT),), (Row(("灯",)),), caption="付款明细")
    made = Paper("notice", "甲", (Paragraph("头"), table, chart), meta={"sheet": "project"})
    text = write_body(made)
    assert text == "头\n【表1：付款明细】\n【图1：预算】"
    again = read_body(text.replace("头", "新的头"), made)
    assert again.blocks == (Paragraph("新的头"), table, chart)
    assert read_body("头\n【图1：预算】", made).blocks == (Paragraph("头"), chart)


def test_the_signing_bodies_can_be_changed() -> None:
    assert issuers_of(with_issuers(EMPTY, ("甲", "乙"))) == ("甲", "乙")
    assert issuers_of(Paper("notice", "无落款")) == ()


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1
).filter(lambda line: line[0] not in "｜|【")


@given(st.lists(LINE, max_size=6))
def test_no_typed_line_is_lost(lines: list[str]) -> None:
    assert write_body(read_body("\n".join(lines), EMPTY)).splitlines() == lines
