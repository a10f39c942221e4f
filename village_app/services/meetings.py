"""Meetings and their agenda: called, ordered, opened, closed, copied; locked once finalised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from village_app.db.fields import Record, table_of
from village_app.db.journal import Change
from village_app.db.records.bodies import Body
from village_app.db.records.meetings import AgendaItem, AttendanceMark, Meeting
from village_app.domain.calendar import add_months
from village_app.domain.numerals import to_chinese
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.bodies import Bodies
from village_app.services.checking import read_values
from village_app.services.links import Links
from village_app.services.rules import Rules
from village_app.services.session import Service, Session, permitted
from village_app.services.settings import Settings

UNFINISHED = ("open", "postponed", "below_quorum")


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """An item with the number that its place gives: 一, 二, 2.1 and how deep it lies."""

    item: AgendaItem
    number: str
    depth: int


@dataclass(frozen=True, slots=True)
class DueMeeting:
    """When a body must meet next: `state` is "later", "soon" or "late"."""

    body: Body
    due_on: Any
    days_left: int
    state: str


class Meetings(Service):
    """The life of a meeting up to the closing; minutes are in services/minutes.py."""

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

    # Agenda

    @permitted("meetings.edit")
    def add_item(
        self,
        meeting: Meeting,
        typed: Mapping[str, Any],
        *,
        under: AgendaItem | None = None,
        source: Record | None = None,
        follows: AgendaItem | None = None,
    ) -> AgendaItem:
        """Put an item at the end of the agenda or under another item."""
        refuse_final(self.session, meeting.id)
        if under is not None and under.meeting_id != meeting.id:
            raise Refused("other_meeting", "上级议题不是这次会议的。")
        values = read_values(AgendaItem, {**typed, "meeting_id": meeting.id, "state": "open"})
        siblings = [
            one for one in self._items(meeting) if one.parent_id == (under.id if under else None)
        ]
        values |= {
            "parent_id": under.id if under else None,
            "position": len(siblings) + 1,
            "state": "open",
            "source_table": table_of(type(source)) if source is not None else None,
            "source_id": source.id if source is not None else None,
            "follows_id": follows.id if follows is not None else None,
        }
        with self.session.change(f"加议题 {values['name']}") as change:
            item: AgendaItem = change.insert(AgendaItem(**values))
            if source is not None:
                Links(self.session).link(change, source, item, "议题")
        return item

    @permitted("meetings.edit")
    def add_items(self, meeting: Meeting, lines: Sequence[Mapping[str, Any]]) -> list[AgendaItem]:
        """Add many items in one change (an imported agenda); all faults at once."""
        refuse_final(self.session, meeting.id)
        faults: list[Fault] = []
        for at, typed in enumerate(lines, 1):
            try:
                read_values(AgendaItem, {**typed, "meeting_id": meeting.id, "state": "open"})
            except InvalidInput as error:
                faults += [
                    Fault(one.field, one.code, f"第 {at} 行：{one.message}") for one in error.faults
                ]
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"导入议题 {len(lines)} 项", kind="import"):
            return [self.add_item(meeting, typed) for typed in lines]

    @permitted("meetings.edit")
    def correct_item(self, item: AgendaItem, typed: Mapping[str, Any]) -> AgendaItem:
        """Change an item's words; its vote, once taken, stands."""
        refuse_final(self.session, item.meeting_id)
        values = read_values(AgendaItem, typed, partly=True)
        if "decision" in values and item.state in {"carried", "not_carried"}:
            raise Refused("voted", "这个议题已经表决，决议内容不能再改。")
        with self.session.change(f"修改议题 {item.name}") as change:
            changed: AgendaItem = change.update(item, **values)
        return changed

    @permitted("meetings.edit")
    def move_item(self, item: AgendaItem, under: AgendaItem | None, place: int) -> AgendaItem:
        """Move an item to a place (from 1) under another or to the top; refuses a loop."""
        refuse_final(self.session, item.meeting_id)
        above = under
        while above is not None:
            if above.id == item.id:
                raise Refused("agenda_loop", "不能把议题放到它自己下面。")
            above = self.store.get(AgendaItem, above.parent_id) if above.parent_id else None
        meeting = self.get(item.meeting_id)
        target = under.id if under is not None else None
        row = [one for one in self._items(meeting) if one.parent_id == target and one.id != item.id]
        row.insert(max(0, min(place - 1, len(row))), item)
        with self.session.change(f"移动议题 {item.name}") as change:
            change.update(item, parent_id=target)
            for at, one in enumerate(row, 1):
                change.update(one, position=at)
        return item

    @permitted("meetings.edit")
    def remove_item(self, item: AgendaItem) -> None:
        """Take an item off the agenda; refused when it has sub-items or a vote."""
        refuse_final(self.session, item.meeting_id)
        with self.session.change(f"去掉议题 {item.name}") as change:
            change.delete(item)

    @permitted("meetings.vote")
    def mark_item(self, item: AgendaItem, state: str) -> AgendaItem:
        """Mark an item as reviewed without a vote, postponed, or open again."""
        refuse_final(self.session, item.meeting_id)
        if item.state in {"carried", "not_carried", "below_quorum"}:
            raise Refused("voted", "这个议题已经表决，结果在表决里。")
        if state not in {"open", "reviewed", "postponed"}:
            raise Refused("vote_needed", "通过和未通过要由表决得出。")
        with self.session.change(f"议题 {item.name}") as change:
            marked: AgendaItem = change.update(item, state=state)
        return marked

    @permitted("meetings.read")
    def agenda(self, meeting: Meeting) -> list[NumberedItem]:
        """Give the agenda in reading order, numbered: 一, 二, 2.1, 2.1.1."""
        return list(_numbered(self._items(meeting), None, "", 0))

    @permitted("meetings.read")
    def item(self, item_id: int) -> AgendaItem:
        return self.store.get(AgendaItem, item_id)

    # What comes back, copies, what is due

    @permitted("meetings.read")
    def coming_back(self, body: Body, meeting: Meeting) -> list[AgendaItem]:
        """Give what earlier meetings of the body left unfinished and nobody took up since."""
        taken = {
            one.follows_id
            for one in self.store.rows(
                self.store.select(AgendaItem).where(AgendaItem.follows_id.is_null(False))
            )
        }
        found: list[AgendaItem] = []
        for earlier in self.listed(body_id=body.id):
            if earlier.id == meeting.id or earlier.state not in {"closed", "final"}:
                continue
            items = self._items(earlier)
            parents = {one.parent_id for one in items}
            found += [
                one
                for one in items
                if one.state in UNFINISHED and one.id not in taken and one.id not in parents
            ]
        return found

    @permitted("meetings.edit")
    def bring_back(self, meeting: Meeting) -> list[AgendaItem]:
        """Put all that comes back on the agenda, linked to the items it continues."""
        body = self.store.get(Body, meeting.body_id)
        waiting = self.coming_back(body, meeting)
        if not waiting:
            raise Refused("nothing_left", "上次会议没有留下未完的议题。")
        with self.session.change(f"带出未完议题 {len(waiting)} 项"):
            return [
                self.add_item(
                    meeting,
                    {
                        "name": one.name,
                        "reporter": one.reporter,
                        "proposer": one.proposer,
                        "decision": one.decision,
                        "minutes": one.minutes,
                        "is_internal": one.is_internal,
                    },
                    follows=one,
                )
                for one in waiting
            ]

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

    def _items(self, meeting: Meeting) -> list[AgendaItem]:
        return self.store.rows(
            self.store.select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting.id)
            .order_by(AgendaItem.position, AgendaItem.id)
        )

    def _children(self, item: AgendaItem) -> int:
        return int(self.store.select(AgendaItem).where(AgendaItem.parent_id == item.id).count())


def refuse_final(session: Session, meeting_id: int) -> Meeting:
    """Give the meeting, or refuse when its minutes are finalised."""
    meeting: Meeting = session.store.get(Meeting, meeting_id)
    if meeting.state == "final":
        raise Refused("final", "会议记录已经定稿，不能再改。要更正请先重开记录。")
    return meeting


def _numbered(
    items: Sequence[AgendaItem], parent: int | None, prefix: str, depth: int
) -> Iterator[NumberedItem]:
    row = [one for one in items if one.parent_id == parent]
    for at, item in enumerate(row, 1):
        yield NumberedItem(item, f"{prefix}{at}" if depth else to_chinese(at), depth)
        yield from _numbered(items, item.id, f"{prefix}{at}.", depth + 1)


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
