"""The head of an official paper: red mark, number, red line; and the number of a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from village_app.papers.typeset.flow import Draw, Slab
from village_app.papers.typeset.layouts import MM, PageLayout, TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.pen import BLACK, RED, Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.units import clean, units_of

MARK_TOP = 35 * MM
MARK_LARGEST = 46.0
MARK_SMALLEST = 22.0
LINE_BELOW_NUMBER = 4 * MM
RED_LINE = 1.4


def letterhead_slabs(mark: str, number: str, layout: PageLayout) -> Iterator[Slab]:
    """Set the red mark with its top 35 mm below the type area's, number, red line (GB 7.2)."""
    pitch = layout.body.pitch
    width = layout.area_width
    line, size = _mark(mark, width)
    ink_top = 0.05 * size
    yield Slab(MARK_TOP - ink_top, glued=True)
    style = TextStyle("title", size, size * 1.08)
    yield Slab(style.pitch, _Centred(line, style, width, is_red=True), glued=True)
    yield Slab(pitch * 1.5, glued=True)
    number_style = replace(layout.body, char_space=0.0)
    if number:
        yield Slab(pitch, _Centred(_line(number, number_style), number_style, width), glued=True)
    yield Slab(LINE_BELOW_NUMBER, _red_line(width), glued=True)
    yield Slab(pitch * 2, glued=True)


def number_slab(number: str, layout: PageLayout) -> Slab:
    """Set the number of a notice under its title, centred."""
    style = layout.number
    return Slab(style.pitch, _Centred(_line(number, style), style, layout.area_width), glued=True)


def _mark(text: str, width: float) -> tuple[Line, float]:
    """Make the mark as large as fits on one line."""
    size = MARK_LARGEST
    while True:
        line = _line(text, TextStyle("title", size, size))
        if line.width <= width or size <= MARK_SMALLEST:
            return line, size
        size -= 1


def _line(text: str, style: TextStyle) -> Line:
    measure = Measure(1e6, style.size, justify=False, role=style.role)
    return break_lines(units_of(clean(text).replace("\n", ""), style.role), measure)[0]


class _Centred:
    """A line centred in the type area; called to be drawn."""

    def __init__(self, line: Line, style: TextStyle, width: float, *, is_red: bool = False) -> None:
        self._line = line
        self._style = style
        self._width = width
        self._color = RED if is_red else BLACK

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        pen.color(self._color)
        left = x + (self._width - self._line.width) / 2
        pen.line(self._line, left, y + self._style.baseline, self._style.size)
        pen.color(BLACK)


def _red_line(width: float) -> Draw:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.color(RED)
        pen.rule(x, y + LINE_BELOW_NUMBER, x + width, y + LINE_BELOW_NUMBER, RED_LINE)
        pen.color(BLACK)

    return draw
