"""A described chart as a block of a paper: lying bars, each figure written in full."""

from __future__ import annotations

from village_app.domain.charts import Chart
from village_app.domain.kinds import MONEY
from village_app.papers.blocks import Bar, BarChart


def chart_block(chart: Chart) -> BarChart:
    """Set a described chart on paper; parts that are nought are left out of their bar."""
    bars = tuple(
        Bar(
            bar.label,
            tuple(
                (name, value)
                for name, value in zip(chart.names, bar.values, strict=True)
                if value or bar.total == 0
            ),
            bar.figure,
        )
        for bar in chart.bars
    )
    return BarChart(chart.title, bars, kind=MONEY)
