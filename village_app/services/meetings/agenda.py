"""The agenda of a meeting: a tree of items, numbered by its order, coming back by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from village_app.db.fields import Record, table_of
from village_app.db.records.bodies import Body
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.db.records.resolutions import Resolution
from village_app.domain.numerals import to_chinese
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.house.links import Links
from village_app.services.session import Service, Session, permitted

UNFINISHED = ("open", "postponed", "below_quorum")


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """An item with the number that its place gives: 一, 二, 2.1 and how deep it lies."""

    item: AgendaItem
    number: str
    depth: int


class Agenda(Service):
    """The items of meetings; `Meetings` adds the life of the meeting around them."""

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
        siblings = self._siblings(meeting.id, under.id if under else None)
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
        target = under.id if under is not None else None
        row = [one for one in self._siblings(item.meeting_id, target) if one.id != item.id]
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

    @permitted("meetings.edit")
    def indent_item(self, item: AgendaItem) -> AgendaItem:
        """Put an item under the one before it; refused for the first of its row."""
        row = self._row(item)
        at = next(at for at, one in enumerate(row) if one.id == item.id)
        if at == 0:
            raise Refused("first_of_row", "上面没有同级的议题，不能再往里缩。")
        above = row[at - 1]
        return self.move_item(item, above, len(self._siblings(item.meeting_id, above.id)) + 1)

    @permitted("meetings.edit")
    def outdent_item(self, item: AgendaItem) -> AgendaItem:
        """Put an item behind the one it lies under; refused at the top."""
        if item.parent_id is None:
            raise Refused("top_already", "已经是最上一级的议题。")
        above = self.item(item.parent_id)
        under = self.item(above.parent_id) if above.parent_id else None
        place = next(at for at, one in enumerate(self._row(above), 1) if one.id == above.id)
        return self.move_item(item, under, place + 1)

    # What comes back

    @permitted("meetings.read")
    def coming_back(self, body: Body, meeting: Meeting) -> list[AgendaItem]:
        """Give what earlier meetings of the body left open and nobody took up since.

        That is: not come to, postponed, below the quorum, and decided but not carried out yet.
        """
        taken = {
            one.follows_id
            for one in self.store.rows(
                self.store.select(AgendaItem).where(AgendaItem.follows_id.is_null(False))
            )
        }
        undone = {
            one.item_id
            for one in self.store.rows(
                self.store.select(Resolution).where(Resolution.state.in_(("open", "doing")))
            )
        }
        found: list[AgendaItem] = []
        for earlier in self._held(body, meeting):
            items = self._items(earlier)
            parents = {one.parent_id for one in items}
            found += [
                one
                for one in items
                if (one.state in UNFINISHED or one.id in undone)
                and one.id not in taken
                and one.id not in parents
            ]
        return found

    @permitted("meetings.edit")
    def bring_back(
        self, meeting: Meeting, chosen: Sequence[AgendaItem] | None = None
    ) -> list[AgendaItem]:
        """Put what comes back (all, or the chosen) on the agenda, linked to what it continues."""
        body = self.store.get(Body, meeting.body_id)
        waiting = self.coming_back(body, meeting) if chosen is None else list(chosen)
        if not waiting:
            raise Refused("nothing_left", "上次会议没有留下未完的议题。")
        with self.session.change(f"带出未完议题 {len(waiting)} 项"):
            return [self.add_item(meeting, _again(one), follows=one) for one in waiting]

    def _held(self, body: Body, meeting: Meeting) -> list[Meeting]:
        """Give the body's meetings that are over, the latest first."""
        return self.store.rows(
            self.store.select(Meeting)
            .where(
                Meeting.body_id == body.id,
                Meeting.id != meeting.id,
                Meeting.state.in_(("closed", "final")),
            )
            .order_by(Meeting.day.desc(), Meeting.id.desc())
        )

    def _row(self, item: AgendaItem) -> list[AgendaItem]:
        """Give an item and its siblings in order."""
        return self._siblings(item.meeting_id, item.parent_id)

    def _siblings(self, meeting_id: int, parent_id: int | None) -> list[AgendaItem]:
        items = self._items(self.store.get(Meeting, meeting_id))
        return [one for one in items if one.parent_id == parent_id]

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


def _again(item: AgendaItem) -> dict[str, Any]:
    """Give the words under which an item comes back; a carried one asks how far it is."""
    carried = item.state == "carried"
    return {
        "name": f"{item.name}落实情况" if carried else item.name,
        "reporter": item.reporter,
        "proposer": item.proposer,
        "decision": None if carried else item.decision,
        "minutes": item.minutes,
        "is_internal": item.is_internal,
    }
