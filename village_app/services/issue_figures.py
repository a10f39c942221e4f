"""Figures of matters by category, group, source, handler and month; each opens its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from village_app.db.records.issues import Issue
from village_app.domain.calendar import CHINA, add_months
from village_app.errors import Fault, InvalidInput
from village_app.papers.builders.issues import Totals
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

# What can stand at the side of the table: the column and its label.
SIDES: dict[str, str] = {
    "category": "类别",
    "source": "来源",
    "handler": "经办",
    "group": "村组",
}
MONTHS = 12


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Rows by side, twelve months and a total; `rows` maps a side's word to its twelve counts."""

    side: str
    year: int
    rows: dict[str, tuple[int, ...]]

    @property
    def total(self) -> int:
        return sum(map(sum, self.rows.values()))


class IssueFigures(Service):
    """Counts matters; confidential ones are in every total and in no list."""

    @permitted("issues.read")
    def table(self, year: int, side: str = "category") -> FigureTable:
        """Count a year's matters by side and month of registering."""
        if side not in SIDES:
            raise InvalidInput([Fault("side", "unknown", f"可以按{'、'.join(SIDES.values())}分。")])
        rows: dict[str, list[int]] = {}
        # Month by month, so that the index on the moment of registering answers alone.
        for month in range(1, MONTHS + 1):
            first = date(year, month, 1)
            marks = _moments(first, add_months(first, 1) - timedelta(days=1))
            for name, count in self.store.sql(_COUNT_SQL[side], marks):
                rows.setdefault(_word(side, name), [0] * MONTHS)[month - 1] += count
        counted = {name: tuple(counts) for name, counts in sorted(rows.items())}
        return FigureTable(side, year, counted)

    @permitted("issues.read")
    def ids(self, year: int, side: str, word: str, month: int | None = None) -> list[int]:
        """Give exactly the matters behind a figure of the table (a month, or the whole year)."""
        found = self.store.sql(_IDS_SQL[side], _year_marks(year))
        return [
            issue_id
            for name, at_month, issue_id in found
            if _word(side, name) == word and month in (None, int(at_month))
        ]

    @permitted("issues.read")
    def totals(self, first: date, last: date) -> Totals:
        """Count what was taken up, closed, closed in time and how content people were."""
        start, end = _moments(first, last)
        row = self.store.sql(_TOTALS_SQL, (start, end))[0]
        return Totals(*(int(value or 0) for value in row))

    @permitted("issues.read")
    def shares(self, first: date, last: date) -> dict[str, tuple[int, int]]:
        """Give each rate as its two numbers; 满意率 with and without 基本满意."""
        totals = self.totals(first, last)
        start, end = _moments(first, last)
        fully = self.store.sql(
            "SELECT count(*) FROM issue WHERE at >= ? AND at < ? "
            "AND satisfaction IN ('very', 'satisfied')",
            (start, end),
        )[0][0]
        return {
            "按期办结率": (totals.closed_in_time, totals.closed),
            "办结率": (totals.closed, totals.taken),
            "满意率": (totals.content, totals.visited),
            "满意率（不含基本满意）": (int(fully), totals.visited),
        }

    @permitted("issues.read")
    def work_days(self, issues: Sequence[Issue]) -> dict[int, int]:
        """Give by id how many working days each closed matter took."""
        calendar = Rules(self.session).calendar()
        return {
            one.id: calendar.work_days_between(_day(one.at), _day(one.closed_at))
            for one in issues
            if one.closed_at is not None
        }


_MONTH = "CAST(strftime('%m', i.at, '+8 hours') AS INTEGER)"
_WHERE = "WHERE i.at >= ? AND i.at < ?"
_SIDE_SQL = {
    "category": ("i.category", ""),
    "source": ("i.source", ""),
    "handler": ("i.handler", ""),
    "group": ("p.name", " LEFT JOIN place p ON p.id = i.group_id"),
}
# Only the words of the table above stand in these; what is asked for is bound.
_COUNT_SQL = {
    side: f"SELECT {field}, count(*) FROM issue i{join} {_WHERE} GROUP BY 1"  # noqa: S608 - own words
    for side, (field, join) in _SIDE_SQL.items()
}
_IDS_SQL = {
    side: f"SELECT {field}, {_MONTH}, i.id FROM issue i{join} {_WHERE} ORDER BY i.id"  # noqa: S608 - own words
    for side, (field, join) in _SIDE_SQL.items()
}
_TOTALS_SQL = (
    "SELECT count(*), sum(closed_at IS NOT NULL), sum(closed_at <= first_due), "
    "sum(satisfaction IN ('very', 'satisfied', 'fairly')), "
    "sum(satisfaction IS NOT NULL AND satisfaction <> 'unreached') "
    "FROM issue WHERE at >= ? AND at < ?"
)


def _word(side: str, name: Any) -> str:
    if name is None:
        return "未填"
    return str(Issue.declaration("source").kind.show(name)) if side == "source" else str(name)


def _moments(first: date, last: date) -> tuple[str, str]:
    kind = Issue.declaration("at").kind
    start = datetime.combine(first, time(), CHINA)
    end = datetime.combine(last + timedelta(days=1), time(), CHINA)
    return str(kind.to_database(start)), str(kind.to_database(end))


def _year_marks(year: int) -> tuple[str, str]:
    return _moments(date(year, 1, 1), date(year, 12, 31))


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
