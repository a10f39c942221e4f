"""A table as rows: head that repeats, cells of real types, computed totals as values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from village_app.domain.reporting import Report
from village_app.papers.blocks import Column, Table
from village_app.papers.column_widths import wraps
from village_app.papers.spreadsheet.cells import (
    BLANK,
    Body,
    Remarks,
    number_body,
    text_body,
    value_body,
    writer_for,
)
from village_app.papers.spreadsheet.measure import lines_needed, row_height
from village_app.papers.spreadsheet.sheet import SheetRows
from village_app.papers.spreadsheet.styles import SONG, TEXT_FORMAT, Look, Styles
from village_app.papers.table_lines import Line, Role, amount_in_words, lines_of, shown_in

_SIZE = 10.5
_ONE_LINE = row_height(1, _SIZE)
_HEAD = Look(SONG, _SIZE, bold=True, horizontal="center", framed=True, shaded=True)
_CAPTION = Look(SONG, 12, bold=True, horizontal="center")
_UNIT = Look(SONG, _SIZE, horizontal="right")
_NOTE = Look(SONG, _SIZE)
_WORDS = Look(SONG, _SIZE, bold=True, framed=True)
_REPORT_EVERY = 500


def add_table(
    content: SheetRows, table: Table, styles: Styles, report: Report, remarks: Remarks
) -> None:
    """Add caption, unit, head, lines, the total in words and the notes of a table."""
    for text, look in ((table.caption, _CAPTION), (table.unit, _UNIT)):
        if text:
            _across(content, text, look, styles, remarks)
    before = content.height
    first = content.next_row
    _add_head(content, table.columns, styles, remarks)
    content.head_rows(first, content.next_row - 1, before)
    _add_lines(content, table, styles, report, remarks)
    words = amount_in_words(table)
    if words:
        _across(content, words, _WORDS, styles, remarks)
    for note in table.notes:
        _across(content, note, _NOTE, styles, remarks)


def _across(content: SheetRows, text: str, look: Look, styles: Styles, remarks: Remarks) -> None:
    height = row_height(lines_needed(text, content.width, look.size), look.size)
    content.add_across(text_body(text, remarks), styles.number(look), height)


def _add_head(
    content: SheetRows, columns: Sequence[Column], styles: Styles, remarks: Remarks
) -> None:
    style = (styles.number(_HEAD),) * len(columns)
    labels = [text_body(column.label, remarks) for column in columns]
    lines = [
        lines_needed(column.label, width, _SIZE)
        for column, width in zip(columns, content.widths, strict=False)
    ]
    height = row_height(max(lines), _SIZE) + 4
    if not any(column.group for column in columns):
        content.add(labels, style, height)
        return
    first = content.next_row
    upper = [
        text_body(column.group, remarks) if column.group else label
        for column, label in zip(columns, labels, strict=True)
    ]
    content.add(upper, style, _ONE_LINE + 4)
    content.add(
        [label if column.group else BLANK for column, label in zip(columns, labels, strict=True)],
        style,
        height,
    )
    _merge_head(content, columns, first)


def _merge_head(content: SheetRows, columns: Sequence[Column], first: int) -> None:
    start = 0
    for index, column in enumerate(columns):
        if not column.group:
            content.merge(first, index, first + 1, index)
        elif index + 1 == len(columns) or columns[index + 1].group != column.group:
            content.merge(first, start, first, index)
        if index + 1 < len(columns) and columns[index + 1].group != column.group:
            start = index + 1


class _Cells:
    """Writers, styles and measures of one table's cells, prepared once for all its rows."""

    def __init__(self, table: Table, content: SheetRows, styles: Styles, remarks: Remarks) -> None:
        self.columns = table.columns
        self.content = content
        self.remarks = remarks
        self.writers = [writer_for(column.kind, remarks) for column in table.columns]
        self.looks: dict[Role, tuple[int, ...]] = {
            role: tuple(styles.number(_look(column, role)) for column in table.columns)
            for role in ("data", "subtotal", "section", "total")
        }
        self.wrapping = [
            (index, content.widths[index])
            for index, column in enumerate(table.columns)
            if wraps(column)
        ]

    def bodies(self, line: Line) -> list[Body]:
        if line.role == "data":
            return [write(value) for write, value in zip(self.writers, line.cells, strict=True)]
        return [
            self._computed(column, value, line.role)
            for column, value in zip(self.columns, line.cells, strict=True)
        ]

    def _computed(self, column: Column, value: Any, role: Role) -> Body:
        if value is None or isinstance(value, str):
            return text_body(value or "", self.remarks)
        if column.total == "count" and role != "section":
            return number_body(value)
        return value_body(column.kind.for_spreadsheet(value), remarks=self.remarks)

    def height(self, line: Line) -> float:
        """Give the height of a line; most texts fit on one line and are measured only roughly."""
        lines = 1
        for index, width in self.wrapping:
            value = line.cells[index]
            if value is None:
                continue
            text = shown_in(self.columns[index], value, line.role)
            if len(text) * 2 + 1 > width or "\n" in text:
                lines = max(lines, lines_needed(text, width, _SIZE))
        return _ONE_LINE if lines == 1 else row_height(lines, _SIZE)


def _look(column: Column, role: Role) -> Look:
    form = column.kind.spreadsheet
    is_count = column.total == "count" and role in ("subtotal", "total")
    return Look(
        SONG,
        _SIZE,
        bold=role != "data",
        horizontal="left" if role == "section" else column.kind.align,
        framed=True,
        shaded=role in ("subtotal", "section"),
        number_format="0" if is_count else TEXT_FORMAT if form.as_text else form.number_format,
    )


def _add_lines(
    content: SheetRows, table: Table, styles: Styles, report: Report, remarks: Remarks
) -> None:
    cells = _Cells(table, content, styles, remarks)
    total = len(table.rows)
    for number, line in enumerate(lines_of(table)):
        if number % _REPORT_EVERY == 0:
            report(number, max(total, number), f"正在写表格，第 {number + 1:,} 行")
        if line.starts_page:
            content.break_page()
        row = content.next_row
        content.add(cells.bodies(line), cells.looks[line.role], cells.height(line))
        if line.role == "section" and all(value is None for value in line.cells[1:]):
            content.merge(row, 0, row, content.columns - 1)
