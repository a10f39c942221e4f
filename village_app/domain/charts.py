"""A chart as a description: said once, drawn on the screen and printed on paper.

Bars only. A part is told apart by its pattern and its figure is written, so that a copy in black
and white loses nothing. Values are integer 分.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_app.domain.money import show_money

# A bar has that many parts at most: the screen has as many fills that can be told apart.
MOST_PARTS = 4
REST = "其他"


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: its key leads to the rows behind it; `values` belong to the chart's parts."""

    key: str
    label: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)

    @property
    def figure(self) -> str:
        """Write what stands at the bar's end, in 元."""
        return show_money(self.total)


@dataclass(frozen=True, slots=True)
class Chart:
    """A title with its unit, the names of the parts, the bars."""

    title: str
    names: tuple[str, ...]
    bars: tuple[ChartBar, ...]

    @property
    def total(self) -> int:
        return sum(bar.total for bar in self.bars)


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What came in and went out in a month (2026-03), in 分."""

    month: str
    income: int
    expense: int

    @property
    def label(self) -> str:
        return f"{int(self.month[5:])}月"


def income_and_expense(months: Sequence[MonthSum]) -> Chart:
    """Draw income and expense of each month as two bars beside each other."""
    bars = []
    for one in months:
        bars.append(ChartBar(f"income {one.month}", f"{one.label}收", (one.income, 0)))
        bars.append(ChartBar(f"expense {one.month}", f"{one.label}支", (0, one.expense)))
    return Chart("各月收入和支出（元）", ("收入", "支出"), tuple(bars))


def stacked_months(title: str, months: Mapping[str, Mapping[str, int]]) -> Chart:
    """Draw a bar a month whose parts are the largest accounts and what is left.

    `months` gives by month (2026-03) the sums of accounts by name.
    """
    totals: dict[str, int] = {}
    for sums in months.values():
        for name, amount in sums.items():
            totals[name] = totals.get(name, 0) + amount
    ranked = sorted((name for name in totals if totals[name]), key=lambda name: -totals[name])
    names = ranked[: MOST_PARTS - 1]
    rest = [name for name in ranked if name not in names]
    if len(rest) == 1:
        names, rest = ranked, []
    shown = (*names, *((REST,) if rest else ()))
    bars = tuple(
        ChartBar(
            month,
            f"{int(month[5:])}月",
            (
                *(sums.get(name, 0) for name in names),
                *((sum(sums.get(name, 0) for name in rest),) if rest else ()),
            ),
        )
        for month, sums in months.items()
    )
    return Chart(title, tuple(shown), bars)


def plain_bars(title: str, sums: Sequence[tuple[str, str, int]]) -> Chart:
    """Draw one bar each for (key, label, amount), the largest first; noughts are left out."""
    ranked = sorted((one for one in sums if one[2]), key=lambda one: -one[2])
    return Chart(title, ("金额",), tuple(ChartBar(key, label, (v,)) for key, label, v in ranked))
