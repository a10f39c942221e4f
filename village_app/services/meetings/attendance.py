"""Who is here: checked in with times, for whom, who left, who stands aside from an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.records.bodies import Body, Membership
from village_app.db.records.meetings import (
    MARKS,
    AgendaItem,
    AttendanceMark,
    Meeting,
    Recusal,
)
from village_app.db.records.residents import Household, Resident
from village_app.db.records.votes import Vote, Voter
from village_app.domain.quorum import Attendance as Heads
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.meetings.agenda import refuse_final
from village_app.services.meetings.bodies import Bodies
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

HERE = frozenset({"present", "late", "proxy"})


@dataclass(frozen=True, slots=True)
class AttendanceCounts:
    """Heads of a meeting: entitled, here, excused, left, and those who did not come."""

    entitled: int
    present: int
    excused: int
    left: int
    missing: int


@dataclass(frozen=True, slots=True)
class MemberAttendance:
    """One member's meetings since the seat began: held, attended, share in 1/10000."""

    name: str
    office: str
    held: int
    attended: int
    membership_id: int = 0

    def percent(self) -> str:
        """Say the share with one decimal, rounded half up: 83.3%."""
        tenths = (2_000 * self.attended + self.held) // (2 * self.held) if self.held else 0
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def share(self) -> int:
        return self.attended * 10_000 // self.held if self.held else 0


class Attendance(Service):
    """Check-in and standing aside."""

    @permitted("meetings.read")
    def roster(self, meeting: Meeting) -> list[AttendanceMark]:
        """Give everybody who is entitled, in the order of the roster."""
        return self.store.rows(
            self.store.select(AttendanceMark)
            .where(AttendanceMark.meeting_id == meeting.id)
            .order_by(AttendanceMark.position, AttendanceMark.id)
        )

    @permitted("meetings.read")
    def counts(self, meeting: Meeting) -> AttendanceCounts:
        """Count the heads as they stand now."""
        marks = self.roster(meeting)
        present = sum(one.state in HERE for one in marks)
        excused = sum(one.state == "leave" for one in marks)
        left = sum(one.state == "left" for one in marks)
        return AttendanceCounts(
            len(marks), present, excused, left, len(marks) - present - excused - left
        )

    @permitted("meetings.vote")
    def mark(
        self, mark: AttendanceMark, state: str, *, proxy: str = "", reason: str = ""
    ) -> AttendanceMark:
        """Mark one person; the time is now. Who was at a vote and goes counts as having left.

        Refuses a proxy without a name, one who holds as many as the rule allows, and a finalised
        meeting.
        """
        refuse_final(self.session, mark.meeting_id)
        state = MARKS.parse(state) or "absent"
        if state == "absent" and self._was_at_a_vote(mark):
            state = "left"
        if state == "proxy":
            self._check_proxy(mark, proxy)
        now = self.session.now()
        values: dict[str, Any] = {
            "state": state,
            "proxy": proxy.strip() or None if state == "proxy" else None,
            "reason": reason.strip() or None,
            "left_at": now if state == "left" else None,
        }
        if state in HERE:
            values["arrived_at"] = mark.arrived_at or now
        elif state != "left":
            values["arrived_at"] = None
        word = MARKS.show(state)
        with self.session.change(f"签到 {mark.name} {word}") as change:
            marked: AttendanceMark = change.update(mark, **values)
        return marked

    @permitted("meetings.vote")
    def mark_all_present(self, meeting: Meeting) -> int:
        """Mark all who are not marked yet as present; returns how many."""
        refuse_final(self.session, meeting.id)
        waiting = [one for one in self.roster(meeting) if one.state == "absent"]
        with self.session.change(f"全部签到 {len(waiting)} 人") as change:
            for one in waiting:
                change.update(one, state="present", arrived_at=self.session.now())
        return len(waiting)

    def _was_at_a_vote(self, mark: AttendanceMark) -> bool:
        return bool(self.store.select(Voter).where(Voter.mark_id == mark.id).count())

    def _check_proxy(self, mark: AttendanceMark, proxy: str) -> None:
        name = proxy.strip()
        if not name:
            raise InvalidInput([Fault("proxy", "required", "委托要写明受托人。")])
        if name == mark.name:
            raise InvalidInput([Fault("proxy", "same_person", "不能委托给本人。")])
        most = Rules(self.session).on("meeting_proxy")["most_per_person"]
        held = [
            one.name
            for one in self.store.rows(
                self.store.select(AttendanceMark).where(
                    AttendanceMark.meeting_id == mark.meeting_id,
                    AttendanceMark.proxy == name,
                    AttendanceMark.id != mark.id,
                )
            )
        ]
        if len(held) >= most:
            message = f"{name}已经受{'、'.join(held)}委托，一人最多受 {most} 人委托。"
            raise InvalidInput([Fault("proxy", "too_many", message)])

    # Standing aside

    @permitted("meetings.read")
    def recusals(self, item: AgendaItem) -> list[Recusal]:
        """Give who stands aside from an item."""
        return self.store.rows(
            self.store.select(Recusal).where(Recusal.item_id == item.id).order_by(Recusal.id)
        )

    @permitted("meetings.vote")
    def recuse(self, item: AgendaItem, mark: AttendanceMark, reason: str) -> Recusal:
        """Let somebody stand aside from an item that has not been voted on."""
        refuse_final(self.session, item.meeting_id)
        if mark.meeting_id != item.meeting_id:
            raise Refused("other_meeting", f"{mark.name}不在这次会议的名单里。")
        if self.store.select(Vote).where(Vote.item_id == item.id).count():
            raise Refused("voted", "这个议题已经表决，不能再登记回避。")
        if any(one.mark_id == mark.id for one in self.recusals(item)):
            raise Refused("recused_already", f"{mark.name}已经登记回避。")
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "回避要写明原因。")])
        with self.session.change(f"{mark.name}回避") as change:
            recusal: Recusal = change.insert(
                Recusal(name=mark.name, item_id=item.id, mark_id=mark.id, reason=reason.strip())
            )
        return recusal

    @permitted("meetings.vote")
    def withdraw_recusal(self, recusal: Recusal) -> None:
        """Take a recusal back before the vote."""
        item = self.store.get(AgendaItem, recusal.item_id)
        refuse_final(self.session, item.meeting_id)
        if self.store.select(Vote).where(Vote.item_id == item.id).count():
            raise Refused("voted", "这个议题已经表决，不能再撤回回避。")
        with self.session.change(f"撤回{recusal.name}的回避") as change:
            change.delete(recusal)

    @permitted("meetings.read")
    def suggested_recusals(self, item: AgendaItem) -> list[AttendanceMark]:
        """Suggest the members of every household that somebody named in the item belongs to."""
        marks = self.roster(self.store.get(Meeting, item.meeting_id))
        text = " ".join(filter(None, (item.name, item.report, item.decision, item.proposer)))
        residents = self._residents_of(marks)
        named = {
            one.household_id for one in self._residents_named(text) if one.household_id is not None
        }
        done = {one.mark_id for one in self.recusals(item)}
        return [
            one
            for one in marks
            if one.id not in done
            and (one.name in text or (residents.get(one.id) in named and named))
        ]

    def _residents_of(self, marks: list[AttendanceMark]) -> dict[int, int | None]:
        """Give the household of each mark's resident."""
        members = {
            one.id: one.resident_id
            for one in self.store.rows(
                self.store.select(Membership).where(
                    Membership.id.in_([mark.membership_id for mark in marks])
                )
            )
        }
        homes = {
            one.id: one.household_id
            for one in self.store.rows(
                self.store.select(Resident).where(
                    Resident.id.in_([one for one in members.values() if one])
                )
            )
        }
        return {mark.id: homes.get(members.get(mark.membership_id) or 0) for mark in marks}

    def _residents_named(self, text: str) -> list[Resident]:
        """Give heads of households whose name stands in the text."""
        heads = self.store.select(Resident).join(Household, on=Household.head_id == Resident.id)
        return [one for one in self.store.rows(heads) if one.name and one.name in text]

    # Figures

    @permitted("meetings.read")
    def heads(self, item: AgendaItem) -> Heads:
        """Give 应到, 实到 and 回避 for a vote on an item at this moment."""
        marks = self.roster(self.store.get(Meeting, item.meeting_id))
        here = {one.id for one in marks if one.state in HERE}
        aside = sum(one.mark_id in here for one in self.recusals(item))
        return Heads(len(marks), len(here), aside)

    @permitted("meetings.read")
    def report(self, body: Body, first: date, last: date) -> list[MemberAttendance]:
        """Give each member's attendance between two days, counted since the seat began."""
        held = self.store.rows(
            self.store.select(Meeting).where(
                Meeting.body_id == body.id,
                Meeting.day >= first,
                Meeting.day <= last,
                Meeting.state.in_(("closed", "final")),
            )
        )
        marks = self.store.rows(
            self.store.select(AttendanceMark).where(
                AttendanceMark.meeting_id.in_([one.id for one in held])
            )
        )
        found = []
        for member in Bodies(self.session).members_on(body, last):
            own = [one for one in marks if one.membership_id == member.id]
            came = sum(one.state in HERE or one.state == "left" for one in own)
            found.append(
                MemberAttendance(member.name, member.office or "", len(own), came, member.id)
            )
        return found
