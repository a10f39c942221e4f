"""Agenda lines and members out of a spreadsheet, by the one way of imports."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.journal import Change
from village_app.db.records.bodies import Body, Membership
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.domain.reporting import Report
from village_app.importing.plans.plan import Background, Plan
from village_app.importing.plans.recognition import KnownRecord
from village_app.importing.subjects.meeting_lists import agenda_target, members_target
from village_app.importing.tables.targets import Target
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.meetings.bodies import Bodies
from village_app.services.meetings.meetings import Meetings
from village_app.services.session import Session


class AgendaImports(SubjectImports):
    """The lines of an agenda onto one meeting; an item that stands there already stays as it is."""

    key: ClassVar[str] = "agenda"
    action: ClassVar[str] = "meetings.edit"
    counter: ClassVar[str] = "项"
    compared: ClassVar[tuple[str, ...]] = ("agenda_item",)
    rule_matters: ClassVar[bool] = False

    def __init__(self, session: Session, meeting: Meeting) -> None:
        super().__init__(session)
        self._meeting = meeting

    def _target(self) -> Target:
        return agenda_target()

    def _background(self) -> Background:
        query = self.store.select(AgendaItem).where(AgendaItem.meeting_id == self._meeting.id)
        return Background(
            known=[KnownRecord(one.id, one.name, one.values()) for one in self.store.rows(query)]
        )

    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        del change  # the meetings' own service joins the open change
        lines = [_typed(plan, row.values) for row in plan.rows if row.state == "new"]
        report(0, len(lines), "正在加议题")
        Meetings(self.session).add_items(self._meeting, lines)


class MemberImports(SubjectImports):
    """The members of one body; who is seated already is not seated again.

    A line without a day of its own is seated from today.
    """

    key: ClassVar[str] = "members"
    action: ClassVar[str] = "meetings.edit"
    counter: ClassVar[str] = "人"
    compared: ClassVar[tuple[str, ...]] = ("membership",)
    rule_matters: ClassVar[bool] = False

    def __init__(self, session: Session, body: Body) -> None:
        super().__init__(session)
        self._body = body

    def _target(self) -> Target:
        return members_target()

    def _background(self) -> Background:
        today = self.session.today()
        query = self.store.select(Membership).where(
            Membership.body_id == self._body.id,
            Membership.to_day.is_null() | (Membership.to_day >= today),
        )
        return Background(
            known=[KnownRecord(one.id, one.name, one.values()) for one in self.store.rows(query)]
        )

    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        del change  # the bodies' own service joins the open change
        first_day = self.session.today().isoformat()
        lines = [
            {"from_day": first_day, **_typed(plan, row.values)}
            for row in plan.rows
            if row.state == "new"
        ]
        report(0, len(lines), "正在登记成员")
        Bodies(self.session).seat_all(self._body, lines)


def _typed(plan: Plan, values: object) -> dict[str, str]:
    """Write read values as they would be typed, for services that check what is typed."""
    assert isinstance(values, dict)
    return {name: plan.target.field(name).kind.show(value) for name, value in values.items()}
