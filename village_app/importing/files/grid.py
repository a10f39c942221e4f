"""What a reader hands over: workbooks as cells with their exact text, kind and place.

A cell keeps the text exactly as stored, so that no digit of a long number passes a float.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

CellKind = Literal["blank", "text", "number", "date", "flag", "error", "formula_without_value"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its kind and its text, line breaks always as one line feed.

    By kind the text is: number = the digits exactly as stored (`4.41900198506301E+17` shows that
    digits were lost before the file was written); date = `1985-06-30`, `1985-06-30 08:30:00` or
    `08:30:00`; flag = TRUE or FALSE; error = #N/A and the like; formula_without_value = the
    formula whose result was never stored; blank = nothing.
    """

    kind: CellKind = "blank"
    text: str = ""
    struck_out: bool = False


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged rectangle, rows and columns counted from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """One sheet: `rows[r][c]`, ragged and empty rows allowed; row 0 is the spreadsheet's row 1.

    The rows are to be read, not changed: equal cells and empty rows are shared. They end with the
    last cell that holds something; merges and hidden marks end there too. `row_colours` names the
    colour of rows that are marked with one, where the file tells (xlsx, xls).
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: list[Merge] = field(default_factory=list)
    visibility: Literal["visible", "hidden", "very_hidden"] = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    row_colours: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    """All sheets of a file, with what the file really is (not what its name says).

    `encoding` and `separator` say how a text file was read, None for others; `remarks` are
    sentences for the user about what was met while reading.
    """

    file_type: str
    encoding: str | None
    sheets: list[Sheet]
    date_1904: bool = False
    remarks: list[str] = field(default_factory=list)
    separator: str | None = None


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
