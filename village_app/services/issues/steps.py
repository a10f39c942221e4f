"""How a move of a matter is made: its guard, the record, the step that tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from village_app.db.journal import Change, ChangeKind
from village_app.db.records.issues import Assignment, Issue, IssueStep
from village_app.domain.calendar import CHINA
from village_app.domain.issue_course import MOVES, blocked
from village_app.errors import Fault, InvalidInput
from village_app.services.issues.issues import Issues
from village_app.services.session import Service

# Move → the kind of step that tells of it.
STEP_OF = {
    "accept": "accepted",
    "refuse": "refused",
    "merge": "merged",
    "assign": "assigned",
    "return": "returned",
    "hold": "held",
    "report": "reported",
    "resume": "resumed",
    "pass_on": "passed_on",
    "finish": "finished",
    "answer": "answered",
    "archive": "archived",
    "reopen": "reopened",
    "void": "voided",
}


class IssueSteps(Service):
    """What all moves share; a move is made inside one change, with its step."""

    def _move(
        self, code: str, issue: Issue, facts: Mapping[str, Any], text: str, **values: Any
    ) -> Issue:
        with self._change(f"{MOVES[code].verb} {issue.number}") as change:
            return self._step(change, code, issue, facts, text, **values)

    def _step(
        self,
        change: Change,
        code: str,
        issue: Issue,
        facts: Mapping[str, Any],
        text: str,
        **values: Any,
    ) -> Issue:
        faults = blocked(code, issue.state, facts)
        if faults:
            raise InvalidInput(faults)
        self._set(change, issue, state=MOVES[code].reaches, **values)
        self._note(change, issue, STEP_OF[code], text)
        return issue

    def _note(
        self, change: Change, issue: Issue, kind: str, text: str, at: datetime | None = None
    ) -> IssueStep:
        return Issues(self.session).note(change, issue, kind, text, at=at)

    def _set(self, change: Change, issue: Issue, **values: Any) -> None:
        Issues(self.session).get(issue.id)
        change.update(issue, **values)

    def _change(self, label: str, kind: ChangeKind = "edit") -> AbstractContextManager[Change]:
        return self.session.change(label, kind=kind)

    def _current(self, issue: Issue) -> Assignment | None:
        found: Assignment | None = (
            self.store.select(Assignment)
            .where(
                Assignment.issue_id == issue.id,
                Assignment.role == "main",
                Assignment.until.is_null(),
            )
            .first()
        )
        return found

    def _end_assignments(self, change: Change, issue: Issue) -> None:
        query = self.store.select(Assignment).where(
            Assignment.issue_id == issue.id, Assignment.until.is_null()
        )
        for one in self.store.rows(query):
            change.update(one, until=self.session.now())

    @staticmethod
    def _refuse_blank(text: str) -> None:
        if not text.strip():
            raise InvalidInput([Fault("text", "required", "要写上内容。")])

    def _refuse_early(self, issue: Issue, at: datetime | None) -> None:
        if at is not None and not issue.at <= at <= self.session.now():
            sentence = "办理时间要在登记之后，也不能晚于现在。"
            raise InvalidInput([Fault("at", "order", sentence)])


def day_of(moment: datetime) -> date:
    """Give the day of a moment in the village."""
    return moment.astimezone(CHINA).date()
