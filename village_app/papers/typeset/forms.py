"""Forms as the official sheets have them: labelled cells over shared columns, spans, signatures.

A form is laid on a grid of lines and columns; cells that span lines bind them into one band.
Bands may be cut between lines, and a cell higher than a page inside its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from village_app.papers.blocks import Align, FormGrid, SignLines
from village_app.papers.form_cells import PlacedCell, place_cells
from village_app.papers.typeset.bands import Band, BandCell, band_slab, total_height
from village_app.papers.typeset.cells import CellSetter
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import MM, PageLayout, TextStyle
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line

_LONG_ANSWER = 12
_SIGN_HEIGHT = 12 * MM
_RULE = 0.5


class _Answer(NamedTuple):
    """A placed cell with its set text."""

    place: PlacedCell
    text: tuple[Line, ...]


def form_slabs(form: FormGrid, layout: PageLayout) -> Iterator[Slab]:
    """Set a form over the whole type area."""
    sheet = _Sheet(form, layout)
    yield from sheet.slabs()
    yield Slab(0.0, before=layout.body.pitch * 0.35)


class _Sheet:
    """A form being laid out: column edges, placed cells, line heights (points)."""

    def __init__(self, form: FormGrid, layout: PageLayout) -> None:
        total = sum(form.widths)
        widths = [share / total * layout.area_width for share in form.widths]
        self._edges = [0.0, *accumulate(widths)]
        self._style = layout.table.cell
        self._label_style = TextStyle("hei", self._style.size, self._style.pitch)
        self._padding = layout.table.padding
        self._least = form.row_height * MM
        self._values = CellSetter(self._style)
        self._labels = CellSetter(self._label_style)
        self._answers = [_Answer(place, tuple(self._set(place))) for place in place_cells(form)]
        self._heights = self._row_heights(len(form.lines))

    def slabs(self) -> Iterator[Slab]:
        """Give one slab for each run of rows that no cell binds to the next."""
        first = 0
        for row in range(len(self._heights)):
            places = [answer.place for answer in self._answers]
            if not any(place.row <= row < place.row + place.rows - 1 for place in places):
                yield band_slab(self._band(first, row + 1))
                first = row + 1

    def _set(self, place: PlacedCell) -> Sequence[Line]:
        cell = place.cell
        left, right = self._edges[place.column], self._edges[place.column + place.columns]
        inner = right - left - 2 * self._padding
        setter = self._labels if cell.is_label else self._values
        if cell.vertical:
            return [line for char in cell.text.strip() for line in setter.lines(char, inner)]
        is_long = not cell.is_label and inner > _LONG_ANSWER * self._style.size
        return setter.lines(cell.text, inner, justify=is_long)

    def _needed(self, answer: _Answer) -> float:
        text = total_height(answer.text, self._style, self._padding)
        return max(text, (answer.place.cell.height or 0.0) * MM)

    def _row_heights(self, count: int) -> list[float]:
        """Make each row as high as its cells; what a spanning cell lacks goes to its last row."""
        heights = [self._least] * count
        for answer in sorted(self._answers, key=lambda answer: answer.place.rows):
            first, last = answer.place.row, answer.place.row + answer.place.rows
            lacking = self._needed(answer) - sum(heights[first:last])
            if lacking > 0:
                heights[last - 1] += lacking
        return heights

    def _band(self, first: int, last: int) -> Band:
        tops = [0.0, *accumulate(self._heights[first:last])]
        cells = [
            self._band_cell(answer, tops[row], tops[row + answer.place.rows])
            for answer in self._answers
            if 0 <= (row := answer.place.row - first) < last - first
        ]
        return Band(tuple(cells), tops[-1], edges=tuple(tops[1:-1]))

    def _band_cell(self, answer: _Answer, top: float, bottom: float) -> BandCell:
        place = answer.place
        left, right = self._edges[place.column], self._edges[place.column + place.columns]
        style = self._label_style if place.cell.is_label else self._style
        return BandCell(
            left,
            top,
            right - left,
            bottom - top,
            answer.text,
            style,
            self._padding,
            _align(answer),
        )


def _align(answer: _Answer) -> Align:
    cell = answer.place.cell
    if cell.align and cell.align != "justify":
        return cell.align
    if cell.is_label or cell.vertical:
        return "center"
    if cell.kind is not None and len(answer.text) == 1:
        return cell.kind.align
    return "left"


def sign_slabs(block: SignLines, layout: PageLayout) -> Iterator[Slab]:
    """Set lines to be signed by hand: what, then a printed name or a rule to write on."""
    per_line = max(1, block.per_line)
    for first in range(0, len(block.entries), per_line):
        row = block.entries[first : first + per_line]
        yield Slab(_SIGN_HEIGHT, _SignRow(row, per_line, layout), splits_early=False)


class _SignRow:
    """One line of signatures; called to be drawn."""

    def __init__(self, row: Sequence[tuple[str, str]], per_line: int, layout: PageLayout) -> None:
        self._row = row
        self._column = layout.area_width / per_line
        body = layout.body
        self._style = TextStyle(body.role, min(body.size, 14), _SIGN_HEIGHT)
        self._setter = CellSetter(self._style)

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        style = self._style
        baseline = y + style.baseline
        for place, (what, name) in enumerate(self._row):
            left = x + place * self._column
            label = self._setter.lines(f"{what}：" if what else "", self._column)[0]
            pen.line(label, left, baseline, style.size)
            start = left + label.width + style.size * 0.5
            end = left + self._column - style.size
            if name:
                printed = self._setter.lines(name, max(end - start, style.size))[0]
                pen.line(printed, start, baseline, style.size)
            else:
                pen.rule(start, baseline + 2, max(end, start), baseline + 2, _RULE)
