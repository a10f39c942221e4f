"""Figures of matters by category, group, source, handler and month; each opens its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from peewee import SQL

from village_app.db.records.issues import Issue
from village_app.domain.calendar import CHINA, add_months
from village_app.errors import Fault, InvalidInput
from village_app.papers.builders.issues import Totals
from village_app.services.issues.rights import visible
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
        shares = self.shares(first, last)
        in_time, due = shares["按期办结率"]
        content, visited = shares["满意率"]
        closed, taken = shares["办结率"]
        return Totals(taken, closed, in_time, due, content, visited)

    @permitted("issues.read")
    def shares(self, first: date, last: date) -> dict[str, tuple[int, int]]:
        """Give each rate as its two numbers: 满意率 with and without 基本满意.

        按期办结率 is of those that had to be closed: the closed ones, and the open ones whose
        first limit is over.
        """
        now = _written(self.session.now())
        row = self.store.sql(_SHARES_SQL, (*_moments(first, last), now))[0]
        numbers = [int(value or 0) for value in row]
        return {name: (numbers[2 * at], numbers[2 * at + 1]) for at, name in enumerate(SHARES)}

    @permitted("issues.read")
    def share_ids(self, first: date, last: date, name: str) -> list[int]:
        """Give exactly the matters that make the first number of a rate."""
        found = self.store.sql(_SHARE_IDS_SQL[name], _moments(first, last))
        return [one for (one,) in found]

    @permitted("issues.read")
    def hidden(self, ids: Sequence[int]) -> int:
        """Count those of some matters that this user may not see: in figures, in no list."""
        seen = self.store.select(Issue).where(Issue.id.in_(list(ids)), visible(self.session))
        return len(ids) - int(seen.count())

    @permitted("issues.read")
    def average_work_days(self, first: date, last: date) -> tuple[int, int]:
        """Give the working days of all closed matters together, and how many these are."""
        start, end = _moments(first, last)
        query = self.store.select(Issue, Issue.id, Issue.at, Issue.closed_at).where(
            Issue.closed_at.is_null(False), SQL("t1.at >= ?", (start,)), SQL("t1.at < ?", (end,))
        )
        days = self.work_days(self.store.rows(query))
        return sum(days.values()), len(days)

    @permitted("issues.read")
    def years(self) -> list[int]:
        """List the years in which matters were registered, the latest first."""
        found = self.store.sql("SELECT min(at), max(at) FROM issue")
        this_year = self.session.today().year
        if not found or found[0][0] is None:
            return [this_year]
        oldest = datetime.fromisoformat(found[0][0]).astimezone(CHINA).year
        return list(range(this_year, min(oldest, this_year) - 1, -1))

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
_WHERE = "WHERE i.at >= ? AND i.at < ? AND i.state <> 'void'"
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
_CLOSED = "closed_at IS NOT NULL"
_VISITED = "(satisfaction IS NOT NULL AND satisfaction <> 'unreached')"
# Rate → what is counted, and of what.
SHARES: dict[str, tuple[str, str]] = {
    "按期办结率": ("closed_at <= first_due", f"({_CLOSED} OR first_due < ?3)"),
    "办结率": (_CLOSED, "1"),
    "满意率": ("satisfaction IN ('very', 'satisfied', 'fairly')", _VISITED),
    "满意率（不含基本满意）": ("satisfaction IN ('very', 'satisfied')", _VISITED),
    "重复诉求率": ("merged_into IS NOT NULL", "1"),
}
_OF_PERIOD = "FROM issue WHERE at >= ?1 AND at < ?2 AND state <> 'void'"
_SHARES_SQL = (
    f"SELECT {', '.join(f'sum({part}), sum({base})' for part, base in SHARES.values())} "
    f"{_OF_PERIOD}"
)
_SHARE_IDS_SQL = {
    name: f"SELECT id {_OF_PERIOD} AND {part} ORDER BY id" for name, (part, _base) in SHARES.items()
}


def _word(side: str, name: Any) -> str:
    if name is None:
        return "未填"
    return str(Issue.declaration("source").kind.show(name)) if side == "source" else str(name)


def _moments(first: date, last: date) -> tuple[str, str]:
    kind = Issue.declaration("at").kind
    start = datetime.combine(first, time(), CHINA)
    end = datetime.combine(last + timedelta(days=1), time(), CHINA)
    return str(kind.to_database(start)), str(kind.to_database(end))


def _written(moment: datetime) -> str:
    return str(Issue.declaration("at").kind.to_database(moment))


def _year_marks(year: int) -> tuple[str, str]:
    return _moments(date(year, 1, 1), date(year, 12, 31))


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
