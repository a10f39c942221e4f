"""A poster over several A4 sheets: each prints its part, with overlap and marks for the knife.

The poster is drawn once and shown on every sheet through a window. Neighbours share a strip of
1 cm: the sheet at the right or below is cut at its marks and pasted over the strip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import ceil

from village_app.papers.blocks import Paper
from village_app.papers.typeset.compose import slabs_of
from village_app.papers.typeset.fitting import flow_for
from village_app.papers.typeset.furniture import Furniture
from village_app.papers.typeset.layouts import MM, PAPER_SIZES, PageLayout, TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.sheets import new_canvas
from village_app.papers.typeset.units import units_of

OVERLAP = 10.0
EDGE = 10.0
_MARK = 5.0
_NOTE = TextStyle("song", 7, 9)


@dataclass(frozen=True, slots=True)
class Tiling:
    """How a poster is spread: sheet size and the left and top edges of the windows, in mm.

    A window is what one sheet prints; `inset` is where it begins on the sheet.
    """

    sheet_width: float
    sheet_height: float
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    inset: float = EDGE

    @property
    def window(self) -> tuple[float, float]:
        """Give width and height of the window."""
        return self.sheet_width - 2 * self.inset, self.sheet_height - 2 * self.inset

    @property
    def sheets(self) -> int:
        """Count the sheets."""
        return len(self.lefts) * len(self.tops)


def tiling(width: float, height: float, sheet: str = "A4") -> Tiling:
    """Choose upright or lying sheets, whichever needs fewer, for a poster of a size in mm."""
    short, long = PAPER_SIZES[sheet]
    upright = _tiling(width, height, short, long)
    lying = _tiling(width, height, long, short)
    return lying if lying.sheets < upright.sheets else upright


def _tiling(width: float, height: float, sheet_width: float, sheet_height: float) -> Tiling:
    lefts = _starts(width, sheet_width - 2 * EDGE)
    tops = _starts(height, sheet_height - 2 * EDGE)
    return Tiling(sheet_width, sheet_height, lefts, tops)


def _starts(length: float, window: float) -> tuple[float, ...]:
    """Place windows with the overlap between them; spare room is shared by both outer edges."""
    count = max(1, ceil((length - OVERLAP) / (window - OVERLAP)))
    covered = count * (window - OVERLAP) + OVERLAP
    first = -(covered - length) / 2
    return tuple(first + number * (window - OVERLAP) for number in range(count))


class FormSheets:
    """Draws each page as a form that can be shown on many sheets."""

    def __init__(self, layout: PageLayout, furniture: Furniture, pages: int) -> None:
        self._layout = layout
        self._furniture = furniture
        self._pages = pages
        self.canvas = new_canvas(BytesIO(), layout.width * MM, layout.height * MM)
        self.pen = Pen(self.canvas)
        self.names: list[str] = []

    def begin_page(self) -> Pen | None:
        layout = self._layout
        self.names.append(f"poster{len(self.names) + 1}")
        self.canvas.beginForm(self.names[-1], 0, 0, layout.width * MM, layout.height * MM)
        self.pen.begin_page(layout.height * MM)
        self._furniture.draw_under(self.pen)
        return self.pen

    def end_page(self) -> None:
        self._furniture.draw_over(self.pen, len(self.names), self._pages)
        self.canvas.endForm()

    def add_outline(self, title: str, level: int, y: float) -> None:
        """Sheets that are pasted together need no contents."""


def tiled(
    paper: Paper, layout: PageLayout, furniture: Furniture, pages: int, sheet: str
) -> tuple[FormSheets, int]:
    """Draw a paper over sheets; give the drawn sheets and their number."""
    forms = FormSheets(layout, furniture, pages)
    flow_for(forms, layout).run(slabs_of(paper, layout))
    plan = tiling(layout.width, layout.height, sheet)
    forms.canvas.setPageSize((plan.sheet_width * MM, plan.sheet_height * MM))
    for name in forms.names:
        for row, column in _places(plan):
            _draw_sheet(forms, layout, plan, name, row, column)
    return forms, plan.sheets * len(forms.names)


def _places(plan: Tiling) -> Iterator[tuple[int, int]]:
    for row in range(len(plan.tops)):
        for column in range(len(plan.lefts)):
            yield row, column


def _draw_sheet(
    forms: FormSheets, layout: PageLayout, plan: Tiling, name: str, row: int, column: int
) -> None:
    canvas, pen = forms.canvas, forms.pen
    pen.begin_page(plan.sheet_height * MM)
    width, height = plan.window
    left, top = plan.lefts[column], plan.tops[row]
    pen.raw(
        f"q {plan.inset * MM:.2f} {plan.inset * MM:.2f} {width * MM:.2f} {height * MM:.2f} re W n"
    )
    shift_x = (plan.inset - left) * MM
    shift_y = (plan.sheet_height - plan.inset + top - layout.height) * MM
    pen.raw(f"1 0 0 1 {shift_x:.2f} {shift_y:.2f} cm")
    canvas.doForm(name)
    pen.raw("Q")
    _draw_marks(pen, plan, row, column)
    _draw_poster_edges(pen, layout, plan, left, top)
    canvas.showPage()


def _draw_marks(pen: Pen, plan: Tiling, row: int, column: int) -> None:
    """Mark where to cut (left and upper edges that overlap) and say which sheet this is."""
    width, height = plan.window
    begin_x, begin_y = plan.inset, plan.inset
    end_x, end_y = begin_x + width, begin_y + height
    if column:
        _tick(pen, begin_x, begin_y - _MARK, begin_x, begin_y - 1)
        _tick(pen, begin_x, end_y + 1, begin_x, end_y + _MARK)
    if row:
        _tick(pen, begin_x - _MARK, begin_y, begin_x - 1, begin_y)
        _tick(pen, end_x + 1, begin_y, end_x + _MARK, begin_y)
    total, number = plan.sheets, row * len(plan.lefts) + column + 1
    cut = [side for side, needed in (("左边", column), ("上边", row)) if needed]
    advice = f"；沿{'和'.join(cut)}标记裁切，盖在邻页1厘米重叠处粘贴" if cut else ""
    note = f"第{number}张，共{total}张（第{row + 1}行第{column + 1}列）{advice}"
    line = break_lines(units_of(note, _NOTE.role), Measure(1e6, _NOTE.size, justify=False))[0]
    pen.line(line, (begin_x + width / 3) * MM, (end_y + 5.5) * MM, _NOTE.size)


def _draw_poster_edges(pen: Pen, layout: PageLayout, plan: Tiling, left: float, top: float) -> None:
    """Mark the poster's own corners where its edge lies inside the window."""
    width, height = plan.window
    for x in (-left, layout.width - left):
        if 0.5 < x < width - 0.5:
            for y in (-_MARK, height + 1):
                _tick(pen, plan.inset + x, plan.inset + y, plan.inset + x, plan.inset + y + 4)
    for y in (-top, layout.height - top):
        if 0.5 < y < height - 0.5:
            for x in (-_MARK, width + 1):
                _tick(pen, plan.inset + x, plan.inset + y, plan.inset + x + 4, plan.inset + y)


def _tick(pen: Pen, x1: float, y1: float, x2: float, y2: float) -> None:
    pen.rule(x1 * MM, y1 * MM, x2 * MM, y2 * MM, 0.4)
