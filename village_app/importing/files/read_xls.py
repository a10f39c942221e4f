"""Reads the old binary workbooks: xls of Excel 2 to 2003, and WPS's et, which is the same.

These files store every number as a double or less: 15 digits are exact, more are lost before
the file was written. Whole numbers of up to 15 digits come as digits; longer ones keep the
double's own text (`4.4190019850630125e+17`), which shows that they are damaged.
"""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDocError

from village_app.importing.files.cell_text import tidy
from village_app.importing.files.colours import row_colour, word_of_rgb
from village_app.importing.files.grid import BLANK, Cell, Sheet, Workbook
from village_app.importing.files.number_format import (
    PLAIN,
    NumberFormat,
    built_in_format,
    number_format,
    shown,
)
from village_app.importing.files.python_values import digits_of
from village_app.importing.files.reading import Budget, Damaged, ReadOptions
from village_app.importing.files.sheet_builder import SheetBuilder, Visibility
from village_app.importing.files.unlock import unlocked

_VISIBILITY: dict[int, Visibility] = {0: "visible", 1: "hidden", 2: "very_hidden"}
_BIFF_WITH_UNICODE = 80
_SOLID = 1
_BROKEN = (CompDocError, struct.error, AssertionError, IndexError, KeyError, UnicodeDecodeError)


class _Locked(Exception):
    """The workbook is encrypted."""


def read_xls(data: bytes, options: ReadOptions) -> Workbook:
    """Read a whole xls or et file from its bytes; `encoding` overrides the one stated inside."""
    try:
        book = _open(data, options.encoding)
    except _Locked:
        book = _open(unlocked(data, options.password), options.encoding)
    formats = _formats(book)
    budget = Budget()
    sheets = []
    for number in range(book.nsheets):
        options.report(number, book.nsheets, "正在读旧版表格")
        sheets.append(_read_sheet(book, number, formats, budget))
    return Workbook(file_type="xls", encoding=None, sheets=sheets, date_1904=bool(book.datemode))


def _open(data: bytes, encoding: str | None) -> Any:
    """Open the book; texts of before 1997 in GBK, or in no stated encoding, are GB18030."""
    book = _open_with(data, encoding)
    is_guess = encoding is None and book.codepage in {None, 936}
    if is_guess and book.biff_version < _BIFF_WITH_UNICODE:
        with suppress(Damaged):
            return _open_with(data, "gb18030")
    return book


def _open_with(data: bytes, encoding: str | None) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=data,
            logfile=io.StringIO(),
            formatting_info=True,
            ragged_rows=True,
            encoding_override=encoding,
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise _Locked from error
        raise Damaged(str(error)) from error
    except _BROKEN as error:
        raise Damaged(str(error)) from error


def _formats(book: Any) -> list[tuple[NumberFormat, bool]]:
    """Give number format and strike-through of every cell style."""
    formats = []
    for style in book.xf_list:
        stored = book.format_map.get(style.format_key)
        code = stored.format_str if stored else ""
        font = style.font_index
        struck = font < len(book.font_list) and bool(book.font_list[font].struck_out)
        formats.append((number_format(code or built_in_format(style.format_key)), struck))
    return formats


def _colours(book: Any) -> list[str]:
    """Name the colour of every cell style: that of its ground, else of its letters."""
    words = []
    for style in book.xf_list:
        ground = style.background
        filled = ground.fill_pattern == _SOLID
        word = _colour_word(book, ground.pattern_colour_index) if filled else ""
        if not word and style.font_index < len(book.font_list):
            word = _colour_word(book, book.font_list[style.font_index].colour_index)
        words.append(word)
    return words


def _colour_word(book: Any, index: int) -> str:
    rgb = book.colour_map.get(index)
    return word_of_rgb("".join(f"{part:02x}" for part in rgb)) if rgb else ""


def _read_sheet(
    book: Any, number: int, formats: list[tuple[NumberFormat, bool]], budget: Budget
) -> Sheet:
    sheet = book.sheet_by_index(number)
    visibility = _VISIBILITY.get(sheet.visibility, "visible")
    builder = SheetBuilder(sheet.name, budget, visibility)
    painted = {index: word for index, word in enumerate(_colours(book)) if word}
    for row in range(sheet.nrows):
        values, types = sheet.row_values(row), sheet.row_types(row)
        cells = [
            BLANK
            if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
            else _cell(book, kind, value, *_style(sheet, row, column, formats))
            for column, (kind, value) in enumerate(zip(types, values, strict=True))
        ]
        builder.add_row(row, cells)
        if painted:
            indexes = [sheet.cell_xf_index(row, at) for at, cell in enumerate(cells) if cell.text]
            builder.colour_row(row, row_colour(painted.get(index, "") for index in indexes))
    for first_row, after_row, first_column, after_column in sheet.merged_cells:
        builder.add_merge(first_row, first_column, after_row - 1, after_column - 1)
    for row, info in sheet.rowinfo_map.items():
        if info.hidden:
            builder.hide_row(row)
    for column, info in sheet.colinfo_map.items():
        if info.hidden:
            builder.hide_columns(column, column)
    return builder.finish()


def _style(
    sheet: Any, row: int, column: int, formats: list[tuple[NumberFormat, bool]]
) -> tuple[NumberFormat, bool]:
    index = sheet.cell_xf_index(row, column)
    return formats[index] if 0 <= index < len(formats) else (PLAIN, False)


def _cell(book: Any, kind: int, value: Any, form: NumberFormat, struck: bool) -> Cell:
    if kind == xlrd.XL_CELL_TEXT:
        text = tidy(value)
        return Cell("text", text, struck) if text else BLANK
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("flag", "TRUE" if value else "FALSE", struck)
    if kind == xlrd.XL_CELL_ERROR:
        return Cell("error", error_text_from_code.get(value, "#VALUE!"), struck)
    digits = digits_of(value)
    dated = shown(digits, form, date_1904=bool(book.datemode))
    return Cell(*dated, struck) if dated else Cell("number", digits, struck)
