"""What a stored cell of an xlsx file means: its type, its style and its text make one `Cell`."""

from __future__ import annotations

import re

from village_app.importing.files.cell_text import tidy, unescape_ooxml
from village_app.importing.files.grid import BLANK, Cell
from village_app.importing.files.number_format import shown
from village_app.importing.files.ooxml_styles import NO_STYLE, CellStyle
from village_app.importing.files.reading import Damaged

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([Ee][+-]?\d+)?")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?")
_LONGEST_INDEX = 9


def whole(text: str) -> int:
    """Read a number that counts something; anything else means damage."""
    if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_INDEX:
        return int(text)
    raise Damaged(text)


def text_cell(raw: str, *, struck_out: bool = False) -> Cell:
    """Make a text cell of stored text; an empty text is a blank cell."""
    text = tidy(unescape_ooxml(raw))
    return Cell("text", text, struck_out) if text else BLANK


class CellMaker:
    """Makes cells with the workbook's shared texts, styles and date base."""

    def __init__(self, strings: list[Cell], styles: list[CellStyle], *, date_1904: bool) -> None:
        self._strings = strings
        self._styles = {str(number): style for number, style in enumerate(styles)}
        self._date_1904 = date_1904
        self.colours = {name: style.colour for name, style in self._styles.items() if style.colour}

    def make(self, kind: str | None, style_name: str | None, text: str) -> Cell:
        """Make a cell of a stored text that is not empty (types: ECMA-376 part 1, 18.18.11)."""
        style = NO_STYLE if style_name is None else self._styles.get(style_name, NO_STYLE)
        if kind == "s":
            return self._shared(text, style)
        if kind is None or kind == "n":
            return self._number(text.strip(), style)
        if kind in {"inlineStr", "str"}:
            return text_cell(text, struck_out=style.struck_out)
        if kind == "b":
            flag = "TRUE" if text.strip() in {"1", "true"} else "FALSE"
            return Cell("flag", flag, style.struck_out)
        if kind == "e":
            return Cell("error", text.strip(), style.struck_out)
        return _dated(kind, text.strip(), style)

    def without_value(self, style_name: str | None, formula: str) -> Cell:
        """Make the cell of a formula whose result was never stored."""
        style = self._styles.get(style_name or "", NO_STYLE)
        return Cell("formula_without_value", f"={formula}", style.struck_out)

    def _shared(self, index: str, style: CellStyle) -> Cell:
        number = int(index) if index.isdecimal() and len(index) < 10 else whole(index.strip())
        if number >= len(self._strings):
            raise Damaged(index)
        cell = self._strings[number]
        if style.struck_out and cell is not BLANK:
            return Cell("text", cell.text, struck_out=True)
        return cell

    def _number(self, text: str, style: CellStyle) -> Cell:
        if style.form.meaning != "number":
            read = shown(text, style.form, date_1904=self._date_1904)
            if read is not None:
                return Cell(*read, style.struck_out)
        if text.isdecimal() or _NUMBER.fullmatch(text):
            return Cell("number", text, style.struck_out)
        return text_cell(text, struck_out=style.struck_out)


def _dated(kind: str, text: str, style: CellStyle) -> Cell:
    """Make the cell of a date stored as ISO text, the only type left."""
    if kind != "d":
        raise Damaged(kind)
    iso = _ISO.fullmatch(text)
    if iso is None:
        return text_cell(text, struck_out=style.struck_out)
    return Cell("date", f"{iso[1]} {iso[2]}" if iso[2] else iso[1], style.struck_out)
