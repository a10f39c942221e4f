"""Gives rows that could not be imported back as a spreadsheet, to be put right and read again.

The layout is the source's own: its lines down to the header, then the rows, in the same columns,
and behind them one column more with the reasons.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from village_app.errors import Refused
from village_app.importing.files.grid import BLANK, Cell, Merge, Sheet
from village_app.importing.out.saving import save_workbook

REASON_LABEL = "原因"
_EXACT_DIGITS = 15
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NARROWEST, _WIDEST, _REASON_WIDTH = 8.0, 40.0, 48.0


@dataclass(frozen=True, slots=True)
class RejectedRows:
    """The lines of one sheet that cannot be imported; rows count from 0, each with its reasons."""

    sheet: Sheet
    header_rows: tuple[int, ...]
    reasons: Mapping[int, str]


def write_rejected_rows(path: Path, rejected: Sequence[RejectedRows]) -> None:
    """Write rows that cannot be imported to an .xlsx file, a sheet of it for each of the file's.

    All lines down to the header are kept. Texts stay texts whatever they begin with; numbers and
    days keep their kind where they are exact. A cell merged over several rows is given to each of
    them. Refuses where no row is wrong; raises `EnvironmentProblem` where the file cannot be
    written; then nothing is written.
    """
    from openpyxl import Workbook

    if not rejected:
        raise Refused("no_errors", "没有出错的行，不用另存。")
    book = Workbook()
    book.remove(book.active)
    for one in rejected:
        _write_sheet(book, one.sheet, one.header_rows, one.reasons)
    save_workbook(book, path)


def _write_sheet(
    book: Any, sheet: Sheet, header_rows: Sequence[int], reasons: Mapping[int, str]
) -> None:
    target = book.create_sheet(_sheet_name(sheet.name))
    head = max(header_rows, default=-1) + 1
    rows = [*range(head), *sorted(row for row in reasons if row >= head)]
    width = max((len(sheet.rows[row]) for row in rows), default=0)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(_filled(sheet, row, head), start=1):
            _put(target.cell(line, column), cell)
        if row >= head:
            _put(target.cell(line, width + 1), Cell("text", _reason(row, reasons[row])))
    _finish_head(target, sheet, header_rows, head, width)
    _set_widths(target, sheet, rows, head, width)


def _reason(row: int, sentence: str) -> str:
    return f"原表第{row + 1}行：{sentence}"


def _sheet_name(name: str) -> str:
    """Give a name that every spreadsheet program accepts: at most 31 characters, no marks."""
    return re.sub(r"[\[\]:*?/\\]", "", name).strip("'")[:31] or "需要改正的行"


def _filled(sheet: Sheet, row: int, head: int) -> list[Cell]:
    """Give the cells of a row; a data row gets the values of cells merged down over it."""
    cells = list(sheet.rows[row])
    if row < head:
        return cells
    for merge in sheet.merges:
        if head <= merge.first_row < row <= merge.last_row:
            cells.extend([BLANK] * (merge.first_column + 1 - len(cells)))
            if cells[merge.first_column].kind == "blank":
                cells[merge.first_column] = _cell_at(sheet, merge.first_row, merge.first_column)
    return cells


def _cell_at(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else BLANK


def _put(target: Any, cell: Cell) -> None:
    """Fill one cell; nothing is ever left to the program to take for a formula."""
    if cell.kind == "blank":
        return
    if cell.kind == "number" and _is_exact(cell.text):
        target.value = Decimal(cell.text)
    elif cell.kind == "date" and _DAY.fullmatch(cell.text) and _is_day(cell.text):
        target.value = date.fromisoformat(cell.text)
        target.number_format = "yyyy-mm-dd"
    else:
        target.number_format = "@"
        target.value = cell.text
        target.data_type = "s"


def _is_exact(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return bool(_PLAIN_NUMBER.fullmatch(text)) and digits <= _EXACT_DIGITS


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year >= 1900
    except ValueError:
        return False


def _finish_head(
    target: Any, sheet: Sheet, header_rows: Sequence[int], head: int, width: int
) -> None:
    """Label the new column, repeat the merges of the head, keep the head in sight."""
    from openpyxl.styles import Alignment, Font

    label = target.cell(max(header_rows, default=0) + 1, width + 1)
    _put(label, Cell("text", REASON_LABEL))
    label.font = Font(bold=True, color="C00000")
    for merge in sheet.merges:
        if merge.last_row < head and merge.last_column < width:
            target.merge_cells(**_corners(merge))
    for row in header_rows:
        for column in range(1, width + 1):
            target.cell(row + 1, column).alignment = Alignment(
                horizontal="center", vertical="center", wrap_text=True
            )
    target.freeze_panes = target.cell(head + 1, 1)


def _corners(merge: Merge) -> dict[str, int]:
    return {
        "start_row": merge.first_row + 1,
        "start_column": merge.first_column + 1,
        "end_row": merge.last_row + 1,
        "end_column": merge.last_column + 1,
    }


def _set_widths(target: Any, sheet: Sheet, rows: list[int], head: int, width: int) -> None:
    """Make columns as wide as their texts need; Chinese characters take two places."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    for column in range(width):
        needed = (_places(_cell_at(sheet, row, column).text) for row in rows[max(head - 1, 0) :])
        places = max(needed, default=0) + 2.0
        letter = get_column_letter(column + 1)
        target.column_dimensions[letter].width = min(max(places, _NARROWEST), _WIDEST)
    target.column_dimensions[get_column_letter(width + 1)].width = _REASON_WIDTH
    for line in range(head + 1, len(rows) + 1):
        target.cell(line, width + 1).alignment = Alignment(wrap_text=True, vertical="top")


def _places(text: str) -> int:
    first_line = text.partition("\n")[0]
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in first_line)
