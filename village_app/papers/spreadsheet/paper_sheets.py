"""A paper as printed sheets: every block kind becomes rows.

A sheet has one set of columns, so that a table or form with other columns opens a new sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from openpyxl.workbook import Workbook

from village_app.domain.reporting import Report
from village_app.papers.blocks import (
    BarChart,
    Block,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    PhotoGrid,
    Signature,
    SignLines,
    Spacer,
    Table,
)
from village_app.papers.chart_text import chart_lines
from village_app.papers.column_widths import table_widths
from village_app.papers.headings import top_lines
from village_app.papers.spreadsheet.cells import BLANK, Remarks, text_body
from village_app.papers.spreadsheet.form_rows import add_form, form_widths
from village_app.papers.spreadsheet.measure import (
    POINTS_OF_MM,
    lines_needed,
    page_width,
    row_height,
)
from village_app.papers.spreadsheet.photo_rows import add_photos
from village_app.papers.spreadsheet.sheet import PageSetup, SheetRows, lay_sheet
from village_app.papers.spreadsheet.styles import (
    FANGSONG,
    HEI,
    KAI,
    LETTERHEAD_RED,
    SONG,
    TITLE,
    Horizontal,
    Look,
    Styles,
)
from village_app.papers.spreadsheet.table_rows import add_table

_PLAIN_COLUMNS = 8
_FACES = {"fangsong": FANGSONG, "kai": KAI, "hei": HEI, "title": TITLE, "song": SONG}
_HEADINGS = {
    0: Look(TITLE, 16, horizontal="center"),
    1: Look(HEI, 13),
    2: Look(KAI, 13),
    3: Look(FANGSONG, 12, bold=True),
}
_TOP = {
    "letterhead": Look(TITLE, 22, color=LETTERHEAD_RED, horizontal="center"),
    "number": Look(FANGSONG, 12, horizontal="right"),
    "title": Look(TITLE, 18, horizontal="center"),
    "to": Look(FANGSONG, 12),
}
_BODY_SIZE = 12.0
# The file format's unit of indent is about the width of three digits.
_SEAL_SPACE = 42 * POINTS_OF_MM


class PaperSheets:
    """Writes the sheets of one paper, block by block."""

    def __init__(self, paper: Paper, report: Report, remarks: Remarks) -> None:
        self.paper = paper
        self.report = report
        self.remarks = remarks
        self.workbook = Workbook()
        self.styles = Styles(self.workbook)
        self.page = page_width(paper.paper_size, landscape=paper.landscape)
        self.rows: dict[str, list[str]] = {}
        self.ranges: dict[str, str] = {}

    def write(self) -> None:
        """Lay all sheets; the empty sheet that every new workbook has goes."""
        setup = PageSetup(
            self.paper.paper_size,
            self.paper.landscape,
            self.paper.page_numbers,
            self.paper.footer,
            "草稿" if self.paper.draft else "",
        )
        blank = self.workbook.active
        groups = list(_sheets_of(self.paper))
        for number, blocks in enumerate(groups, start=1):
            content = SheetRows(self._widths(blocks))
            if number == 1:
                self._add_top(content)
            for block in blocks:
                self._add(content, block)
            title = "正文" if number == 1 else f"附表{number - 1}"
            self.ranges[title] = lay_sheet(self.workbook, title, content, setup)
            self.rows[title] = content.rows
        self.workbook.remove(blank)

    def _widths(self, blocks: list[Block]) -> tuple[float, ...]:
        for block in blocks:
            if isinstance(block, Table):
                return table_widths(block, self.page)
            if isinstance(block, FormGrid):
                return form_widths(block, self.page)
        return (self.page / _PLAIN_COLUMNS,) * _PLAIN_COLUMNS

    def _add_top(self, content: SheetRows) -> None:
        for line in top_lines(self.paper):
            self._across(content, line.text, _TOP[line.part], extra=6)

    def _add(self, content: SheetRows, block: Block) -> None:
        adders: dict[type, Callable[[SheetRows, Any], None]] = {
            Heading: self._add_heading,
            Paragraph: self._add_paragraph,
            Table: self._add_table,
            FormGrid: self._add_form,
            Signature: self._add_signature,
            SignLines: self._add_sign_lines,
            PhotoGrid: self._add_photos,
            BarChart: self._add_chart,
            Spacer: self._add_spacer,
            PageBreak: self._add_page_break,
        }
        adders[type(block)](content, block)

    def _add_heading(self, content: SheetRows, block: Heading) -> None:
        self._across(content, block.text, _HEADINGS.get(block.level, _HEADINGS[3]), extra=4)

    def _add_table(self, content: SheetRows, block: Table) -> None:
        add_table(content, block, self.styles, self.report, self.remarks)

    def _add_form(self, content: SheetRows, block: FormGrid) -> None:
        add_form(content, block, self.styles, self.remarks)

    def _add_photos(self, content: SheetRows, block: PhotoGrid) -> None:
        add_photos(content, block, self.styles, self.remarks)

    def _add_spacer(self, content: SheetRows, block: Spacer) -> None:
        self._blank(content, block.lines * row_height(1, _BODY_SIZE))

    def _add_page_break(self, content: SheetRows, _: PageBreak) -> None:
        content.break_page()

    def _add_paragraph(self, content: SheetRows, block: Paragraph) -> None:
        indent = "　" * round(block.indent) if block.align in ("left", "justify") else ""
        text = "\n".join(indent + line for line in block.text.split("\n"))
        horizontal: Horizontal = "left" if block.align == "justify" else block.align
        size = min(block.size or _BODY_SIZE, 28.0)
        look = Look(_FACES[block.face or "fangsong"], size, horizontal=horizontal, vertical="top")
        self._across(content, text, look)

    def _add_signature(self, content: SheetRows, block: Signature) -> None:
        lines = [*block.issuers, block.date]
        first = content.next_row
        self._blank(content, row_height(1, _BODY_SIZE))
        for line in lines:
            look = Look(FANGSONG, _BODY_SIZE, horizontal="right", indent=4 if block.seal else 2)
            self._across(content, line, look)
        used = (content.next_row - first) * row_height(1, _BODY_SIZE)
        if block.seal and used < _SEAL_SPACE:
            self._blank(content, _SEAL_SPACE - used)

    def _add_sign_lines(self, content: SheetRows, block: SignLines) -> None:
        for start in range(0, len(block.entries), block.per_line):
            entries = block.entries[start : start + block.per_line]
            text = "　　　".join(f"{what}：{name or '＿＿＿＿＿＿'}" for what, name in entries)
            self._across(content, text, Look(SONG, 11), extra=8)

    def _add_chart(self, content: SheetRows, block: BarChart) -> None:
        self._across(content, block.title, Look(SONG, 12, bold=True, horizontal="center"))
        for line in chart_lines(block):
            self._across(content, line, Look(SONG, 11))

    def _across(self, content: SheetRows, text: str, look: Look, *, extra: float = 0) -> None:
        lines = lines_needed(text, content.width, look.size)
        height = row_height(lines, look.size) + extra
        content.add_across(text_body(text, self.remarks), self.styles.number(look), height)

    def _blank(self, content: SheetRows, height: float) -> None:
        content.add((BLANK,), (self.styles.number(Look()),), height)


def _sheets_of(paper: Paper) -> Iterator[list[Block]]:
    """Part the blocks into sheets: each holds tables and forms of one set of columns."""
    blocks: list[Block] = []
    columns: object = None
    for block in paper.blocks:
        wanted = _columns_of(block)
        if wanted is not None and columns is not None and wanted != columns:
            yield blocks
            blocks, columns = [], None
        if wanted is not None:
            columns = wanted
        blocks.append(block)
    yield blocks


def _columns_of(block: Block) -> object:
    if isinstance(block, Table):
        return [column.label for column in block.columns]
    if isinstance(block, FormGrid):
        return block.widths
    return None
