"""The head of a table: one row of labels, or two where columns stand under a common label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from village_app.papers.blocks import Column
from village_app.papers.typeset.bands import Band, BandCell, total_height
from village_app.papers.typeset.layouts import TableStyle
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.titles import title_lines

HEAD_GREY = 0.9


class _Label(NamedTuple):
    """A set label over columns `first` to `end` (exclusive)."""

    first: int
    end: int
    lines: list[Line]


def head_band(columns: Sequence[Column], edges: Sequence[float], style: TableStyle) -> Band:
    """Set the head; columns of one `group` side by side share a cell above theirs."""
    head = _Head(edges, style)
    groups = [
        head.label(columns[first].group, first, end)
        for first, end in _runs(columns)
        if columns[first].group
    ]
    under = [head.label(c.label, i, i + 1) for i, c in enumerate(columns) if c.group]
    alone = [head.label(c.label, i, i + 1) for i, c in enumerate(columns) if not c.group]
    upper = head.height(groups) if groups else 0.0
    whole = max(upper + (head.height(under) if under else 0.0), head.height(alone))
    cells = [
        *head.cells(groups, 0.0, upper),
        *head.cells(under, upper, whole),
        *head.cells(alone, 0.0, whole),
    ]
    return Band(tuple(sorted(cells, key=lambda cell: (cell.x, cell.y))), whole)


def _runs(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Give (first, end) of each run of columns under one group, or of one column alone."""
    first = 0
    while first < len(columns):
        end = first + 1
        group = columns[first].group
        while group and end < len(columns) and columns[end].group == group:
            end += 1
        yield first, end
        first = end


class _Head:
    """Column edges and style of a head being set."""

    def __init__(self, edges: Sequence[float], style: TableStyle) -> None:
        self._edges = edges
        self._style = style

    def label(self, text: str, first: int, end: int) -> _Label:
        inner = self._edges[end] - self._edges[first] - 2 * self._style.padding
        return _Label(first, end, title_lines(text, self._style.head, inner))

    def height(self, labels: Iterable[_Label]) -> float:
        """Give the height of a row that holds these labels."""
        style = self._style
        heights = [total_height(label.lines, style.head, style.above) for label in labels]
        return max([style.row_height, *heights])

    def cells(self, labels: Iterable[_Label], top: float, bottom: float) -> Iterator[BandCell]:
        for first, end, lines in labels:
            left, right = self._edges[first], self._edges[end]
            yield BandCell(
                left,
                top,
                right - left,
                bottom - top,
                tuple(lines),
                self._style.head,
                self._style.padding,
                self._style.above,
                "center",
                HEAD_GREY,
            )
