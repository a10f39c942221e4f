"""A band of bordered cells: a table's head, a row, a part of a form; drawn, and cut at a height."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from village_app.papers.blocks import Align
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import TextStyle
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line

LINE_WIDTH = 0.5
LEAST_LINES = 2
_SAME = 0.01


@dataclass(frozen=True, slots=True)
class BandCell:
    """One cell of a band: its box (points, from the band's top left), its lines and their style.

    `grey` fills the box (1 is white). `from_top` sets the text at the top instead of the middle.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    style: TextStyle
    padding: float
    above: float
    align: Align = "left"
    grey: float | None = None
    from_top: bool = False

    @property
    def bottom(self) -> float:
        """Give the height of the box's lower edge."""
        return self.y + self.height

    @property
    def text_height(self) -> float:
        """Give the height of the lines."""
        return len(self.lines) * self.style.pitch

    def placed(self, x: float, y: float) -> Iterator[tuple[Line, float, float]]:
        """Give each line with its left edge and baseline on the page."""
        free = self.height - self.text_height
        top = y + self.y + (self.above if self.from_top else free / 2)
        for number, line in enumerate(self.lines):
            if line.segments:
                baseline = top + number * self.style.pitch + self.style.baseline
                yield line, x + self.x + self._indent(line), baseline

    def _indent(self, line: Line) -> float:
        if self.align == "center":
            return (self.width - line.width) / 2
        if self.align == "right":
            return self.width - self.padding - line.width
        return self.padding

    def cut(self, height: float) -> tuple[BandCell | None, BandCell | None]:
        """Cut at a height: the lines that fit stay above, the rest goes below."""
        if self.y + self.height <= height:
            return self, None
        if self.y >= height:
            return None, replace(self, y=self.y - height)
        room = height - self.y
        fitting = max(0, int((room - 2 * self.above) / self.style.pitch + 1e-6))
        if not self.from_top and self.text_height <= room - 2 * self.above:
            fitting = len(self.lines)
        upper = replace(self, height=room, lines=self.lines[:fitting], from_top=True)
        lower = replace(
            self, y=0.0, height=self.height - room, lines=self.lines[fitting:], from_top=True
        )
        return upper, lower


@dataclass(frozen=True, slots=True)
class Band:
    """Cells that are drawn together; `edges` are heights (from the top) where it may be cut."""

    cells: tuple[BandCell, ...]
    height: float
    edges: tuple[float, ...] = ()

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        for cell in self.cells:
            if cell.grey is not None:
                pen.area(x + cell.x, y + cell.y, cell.width, cell.height, cell.grey)
        for cell in self.cells:
            pen.frame(x + cell.x, y + cell.y, cell.width, cell.height, LINE_WIDTH)
        for size in dict.fromkeys(cell.style.size for cell in self.cells):
            same = [cell for cell in self.cells if cell.style.size == size]
            pen.lines([p for cell in same for p in cell.placed(x, y)], size)

    def cut(self, height: float) -> tuple[Band, Band] | None:
        """Cut at an edge that lies above `height`, or inside the first row if it is taller.

        None where nothing would be cut off, or not even two lines would stay above.
        """
        if height >= self.height:
            return None
        edges = [edge for edge in self.edges if 0 < edge <= height]
        at = max(edges, default=None) or self._height_inside(height)
        if at is None:
            return None
        parts = [cell.cut(at) for cell in self.cells]
        upper = tuple(above for above, _ in parts if above)
        lower = tuple(below for _, below in parts if below)
        rest = _grown(Band(lower, self.height - at, tuple(e - at for e in self.edges if e > at)))
        return Band(upper, at), rest

    def _height_inside(self, height: float) -> float | None:
        """Give the height for a cut inside the first row: whole lines, at least two of them."""
        first = [cell for cell in self.cells if cell.y == 0]
        needed = max(
            2 * cell.above + min(LEAST_LINES, len(cell.lines)) * cell.style.pitch for cell in first
        )
        return height if needed <= height else None


def _grown(band: Band) -> Band:
    """Give each cell of a cut band the height that its remaining lines need, row by row."""
    bottom = 0.0
    while True:
        below = [cell.bottom for cell in band.cells if cell.bottom > bottom + _SAME]
        if not below:
            return band
        bottom = min(below)
        ending = [cell for cell in band.cells if abs(cell.bottom - bottom) <= _SAME]
        lacking = max(cell.text_height + 2 * cell.above - cell.height for cell in ending)
        if lacking > 0:
            band = _opened(band, bottom, lacking)
            bottom += lacking


def _opened(band: Band, at: float, room: float) -> Band:
    """Push apart a band's rows at a height: what ends there grows, what follows moves down."""
    cells = tuple(
        replace(cell, y=cell.y + room)
        if cell.y >= at - _SAME
        else replace(cell, height=cell.height + room if cell.bottom >= at - _SAME else cell.height)
        for cell in band.cells
    )
    edges = tuple(edge + room if edge >= at - _SAME else edge for edge in band.edges)
    return Band(cells, band.height + room, edges)


def band_slab(band: Band) -> Slab:
    """Make a slab of a band; it may be cut where the band may."""
    return Slab(band.height, band, split=lambda height: _split(band, height))


def _split(band: Band, height: float) -> tuple[Slab, Slab] | None:
    parts = band.cut(height)
    return (band_slab(parts[0]), band_slab(parts[1])) if parts else None


def total_height(lines: Sequence[Line], style: TextStyle, above: float) -> float:
    """Give the height of a cell that holds these lines, with white over and under them."""
    return len(lines) * style.pitch + 2 * above
