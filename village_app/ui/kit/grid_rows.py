"""What the grid of a trial import is made of: rows of cells with their states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from village_app.domain.kinds import Align
from village_app.ui.kit.lights import Light

CellState = Literal["plain", "fault", "doubt", "update", "new"]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of the file: key, label, width in px at 100 %, side.

    `masked` columns hold long numbers that are seen in full only while one is put right.
    """

    key: str
    label: str
    width: int = 120
    align: Align = "left"
    editable: bool = True
    masked: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as it is shown (masked); what is wrong or new about it, and why."""

    text: str
    state: CellState = "plain"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its key in the plan, its number in the spreadsheet, result, cells, reason."""

    key: int
    number: int
    result: Light
    cells: tuple[GridCell, ...]
    reason: str = ""


class GridSource(Protocol):
    """The plan of an import, as the grid shows and corrects it."""

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        """The columns between 结果 and 原因."""
        ...

    def count(self) -> int:
        """How many rows the present filter shows."""
        ...

    def window(self, first: int, count: int) -> Sequence[GridRow]:
        """The rows from `first` on, at most `count`."""
        ...

    def raw(self, key: int, column: str) -> str:
        """What stands in a cell unmasked, for the one who corrects it."""
        ...

    def edit(self, changes: Sequence[tuple[int, str, str]]) -> None:
        """Take corrections: row key, column key, text. Several come from one pasting."""
        ...

    def next_problem(self, row: int, column: int) -> tuple[int, int] | None:
        """Find the next faulty or doubtful cell after this one, going round; (row, column)."""
        ...
