"""One worksheet part of an xlsx file, read event by event.

Cells without an address stand after the one before (ECMA-376 part 1, 18.3.1.4); the stated
dimension is never looked at. A hundred thousand rows are five million events, so the handlers
for cells come first and keep their state in plain attributes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from village_app.importing.files import limits
from village_app.importing.files.colours import row_colour
from village_app.importing.files.grid import Cell
from village_app.importing.files.ooxml_cell import CellMaker, whole
from village_app.importing.files.plain_rows import PlainCell
from village_app.importing.files.reading import Damaged
from village_app.importing.files.sheet_builder import SheetBuilder

_DIGITS = "0123456789"
_ON = frozenset({"1", "true"})
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


@lru_cache(maxsize=limits.COLUMNS)
def column_of(letters: str) -> int:
    """Give the column of its letters, counted from 0: A → 0, XFD → 16383."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    if not (letters.isascii() and letters.isalpha()) or number > limits.COLUMNS:
        raise Damaged(letters)
    return number - 1


class SheetScan:
    """The handlers that fill a `SheetBuilder` from the events of one worksheet part."""

    def __init__(self, builder: SheetBuilder, maker: CellMaker) -> None:
        self._builder = builder
        self._maker = maker
        self._row = -1
        self._last_taken = -1
        self._rows_hidden_by_default = False
        self._columns: list[int] = []
        self._cells: list[Cell] = []
        self._colours: list[str] = []
        self._column = -1
        self._kind: str | None = None
        self._style: str | None = None
        self._value = ""
        self._formula: str | None = None
        self._is_phonetic = False
        self._in_value = False
        self._in_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                self._column = column_of(reference.rstrip(_DIGITS))
            self._kind = attributes.get("t")
            self._style = attributes.get("s")
            self._value = ""
            self._formula = None
        elif name == "t" or (name == "v" and self._kind != "inlineStr"):
            self._in_value = not self._is_phonetic
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._in_formula = True
            self._formula = ""
        else:
            self._start_other(name, attributes)

    def characters(self, data: str) -> None:
        if self._in_value:
            self._value += data
        elif self._in_formula:
            self._formula = (self._formula or "") + data

    def end(self, name: str) -> None:
        if name == "c":
            if self._value:
                cell = self._maker.make(self._kind, self._style, self._value)
                self._columns.append(self._column)
                self._cells.append(cell)
                if self._maker.colours:
                    self._colours.append(self._maker.colours.get(self._style or "", ""))
            elif self._formula is not None:
                self._end_formula()
        elif name in {"v", "t"}:
            self._in_value = False
        elif name == "row":
            self._builder.add_cells(self._row, self._columns, self._cells)
            if self._colours:
                self._builder.colour_row(self._row, row_colour(self._colours))
        elif name == "f":
            self._in_formula = False
        elif name == "rPh":
            self._is_phonetic = False

    def take_row(self, number: int, cells: list[PlainCell]) -> None:
        """Take a row that needed no parser; see `PlainRows`."""
        columns: list[int] = []
        made: list[Cell] = []
        for letters, style, kind, value, inline in cells:
            text = inline if kind == "inlineStr" else value or inline
            if text:
                columns.append(column_of(letters))
                made.append(self._maker.make(kind or None, style or None, text))
        self._last_taken = max(self._last_taken, number - 1)
        self._builder.add_cells(number - 1, columns, made)
        if self._maker.colours:
            painted = [self._maker.colours.get(cell[1], "") for cell in cells if cell[3] or cell[4]]
            self._builder.colour_row(number - 1, row_colour(painted))

    def _end_formula(self) -> None:
        """Keep a formula without any stored result; one whose result is empty text is blank."""
        if self._kind != "str":
            self._columns.append(self._column)
            self._cells.append(self._maker.without_value(self._style, self._formula or ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        self._row = whole(stated) - 1 if stated else max(self._row, self._last_taken) + 1
        if self._row < 0:
            raise Damaged("row 0")
        self._column = -1
        self._columns = []
        self._cells = []
        self._colours = []
        hidden = attributes.get("hidden")
        if hidden in _ON or (hidden is None and self._rows_hidden_by_default):
            self._builder.hide_row(self._row)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rPh":
            self._is_phonetic = True
        elif name == "mergeCell":
            self._add_merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _ON:
            first, last = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            self._builder.hide_columns(first - 1, last - 1)
        elif name == "sheetFormatPr":
            self._rows_hidden_by_default = attributes.get("zeroHeight") in _ON

    def _add_merge(self, reference: str) -> None:
        area = _AREA.fullmatch(reference)
        if area:
            self._builder.add_merge(
                int(area[2]) - 1, column_of(area[1]), int(area[4]) - 1, column_of(area[3])
            )
