"""Finds the tables of an HTML page and lays their cells out on a grid.

Made for the pages that office systems save as xls: tags left open, cells spanning rows and
columns, numbers kept beside the text (`x:num`). Every table that has cells becomes a sheet; a
table inside a cell is a sheet of its own and leaves no text in the cell around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from village_app.importing.files import limits
from village_app.importing.files.cell_text import tidy
from village_app.importing.files.grid import BLANK, Cell, Sheet
from village_app.importing.files.reading import Budget
from village_app.importing.files.sheet_builder import SheetBuilder

_SPACE = re.compile(r"[ \t\r\n]+")
_AROUND_BREAK = re.compile(r" *\n *")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,255})</x:Name>", re.IGNORECASE)
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+(?:E[+-]?\d+)?", re.IGNORECASE)
_STORED_NUMBER = re.compile(r"[+-]?\d+\.?\d*(?:[Ee][+-]?\d+)?")
_UNSEEN = frozenset({"script", "style", "title", "noscript"})
_STRIKING = frozenset({"s", "strike", "del"})
_BREAKING = frozenset({"p", "div", "li"})
_MOST_COLUMNS_SPANNED = 1_000  # as browsers do (HTML standard, 4.9.11)
_MOST_ROWS_SPANNED = 65_534


@dataclass(slots=True)
class _OpenCell:
    """A cell whose end has not been seen."""

    attributes: dict[str, str]
    text: str = ""
    inked: int = 0
    struck: int = 0

    def break_line(self, tag: str) -> None:
        """Start a new line at <br>, and before a paragraph that is not the first."""
        if tag == "br" or (tag in _BREAKING and self.text.strip()):
            self.text += "\n"


@dataclass(slots=True)
class _OpenTable:
    """A table being laid out; `reserved` are the places that spanning cells above hold."""

    builder: SheetBuilder
    row: int = -1
    column: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)
    reserved: dict[int, int] = field(default_factory=dict)
    cell: _OpenCell | None = None
    in_row: bool = False


class HtmlTables(HTMLParser):
    """Feed it a page; afterwards `sheets` holds the tables and `names` the sheet names stated."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[Sheet] = []
        self.names: list[str] = []
        self._budget = budget
        self._tables: list[_OpenTable] = []
        self._unseen = 0
        self._striking = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._tables.append(_OpenTable(SheetBuilder("", self._budget)))
        elif tag in _STRIKING:
            self._striking += 1
        elif self._tables:
            self._start_part(tag, {name: value or "" for name, value in attrs})

    def _start_part(self, tag: str, attributes: dict[str, str]) -> None:
        table = self._tables[-1]
        if tag == "tr":
            self._end_row(table)
            self._start_row(table, attributes)
        elif tag in {"td", "th"}:
            self._end_cell(table)
            if not table.in_row:
                self._start_row(table, {})
            table.cell = _OpenCell(attributes)
        elif table.cell is not None:
            table.cell.break_line(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in _STRIKING:
            self._striking = max(self._striking - 1, 0)
        elif not self._tables:
            return
        elif tag in {"td", "th"}:
            self._end_cell(self._tables[-1])
        elif tag == "tr":
            self._end_row(self._tables[-1])
        elif tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        if self._unseen or not self._tables:
            return
        cell = self._tables[-1].cell
        if cell is not None:
            cell.text += _SPACE.sub(" ", data)
            Budget.check_cell(len(cell.text))
            if data.strip():
                cell.inked += 1
                cell.struck += self._striking > 0

    def handle_comment(self, data: str) -> None:
        self.names.extend(_SHEET_NAME.findall(data))

    def close(self) -> None:
        """End the page; tables left open end here."""
        super().close()
        while self._tables:
            self._end_table()

    def _start_row(self, table: _OpenTable, attributes: dict[str, str]) -> None:
        table.row += 1
        table.column = 0
        table.cells = {}
        table.in_row = True
        if _NOT_DISPLAYED.search(attributes.get("style", "")):
            table.builder.hide_row(table.row)

    def _end_cell(self, table: _OpenTable) -> None:
        """Put the open cell into the first free place of its row, and reserve what it spans."""
        cell, table.cell = table.cell, None
        if cell is None:
            return
        self._striking = 0  # a strike left open ends with its cell
        while table.reserved.get(table.column, -1) >= table.row:
            table.column += 1
        columns = _span(cell.attributes, "colspan", _MOST_COLUMNS_SPANNED)
        rows = _span(cell.attributes, "rowspan", _MOST_ROWS_SPANNED)
        last = min(table.column + columns, limits.COLUMNS) - 1
        for column in range(table.column, last + 1):
            table.reserved[column] = table.row + rows - 1
        if table.column < limits.COLUMNS:
            table.cells[table.column] = _made(cell)
            if columns * rows > 1:
                table.builder.add_merge(table.row, table.column, table.row + rows - 1, last)
        table.column = last + 1

    def _end_row(self, table: _OpenTable) -> None:
        self._end_cell(table)
        if table.in_row:
            table.builder.add_cells(table.row, list(table.cells), list(table.cells.values()))
        table.in_row = False

    def _end_table(self) -> None:
        table = self._tables.pop()
        self._end_row(table)
        sheet = table.builder.finish()
        if sheet.rows and len(self.sheets) < limits.SHEETS:
            self.sheets.append(sheet)


def _span(attributes: dict[str, str], name: str, most: int) -> int:
    text = attributes.get(name, "1").strip()
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 10 else 1


def _made(cell: _OpenCell) -> Cell:
    """Make the cell; a number kept beside the text wins where the text is but a number, cut."""
    text = tidy(_AROUND_BREAK.sub("\n", cell.text).strip(" \n"))
    if not text.strip("\xa0"):
        return BLANK
    struck_out = cell.inked > 0 and cell.inked == cell.struck
    if "x:err" in cell.attributes:
        return Cell("error", cell.attributes["x:err"] or text, struck_out)
    stored = cell.attributes.get("x:num")
    if stored is not None and _PLAIN_NUMBER.fullmatch(text):
        number = stored.strip() or text.replace(",", "")
        if _STORED_NUMBER.fullmatch(number):
            return Cell("number", number, struck_out)
    return Cell("text", text, struck_out)
