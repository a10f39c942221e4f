"""What the first page says in the morning: five figures, the last twelve months, first steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from village_app.db.records.bodies import Body
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Project
from village_app.domain.calendar import add_months
from village_app.domain.money import show_money
from village_app.domain.permissions import may
from village_app.services.house.today import MEETING_DAYS, Today
from village_app.services.house.today_items import TodayItem
from village_app.services.projects.projects import Projects
from village_app.services.session import Service, permitted

MONTHS = 12
# Named categories of the chart; all others are the last part.
NAMED = 3


@dataclass(frozen=True, slots=True)
class HomeFigure:
    """One figure: what it counts, the number as written, its note, the page that it opens.

    The page "home" means the list beside it, of this light only.
    """

    key: str
    label: str
    number: str
    unit: str
    note: str
    page: str
    light: Literal["over", "today"] | None = None


@dataclass(frozen=True, slots=True)
class Months:
    """Matters of the last twelve months: names of the parts, and for each month its counts."""

    names: tuple[str, ...]
    months: tuple[tuple[str, tuple[int, ...]], ...]


class Home(Service):
    """Gathers the figures; each opens the very records that it counts."""

    @permitted("settings.read")
    def figures(self, found: Sequence[TodayItem] | None = None) -> list[HomeFigure]:
        """Give the figures that this user may see, in their fixed order.

        `found` are the day's things to do where they were asked for already.
        """
        found = Today(self.session).items() if found is None else found
        items = [item for item in found if not item.backlog]
        over = [item for item in items if item.light.kind == "over"]
        today = [item for item in items if item.light.kind == "today"]
        figures = [
            HomeFigure(
                "over",
                "已超期",
                str(len(over)),
                "件",
                f"最久{over[0].light.word}" if over else "没有超期的",
                "home",
                "over" if over else None,
            ),
            HomeFigure(
                "today",
                "今天到期",
                str(len(today)),
                "件",
                today[0].title if today else "今天没有到期的",
                "home",
                "today" if today else None,
            ),
        ]
        if may(self.session.user.role, "notices.read"):
            figures.append(self._to_publish())
        if may(self.session.user.role, "meetings.read"):
            figures.append(self._meetings())
        if may(self.session.user.role, "projects.read"):
            figures.append(self._balance())
        return figures

    @permitted("settings.read")
    def months(self) -> Months:
        """Count the matters of the last twelve months by their most frequent categories."""
        first = add_months(self.session.today().replace(day=1), 1 - MONTHS)
        counts: dict[tuple[str, str], int] = {}
        totals: dict[str, int] = {}
        for month, name, count in self._counts(first):
            counts[month, name] = count
            totals[name] = totals.get(name, 0) + count
        named = sorted(totals, key=lambda name: -totals[name])[:NAMED]
        rest = [name for name in totals if name not in named]
        months = tuple(
            (
                month,
                (
                    *(counts.get((month, name), 0) for name in named),
                    sum(counts.get((month, name), 0) for name in rest),
                ),
            )
            for month in _month_keys(first)
        )
        return Months((*named, "其他"), months)

    def _to_publish(self) -> HomeFigure:
        query = self.store.select(Notice).where(
            Notice.state.in_(("draft", "checking", "returned", "approved"))
        )
        waiting = self.store.rows(query.order_by(Notice.id))
        ready = sum(one.state == "approved" for one in waiting)
        note = f"{ready} 项已签发，可以张贴" if ready else "都还没签发"
        note = note if waiting else "没有等着公示的"
        return HomeFigure("publish", "等着公示", str(len(waiting)), "项", note, "notices")

    def _meetings(self) -> HomeFigure:
        today = self.session.today()
        last = today + timedelta(days=MEETING_DAYS)
        query = self.store.select(Meeting).where(
            Meeting.state.in_(("planned", "running")), Meeting.day.between(today, last)
        )
        near = self.store.rows(query.order_by(Meeting.day, Meeting.starts))
        note = "七天内没有会议"
        if near:
            first = near[0]
            when = "今天" if first.day == today else f"{first.day:%m-%d}"
            body = self.store.find(Body, first.body_id)
            name = body.name if body is not None else first.name
            note = " ".join(part for part in (when, first.starts, name) if part)
        return HomeFigure("meetings", "七天内会议", str(len(near)), "场", note, "meetings")

    def _balance(self) -> HomeFigure:
        projects = Projects(self.session)
        running = self.store.rows(self.store.select(Project).where(Project.state == "running"))
        left = sum(projects.file(one).money_paid.left_of_budget for one in running)
        note = f"{len(running)} 个在建，预算减已付和应付"
        return HomeFigure("balance", "在建项目结余", show_money(left), "元", note, "projects")

    def _counts(self, first: date) -> Sequence[tuple[str, str, int]]:
        return self.store.sql(
            "SELECT substr(datetime(at, '+8 hours'), 1, 7), coalesce(category, '其他'), "
            "count(*) FROM issue WHERE datetime(at, '+8 hours') >= ? GROUP BY 1, 2",
            (first.isoformat(),),
        )


def _month_keys(first: date) -> list[str]:
    return [add_months(first, number).isoformat()[:7] for number in range(MONTHS)]
