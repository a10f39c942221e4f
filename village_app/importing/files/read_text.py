"""Reads csv and its relatives: any encoding, any separator, quotes as people leave them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from village_app.errors import Refused
from village_app.importing.files.cell_text import tidy
from village_app.importing.files.encodings import DecodedText, decode_text
from village_app.importing.files.grid import BLANK, Cell, Workbook
from village_app.importing.files.reading import Budget, ReadOptions
from village_app.importing.files.separated import cut_rows
from village_app.importing.files.separators import find_separator, stated_separator, tabs_for_blanks
from village_app.importing.files.sheet_builder import SheetBuilder

_TEXT_NAMES = (".csv", ".txt", ".tsv", ".tab", ".prn")
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_PROGRAM_DATA = re.compile(r"\s*(<[?!a-zA-Z]|\{\s*[\"}]|\[\s*[{\[\"\d])")
_TABLE_LIKE = 0.5
_REPORT_EVERY = 5_000


def read_text(data: bytes, options: ReadOptions) -> Workbook:
    """Read a text file as one sheet; all cells are text, because a text file knows no kinds.

    Refuses texts that are no tables; says in the remarks what could not be read as it stands.
    """
    decoded = decode_text(data, options.encoding, options.repairs)
    stated, text = stated_separator(decoded.text)
    if _PROGRAM_DATA.match(text):
        raise Refused("not_a_spreadsheet", "这是程序用的数据文件，不是表格。请选择表格文件。")
    separator = options.separator or stated
    if separator is None:
        separator, agreement = find_separator(text)
        spaced = tabs_for_blanks(text) if agreement < _TABLE_LIKE else None
        if spaced is not None:
            text, separator, agreement = spaced, "\t", 1.0
        _refuse_prose(text, agreement, options.name)
    cut = cut_rows(text, separator)
    builder = SheetBuilder("Sheet1", Budget())
    for number, fields in enumerate(cut.rows):
        builder.add_row(number, _cells(fields))
        if number % _REPORT_EVERY == 0:
            options.report(number, len(cut.rows), "正在读文字表格")
    return Workbook(
        file_type="text",
        encoding=decoded.encoding,
        sheets=[builder.finish()],
        remarks=_remarks(decoded, cut.open_quotes),
        separator=separator,
    )


def _remarks(decoded: DecodedText, open_quotes: int) -> list[str]:
    remarks = []
    if decoded.unreadable:
        remarks.append(
            f"有 {decoded.unreadable} 处文字读不出来，已用“\ufffd”代替，请对照原表改正。"
        )
    if open_quotes:
        remarks.append(f"有 {open_quotes} 行的引号不成对，已当作普通文字读入，请核对这几行。")
    return remarks


def _refuse_prose(text: str, agreement: float, name: str) -> None:
    """Refuse a text that nothing calls a table: neither its name nor the shape of its lines."""
    if name.lower().endswith(_TEXT_NAMES):
        return
    lines = sum(1 for line in text.splitlines() if line.strip())
    if agreement < _TABLE_LIKE or lines < 2:
        raise Refused(
            "not_a_spreadsheet",
            "这不是表格，里面只有一段文字。请用 WPS 表格或 Excel 打开原表，"
            "另存为“Excel 工作簿（.xlsx）”，再导入。",
        )


def _cells(fields: Iterable[str]) -> list[Cell]:
    return [_cell(field) if field else BLANK for field in fields]


def _cell(field: str) -> Cell:
    """Make a cell; `="0123"`, by which programs protect digits from Excel, loses its wrapping."""
    if field.startswith('="') and (wrapped := _AS_FORMULA.fullmatch(field)):
        field = wrapped[1]
    text = tidy(field)
    return Cell("text", text) if text else BLANK
