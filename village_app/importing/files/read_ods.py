"""Reads ods, the OpenDocument spreadsheets of LibreOffice and of WPS (ODF 1.3 part 3).

Producers all use the customary prefixes (`table:`, `office:`, `text:`), so names are compared
with them; a file that does not is left to the second reader.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import IO

from village_app.domain.reporting import Report
from village_app.errors import Refused
from village_app.importing.files import limits
from village_app.importing.files.cell_text import tidy
from village_app.importing.files.grid import BLANK, Cell, CellKind, Sheet, Workbook
from village_app.importing.files.markup import scan_markup
from village_app.importing.files.ooxml_package import Package, ignore_characters, ignore_end
from village_app.importing.files.reading import Budget, Damaged, ReadOptions
from village_app.importing.files.sheet_builder import SheetBuilder

_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?)?")
_NUMBER = re.compile(r"[+-]?\d+\.?\d*(?:[Ee][+-]?\d+)?")
# Elements with cells or paragraphs of their own that belong to no sheet.
_ASIDES = frozenset(
    {
        "office:annotation",
        "table:tracked-changes",
        "table:dde-links",
        "table:shapes",
        "text:ruby-text",
    }
)
_DAY_SECONDS = 86_400
Read = tuple[CellKind, str] | None
_NOT_SHOWN = frozenset({"collapse", "filter"})


def read_ods(data: bytes, options: ReadOptions) -> Workbook:
    """Read a whole ods file from its bytes."""
    package = Package(data)
    _refuse_locked(package)
    with package.open("content.xml") as stream:
        sheets = _scanned(stream, package.size("content.xml"), options.report)
    return Workbook(file_type="ods", encoding=None, sheets=sheets)


def read_fods(data: bytes, options: ReadOptions) -> Workbook:
    """Read the flat twin of ods, which is one XML file."""
    sheets = _scanned(io.BytesIO(data), len(data), options.report)
    return Workbook(file_type="fods", encoding=None, sheets=sheets)


def _scanned(stream: IO[bytes], total: int, report: Report) -> list[Sheet]:
    scan = _ContentScan()

    def progress(read: int) -> None:
        report(read, total, "正在读 ods 表格")

    scan_markup(stream, scan.start, scan.end, scan.characters, progress, keep_prefix=True)
    if not scan.sheets:
        raise Damaged("no sheets")
    return scan.sheets


def _refuse_locked(package: Package) -> None:
    """Refuse a file whose parts are encrypted, as the manifest says."""

    def start(name: str, _: dict[str, str]) -> None:
        if name.endswith("encryption-data"):
            raise Refused(
                "cannot_unlock",
                "这个文件有密码。请用密码打开后另存一份不带密码的，再导入。",
            )

    if package.has("META-INF/manifest.xml"):
        with package.open("META-INF/manifest.xml") as stream:
            scan_markup(stream, start, ignore_end, ignore_characters)


class _ContentScan:
    """The handlers over content.xml: styles first, then sheets, rows, cells, paragraphs."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._budget = Budget()
        self._hidden_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._style = ""
        self._aside = 0
        self._builder: SheetBuilder | None = None
        self._row = 0
        self._row_repeat = 1
        self._column = 0
        self._cells: list[Cell] = []
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._in_paragraph = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ASIDES:
            self._aside += 1
        elif self._aside:
            return
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._cell = attributes
            self._paragraphs = []
        elif name in {"text:p", "text:h"}:
            self._paragraphs.append("")
            self._in_paragraph = True
        elif name.startswith("text:") and self._in_paragraph:
            self._add_white_space(name, attributes)
        elif name == "table:table-row":
            self._start_row(attributes)
        elif name == "table:table-column":
            self._start_column(attributes)
        elif name == "table:table":
            self._start_sheet(attributes)
        elif name.startswith("style:"):
            self._note_style(name, attributes)

    def characters(self, data: str) -> None:
        if self._in_paragraph and not self._aside:
            self._paragraphs[-1] += data

    def end(self, name: str) -> None:
        if name in _ASIDES:
            self._aside -= 1
        elif self._aside:
            return
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._end_cell()
        elif name in {"text:p", "text:h"}:
            self._in_paragraph = False
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table" and self._builder is not None:
            self.sheets.append(self._builder.finish())
            self._builder = None

    def _note_style(self, name: str, attributes: dict[str, str]) -> None:
        """Remember the styles of hidden sheets and of struck-out cells."""
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties":
            if attributes.get("table:display") == "false":
                self._hidden_styles.add(self._style)
        elif name == "style:text-properties":
            line = attributes.get("style:text-line-through-style", "none")
            kind = attributes.get("style:text-line-through-type", "none")
            if (line, kind) != ("none", "none"):
                self._struck_styles.add(self._style)

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        if self._builder is not None or len(self.sheets) >= limits.SHEETS:
            raise Damaged("table in a table")
        hidden = attributes.get("table:style-name") in self._hidden_styles
        name = attributes.get("table:name", "")
        self._builder = SheetBuilder(name, self._budget, "hidden" if hidden else "visible")
        self._row = self._column = 0

    def _start_column(self, attributes: dict[str, str]) -> None:
        repeat = _repeat(attributes, "table:number-columns-repeated")
        if self._builder and attributes.get("table:visibility") in _NOT_SHOWN:
            self._builder.hide_columns(self._column, self._column + repeat - 1)
        self._column += repeat

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_repeat = _repeat(attributes, "table:number-rows-repeated")
        self._cells = []
        if self._builder and attributes.get("table:visibility") in _NOT_SHOWN:
            last = min(self._row + self._row_repeat, limits.ROWS)
            for row in range(self._row, last):
                self._builder.hide_row(row)

    def _add_white_space(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:s":
            count = _repeat(attributes, "text:c")
            Budget.check_cell(count)
            self._paragraphs[-1] += " " * count
        elif name == "text:tab":
            self._paragraphs[-1] += "\t"
        elif name == "text:line-break":
            self._paragraphs[-1] += "\n"

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell, None
        if attributes is None:
            return
        repeat = _repeat(attributes, "table:number-columns-repeated")
        self._note_merge(attributes)
        struck_out = attributes.get("table:style-name", "") in self._struck_styles
        cell = _cell(attributes, "\n".join(self._paragraphs), struck_out=struck_out)
        if cell is BLANK:
            repeat = min(repeat, limits.COLUMNS)
        else:
            self._budget.check(repeat)
        self._cells.extend([cell] * repeat)

    def _note_merge(self, attributes: dict[str, str]) -> None:
        rows = _repeat(attributes, "table:number-rows-spanned")
        columns = _repeat(attributes, "table:number-columns-spanned")
        if self._builder and rows * columns > 1:
            column = len(self._cells)
            self._builder.add_merge(self._row, column, self._row + rows - 1, column + columns - 1)

    def _end_row(self) -> None:
        if self._builder and any(cell is not BLANK for cell in self._cells):
            for row in range(self._row, self._row + self._row_repeat):
                self._builder.add_row(row, self._cells)
        self._row += self._row_repeat


def _repeat(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isdecimal() and len(text) <= 9):
        raise Damaged(name)
    return max(int(text), 1)


def _cell(attributes: dict[str, str], paragraphs: str, *, struck_out: bool) -> Cell:
    """Make a cell of its attributes and its shown text (ODF 1.3 part 3, 19.385)."""
    if attributes.get("calcext:value-type") == "error":
        return Cell("error", paragraphs or "#VALUE!", struck_out)
    read = _TYPED.get(attributes.get("office:value-type", ""), _untyped)(attributes)
    if read is not None:
        return Cell(*read, struck_out)
    text = tidy(attributes.get("office:string-value", paragraphs))
    return Cell("text", text, struck_out) if text else BLANK


def _number(attributes: dict[str, str]) -> Read:
    value = attributes.get("office:value", "")
    return ("number", value) if _NUMBER.fullmatch(value) else None


def _date(attributes: dict[str, str]) -> Read:
    iso = _ISO.fullmatch(attributes.get("office:date-value", ""))
    if iso is None:
        return None
    return "date", f"{iso[1]} {iso[2]}" if iso[2] else iso[1]


def _time(attributes: dict[str, str]) -> Read:
    """Give a clock time of up to a day, or a longer length of time as text (`26:30:00`)."""
    duration = _DURATION.fullmatch(attributes.get("office:time-value", ""))
    if duration is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in duration.groups())
    total = hours * 3600 + minutes * 60 + seconds
    text = f"{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d}"
    return "date" if total < _DAY_SECONDS else "text", text


def _flag(attributes: dict[str, str]) -> Read:
    return "flag", "TRUE" if attributes.get("office:boolean-value") == "true" else "FALSE"


def _untyped(attributes: dict[str, str]) -> Read:
    if "table:formula" in attributes and "office:value-type" not in attributes:
        return "formula_without_value", attributes["table:formula"].removeprefix("of:")
    return None


_TYPED: dict[str, Callable[[dict[str, str]], Read]] = {
    "float": _number,
    "currency": _number,
    "percentage": _number,
    "date": _date,
    "time": _time,
    "boolean": _flag,
}
