"""Tables as slabs: heads repeated on each page, rows, totals, amounts in words, notes.

Rows stream from the data to the page, so that a ledger of ten thousand rows needs little more
memory than its own values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from village_app.papers.blocks import Align, Table
from village_app.papers.table_lines import amount_in_words, lines_of
from village_app.papers.typeset.columns import fit_columns
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import PageLayout, TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.table_grid import TableGrid
from village_app.papers.typeset.texts import line_slabs
from village_app.papers.typeset.units import clean, units_of

CONTINUED = "（续）"
CONTINUED_TABLE = "续表"
_SPACE_ABOVE = 0.2
_SPACE_BELOW = 0.35
_SPACE_OVER_NOTES = 0.35


def table_slabs(table: Table, layout: PageLayout, title: str = "") -> Iterator[Slab]:
    """Set a table over the whole type area.

    Later pages begin with the caption (or `title`, when the table is the whole paper) marked
    （续）, the unit and the head. A total never stands alone at a page's head.
    """
    style, widths = fit_columns(table, layout.table, layout.area_width)
    grid = TableGrid(table, style, widths)
    name = table.caption or title
    continued = f"{name}{CONTINUED}" if name else CONTINUED_TABLE

    def repeat() -> list[Slab]:
        return [_continued(continued, table.unit, grid), grid.head()]

    opening = [*_above(table, layout), grid.head()]
    opening[0].before = layout.body.pitch * _SPACE_ABOVE
    for slab in opening:
        slab.glued = True
        yield slab
    yield from _rows(grid, repeat)
    yield from _below(grid, layout)


def _rows(grid: TableGrid, repeat: Callable[[], list[Slab]]) -> Iterator[Slab]:
    """Stream the rows, each held back until it is known whether a total follows it."""
    held: Slab | None = None
    for line in lines_of(grid.table):
        slab = grid.row(line)
        slab.starts_page = line.starts_page
        slab.glued = line.role == "section"
        if held is not None:
            held.glued = held.glued or line.role in {"subtotal", "total"}
            yield held
        slab.repeat = repeat
        held = slab
    words = amount_in_words(grid.table)
    if held is not None:
        held.glued = bool(words)
        yield held
    if words:
        slab = grid.wide_row(words)
        slab.repeat = repeat
        yield slab


def _above(table: Table, layout: PageLayout) -> Iterator[Slab]:
    size = layout.table.cell.size
    if table.caption:
        style = TextStyle("hei", size * 1.15, size * 2)
        yield from _small_lines(table.caption, style, layout.area_width, "center")
    if table.unit:
        style = replace(layout.table.cell, pitch=size * 1.6)
        yield from _small_lines(table.unit, style, layout.area_width, "right")


def _below(grid: TableGrid, layout: PageLayout) -> Iterator[Slab]:
    size = grid.style.cell.size
    style = replace(grid.style.cell, pitch=size * 1.45)
    white = size * _SPACE_OVER_NOTES
    for note in grid.table.notes:
        for slab in _small_lines(note, style, layout.area_width, "justify"):
            slab.before, white = white, 0.0
            yield slab
    yield Slab(layout.body.pitch * _SPACE_BELOW)


def _small_lines(text: str, style: TextStyle, width: float, align: Align) -> Iterator[Slab]:
    measure = Measure(width, style.size, justify=align == "justify", role=style.role)
    for part in clean(text).split("\n"):
        lines = break_lines(units_of(part, style.role), measure)
        yield from line_slabs(lines, measure, style, align)


def _continued(name: str, unit: str, grid: TableGrid) -> Slab:
    """Set the line over a table that goes on: its name at the left, its unit at the right."""
    style = replace(grid.style.cell, pitch=grid.style.cell.size * 1.6)
    measure = Measure(grid.width, style.size, justify=False, role=style.role)
    left = break_lines(units_of(clean(name), style.role), measure)[0]
    right = break_lines(units_of(clean(unit), style.role), measure)[0] if unit else None

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.line(left, x, y + style.baseline, style.size)
        if right is not None:
            pen.line(right, x + grid.width - right.width, y + style.baseline, style.size)

    return Slab(style.pitch, draw)
