"""Reads SpreadsheetML 2003, the single XML file that older office systems save as xls."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from village_app.importing.files import limits
from village_app.importing.files.cell_text import tidy
from village_app.importing.files.grid import BLANK, Cell, CellKind, Sheet, Workbook
from village_app.importing.files.markup import scan_markup
from village_app.importing.files.reading import Budget, Damaged, ReadOptions
from village_app.importing.files.sheet_builder import SheetBuilder, Visibility

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?")
_VISIBILITY: dict[str, Visibility] = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
_KINDS: dict[str, CellKind] = {"Number": "number", "Error": "error", "Boolean": "flag"}
_NO_DAY = "1899-12-31"  # stands before times without a day


def read_spreadsheetml(data: bytes, options: ReadOptions) -> Workbook:
    """Read a whole SpreadsheetML file from its bytes."""
    scan = _BookScan()

    def progress(read: int) -> None:
        options.report(read, len(data), "正在读 XML 表格")

    stream = io.BytesIO(data.lstrip(b" \t\r\n"))
    scan_markup(stream, scan.start, scan.end, scan.characters, progress)
    if not scan.sheets:
        raise Damaged("no sheets")
    return Workbook(
        file_type="spreadsheetml",
        encoding=None,
        sheets=scan.sheets,
        date_1904=scan.date_1904,
    )


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Take the customary prefixes off the attributes of the format's own namespace."""
    return {name.removeprefix("ss:"): value for name, value in attributes.items()}


class _BookScan:
    """The handlers; rows and cells may carry ss:Index, counted from 1, and else follow on."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.date_1904 = False
        self._budget = Budget()
        self._struck_styles: set[str] = set()
        self._style = ""
        self._builder: SheetBuilder | None = None
        self._row = self._column = -1
        self._row_span = 0
        self._in_comment = False
        self._columns: list[int] = []
        self._cells: list[Cell] = []
        self._cell: dict[str, str] = {}
        self._type: str | None = None
        self._text = ""
        self._is_open = False
        self._begin: dict[str, Callable[[dict[str, str]], None]] = {
            "Cell": self._start_cell,
            "Data": self._start_data,
            "Row": self._start_row,
            "Column": self._start_column,
            "Worksheet": self._start_sheet,
            "Comment": self._start_comment,
            "Style": self._start_style,
            "Font": self._start_font,
            "Visible": self._start_visible,
            "Date1904": self._start_date_1904,
        }
        self._finish: dict[str, Callable[[], None]] = {
            "Cell": self._end_cell,
            "Data": self._end_data,
            "Row": self._end_row,
            "Worksheet": self._end_sheet,
            "Visible": self._end_visible,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        own = _plain(attributes)
        name = name.removeprefix("ss:").removeprefix("x:")
        if self._in_comment:
            return
        begin = self._begin.get(name)
        if begin is not None:
            begin(own)

    def characters(self, data: str) -> None:
        if self._is_open:
            self._text += data

    def end(self, name: str) -> None:
        name = name.removeprefix("ss:").removeprefix("x:")
        if name == "Comment":
            self._in_comment = False
        if self._in_comment:
            return
        finish = self._finish.get(name)
        if finish is not None:
            finish()

    def _start_comment(self, _: dict[str, str]) -> None:
        self._in_comment = True

    def _start_data(self, own: dict[str, str]) -> None:
        self._type, self._is_open = own.get("Type", "String"), True

    def _end_data(self) -> None:
        self._is_open = False

    def _start_sheet(self, own: dict[str, str]) -> None:
        if len(self.sheets) >= limits.SHEETS:
            raise Damaged("sheets")
        self._builder = SheetBuilder(own.get("Name", ""), self._budget)
        self._row = self._column = -1

    def _end_sheet(self) -> None:
        if self._builder is not None:
            self.sheets.append(self._builder.finish())
            self._builder = None

    def _start_style(self, own: dict[str, str]) -> None:
        self._style = own.get("ID", "")

    def _start_font(self, own: dict[str, str]) -> None:
        if own.get("StrikeThrough") == "1":
            self._struck_styles.add(self._style)

    def _start_visible(self, _: dict[str, str]) -> None:
        self._text, self._is_open = "", True

    def _end_visible(self) -> None:
        if self._builder is not None:
            self._builder.visibility = _VISIBILITY.get(self._text.strip(), "visible")
        self._is_open = False

    def _start_date_1904(self, _: dict[str, str]) -> None:
        self.date_1904 = True

    def _start_row(self, own: dict[str, str]) -> None:
        self._row = _index(own, self._row)
        self._row_span = _count(own, "Span")
        self._column = -1
        self._columns, self._cells = [], []
        if self._builder and own.get("Hidden") == "1":
            for row in range(self._row, min(self._row + self._row_span + 1, limits.ROWS)):
                self._builder.hide_row(row)

    def _start_column(self, own: dict[str, str]) -> None:
        self._column = _index(own, self._column)
        last = self._column + _count(own, "Span")
        if self._builder and own.get("Hidden") == "1":
            self._builder.hide_columns(self._column, last)
        self._column = last

    def _start_cell(self, own: dict[str, str]) -> None:
        self._column = _index(own, self._column)
        if self._column >= limits.COLUMNS:
            raise Damaged("column")
        self._cell, self._type, self._text = own, None, ""

    def _end_cell(self) -> None:
        across, down = _count(self._cell, "MergeAcross"), _count(self._cell, "MergeDown")
        if self._builder and (across or down):
            self._builder.add_merge(
                self._row, self._column, self._row + down, self._column + across
            )
        struck_out = self._cell.get("StyleID", "") in self._struck_styles
        cell = self._made(struck_out=struck_out)
        if cell is not BLANK:
            self._columns.append(self._column)
            self._cells.append(cell)
        self._column += across

    def _end_row(self) -> None:
        if self._builder is not None:
            self._builder.add_cells(self._row, self._columns, self._cells)
        self._row += self._row_span

    def _made(self, *, struck_out: bool) -> Cell:
        text = tidy(self._text)
        if self._type is None:
            if "Formula" in self._cell:
                return Cell("formula_without_value", self._cell["Formula"], struck_out)
            return BLANK
        if not text:
            return BLANK
        if self._type == "DateTime":
            return _date(text, struck_out=struck_out)
        if self._type == "Boolean":
            text = "TRUE" if text.strip() == "1" else "FALSE"
        kind = _KINDS.get(self._type, "text")
        return Cell(kind, text if kind == "text" else text.strip(), struck_out)


def _index(own: dict[str, str], before: int) -> int:
    """Give the place from ss:Index, or the next one; going back or beyond the sheet is damage."""
    place = _count(own, "Index") - 1 if "Index" in own else before + 1
    if not before < place < limits.ROWS:
        raise Damaged("index")
    return place


def _count(own: dict[str, str], name: str) -> int:
    text = own.get(name, "0")
    if not (text.isdecimal() and len(text) <= 9):
        raise Damaged(name)
    return int(text)


def _date(text: str, *, struck_out: bool) -> Cell:
    """Make a date cell; midnight means a day alone, the day zero means a time alone."""
    iso = _ISO.fullmatch(text.strip())
    if iso is None:
        return Cell("text", text, struck_out)
    day, clock = iso[1], iso[2]
    if day == _NO_DAY:
        return Cell("date", clock, struck_out)
    return Cell("date", day if clock == "00:00:00" else f"{day} {clock}", struck_out)
