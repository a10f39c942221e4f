"""Periods of disclosure: a month, a quarter, a year, as first and last day and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PeriodKind = Literal["month", "quarter", "year"]
_MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "year": 12}
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """A whole month, quarter or year."""

    kind: PeriodKind
    first: date

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> Period:
        """The next period of the same length."""
        return Period(self.kind, _plus_months(self.first, _MONTHS[self.kind]))

    @property
    def before(self) -> Period:
        """The period of the same length before."""
        return Period(self.kind, _plus_months(self.first, -_MONTHS[self.kind]))

    @property
    def year_start(self) -> date:
        return date(self.first.year, 1, 1)

    def show(self) -> str:
        """Write the period as papers do: 2026年3月, 2026年第一季度, 2026年度."""
        if self.kind == "year":
            return f"{self.first.year}年度"
        if self.kind == "quarter":
            return f"{self.first.year}年第{_QUARTERS[(self.first.month - 1) // 3]}季度"
        return f"{self.first.year}年{self.first.month}月"


def period_of(kind: PeriodKind, day: date) -> Period:
    """Give the period of a length in which a day lies."""
    length = _MONTHS[kind]
    month = (day.month - 1) // length * length + 1
    return Period(kind, date(day.year, month, 1))


def _plus_months(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
