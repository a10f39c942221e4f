"""A bar chart as lines of text, for the writers that keep a paper workable: marks carry parts.

The marks are in every Chinese font and differ in black and white.
"""

from __future__ import annotations

from village_app.domain.kinds import Kind
from village_app.papers.blocks import Bar, BarChart

MARKS = "■□▲△●○◆◇"
_WIDEST_BAR = 24


def chart_lines(chart: BarChart, widest: int = _WIDEST_BAR) -> tuple[str, ...]:
    """Write one line a bar, its length in marks in proportion to the longest bar of the chart.

    A bar of several parts names each part's figure behind it; every figure of the chart appears.
    """
    longest = max((_length(bar) for bar in chart.bars), default=0)
    label_width = max((len(bar.label) for bar in chart.bars), default=0)
    return tuple(
        "　".join(
            (bar.label.ljust(label_width, "　"), _marks(bar, longest, widest), _words(bar, chart))
        )
        for bar in chart.bars
    )


def value_text(kind: Kind | None, value: int) -> str:
    """Write one figure of a chart: by the chart's kind, else as a plain number."""
    return kind.show(value) if kind is not None else f"{value:,}"


def _length(bar: Bar) -> int:
    return sum(max(0, value) for _, value in bar.parts)


def _marks(bar: Bar, longest: int, widest: int) -> str:
    """Give a bar's marks; a part that is there has at least one."""
    if not longest:
        return ""
    return "".join(
        MARKS[number % len(MARKS)] * max(1, round(value * widest / longest))
        for number, (_, value) in enumerate(bar.parts)
        if value > 0
    )


def _words(bar: Bar, chart: BarChart) -> str:
    parts = [f"{name}{value_text(chart.kind, value)}" for name, value in bar.parts]
    if len(bar.parts) == 1 and bar.figure:
        return bar.figure
    listed = "、".join(parts)
    return f"{bar.figure}（{listed}）" if bar.figure else listed
