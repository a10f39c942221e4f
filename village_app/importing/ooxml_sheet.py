"""One worksheet part of an xlsx file, read event by event.

Cells without an address stand after the one before (ECMA-376 part 1, 18.3.1.4); the stated
dimension is never looked at.
"""

from __future__ import annotations

import re
from functools import lru_cache

from village_app.importing import limits
from village_app.importing.grid import BLANK, Cell, CellKind
from village_app.importing.number_format import shown
from village_app.importing.ooxml_strings import text_cell
from village_app.importing.ooxml_styles import NO_STYLE, CellStyle
from village_app.importing.reading import Damaged
from village_app.importing.sheet_builder import SheetBuilder

_DIGITS = "0123456789"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([Ee][+-]?\d+)?")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


@lru_cache(maxsize=limits.COLUMNS)
def column_of(letters: str) -> int:
    """Give the column of its letters, counted from 0: A → 0, XFD → 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    if not letters.isalpha() or not 0 < number <= limits.COLUMNS:
        raise Damaged(letters)
    return number - 1


class SheetScan:
    """The handlers that fill a `SheetBuilder` from the events of one worksheet part."""

    def __init__(
        self,
        builder: SheetBuilder,
        strings: list[Cell],
        styles: list[CellStyle],
        *,
        date_1904: bool,
    ) -> None:
        self._builder = builder
        self._strings = strings
        self._styles = styles
        self._date_1904 = date_1904
        self._row = -1
        self._column = -1
        self._rows_hidden_by_default = False
        self._columns: list[int] = []
        self._cells: list[Cell] = []
        self._sink: list[str] | None = None
        self._phonetic = False
        self._type = "n"
        self._style = NO_STYLE
        self._value: list[str] = []
        self._formula: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element; cells first, because they are nearly all of it."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._sink = self._value
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._sink = self._formula = []
        elif name == "t":
            self._sink = None if self._phonetic else self._value
        elif name == "rPh":
            self._phonetic = True
        else:
            self._start_other(name, attributes)

    def characters(self, data: str) -> None:
        if self._sink is not None:
            self._sink.append(data)

    def end(self, name: str) -> None:
        if name in {"v", "f", "t"}:
            self._sink = None
        elif name == "c":
            cell = self._finished_cell()
            if cell is not BLANK:
                self._columns.append(self._column)
                self._cells.append(cell)
        elif name == "row":
            self._builder.add_cells(self._row, self._columns, self._cells)
        elif name == "rPh":
            self._phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        self._row = _whole(stated) - 1 if stated else self._row + 1
        self._column = -1
        self._columns = []
        self._cells = []
        hidden = attributes.get("hidden")
        if hidden in {"1", "true"} or (hidden is None and self._rows_hidden_by_default):
            self._builder.hide_row(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            self._column = column_of(reference.rstrip(_DIGITS))
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        self._style = self._styles[_whole(style)] if style and self._styles else NO_STYLE
        self._value = []
        self._formula = None

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mergeCell":
            area = _AREA.fullmatch(attributes.get("ref", ""))
            if area:
                self._builder.add_merge(
                    int(area[2]) - 1, column_of(area[1]), int(area[4]) - 1, column_of(area[3])
                )
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = _whole(attributes.get("min", "")), _whole(attributes.get("max", ""))
            self._builder.hide_columns(first - 1, last - 1)
        elif name == "sheetFormatPr":
            self._rows_hidden_by_default = attributes.get("zeroHeight") in {"1", "true"}

    def _finished_cell(self) -> Cell:
        """Make the cell from its type and stored text (types: ECMA-376 part 1, 18.18.11)."""
        text = "".join(self._value)
        kind = self._type
        if not text:
            return self._without_value()
        if kind == "s":
            return self._shared(text)
        if kind == "n":
            return self._number(text.strip())
        if kind in {"inlineStr", "str"}:
            return text_cell(text, struck_out=self._style.struck_out)
        return self._rare(kind, text.strip())

    def _rare(self, kind: str, text: str) -> Cell:
        if kind == "b":
            return self._cell("flag", "TRUE" if text in {"1", "true"} else "FALSE")
        if kind == "e":
            return self._cell("error", text)
        if kind == "d":
            iso = _ISO.fullmatch(text)
            return (
                self._cell("date", f"{iso[1]} {iso[2] or ''}".rstrip())
                if iso
                else Cell("text", text)
            )
        raise Damaged(kind)

    def _shared(self, index: str) -> Cell:
        cell = self._strings[_whole(index)]
        if self._style.struck_out and cell is not BLANK:
            return Cell("text", cell.text, struck_out=True)
        return cell

    def _without_value(self) -> Cell:
        """A formula whose result is an empty text has a value; one without any result has none."""
        if self._formula is None or self._type == "str":
            return BLANK
        return self._cell("formula_without_value", "=" + "".join(self._formula))

    def _number(self, text: str) -> Cell:
        if self._style.form.meaning != "number":
            dated = shown(text, self._style.form, date_1904=self._date_1904)
            if dated is not None:
                return self._cell(*dated)
        if text.isdecimal() or _NUMBER.fullmatch(text):
            return self._cell("number", text)
        return text_cell(text)

    def _cell(self, kind: CellKind, text: str) -> Cell:
        return Cell(kind, text, self._style.struck_out)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Damaged(text)
    return int(text)
