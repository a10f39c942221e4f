"""A form grid as rows: merged labels and values, each row high enough to write in."""

from __future__ import annotations

from village_app.papers.blocks import FormGrid
from village_app.papers.form_cells import PlacedCell, place_cells
from village_app.papers.spreadsheet.cells import BLANK, Body, Remarks, text_body
from village_app.papers.spreadsheet.measure import POINTS_OF_MM, lines_needed, row_height
from village_app.papers.spreadsheet.sheet import SheetRows
from village_app.papers.spreadsheet.styles import SONG, TEXT_FORMAT, Horizontal, Look, Styles

_SIZE = 11.0


def form_widths(grid: FormGrid, page: float) -> tuple[float, ...]:
    """Give the grid's columns their shares of the page."""
    total = sum(grid.widths)
    return tuple(round(width / total * page, 2) for width in grid.widths)


def add_form(content: SheetRows, grid: FormGrid, styles: Styles, remarks: Remarks) -> None:
    """Add the lines of a form; a value is always text, so that numbers keep all their digits."""
    placed = list(place_cells(grid))
    first = content.next_row
    blank = styles.number(Look(SONG, _SIZE, framed=True))
    count = max((cell.row + cell.rows for cell in placed), default=0)
    bodies: list[list[Body]] = [[BLANK] * content.columns for _ in range(count)]
    numbers = [[blank] * content.columns for _ in range(count)]
    for cell in placed:
        bodies[cell.row][cell.column] = text_body(cell.cell.text, remarks)
        style = styles.number(_look(cell))
        for down in range(cell.rows):
            for right in range(cell.columns):
                numbers[cell.row + down][cell.column + right] = style
    heights = _heights(grid, placed, content.widths, count)
    for row in range(count):
        content.add(bodies[row], numbers[row], heights[row])
    for cell in placed:
        top = first + cell.row
        content.merge(top, cell.column, top + cell.rows - 1, cell.column + cell.columns - 1)


def _look(placed: PlacedCell) -> Look:
    cell = placed.cell
    wanted = cell.align or ("center" if cell.is_label else "left")
    horizontal: Horizontal = "left" if wanted == "justify" else wanted
    return Look(
        SONG,
        _SIZE,
        horizontal=horizontal,
        framed=True,
        upright=cell.vertical,
        number_format=TEXT_FORMAT,
    )


def _heights(
    grid: FormGrid, placed: list[PlacedCell], widths: tuple[float, ...], count: int
) -> list[float]:
    """Make rows high enough for their texts; a cell over several rows adds what is missing last."""
    heights = [grid.row_height * POINTS_OF_MM] * count
    for cell in sorted(placed, key=lambda each: each.rows):
        needed = max(_text_height(cell, widths), (cell.cell.height or 0) * POINTS_OF_MM)
        last = cell.row + cell.rows
        missing = needed - sum(heights[cell.row : last])
        if missing > 0:
            heights[last - 1] += missing
    return heights


def _text_height(placed: PlacedCell, widths: tuple[float, ...]) -> float:
    if placed.cell.vertical:
        return row_height(len(placed.cell.text), _SIZE)
    width = sum(widths[placed.column : placed.column + placed.columns])
    return row_height(lines_needed(placed.cell.text, width, _SIZE), _SIZE)
