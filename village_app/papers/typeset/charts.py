"""Bars in a box, told apart by pattern, so that a copy in black and white loses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from village_app.papers.blocks import Bar, BarChart
from village_app.papers.chart_text import value_text
from village_app.papers.typeset.cells import CellSetter
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import MM, PageLayout, TextStyle
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line

PATTERNS = ("solid", "rising", "empty", "falling", "crossed", "level", "dense")
_UPRIGHT_HEIGHT = 70 * MM
_LINE = 0.5
_ENDLESS = 1e6


def chart_slabs(chart: BarChart, layout: PageLayout) -> Iterator[Slab]:
    """Set a chart: title, bars, a legend where bars have parts."""
    style = TextStyle("song", layout.table.cell.size, layout.table.cell.size * 1.5)
    names = _part_names(chart.bars)
    drawing = _Horizontal if chart.horizontal else _Upright
    if chart.title:
        head = TextStyle("hei", style.size * 1.1, style.size * 2)
        for line in CellSetter(head).lines(chart.title, layout.area_width):
            yield Slab(head.pitch, _Centred(line, layout.area_width, head), glued=True)
    bars = drawing(chart, names, style, layout.area_width)
    yield Slab(bars.height, bars, glued=len(names) > 1)
    if len(names) > 1:
        legend = _Legend(names, style, layout.area_width)
        yield Slab(legend.height, legend)
    yield Slab(0.0, before=style.size)


def _part_names(bars: Sequence[Bar]) -> list[str]:
    return list(dict.fromkeys(name for bar in bars for name, _ in bar.parts))


def _figures(chart: BarChart) -> list[str]:
    """Give what is written at each bar's end: its figure, else the sum of its parts."""
    return [
        bar.figure or value_text(chart.kind, sum(value for _, value in bar.parts))
        for bar in chart.bars
    ]


def _one_line(setter: CellSetter, text: str) -> Line:
    return setter.lines(" ".join(text.split()), _ENDLESS)[0]


def _largest(bars: Sequence[Bar]) -> int:
    return max((sum(value for _, value in bar.parts if value > 0) for bar in bars), default=0) or 1


@dataclass(frozen=True, slots=True)
class _Centred:
    line: Line
    width: float
    style: TextStyle

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        left = x + (self.width - self.line.width) / 2
        pen.line(self.line, left, y + self.style.baseline, self.style.size)


class _Horizontal:
    """Bars lying on a common line at the left, labels before them, figures behind them."""

    def __init__(
        self, chart: BarChart, names: Sequence[str], style: TextStyle, width: float
    ) -> None:
        bars, figures = chart.bars, _figures(chart)
        setter = CellSetter(style)
        self._style = style
        self._names = names
        self._bars = bars
        self._labels = [setter.lines(bar.label, width * 0.3) for bar in bars]
        self._figures = [_one_line(setter, figure) for figure in figures]
        label_width = max((line.width for lines in self._labels for line in lines), default=0)
        figure_width = max((line.width for line in self._figures), default=0)
        self._start = label_width + style.size * 0.6
        self._length = width - self._start - figure_width - style.size
        self._scale = self._length / _largest(bars)
        self._rows = [max(len(lines) * style.pitch, style.size * 1.9) for lines in self._labels]
        self.height = sum(self._rows) + style.size

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        style = self._style
        axis = x + self._start
        top = y + style.size * 0.5
        pen.rule(axis, top - 2, axis, y + self.height - style.size * 0.5 + 2, _LINE)
        for bar, label, figure, row in zip(
            self._bars, self._labels, self._figures, self._rows, strict=True
        ):
            first = top + (row - len(label) * style.pitch) / 2 + style.baseline
            for number, line in enumerate(label):
                left = axis - style.size * 0.6 - line.width
                pen.line(line, left, first + number * style.pitch, style.size)
            thick = style.size * 1.2
            reached = axis
            for name, value in bar.parts:
                length = max(value, 0) * self._scale
                pattern = PATTERNS[self._names.index(name) % len(PATTERNS)]
                fill(pen, pattern, reached, top + (row - thick) / 2, length, thick)
                reached += length
            middle = top + (row - style.pitch) / 2 + style.baseline
            pen.line(figure, reached + style.size * 0.4, middle, style.size)
            top += row


class _Upright:
    """Bars standing on a line, figures over them, labels under them."""

    def __init__(
        self, chart: BarChart, names: Sequence[str], style: TextStyle, width: float
    ) -> None:
        bars, figures = chart.bars, _figures(chart)
        setter = CellSetter(style)
        self._style = style
        self._names = names
        self._bars = bars
        self._width = width
        self._step = width / max(1, len(bars))
        self._labels = [setter.lines(bar.label, self._step - style.size * 0.4) for bar in bars]
        self._figures = [_one_line(setter, figure) for figure in figures]
        self._scale = _UPRIGHT_HEIGHT / _largest(bars)
        lines = max((len(label) for label in self._labels), default=1)
        self.height = style.pitch * (1 + lines) + _UPRIGHT_HEIGHT + style.size

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        style = self._style
        ground = y + style.pitch + _UPRIGHT_HEIGHT
        thick = min(self._step * 0.55, 14 * MM)
        for place, bar in enumerate(self._bars):
            middle = x + (place + 0.5) * self._step
            top = ground
            for name, value in bar.parts:
                height = max(value, 0) * self._scale
                pattern = PATTERNS[self._names.index(name) % len(PATTERNS)]
                top -= height
                fill(pen, pattern, middle - thick / 2, top, thick, height)
            figure = self._figures[place]
            pen.line(figure, middle - figure.width / 2, top - style.size * 0.4, style.size)
            for number, line in enumerate(self._labels[place]):
                baseline = ground + style.size * 0.3 + number * style.pitch + style.baseline
                pen.line(line, middle - line.width / 2, baseline, style.size)
        pen.rule(x, ground, x + self._width, ground, _LINE)


class _Legend:
    """What each pattern stands for, in a centred line or more."""

    def __init__(self, names: Sequence[str], style: TextStyle, width: float) -> None:
        setter = CellSetter(style)
        self._style = style
        self._width = width
        self._entries = [(name, _one_line(setter, name)) for name in names]
        self._rows: list[list[int]] = [[]]
        used = 0.0
        for index, (_, line) in enumerate(self._entries):
            needed = line.width + style.size * 3.5
            if used + needed > width and self._rows[-1]:
                self._rows.append([])
                used = 0.0
            self._rows[-1].append(index)
            used += needed
        self.height = len(self._rows) * style.pitch

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        size = self._style.size
        for number, row in enumerate(self._rows):
            total = sum(self._entries[index][1].width + size * 3.5 for index in row)
            left = x + (self._width - total) / 2
            top = y + number * self._style.pitch
            for index in row:
                pattern = PATTERNS[index % len(PATTERNS)]
                fill(pen, pattern, left, top + size * 0.3, size * 1.6, size * 0.8)
                line = self._entries[index][1]
                pen.line(line, left + size * 2, top + self._style.baseline, size)
                left += line.width + size * 3.5


def fill(pen: Pen, pattern: str, x: float, y: float, width: float, height: float) -> None:
    """Fill a box with a pattern and outline it."""
    if width <= 0 or height <= 0:
        return
    if pattern == "solid":
        pen.area(x, y, width, height, 0.25)
    elif pattern != "empty":
        pen.hatch(pattern, x, y, width, height)
    pen.frame(x, y, width, height, _LINE)
