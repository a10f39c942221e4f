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
from village_app.papers.typeset.flow import COMPANY, Slab
from village_app.papers.typeset.layouts import MM, PageLayout, TextStyle
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.titles import title_lines

_LONG_ANSWER = 12
_SIGN_HEIGHT = 12 * MM
_RULE = 0.5
_LARGEST_SIGN = 14
_LEAST_TO_SIGN = 5.0


class _Answer(NamedTuple):
    """A placed cell with its set text."""

    place: PlacedCell
    text: tuple[Line, ...]


def form_slabs(form: FormGrid, layout: PageLayout) -> Iterator[Slab]:
    """Set a form over the whole type area."""
    sheet = _Sheet(form, layout)
    yield from sheet.slabs(_heads(form))
    yield Slab(0.0, before=layout.body.pitch * 0.35)


def _heads(form: FormGrid) -> int:
    """Count the rows that name the columns below them: a list to be filled in has one, or two.

    Such a row is all labels and as many as there are columns; one wide cell may stand over it.
    """
    for row, line in enumerate(form.lines[:2]):
        names = len(line) == len(form.widths) > 1 and all(
            cell.is_label and cell.columns == cell.rows == 1 for cell in line
        )
        if names:
            return row + 1
        if len(line) != 1:
            return 0
    return 0


class _Sheet:
    """A form being laid out: column edges, placed cells, line heights (points)."""

    def __init__(self, form: FormGrid, layout: PageLayout) -> None:
        total = sum(form.widths)
        widths = [share / total * layout.area_width for share in form.widths]
        self._edges = [0.0, *accumulate(widths)]
        self._style = layout.table.cell
        self._label_style = TextStyle("hei", self._style.size, self._style.pitch)
        self._padding = layout.table.padding
        self._above = layout.table.above
        self._least = form.row_height * MM
        self._values = CellSetter(self._style)
        self._labels = CellSetter(self._label_style)
        self._answers = [_Answer(place, tuple(self._set(place))) for place in place_cells(form)]
        self._heights = self._row_heights(len(form.lines))

    def slabs(self, heads: int) -> Iterator[Slab]:
        """Give one slab for each run of rows that no cell binds to the next.

        The first `heads` rows stand again on every later page.
        """
        first = 0
        for row in range(len(self._heights)):
            places = [answer.place for answer in self._answers]
            if not any(place.row <= row < place.row + place.rows - 1 for place in places):
                slab = band_slab(self._band(first, row + 1))
                slab.glued = row < heads
                if heads and row >= heads:
                    slab.repeat = lambda: [band_slab(self._band(0, heads))]
                yield slab
                first = row + 1

    def _set(self, place: PlacedCell) -> Sequence[Line]:
        cell = place.cell
        left, right = self._edges[place.column], self._edges[place.column + place.columns]
        inner = right - left - 2 * self._padding
        setter = self._labels if cell.is_label else self._values
        if cell.vertical:
            return [line for char in cell.text.strip() for line in setter.lines(char, inner)]
        if cell.is_label:
            return title_lines(cell.text, self._label_style, inner)
        is_long = not cell.is_label and inner > _LONG_ANSWER * self._style.size
        return setter.lines(cell.text, inner, justify=is_long)

    def _needed(self, answer: _Answer) -> float:
        text = total_height(answer.text, self._style, self._above)
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
            self._above,
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


def sign_slabs(block: SignLines, layout: PageLayout, width: float = 0.0) -> Iterator[Slab]:
    """Set lines to be signed by hand: what, then a printed name or a rule to write on.

    They take the whole type area, or only `width` points of it.

    Fewer stand side by side where a label leaves no room to write. What is signed for stands on
    the page with them: nobody signs a sheet that shows nothing else.
    """
    body = layout.body
    width = width or layout.area_width
    style = TextStyle(body.role, min(body.size, _LARGEST_SIGN), _SIGN_HEIGHT)
    setter = CellSetter(style)
    entries = [_SignEntry(what, name, setter, width) for what, name in block.entries]
    widest = max((entry.needed for entry in entries), default=width)
    per_line = max(1, min(block.per_line, int(width / widest)))
    for first in range(0, len(entries), per_line):
        row = entries[first : first + per_line]
        height = max(entry.height for entry in row)
        yield Slab(height, _SignRow(row, width / per_line, style), company=COMPANY)


class _SignEntry:
    """One place to sign: its label's lines and the printed name, if there is one."""

    def __init__(self, what: str, name: str, setter: CellSetter, width: float) -> None:
        size = setter.style.size
        room = width - _LEAST_TO_SIGN * size
        self.label = setter.lines(f"{what}：" if what else "", room)
        self.name = setter.single(" ".join(name.split())) if name else None
        after = max(self.name.width if self.name else 0.0, _LEAST_TO_SIGN * size)
        self.needed = max(line.width for line in self.label) + after
        self.height = setter.style.pitch + (len(self.label) - 1) * size * 1.4


class _SignRow:
    """One line of places to sign; called to be drawn."""

    def __init__(self, row: Sequence[_SignEntry], column: float, style: TextStyle) -> None:
        self._row = row
        self._column = column
        self._style = style

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        size = self._style.size
        for place, entry in enumerate(self._row):
            left = x + place * self._column
            baseline = y + self._style.baseline
            for number, line in enumerate(entry.label):
                baseline = y + self._style.baseline + number * size * 1.4
                pen.line(line, left, baseline, size)
            start = left + entry.label[-1].width + size * 0.5
            if entry.name:
                pen.line(entry.name, start, baseline, size)
            else:
                pen.rule(start, baseline + 2, left + self._column - size, baseline + 2, _RULE)
