"""Where the cells of a form grid stand once their spans are laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from village_app.papers.blocks import FormCell, FormGrid


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A form cell with its rectangle (grid rows and columns from 0) and its index in its line."""

    row: int
    column: int
    rows: int
    columns: int
    index: int
    cell: FormCell


def place_cells(grid: FormGrid) -> Iterator[PlacedCell]:
    """Give each cell the first free column of its line, as a browser lays out a table.

    The spans must fit the grid; a line that needs more columns is a builder's mistake.
    """
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(grid.lines):
        column = 0
        for index, cell in enumerate(line):
            while (row, column) in taken:
                column += 1
            assert column + cell.columns <= len(grid.widths), f"line {row} is wider than its grid"
            taken.update(
                (row + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            )
            yield PlacedCell(row, column, cell.rows, cell.columns, index, cell)
