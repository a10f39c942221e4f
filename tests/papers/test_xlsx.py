"""Spreadsheets of papers as sheets: heads, totals, print set-up, pictures, properties."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from PIL import Image

from tests.papers.opened_sheets import cell_under, first_sheet, opened, row_with, xml_of
from tests.papers.sample_papers import (
    FORM,
    every_block_paper,
    ledger,
    one_block_paper,
    picture_with_place,
)
from village_app.domain.kinds import MONEY, TEXT
from village_app.errors import Cancelled
from village_app.papers.blocks import (
    Column,
    PageBreak,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from village_app.papers.xlsx import write_xlsx


def test_a_sheet_is_ready_to_print_on_a4() -> None:
    sheet = first_sheet(one_block_paper(ledger(3), footer="A&B 1号"))
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_options.horizontalCentered
    assert sheet.oddFooter.center.text == "— &P —"
    assert sheet.oddFooter.left.text == "A&&B 1号"
    head = row_with(sheet, "金额（元）")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.print_area == f"'正文'!$A$1:$G${sheet.max_row}"


def test_a_wide_paper_lies_across_and_a_large_one_is_a3() -> None:
    sheet = first_sheet(one_block_paper(ledger(1), landscape=True, paper_size="A3"))
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 8


def test_a_footer_that_begins_with_a_figure_is_no_font_size() -> None:
    xml = xml_of(write_xlsx(one_block_paper(Paragraph("文"), footer="2026年")))
    assert "&amp;L 2026" in xml


def test_a_draft_says_so_over_every_page() -> None:
    assert first_sheet(one_block_paper(draft=True)).oddHeader.center.text == "草稿"


def test_long_text_above_a_table_is_not_frozen_with_its_head() -> None:
    sheet = first_sheet(one_block_paper(Paragraph("长文" * 600), ledger(2)))
    assert sheet.freeze_panes is None
    assert sheet.print_title_rows is not None


def test_the_title_is_merged_over_all_columns_and_cells_of_a_merged_head_are_framed() -> None:
    columns = (
        Column("姓名", TEXT),
        Column("应发", MONEY, group="补贴"),
        Column("实发", MONEY, group="补贴"),
    )
    sheet = first_sheet(one_block_paper(Table(columns, (Row(("甲", 1, 2)),))))
    merged = {str(area) for area in sheet.merged_cells.ranges}
    head = row_with(sheet, "姓名")
    assert {"A1:C1", f"A{head}:A{head + 1}", f"B{head}:C{head}"} <= merged
    frames = {sheet.cell(row, column).border.bottom.style for row in (2, 3) for column in (1, 2, 3)}
    assert frames == {"thin"}
    assert sheet.print_title_rows == f"${head}:${head + 1}"


def test_totals_are_values_and_stand_in_words_below() -> None:
    sheet = first_sheet(one_block_paper(ledger(3)))
    total = row_with(sheet, "合计")
    assert sheet.cell(total, 6).value == 6
    assert sheet.cell(total, 7).value == 3703.71
    words = sheet.cell(total + 1, 1).value
    assert words == "合计金额（大写）：人民币叁仟柒佰零叁元柒角壹分"


def test_a_group_ends_with_its_subtotal_and_can_start_a_page() -> None:
    columns = (Column("组别", TEXT), Column("金额", MONEY, total="sum"))
    rows = (Row(("一组", 100)), Row(("一组", 200)), Row(("二组", 400)))
    table = Table(columns, rows, has_total=True, group_by=0, page_per_group=True)
    sheet = first_sheet(one_block_paper(table))
    first = row_with(sheet, "一组小计")
    assert sheet.cell(first, 2).value == 3
    assert sheet.cell(row_with(sheet, "二组小计"), 2).value == 4
    assert sheet.cell(row_with(sheet, "合计"), 2).value == 7
    assert [mark.id for mark in sheet.row_breaks.brk] == [first]


def test_long_cells_make_their_row_higher() -> None:
    columns = (Column("事由", TEXT), Column("金额", MONEY))
    rows = (Row(("短", 1)), Row(("很长的事由" * 30, 1)))
    sheet = first_sheet(one_block_paper(Table(columns, rows)))
    head = row_with(sheet, "事由")
    width = sheet.column_dimensions["A"].width
    assert sheet.row_dimensions[head + 1].height < 20
    # Every Chinese character is two digits wide, a line of 10.5 pt about 14 pt high.
    assert sheet.row_dimensions[head + 2].height > 300 / width * 14


def test_a_paragraph_higher_than_any_row_goes_over_several() -> None:
    sheet = first_sheet(one_block_paper(Paragraph("字" * 3000), title=""))
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert max(heights) <= 409
    assert sum(heights) > 3000 * 2 / 88 * 15
    assert str(next(iter(sheet.merged_cells.ranges))) == f"A1:H{len(heights)}"


def test_columns_of_figures_keep_room_for_their_figures() -> None:
    columns = (Column("事由", TEXT), Column("金额", MONEY, total="sum"))
    table = Table(columns, (Row(("事由" * 80, 10**11)),), has_total=True)
    sheet = first_sheet(one_block_paper(table))
    assert sheet.column_dimensions["B"].width >= len("1,000,000,000.00")
    assert sum(sheet.column_dimensions[letter].width for letter in "AB") <= 88.5


def test_shares_of_the_width_given_by_the_paper_are_kept() -> None:
    columns = (Column("甲", TEXT, width=1), Column("乙", TEXT, width=3))
    sheet = first_sheet(one_block_paper(Table(columns, (Row(("a", "b")),))))
    assert sheet.column_dimensions["B"].width == 3 * sheet.column_dimensions["A"].width


def test_a_form_keeps_spans_and_leading_noughts() -> None:
    sheet = first_sheet(one_block_paper(FORM))
    row = row_with(sheet, "姓名")
    assert sheet.cell(row, 4).value == "00017"
    assert sheet.cell(row, 4).number_format == "@"
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{row + 1}:A{row + 2}", f"B{row + 1}:D{row + 1}", f"B{row + 2}:D{row + 2}"} <= merged
    assert sheet.cell(row + 1, 1).alignment.textRotation == 255
    assert sheet.row_dimensions[row + 1].height >= 30 * 72 / 25.4


def test_tables_of_other_columns_get_a_sheet_of_their_own() -> None:
    other = Table((Column("甲", TEXT), Column("乙", TEXT)), (Row(("a", "b")),))
    book = opened(one_block_paper(ledger(1), ledger(2), other))
    assert book.sheetnames == ["正文", "附表1"]
    assert cell_under(book["附表1"], "乙").value == "b"


def test_a_page_break_breaks_after_the_row_before() -> None:
    sheet = first_sheet(one_block_paper(Paragraph("前"), PageBreak(), Paragraph("后")))
    assert [mark.id for mark in sheet.row_breaks.brk] == [2]


def test_pictures_go_out_upright_and_without_what_the_camera_wrote() -> None:
    data = write_xlsx(one_block_paper(PhotoGrid((Photo(picture_with_place(), "现场"),), 1)))
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/media/")]
        assert len(names) == 1
        with Image.open(BytesIO(archive.read(names[0]))) as image:
            assert not image.getexif()
            assert image.size == (40, 30)


def test_the_same_paper_gives_the_same_bytes() -> None:
    moment = datetime(2026, 4, 10, 1, 30, tzinfo=UTC)
    first = write_xlsx(every_block_paper(), moment=moment)
    assert first == write_xlsx(every_block_paper(), moment=moment)
    assert first != write_xlsx(every_block_paper(), moment=datetime(2026, 4, 11, tzinfo=UTC))


def test_properties_name_the_program_and_no_user_or_path() -> None:
    data = write_xlsx(every_block_paper(), moment=datetime(2026, 4, 10, 1, 30, tzinfo=UTC))
    properties = openpyxl.load_workbook(BytesIO(data)).properties
    assert properties.creator == properties.lastModifiedBy == "共治通"
    assert properties.title == "2026年一季度财务公开表"
    assert properties.created.isoformat() == "2026-04-10T01:30:00"
    with ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 4, 10, 1, 30, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}


def test_nothing_is_laid_down_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was asked for")

    write_xlsx(one_block_paper(ledger(1)))  # so that all modules and rules are loaded
    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert write_xlsx(one_block_paper(ledger(300)))[:2] == b"PK"


def test_a_cancelled_writing_stops() -> None:
    def cancel(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_xlsx(one_block_paper(ledger(1)), report=cancel)


def test_progress_is_told_in_rows() -> None:
    told: list[tuple[int, int, str]] = []

    def note(done: int, total: int, text: str) -> None:
        told.append((done, total, text))

    write_xlsx(one_block_paper(ledger(1200)), report=note)
    assert [done for done, _, _ in told] == [0, 500, 1000]
    assert told[1][1:] == (1200, "正在写表格，第 501 行")
