"""The boxes of a table: its head in one or two levels and its rows, each ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from village_app.papers.blocks import Align, Table
from village_app.papers.table_lines import Line as TableLine
from village_app.papers.table_lines import shown_in
from village_app.papers.typeset.bands import LINE_WIDTH, Band, BandCell, band_slab
from village_app.papers.typeset.cells import CellSetter
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import TableStyle
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.table_heads import head_band

TOTAL_GREY = 0.95
EARLY_LINES = 8
_JUSTIFIED_FROM = 12
_CENTRED_UP_TO = 6
_LOOKED_AT = 200
_RUNNING_NUMBERS = frozenset(("序号", "编号", "号"))
_BLANK_LINE = Line((), 0.0, "")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row ready to be drawn: (line, x, baseline) from its top left corner, its frame, its grey.

    The frame is a path with its origin at the row's top left corner.
    """

    placed: tuple[tuple[Line, float, float], ...]
    frame: str
    size: float
    width: float
    height: float
    grey: float | None

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        if self.grey is not None:
            pen.area(x, y, self.width, self.height, self.grey)
        pen.path_at(self.frame, x, y)
        pen.lines([(line, x + dx, y + dy) for line, dx, dy in self.placed], self.size)


class _Box(NamedTuple):
    """A cell of a row: its first column, how many it covers, its set text and alignment."""

    first: int
    span: int
    lines: list[Line]
    align: Align


class TableGrid:
    """A table with its style and column widths (points) decided."""

    def __init__(self, table: Table, style: TableStyle, widths: list[float]) -> None:
        self.table = table
        self.style = style
        self.widths = widths
        self.edges = [0.0, *accumulate(widths)]
        self.width = self.edges[-1]
        self._cells = CellSetter(style.cell)
        self._head = head_band(table.columns, self.edges, style)
        self._aligns = [self._align(index) for index in range(len(widths))]
        self._frames: dict[tuple[float, tuple[int, ...]], str] = {}

    def _align(self, index: int) -> Align:
        column = self.table.columns[index]
        if column.label in _RUNNING_NUMBERS:
            return "center"
        is_narrow = self._inner(index) <= _CENTRED_UP_TO * self._size
        if column.kind.align == "left" and (is_narrow or self._is_short(index)):
            return "center"
        return column.kind.align

    def _is_short(self, index: int) -> bool:
        """Tell whether a column holds nothing but names and short words."""
        column = self.table.columns[index]
        rows = [row for row in self.table.rows[:_LOOKED_AT] if row.role == "data"]
        texts = [shown_in(column, row.cells[index]) for row in rows]
        return bool(texts) and max(map(len, texts)) <= _CENTRED_UP_TO

    @property
    def _size(self) -> float:
        return self.style.cell.size

    def _inner(self, index: int, span: int = 1) -> float:
        return self.edges[index + span] - self.edges[index] - 2 * self.style.padding

    def head(self) -> Slab:
        """Give the head, the same on every page."""
        return Slab(self._head.height, self._head)

    def row(self, line: TableLine) -> Slab:
        """Give one row; a row of many lines may be cut at a page's foot."""
        if line.role == "section":
            return self.wide_row(str(line.cells[0] or ""), grey=TOTAL_GREY)
        is_sum = line.role in {"subtotal", "total"}
        return self._row(list(self._boxes(line, is_sum=is_sum)), TOTAL_GREY if is_sum else None)

    def wide_row(self, text: str, grey: float | None = None) -> Slab:
        """Give a row that is one cell over the whole width."""
        columns = len(self.widths)
        return self._row([_Box(0, columns, self._lines(text, 0, columns), "left")], grey)

    def _row(self, boxes: list[_Box], grey: float | None) -> Slab:
        most = max(len(box.lines) for box in boxes)
        height = max(self.style.row_height, most * self.style.cell.pitch + 2 * self.style.above)
        frame = self._frame(height, tuple(box.first for box in boxes))
        placed = tuple(self._placed(boxes, height))
        slab = Slab(height, _Row(placed, frame, self._size, self.width, height, grey))
        if most > 1:
            slab.split = partial(self._split, boxes, height, grey)
            slab.splits_early = most >= EARLY_LINES
        return slab

    def _boxes(self, line: TableLine, *, is_sum: bool) -> Iterator[_Box]:
        """Give a row's cells; the label of a total takes the empty cells after it, too."""
        columns = self.table.columns
        index = 0
        while index < len(columns):
            value, span = line.cells[index], 1
            align = self._aligns[index]
            if is_sum and isinstance(value, str):
                while index + span < len(columns) and line.cells[index + span] is None:
                    span += 1
                align = "center"
            text = shown_in(columns[index], value, line.role)
            yield _Box(index, span, self._lines(text, index, span), align)
            index += span

    def _lines(self, text: str, index: int, span: int) -> list[Line]:
        if not text:
            return [_BLANK_LINE]
        inner = self._inner(index, span)
        return self._cells.lines(text, inner, justify=inner > _JUSTIFIED_FROM * self._size)

    def _placed(self, boxes: list[_Box], height: float) -> Iterator[tuple[Line, float, float]]:
        style, padding = self.style.cell, self.style.padding
        for first, span, lines, align in boxes:
            left, right = self.edges[first], self.edges[first + span]
            top = (height - len(lines) * style.pitch) / 2 + style.baseline
            for number, line in enumerate(lines):
                if not line.segments:
                    continue
                if align == "center" and len(lines) == 1:
                    x = left + (right - left - line.width) / 2
                elif align == "right":
                    x = right - padding - line.width
                else:
                    x = left + padding
                yield line, x, top + number * style.pitch

    def _frame(self, height: float, firsts: tuple[int, ...]) -> str:
        """Give the path of a row's lines; cells begin at the columns `firsts`."""
        key = (round(height, 3), firsts)
        known = self._frames.get(key)
        if known is None:
            right = self.width
            edges = [*(self.edges[first] for first in firsts), right]
            verticals = " ".join(f"{x:.2f} 0 m {x:.2f} {-height:.2f} l" for x in edges)
            known = self._frames[key] = (
                f"{LINE_WIDTH} w 0 0 m {right:.2f} 0 l {verticals} "
                f"0 {-height:.2f} m {right:.2f} {-height:.2f} l S"
            )
        return known

    def _split(
        self, boxes: list[_Box], height: float, grey: float | None, at: float
    ) -> tuple[Slab, Slab] | None:
        """Cut a row of many lines: the lines that fit stay, the others go on below."""
        cells = tuple(self._band_cell(box, height, grey) for box in boxes)
        parts = Band(cells, height).cut(at)
        return (band_slab(parts[0]), band_slab(parts[1])) if parts else None

    def _band_cell(self, box: _Box, height: float, grey: float | None) -> BandCell:
        left = self.edges[box.first]
        many = len(box.lines) > 1
        return BandCell(
            left,
            0.0,
            self.edges[box.first + box.span] - left,
            height,
            tuple(box.lines),
            self.style.cell,
            self.style.padding,
            self.style.above,
            "left" if many and box.align == "center" else box.align,
            grey,
            from_top=many,
        )
