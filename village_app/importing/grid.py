"""What a reader hands over: workbooks as cells with their exact text, kind and place.

A cell keeps the text exactly as stored, so that no digit of a long number passes a float.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CellKind = Literal["blank", "text", "number", "date", "flag", "error", "formula_without_value"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its kind and its text (for a date ISO text, for a number the stored digits)."""

    kind: CellKind = "blank"
    text: str = ""
    struck_out: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged rectangle, rows and columns counted from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """One sheet: `rows[r][c]`, ragged rows allowed; row 0 is the spreadsheet's row 1."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    visibility: Literal["visible", "hidden", "very_hidden"] = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class Workbook:
    """All sheets of a file, with what the file really is (not what its name says)."""

    file_type: str
    encoding: str | None
    sheets: list[Sheet]
    date_1904: bool = False
    remarks: list[str] = field(default_factory=list)


def column_letters(index: int) -> str:
    """Give the letters of a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Give the address as the spreadsheet shows it, from row and column counted from 0."""
    return f"{column_letters(column)}{row + 1}"
