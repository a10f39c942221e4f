"""Matters from other lists in: what a line may say, what the log holds, how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from village_app.db.journal import Change
from village_app.db.records.issues import Issue
from village_app.domain.kinds import Choice
from village_app.domain.reporting import Report
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import Background, Plan
from village_app.importing.plans.recognition import KnownRecord
from village_app.importing.plans.rows import PlanRow
from village_app.importing.subjects.issues import STATE, issue_target
from village_app.importing.tables.targets import Target
from village_app.services.imports.asked import Asked
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.issues.issues import Issues
from village_app.services.rules import Rules
from village_app.services.session import Session, permitted

TARGET = "issues"
REPORTED_EVERY = 50
_COMPARED = (
    *("source_number", "heading", "content", "at", "category"),
    *("reporter", "phone", "address", "place", "result"),
)


class IssueImports(SubjectImports):
    """The way of a list into the log: 12345 转办表, exports of a WeChat group or of the town."""

    key: ClassVar[str] = TARGET
    action: ClassVar[str] = "issues.import"
    counter: ClassVar[str] = "件"
    compared: ClassVar[tuple[str, ...]] = ("issue",)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._source = "hotline"

    @permitted("issues.import")
    def asked(self) -> Asked | None:
        """Ask by which way the matters of the list reached the village."""
        kind = Issue.declaration("source").kind
        assert isinstance(kind, Choice)
        options = tuple((one.code, one.label) for one in kind.options)
        return Asked("这些诉求的来源", options, self._source)

    @permitted("issues.import")
    def answer(self, answer: str) -> None:
        """Take the way that was chosen."""
        self._source = answer

    def _target(self) -> Target:
        return issue_target()

    def _usual_decisions(self, plan: Plan) -> Decisions:
        return plan.decisions.with_rule("overwrite")

    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        rows = [row for row in plan.rows if row.state in ("new", "update")]
        for done, row in enumerate(rows):
            if done % REPORTED_EVERY == 0:
                report(done, len(rows), "正在写入诉求")
            self._write_row(change, row)

    def _write_row(self, change: Change, row: PlanRow) -> None:
        if row.state == "update" and row.known is not None:
            issue = self.store.get(Issue, row.known.id)
            applied = {name: new for name, new in row.applied.items() if name in _COMPARED}
            change.update(issue, **applied)
            Issues(self.session).note(change, issue, "worked", "按来源单更新")
            return
        values, state = self._values(row.values)
        issue = Issues(self.session).enter(change, values)
        if state != "registered":
            self._bring_to(change, issue, state, row.values)

    def _values(self, said: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """Give the fields of a new matter; a long title goes into the content too."""
        longest = Rules(self.session).on("issue_course")["longest_heading"]
        whole = str(said["heading"])
        content = said.get("content") or (whole if len(whole) > longest else None)
        names = ("source_number", "reporter", "phone", "address", "place")
        values = {name: said.get(name) for name in names}
        category = Issues(self.session).category(said.get("category"))
        values |= {
            "heading": whole[:longest],
            "content": content,
            "at": said.get("at") or self.session.now(),
            "category": category.name if category else None,
            "state": "registered",
            "source": self._source,
            "reporter_kind": "outsider" if said.get("reporter") else "anonymous",
        }
        return values, str(said.get(STATE) or "registered")

    def _bring_to(self, change: Change, issue: Issue, state: str, said: Mapping[str, Any]) -> None:
        """Stand an imported matter where the other list says it stands."""
        closed: datetime | None = self.session.now() if state in ("closed", "archived") else None
        change.update(issue, state=state, result=said.get("result"), closed_at=closed)
        word = Issue.declaration("state").kind.show(state)
        Issues(self.session).note(change, issue, "worked", f"来源单上的状态：{word}")

    def _background(self) -> Background:
        query = self.store.select(Issue).where(Issue.state != "merged")
        return Background(
            known=[
                KnownRecord(
                    one.id,
                    one.heading,
                    {STATE: one.state, **{name: getattr(one, name) for name in _COMPARED}},
                )
                for one in self.store.rows(query)
            ],
        )
