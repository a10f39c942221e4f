"""Reads xlsb, the binary twin of xlsx; numbers are doubles there, as in xls."""

from __future__ import annotations

import math
from dataclasses import dataclass

from village_app.importing.files import limits
from village_app.importing.files.cell_text import tidy
from village_app.importing.files.grid import BLANK, Cell, Sheet, Workbook
from village_app.importing.files.number_format import (
    PLAIN,
    NumberFormat,
    built_in_format,
    number_format,
    shown,
)
from village_app.importing.files.ooxml_package import Package, Relation
from village_app.importing.files.python_values import digits_of
from village_app.importing.files.reading import Budget, Damaged, ReadOptions
from village_app.importing.files.sheet_builder import SheetBuilder, Visibility
from village_app.importing.files.xlsb_records import (
    double,
    records,
    rk_number,
    short,
    unsigned,
    wide_string,
)

# Record numbers of [MS-XLSB] 2.3.
_ROW, _BLANK, _RK, _ERROR, _FLAG, _REAL, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_FLAG, _FORMULA_ERROR = range(8, 12)
_STRING_ITEM, _FONT, _FORMAT, _STYLE, _COLUMNS, _RICH_TEXT = 19, 43, 44, 47, 60, 62
_BOOK_PROPERTIES, _BOOK_SHEET, _MERGE = 153, 156, 176
_BEGIN_STYLES, _END_STYLES = 617, 618
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_VISIBILITY: dict[int, Visibility] = {1: "hidden", 2: "very_hidden"}
_VALUE = 8  # bytes of column and style before a cell's value
_ROW_HIDDEN = 0x10
_STRUCK_OUT = 0x08


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the sheets of the book share."""

    strings: list[str]
    styles: list[tuple[NumberFormat, bool]]
    date_1904: bool


def read_xlsb(data: bytes, options: ReadOptions) -> Workbook:
    """Read a whole xlsb file from its bytes."""
    package = Package(data)
    part = "xl/workbook.bin"
    relations = package.relations(part)
    tables, date_1904 = _contents(package, part, relations)
    shared = _Shared(
        strings=_strings(_part(package, relations, "sharedStrings")),
        styles=_styles(_part(package, relations, "styles")),
        date_1904=date_1904,
    )
    budget = Budget()
    sheets: list[Sheet] = []
    for number, (name, path, visibility) in enumerate(tables):
        options.report(number, len(tables), f"正在读“{name}”")
        builder = SheetBuilder(name, budget, visibility)
        _fill(builder, package.read(path), shared)
        sheets.append(builder.finish())
    return Workbook(file_type="xlsb", encoding=None, sheets=sheets, date_1904=date_1904)


def _contents(
    package: Package, part: str, relations: dict[str, Relation]
) -> tuple[list[tuple[str, str, Visibility]], bool]:
    """Give the worksheets as (name, part, visibility), and whether days count from 1904."""
    tables: list[tuple[str, str, Visibility]] = []
    date_1904 = False
    for number, record in records(package.read(part)):
        if number == _BOOK_PROPERTIES:
            date_1904 = bool(unsigned(record, 0) & 1)
        elif number == _BOOK_SHEET:
            identity, place = wide_string(record, 8)
            name, _ = wide_string(record, place)
            relation = relations.get(identity)
            if relation is None or len(tables) >= limits.SHEETS:
                raise Damaged(name)
            if relation.kind == "worksheet":
                visibility = _VISIBILITY.get(unsigned(record, 0), "visible")
                tables.append((name, relation.target, visibility))
    return tables, date_1904


def _part(package: Package, relations: dict[str, Relation], kind: str) -> bytes:
    target = next((r.target for r in relations.values() if r.kind == kind), None)
    if target is None or not package.has(target):
        return b""
    return package.read(target)


def _strings(part: bytes) -> list[str]:
    """Give the shared texts; readings above the characters lie behind the text and stay there."""
    return [
        tidy(wide_string(record, 1)[0])
        for number, record in records(part)
        if number == _STRING_ITEM
    ]


def _styles(part: bytes) -> list[tuple[NumberFormat, bool]]:
    codes: dict[int, str] = {}
    struck: list[bool] = []
    styles: list[tuple[int, int]] = []
    in_styles = False
    for number, record in records(part):
        if number == _FORMAT:
            codes[short(record, 0)] = wide_string(record, 2)[0]
        elif number == _FONT:
            struck.append(bool(short(record, 2) & _STRUCK_OUT))
        elif number in {_BEGIN_STYLES, _END_STYLES}:
            in_styles = number == _BEGIN_STYLES
        elif number == _STYLE and in_styles:
            styles.append((short(record, 2), short(record, 4)))
    return [
        (
            number_format(codes.get(code) or built_in_format(code)),
            font < len(struck) and struck[font],
        )
        for code, font in styles
    ]


def _fill(builder: SheetBuilder, part: bytes, shared: _Shared) -> None:
    row = 0
    columns: list[int] = []
    cells: list[Cell] = []
    for number, record in records(part):
        if number == _ROW:
            builder.add_cells(row, columns, cells)
            columns, cells = [], []
            row = unsigned(record, 0)
            if len(record) > 11 and record[11] & _ROW_HIDDEN:
                builder.hide_row(row)
        elif _RK <= number <= _FORMULA_ERROR or number == _RICH_TEXT:
            columns.append(_column(record))
            cells.append(_cell(number, record, shared))
        elif number == _COLUMNS and short(record, 16) & 1:
            builder.hide_columns(unsigned(record, 0), unsigned(record, 4))
        elif number == _MERGE:
            first_row, last_row, first_column, last_column = (
                unsigned(record, place) for place in (0, 4, 8, 12)
            )
            builder.add_merge(first_row, first_column, last_row, last_column)
    builder.add_cells(row, columns, cells)


def _column(record: bytes) -> int:
    column = unsigned(record, 0)
    if column >= limits.COLUMNS:
        raise Damaged("column")
    return column


def _cell(number: int, record: bytes, shared: _Shared) -> Cell:
    style = unsigned(record, 4) & 0xFFFFFF
    form, struck_out = shared.styles[style] if style < len(shared.styles) else (PLAIN, False)
    if number in {_TEXT, _SHARED, _FORMULA_TEXT, _RICH_TEXT}:
        text = _text(number, record, shared)
        return Cell("text", text, struck_out) if text else BLANK
    if number in {_FLAG, _FORMULA_FLAG}:
        return Cell(
            "flag", "TRUE" if record[_VALUE : _VALUE + 1] == b"\x01" else "FALSE", struck_out
        )
    if number in {_ERROR, _FORMULA_ERROR}:
        code = record[_VALUE] if len(record) > _VALUE else 0x0F
        return Cell("error", _ERRORS.get(code, "#VALUE!"), struck_out)
    value = rk_number(record, _VALUE) if number == _RK else double(record, _VALUE)
    if not math.isfinite(value):
        return Cell("error", "#NUM!", struck_out)
    digits = digits_of(value)
    dated = shown(digits, form, date_1904=shared.date_1904)
    return Cell(*dated, struck_out) if dated else Cell("number", digits, struck_out)


def _text(number: int, record: bytes, shared: _Shared) -> str:
    if number == _SHARED:
        index = unsigned(record, _VALUE)
        if index >= len(shared.strings):
            raise Damaged("shared string")
        return shared.strings[index]
    return tidy(wide_string(record, _VALUE + (number == _RICH_TEXT))[0])
