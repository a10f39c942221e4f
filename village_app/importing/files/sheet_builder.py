"""Collects the cells of one sheet in any order and trims the sheet to what it really holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from village_app.importing.files import limits
from village_app.importing.files.grid import BLANK, Cell, Merge, Sheet
from village_app.importing.files.reading import Budget, Damaged

Visibility = Literal["visible", "hidden", "very_hidden"]


class SheetBuilder:
    """One sheet being read; rows and columns are counted from 0.

    Never trusts a stated size: a row exists where a cell holds something, and rows, merges and
    hidden marks beyond the last filled cell are dropped.
    """

    def __init__(self, name: str, budget: Budget, visibility: Visibility = "visible") -> None:
        self.name = name
        self.visibility: Visibility = visibility
        self._budget = budget
        self._rows: dict[int, tuple[Cell, ...]] = {}
        self._merges: list[Merge] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._row_colours: dict[int, str] = {}

    def add_row(self, row: int, cells: Iterable[Cell], first_column: int = 0) -> None:
        """Add cells lying side by side; a row given twice is laid over the first one."""
        dense = [BLANK] * first_column
        dense.extend(cells)
        self._keep(row, dense)

    def add_cells(self, row: int, columns: list[int], cells: list[Cell]) -> None:
        """Add cells of one row by their columns; the last of two in one place wins."""
        if not columns:
            return
        dense = [BLANK] * (max(columns) + 1)
        for column, cell in zip(columns, cells, strict=True):
            dense[column] = cell
        self._keep(row, dense)

    def _keep(self, row: int, dense: list[Cell]) -> None:
        while dense and dense[-1].kind == "blank":
            dense.pop()
        if not dense:
            return
        if row >= limits.ROWS or len(dense) > limits.COLUMNS:
            raise Damaged(self.name)
        lengths = [len(cell.text) for cell in dense]
        self._budget.check_cell(max(lengths))
        filled = len(lengths) - lengths.count(0)
        self._budget.spend(places=len(dense), cells=filled, characters=sum(lengths))
        if row in self._rows:
            dense = _laid_over(self._rows[row], dense)
        self._rows[row] = tuple(dense)

    def add_merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Add a merged rectangle, both ends included."""
        if len(self._merges) < limits.MERGES:
            self._merges.append(Merge(first_row, first_column, last_row, last_column))

    def hide_row(self, row: int) -> None:
        self._hidden_rows.add(row)

    def colour_row(self, row: int, colour: str) -> None:
        """Note the word for the colour of a row; a blank one says nothing."""
        if colour:
            self._row_colours[row] = colour

    def hide_columns(self, first: int, last: int) -> None:
        self._hidden_columns.append((first, last))

    def finish(self) -> Sheet:
        """Give the sheet, cut to its filled area."""
        height = max(self._rows, default=-1) + 1
        width = max(map(len, self._rows.values()), default=0)
        return Sheet(
            name=self.name,
            rows=[self._rows.get(row, ()) for row in range(height)],
            merges=_within([_cut(merge, height, width) for merge in self._merges]),
            visibility=self.visibility,
            hidden_rows=frozenset(row for row in self._hidden_rows if row < height),
            hidden_columns=frozenset(
                column
                for first, last in self._hidden_columns
                for column in range(first, min(last + 1, width))
            ),
            row_colours={row: colour for row, colour in self._row_colours.items() if row < height},
        )


def _laid_over(below: tuple[Cell, ...], above: list[Cell]) -> list[Cell]:
    merged = list(below) + [BLANK] * (len(above) - len(below))
    for column, cell in enumerate(above):
        if cell.kind != "blank":
            merged[column] = cell
    return merged


def _within(merges: list[Merge | None]) -> list[Merge]:
    """Keep merges up to the places a sheet can have; more is only met where they overlap."""
    kept: list[Merge] = []
    places = 0
    for merge in merges:
        if merge is None:
            continue
        rows = merge.last_row - merge.first_row + 1
        places += rows * (merge.last_column - merge.first_column + 1)
        if places > limits.MERGED_PLACES:
            break
        kept.append(merge)
    return kept


def _cut(merge: Merge, height: int, width: int) -> Merge | None:
    """Cut a merge to the filled area; None where less than two cells are left."""
    last_row = min(merge.last_row, height - 1)
    last_column = min(merge.last_column, width - 1)
    rows = last_row - merge.first_row + 1
    columns = last_column - merge.first_column + 1
    if rows < 1 or columns < 1 or rows * columns == 1:
        return None
    return Merge(merge.first_row, merge.first_column, last_row, last_column)
