"""Meetings: called, opened, closed, copied; their agenda is in services/meetings/agenda.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.bodies import Body
from village_app.db.records.meetings import AgendaItem, AttendanceMark, Meeting, Recusal
from village_app.domain.calendar import add_months
from village_app.errors import Refused
from village_app.services.checking import read_values
from village_app.services.meetings.agenda import Agenda, refuse_final
from village_app.services.meetings.bodies import Bodies
from village_app.services.rules import Rules
from village_app.services.session import permitted
from village_app.services.settings import Settings


@dataclass(frozen=True, slots=True)
class DueMeeting:
    """When a body must meet next: `state` is "later", "soon" or "late"."""

    body: Body
    due_on: Any
    days_left: int
    state: str


class Meetings(Agenda):
    """The life of a meeting up to the closing, and its agenda; minutes are in minutes.py."""

    @permitted("meetings.edit")
    def call(self, body: Body, typed: Mapping[str, Any]) -> Meeting:
        """Prepare a meeting; its roster are the members of that very day.

        Refuses a body without members on the day.
        """
        given = {"place": Settings(self.session).read().hall, "chair": body.chair, **typed}
        values = read_values(Meeting, {**given, "body_id": body.id, "state": "planned"})
        bodies = Bodies(self.session)
        members = bodies.members_on(body, values["day"])
        if not members:
            raise Refused(
                "no_members", f"{body.name}在 {values['day']} 没有成员。请先登记成员，再安排会议。"
            )
        values["rule_id"] = bodies.rule_on(body, values["day"]).id
        with self.session.change(f"安排会议 {values['name']}") as change:
            meeting: Meeting = change.insert(Meeting(**values))
            change.insert_rows(
                AttendanceMark,
                [
                    {
                        "name": one.name,
                        "meeting_id": meeting.id,
                        "membership_id": one.id,
                        "position": at,
                        "office": one.office,
                        "group_name": one.group_name,
                        "state": "absent",
                    }
                    for at, one in enumerate(members, 1)
                ],
            )
        return meeting

    @permitted("meetings.read")
    def get(self, meeting_id: int) -> Meeting:
        return self.store.get(Meeting, meeting_id)

    @permitted("meetings.read")
    def listed(self, *, words: str = "", body_id: int | None = None) -> list[Meeting]:
        """List meetings, the latest first."""
        query = self.store.select(Meeting)
        if words.strip():
            query = query.where(Meeting.name.contains(words.strip()))
        if body_id is not None:
            query = query.where(Meeting.body_id == body_id)
        return self.store.rows(query.order_by(Meeting.day.desc(), Meeting.id.desc()))

    @permitted("meetings.edit")
    def correct(self, meeting: Meeting, typed: Mapping[str, Any]) -> Meeting:
        """Change the meeting's own facts; refused once finalised."""
        refuse_final(self.session, meeting.id)
        values = read_values(Meeting, typed, partly=True)
        if "day" in values and values["day"] != meeting.day and meeting.state != "planned":
            raise Refused("day_stands", "会议已经开过，日期不能再改。")
        with self.session.change(f"修改会议 {meeting.name}") as change:
            changed: Meeting = change.update(meeting, **values)
        return changed

    @permitted("meetings.delete")
    def discard(self, meeting: Meeting) -> None:
        """Take a meeting back that was only prepared; refused once it was opened.

        Undo brings it again with its agenda and roster.
        """
        if meeting.state != "planned":
            raise Refused("opened_already", "会议已经开过，不能删除。")
        with self.session.change(f"删除会议 {meeting.name}") as change:
            items = [one.item for one in self.agenda(meeting)]
            for item in reversed(items):
                for recusal in self.store.rows(
                    self.store.select(Recusal).where(Recusal.item_id == item.id)
                ):
                    change.delete(recusal)
                change.delete(item)
            for mark in self.store.rows(
                self.store.select(AttendanceMark).where(AttendanceMark.meeting_id == meeting.id)
            ):
                change.delete(mark)
            change.delete(meeting)

    @permitted("meetings.vote")
    def open(self, meeting: Meeting) -> Meeting:
        """Begin the meeting; the rule that holds on its day is kept with it."""
        if meeting.state != "planned":
            raise Refused("opened_already", "会议已经开始或开过了。")
        bodies = Bodies(self.session)
        rule = bodies.rule_on(bodies.get(meeting.body_id), meeting.day)
        with self.session.change(f"开会 {meeting.name}") as change:
            opened: Meeting = change.update(
                meeting, state="running", opened_at=self.session.now(), rule_id=rule.id
            )
        return opened

    @permitted("meetings.vote")
    def close(self, meeting: Meeting) -> Meeting:
        """End the meeting; what was not come to is postponed and comes back next time."""
        if meeting.state != "running":
            raise Refused("not_running", "会议没有在开，不能散会。")
        with self.session.change(f"散会 {meeting.name}") as change:
            for one in self._items(meeting):
                if one.state == "open" and not self._children(one):
                    change.update(one, state="postponed")
            closed: Meeting = change.update(meeting, state="closed", closed_at=self.session.now())
        return closed

    @permitted("meetings.edit")
    def copy(self, meeting: Meeting, typed: Mapping[str, Any]) -> Meeting:
        """Copy a meeting: its agenda's skeleton with members of the new day, no old votes."""
        body = self.store.get(Body, meeting.body_id)
        kept = {
            "name": meeting.name,
            "place": meeting.place,
            "chair": meeting.chair,
            "recorder": meeting.recorder,
            "form": meeting.form,
            "starts": meeting.starts,
        }
        with self.session.change(f"照 {meeting.name} 安排会议") as change:
            new = self.call(body, {**kept, **typed})
            ids: dict[int, int] = {}
            for one in self.agenda(meeting):
                copied = _skeleton(change, one.item, new, ids)
                ids[one.item.id] = copied.id
        return new

    @permitted("meetings.read")
    def due(self) -> list[DueMeeting]:
        """Say of every body that meets regularly when its next meeting is due."""
        today = self.session.today()
        remind = Rules(self.session).on("meeting_reminder")["days"]
        found = []
        for body in Bodies(self.session).listed():
            held = [one for one in self.listed(body_id=body.id) if one.state != "planned"]
            if not body.interval_months or not held:
                continue
            due_on = add_months(held[0].day, body.interval_months)
            left = (due_on - today).days
            soon = today >= due_on - timedelta(days=remind)
            found.append(
                DueMeeting(body, due_on, left, "late" if left < 0 else "soon" if soon else "later")
            )
        return found


def _skeleton(
    change: Change, item: AgendaItem, meeting: Meeting, ids: Mapping[int, int]
) -> AgendaItem:
    copied: AgendaItem = change.insert(
        AgendaItem(
            name=item.name,
            meeting_id=meeting.id,
            parent_id=ids.get(item.parent_id) if item.parent_id else None,
            position=item.position,
            reporter=item.reporter,
            proposer=item.proposer,
            minutes=item.minutes,
            is_internal=item.is_internal,
            state="open",
        )
    )
    return copied
