"""Lists of matters as a user may see them: filtered, with lights, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from village_app.db.records.issues import Issue
from village_app.db.records.residents import Place
from village_app.domain.calendar import CHINA
from village_app.domain.issue_course import DONE_STATES, OPEN_STATES, RESTING_STATES, light_of
from village_app.domain.kinds import TEXT
from village_app.domain.listing import ListColumn, column_of
from village_app.services.issue_rights import matches, visible
from village_app.services.listing import QueryList
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

FILTERS = ("open", "over", "today", "registered", "working", "visiting", "held", "done", "all")


class IssueList(Service):
    """The lists of the page; hidden matters are not in them."""

    @permitted("issues.read")
    def listed(
        self,
        *,
        only: str = "open",
        words: str = "",
        group_id: int | None = None,
        category: str = "",
        handler: str = "",
        ids: Sequence[int] | None = None,
    ) -> QueryList:
        """Give the list for a page: by urgency, filtered; hidden matters are not in it."""
        query = (
            self.store.select(Issue)
            .join(Place, "LEFT JOIN", on=(Issue.group_id == Place.id))
            .where(visible(self.session))
        )
        condition = self._condition(only)
        if condition is not None:
            query = query.where(condition)
        if words.strip():
            query = query.where(matches(words.strip()))
        for field, value in ((Issue.group_id, group_id), (Issue.category, category or None)):
            if value is not None:
                query = query.where(field == value)
        if handler:
            query = query.where(Issue.handler == handler)
        if ids is not None:
            query = query.where(Issue.id.in_(list(ids)))
        return QueryList(
            self.store,
            query,
            Issue.id,
            COLUMNS,
            _EXPRESSIONS,
            orders={"light": Issue.due, "group": Place.position},
            shape=self._shape(),
            sort=("number", True) if only in ("done", "all") else ("light", False),
        )

    @permitted("issues.read")
    def counts(self) -> dict[str, int]:
        """Count the matters of each filter as this user sees them."""
        counts = {}
        for only in FILTERS:
            query = self.store.select(Issue).where(visible(self.session))
            condition = self._condition(only)
            counts[only] = int((query if condition is None else query.where(condition)).count())
        return counts

    def _condition(self, only: str) -> Any:
        now = self.session.now()
        end = datetime.combine(self.session.today() + timedelta(days=1), datetime.min.time(), CHINA)
        running = Issue.state.in_([one for one in OPEN_STATES if one not in RESTING_STATES])
        conditions = {
            "open": Issue.state.in_(OPEN_STATES),
            "over": running & (Issue.due < now),
            "today": running & (Issue.due >= now) & (Issue.due < end.astimezone(UTC)),
            "registered": Issue.state == "registered",
            "working": Issue.state.in_(("accepted", "working", "answering")),
            "visiting": Issue.state == "visiting",
            "held": Issue.state.in_(RESTING_STATES),
            "done": Issue.state.in_(DONE_STATES),
        }
        return conditions.get(only)

    def _shape(self) -> Any:
        rules = Rules(self.session)
        calendar, soon = rules.calendar(), rules.on("issue_limits")["remind_work_days"]
        now = self.session.now()

        def shape(values: Mapping[str, Any]) -> dict[str, Any]:
            light = light_of(values["state"], values["due"], now, calendar, soon)
            hidden = values["reporter_kind"] == "anonymous"
            reporter = "匿名" if hidden else values["reporter"] or ""
            return {**values, "light": light, "reporter": reporter}

        return shape


COLUMNS = (
    ListColumn("light", "期限", TEXT, width=12),
    column_of(Issue.declaration("number"), width=20),
    column_of(Issue.declaration("heading"), width=32),
    ListColumn("group", "村组", TEXT, width=10),
    column_of(Issue.declaration("handler"), width=10),
    column_of(Issue.declaration("category"), width=14),
    column_of(Issue.declaration("at"), width=17),
)
_EXPRESSIONS = {
    "state": Issue.state,
    "due": Issue.due,
    "number": Issue.number,
    "heading": Issue.heading,
    "category": Issue.category,
    "subcategory": Issue.subcategory,
    "source": Issue.source,
    "reporter_kind": Issue.reporter_kind,
    "reporter": Issue.reporter,
    "group": Place.name,
    "handler": Issue.handler,
    "at": Issue.at,
    "hold_until": Issue.hold_until,
}
