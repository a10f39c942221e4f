"""Lists of matters as a user may see them: filtered, with lights, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from peewee import SQL, fn

from village_app.db.records.issues import Issue
from village_app.db.records.residents import Place
from village_app.domain.calendar import CHINA
from village_app.domain.issue_course import (
    DONE_STATES,
    OPEN_STATES,
    RESTING_STATES,
    STATE_LABELS,
    light_of,
)
from village_app.domain.kinds import TEXT
from village_app.domain.listing import ListColumn, column_of
from village_app.services.issues.rights import matches, sees_all, visible
from village_app.services.listing import QueryList
from village_app.services.long_list import LongList
from village_app.services.rules import Rules
from village_app.services.session import Service, Session, permitted

# Written without bound values: only so does the index of the open matters answer it.
_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
OPEN_DUE = SQL(f"CASE WHEN t1.state IN ({_OPEN}) THEN t1.due END")
_BLANK = SQL("''")
FILTERS = ("open", "over", "today", "registered", "working", "visiting", "held", "done", "all")
_RUNNING = tuple(state for state in OPEN_STATES if state not in RESTING_STATES)
_STATES_OF: dict[str, tuple[str, ...]] = {
    "registered": ("registered",),
    "working": ("accepted", "working", "answering"),
    "visiting": ("visiting",),
    "held": RESTING_STATES,
    "done": DONE_STATES,
}
_FILTERS_OF = {
    state: tuple(
        name for name, states in {"open": OPEN_STATES, **_STATES_OF}.items() if state in states
    )
    for state in STATE_LABELS
}


# The state's own words stand in these; who asks is bound.
_OPEN_SQL = (
    "SELECT count(*) FROM issue INDEXED BY issue_open_count "  # noqa: S608 - own words
    f"WHERE CASE WHEN state IN ({_OPEN}) THEN due END > ''"
)
_HIDDEN_SQL = (
    "SELECT count(*) FROM issue INDEXED BY issue_hidden "  # noqa: S608 - own words
    f"WHERE state IN ({_OPEN}) AND due > '' AND is_confidential = 1 "
    "AND ifnull(handler, '') <> ? AND ifnull(registered_by, '') <> ?"
)


class IssueList(Service):
    """The lists of the page; hidden matters are not in them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._counted: tuple[Any, int] = (None, 0)

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
        plain = only == "open" and not (words.strip() or category or handler)
        plain = plain and group_id is None and ids is None
        return LongList(
            self.store,
            query,
            Issue.id,
            COLUMNS,
            _EXPRESSIONS,
            orders={"light": OPEN_DUE if only == "open" else Issue.due, "group": Place.position},
            shape=self._shape(),
            sort=("number", True) if only in ("done", "all") else ("light", False),
            counted=self._count_open if plain else None,
        )

    def _count_open(self) -> int:
        """Count the open matters; the number stands until anything at all is written."""
        mark = (self.store.mark(), self.session.user)
        if self._counted[0] != mark:
            self._counted = (mark, self._counted_anew())
        return self._counted[1]

    def _counted_anew(self) -> int:
        """Count all by the narrow index, less the few that are hidden."""
        total = self.store.scalar(_OPEN_SQL)
        if sees_all(self.session):
            return int(total)
        me = self.session.user.full_name
        return int(total) - int(self.store.scalar(_HIDDEN_SQL, (me, me)))

    @permitted("issues.read")
    def counts(self) -> dict[str, int]:
        """Count the matters of each filter as this user sees them, in one query."""
        now, end = self.session.now(), self._end_of_today()
        query = (
            self.store.select(
                Issue,
                Issue.state,
                fn.COUNT(SQL("1")),
                fn.SUM(Issue.due < now),
                fn.SUM((Issue.due >= now) & (Issue.due < end)),
            )
            .where(visible(self.session))
            .group_by(Issue.state)
        )
        counts = dict.fromkeys(FILTERS, 0)
        for state, number, late, today in self.store.rows(query.tuples()):
            for only in ("all", *_FILTERS_OF.get(state, ())):
                counts[only] += number
            if state in _RUNNING:
                counts["over"] += late or 0
                counts["today"] += today or 0
        return counts

    def _end_of_today(self) -> datetime:
        tomorrow = self.session.today() + timedelta(days=1)
        return datetime.combine(tomorrow, datetime.min.time(), CHINA).astimezone(UTC)

    def _condition(self, only: str) -> Any:
        now, end = self.session.now(), self._end_of_today()
        running = Issue.state.in_(_RUNNING)
        conditions = {
            # A range, so that the index is searched and not walked.
            "open": OPEN_DUE > _BLANK,
            "over": running & (Issue.due < now),
            "today": running & (Issue.due >= now) & (Issue.due < end),
            **{name: Issue.state.in_(states) for name, states in _STATES_OF.items()},
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
