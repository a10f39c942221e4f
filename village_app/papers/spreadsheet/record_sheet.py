"""Records as one long sheet for working on: streamed, with a head that stays and filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from village_app.domain.kinds import FieldDeclaration
from village_app.domain.reporting import Report
from village_app.papers.column_widths import widest_line, width_of
from village_app.papers.spreadsheet.cells import Body, Remarks, text_body, writer_for
from village_app.papers.spreadsheet.measure import row_height
from village_app.papers.spreadsheet.package import pack
from village_app.papers.spreadsheet.sheet import PageSetup, SheetRows, lay_sheet
from village_app.papers.spreadsheet.styles import HEI, SONG, TEXT_FORMAT, Look, Styles

_SHEET = "名单"
_TITLE = Look(HEI, 16, horizontal="center")
_STAMP = Look(SONG, 10.5, horizontal="right")
_HEAD = Look(SONG, 11, bold=True, horizontal="center", framed=True, shaded=True)
_HEAD_ROW = 3
_MEASURED_ROWS = 300
_WIDEST = 40.0
_REPORT_EVERY = 1_000


def pack_records(
    declarations: Sequence[FieldDeclaration],
    rows: Sequence[Sequence[Any]],
    title: str,
    stamp: tuple[str, datetime],
    report: Report,
    remarks: Remarks,
) -> bytes:
    """Write the file of a list of records; see `village_app.papers.xlsx.write_rows_xlsx`."""
    workbook = Workbook()
    styles = Styles(workbook)
    content = SheetRows(_widths(declarations, rows))
    _add_top(content, styles, declarations, title, stamp)
    streamed = _streamed(content, styles, declarations, rows, report, remarks)
    blank = workbook.active
    setup = PageSetup(landscape=len(declarations) > 6)
    last = _HEAD_ROW + len(rows)
    used = lay_sheet(workbook, _SHEET, content, setup, last_row=last)
    sheet = workbook[_SHEET]
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{content.letters[-1]}{last}"
    workbook.remove(blank)
    return pack(workbook, {_SHEET: streamed}, {_SHEET: used}, title=title, moment=stamp[1])


def _widths(
    declarations: Sequence[FieldDeclaration], rows: Sequence[Sequence[Any]]
) -> tuple[float, ...]:
    """Measure the heads and the first rows; no column is narrower than its kind asks for."""
    widths = []
    for index, declaration in enumerate(declarations):
        kind = declaration.kind
        shown = (kind.show(row[index]) for row in rows[:_MEASURED_ROWS])
        widest = max(map(widest_line, shown), default=0)
        wanted = max(widest, width_of(declaration.label)) + 2.0
        widths.append(min(_WIDEST, max(wanted, min(kind.spreadsheet.width, 12.0))))
    return tuple(widths)


def _add_top(
    content: SheetRows,
    styles: Styles,
    declarations: Sequence[FieldDeclaration],
    title: str,
    stamp: tuple[str, datetime],
) -> None:
    user, at = stamp
    line = f"导出人：{user}　导出时间：{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    content.add_across(text_body(title), styles.number(_TITLE), row_height(1, _TITLE.size))
    content.add_across(text_body(line), styles.number(_STAMP), row_height(1, _STAMP.size))
    heads = [text_body(declaration.label) for declaration in declarations]
    before = content.height
    content.add(heads, (styles.number(_HEAD),) * len(heads), row_height(1, _HEAD.size) + 4)
    content.head_rows(_HEAD_ROW, _HEAD_ROW, before)


def _streamed(
    content: SheetRows,
    styles: Styles,
    declarations: Sequence[FieldDeclaration],
    rows: Sequence[Sequence[Any]],
    report: Report,
    remarks: Remarks,
) -> Iterator[str]:
    """Give the row elements one by one while the file is being written."""
    yield from content.rows
    writers = [writer_for(declaration.kind, remarks) for declaration in declarations]
    numbers = [styles.number(_look(declaration)) for declaration in declarations]
    letters = [get_column_letter(index + 1) for index in range(len(declarations))]
    plan = list(zip(letters, numbers, writers, strict=True))
    for index, row in enumerate(rows):
        if index % _REPORT_EVERY == 0:
            report(index, len(rows), f"正在写第 {index + 1:,} 行")
        number = _HEAD_ROW + 1 + index
        cells: list[Body] = [
            f'<c r="{letter}{number}" s="{style}"{write(value)}'
            for (letter, style, write), value in zip(plan, row, strict=True)
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _look(declaration: FieldDeclaration) -> Look:
    form = declaration.kind.spreadsheet
    return Look(
        SONG,
        11,
        horizontal=declaration.kind.align,
        wrap=False,
        framed=True,
        number_format=TEXT_FORMAT if form.as_text else form.number_format,
    )
