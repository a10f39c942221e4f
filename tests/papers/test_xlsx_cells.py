"""Cells of spreadsheets: real types, exact amounts, texts that stay texts whatever they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.papers.opened_sheets import cell_under, first_sheet, opened, xml_of
from tests.papers.sample_papers import (
    identity,
    ledger,
    ledger_row,
    one_block_paper,
)
from village_app.domain.kinds import COUNT, DAY, MONEY, SHARE, TEXT
from village_app.papers.blocks import (
    Column,
    FormCell,
    FormGrid,
    Paragraph,
    Row,
    Table,
)
from village_app.papers.spreadsheet.cells import CUT_MARK, MOST_UNITS
from village_app.papers.xlsx import write_xlsx


def test_money_is_a_number_exact_to_the_fen() -> None:
    paper = one_block_paper(ledger(1))
    cell = cell_under(first_sheet(paper), "金额（元）")
    assert cell.data_type == "n"
    assert cell.number_format == "#,##0.00"
    assert "<v>1234.56</v>" in xml_of(write_xlsx(paper))


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "0.00"), (1, "0.01"), (-5, "-0.05"), (10**14 + 7, "1000000000000.07")],
)
def test_no_amount_loses_a_fen(fen: int, written: str) -> None:
    table = Table((Column("金额", MONEY),), (Row((fen,)),))
    assert f"<v>{written}</v>" in xml_of(write_xlsx(one_block_paper(table)))


def test_a_number_longer_than_a_spreadsheet_keeps_becomes_text() -> None:
    table = Table((Column("数", COUNT),), (Row((1_234_567_890_123_456,)),))
    cell = cell_under(first_sheet(one_block_paper(table)), "数")
    assert cell.value == "1234567890123456"


def test_days_counts_and_shares_are_numbers_of_their_kind() -> None:
    columns = (Column("日子", DAY), Column("数", COUNT), Column("比例", SHARE))
    table = Table(columns, (Row((date(2026, 3, 2), 12, 253)),))
    sheet = first_sheet(one_block_paper(table))
    assert cell_under(sheet, "日子").value.date() == date(2026, 3, 2)
    assert cell_under(sheet, "日子").number_format == "yyyy-mm-dd"
    assert cell_under(sheet, "数").value == 12
    assert cell_under(sheet, "比例").value == 0.0253
    assert cell_under(sheet, "比例").number_format == "0.00%"


def test_identity_and_phone_numbers_are_text_with_all_digits() -> None:
    sheet = first_sheet(one_block_paper(ledger(1)))
    cell = cell_under(sheet, "证件号码")
    assert cell.value == identity(date(1985, 6, 30), 0)
    assert cell.data_type == "s"
    assert cell.number_format == "@"
    assert cell_under(sheet, "电话").value == "13812340000"


DANGEROUS = (
    '=HYPERLINK("http://example.invalid","点我")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "http://example.invalid/a",
    "{=1}",
    "#REF!",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_whatever_a_text_begins_with_it_stays_a_text(text: str) -> None:
    form = FormGrid((1, 3), ((FormCell("事由", is_label=True), FormCell(text)),))
    table = Table((Column(text, TEXT),), (Row((text,)),))
    paper = one_block_paper(Paragraph(text), table, form, title=text)
    book = opened(paper)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    assert all(cell.value is None or isinstance(cell.value, str) for cell in cells)
    for number in range(1, len(book.worksheets) + 1):
        xml = xml_of(write_xlsx(paper), f"xl/worksheets/sheet{number}.xml")
        assert "<f>" not in xml
        assert "hyperlink" not in xml


def test_control_characters_go_with_a_remark() -> None:
    remarks: list[str] = []
    book = opened(one_block_paper(Paragraph("甲\x00乙\x0b丙\ud800丁", indent=0)), remarks=remarks)
    assert book.worksheets[0].cell(2, 1).value == "甲乙丙丁"
    assert len(remarks) == 1
    assert "控制字符" in remarks[0]


@pytest.mark.parametrize("letter", ["字", "𠮷"])
def test_a_text_too_long_for_a_cell_is_cut_with_a_mark_and_a_remark(letter: str) -> None:
    remarks: list[str] = []
    table = Table((Column("说明", TEXT),), (Row((letter * (MOST_UNITS + 1),)),))
    book = opened(one_block_paper(table), remarks=remarks)
    text = cell_under(book.worksheets[0], "说明").value
    assert text.endswith(CUT_MARK)
    assert MOST_UNITS - 2 < len(text.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert len(remarks) == 1


def test_a_text_that_looks_like_an_escape_of_the_format_is_kept() -> None:
    xml = xml_of(write_xlsx(one_block_paper(Paragraph("编号_x0041_尾", indent=0))))
    assert "编号_x005F_x0041_尾" in xml


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=60))
def test_any_printable_text_comes_back_as_it_was(text: str) -> None:
    table = Table((Column("字", TEXT),), (Row(("始" + text + "终",)),))
    expected = "始" + text.replace("\u2028", "\n").replace("\u2029", "\n") + "终"
    assert cell_under(first_sheet(one_block_paper(table)), "字").value == expected


def test_a_masked_text_in_a_column_of_numbers_stays_as_it_is() -> None:
    row = ledger_row(0, identity="441900********0017", money="略")
    table = Table((*ledger().columns[:6], Column("金额（元）", MONEY)), (row,))
    sheet = first_sheet(one_block_paper(table))
    assert cell_under(sheet, "证件号码").value == "441900********0017"
    assert cell_under(sheet, "金额（元）").value == "略"
