"""Bodies that meet, who sits in them on a day, and what is unlawful about their composition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.bodies import Body, Membership
from village_app.db.records.meetings import AttendanceMark, Meeting
from village_app.db.records.residents import Resident
from village_app.domain.quorum import QuorumRule, Threshold, quorum_rule_from_plain
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

FEMALE = "2"


@dataclass(frozen=True, slots=True)
class HeldRule:
    """A quorum rule as it holds on a day, with the id of its record."""

    id: int
    rule: QuorumRule


class Bodies(Service):
    """The bodies and their rosters."""

    @permitted("meetings.edit")
    def bring_shipped(self, change: Change) -> int:
        """Found the usual bodies where the village has none; returns how many."""
        if self.store.select(Body).count():
            return 0
        words = Settings(self.session).read()
        listed = Rules(self.session).on("meeting_bodies")["bodies"]
        rows = [
            {
                "name": words.word(one["name"]),
                "code": one["code"],
                "rule_code": one["rule"],
                "interval_months": one["months"],
                "position": at,
            }
            for at, one in enumerate(listed, 1)
        ]
        return len(change.insert_rows(Body, rows))

    @permitted("meetings.edit")
    def found(self, typed: Mapping[str, Any], rule_code: str) -> Body:
        """Add a body of the village's own with an existing quorum rule."""
        Rules(self.session).on(rule_code)
        position = self.store.select(Body).count() + 1
        given = {**typed, "rule_code": rule_code, "position": str(position)}
        values = read_values(Body, given)
        with self.session.change(f"新建议事组织 {values['name']}") as change:
            body: Body = change.insert(Body(**values))
        return body

    @permitted("meetings.read")
    def listed(self) -> list[Body]:
        """List the bodies in their order."""
        return self.store.rows(self.store.select(Body).order_by(Body.position, Body.id))

    @permitted("meetings.read")
    def get(self, body_id: int) -> Body:
        return self.store.get(Body, body_id)

    @permitted("meetings.read")
    def find(self, code_or_name: str) -> Body:
        """Find a body by its code or name."""
        for body in self.listed():
            if code_or_name in (body.code, body.name):
                return body
        raise Refused("no_body", f"没有叫“{code_or_name}”的议事组织。请先在议事组织里新建。")

    @permitted("meetings.read")
    def rule_on(self, body: Body, day: date) -> HeldRule:
        """Give the quorum rule of a body as it holds on a day."""
        found = Rules(self.session).on(body.rule_code, day)
        return HeldRule(found.id, _quorum(found.parameters, found.basis))

    @permitted("meetings.read")
    def rule_by_id(self, rule_id: int) -> HeldRule:
        """Give the very rule that a meeting or vote was held under."""
        found = Rules(self.session).by_id(rule_id)
        return HeldRule(found.id, _quorum(found.parameters, found.basis))

    @permitted("meetings.edit")
    def seat(self, body: Body, typed: Mapping[str, Any]) -> Membership:
        """Give somebody a seat from a day on; refuses a second seat at the same time."""
        return self.seat_all(body, [typed])[0]

    @permitted("meetings.edit")
    def seat_all(self, body: Body, people: Sequence[Mapping[str, Any]]) -> list[Membership]:
        """Seat several people in one change; all faults at once, each with its line."""
        taken = [(one.name, one.from_day, one.to_day) for one in self._all(body)]
        faults: list[Fault] = []
        rows: list[dict[str, Any]] = []
        for at, typed in enumerate(people, 1):
            lead = f"第 {at} 行：" if len(people) > 1 else ""
            try:
                values = read_values(Membership, {**typed, "body_id": body.id})
            except InvalidInput as error:
                faults += [Fault(one.field, one.code, lead + one.message) for one in error.faults]
                continue
            faults += [
                Fault(one.field, one.code, lead + one.message)
                for one in _term_faults(values, taken)
            ]
            taken.append((values["name"], values["from_day"], values.get("to_day")))
            values.setdefault("is_representative", True)
            values["position"] = values.get("position") or len(taken)
            values["resident_id"] = typed.get("resident_id") or self._resident(values["name"])
            rows.append(values)
        if faults:
            raise InvalidInput(faults)
        label = rows[0]["name"] if len(rows) == 1 else f"{len(rows)} 人"
        with self.session.change(f"{body.name}增补成员 {label}") as change:
            return [change.insert(Membership(**values)) for values in rows]

    def _resident(self, name: str) -> int | None:
        """Find the one resident of that name; of several, none."""
        found = self.store.rows(self.store.select(Resident).where(Resident.name == name).limit(2))
        return found[0].id if len(found) == 1 else None

    @permitted("meetings.edit")
    def end_seat(self, member: Membership, last_day: date, reason: str) -> Membership:
        """End a seat with a day; what the member attended before stays as it was."""
        if last_day < member.from_day:
            message = f"离任日期不能早于任期开始的 {member.from_day}。"
            raise InvalidInput([Fault("to_day", "before_start", message)])
        self._refuse_attended_after(member, last_day)
        if not reason.strip():
            raise InvalidInput([Fault("end_reason", "required", "离任要写明原因。")])
        with self.session.change(f"{member.name}离任") as change:
            ended: Membership = change.update(member, to_day=last_day, end_reason=reason.strip())
        return ended

    def _refuse_attended_after(self, member: Membership, last_day: date) -> None:
        """A seat cannot end before a meeting that its holder was at: the count would be false."""
        later: Meeting | None = (
            self.store.select(Meeting)
            .join(AttendanceMark, on=AttendanceMark.meeting_id == Meeting.id)
            .where(
                AttendanceMark.membership_id == member.id,
                AttendanceMark.state != "absent",
                Meeting.day > last_day,
            )
            .order_by(Meeting.day.desc())
            .first()
        )
        if later is not None:
            message = f"{member.name}还在 {later.day} 的“{later.name}”签到，离任不能早于那天。"
            raise InvalidInput([Fault("to_day", "attended_later", message)])

    @permitted("meetings.read")
    def member(self, membership_id: int) -> Membership:
        return self.store.get(Membership, membership_id)

    @permitted("meetings.edit")
    def correct_seat(self, member: Membership, typed: Mapping[str, Any]) -> Membership:
        """Change what is written of a member; papers of earlier meetings keep what they say."""
        values = read_values(Membership, typed, partly=True)
        values.pop("to_day", None)
        with self.session.change(f"修改成员 {member.name}") as change:
            changed: Membership = change.update(member, **values)
        return changed

    @permitted("meetings.edit")
    def correct(self, body: Body, typed: Mapping[str, Any]) -> Body:
        """Change a body's name, convener or how often it meets."""
        values = read_values(Body, typed, partly=True)
        with self.session.change(f"修改 {body.name}") as change:
            changed: Body = change.update(body, **values)
        return changed

    @permitted("meetings.read")
    def rules(self) -> list[tuple[str, str]]:
        """Name the quorum rules that a body may have: code and name."""
        found = {one.code: one.name for one in Rules(self.session).listed()}
        return [(code, name) for code, name in found.items() if code.startswith("quorum_")]

    @permitted("meetings.read")
    def members_on(self, body: Body, day: date) -> list[Membership]:
        """Give who sat in a body on a day, in the order of the roster."""
        return [
            one
            for one in self._all(body)
            if one.from_day <= day and (one.to_day is None or day <= one.to_day)
        ]

    @permitted("meetings.read")
    def composition_warnings(self, body: Body, day: date) -> tuple[str, ...]:
        """Say what the law wants of 村民代表会议 and is not so; blank for other bodies."""
        if body.code != "representatives":
            return ()
        members = self.members_on(body, day)
        rule = Rules(self.session).on("meeting_composition", day)
        chosen = [one for one in members if one.is_representative]
        women = [one for one in chosen if one.sex == FEMALE]
        found = []
        for label, part, whole, of in (
            ("村民代表", rule["representatives"], len(members), len(chosen)),
            ("妇女代表", rule["women"], len(chosen), len(women)),
        ):
            share = Threshold(*part)
            if whole and not share.is_met(of, whole):
                found.append(
                    f"{label} {of} 人，不到 {whole} 人的{share.words().removesuffix('以上')}，"
                    f"至少要 {share.needed(whole)} 人。"
                )
        return tuple(found)

    def _all(self, body: Body) -> list[Membership]:
        return self.store.rows(
            self.store.select(Membership)
            .where(Membership.body_id == body.id)
            .order_by(Membership.position, Membership.id)
        )


def _quorum(parameters: Mapping[str, Any], basis: str) -> QuorumRule:
    return quorum_rule_from_plain({**parameters, "source": basis})


def _term_faults(
    values: Mapping[str, Any], taken: Sequence[tuple[str, date, date | None]]
) -> list[Fault]:
    start, end = values["from_day"], values.get("to_day")
    if end is not None and end < start:
        return [Fault("to_day", "before_start", "任期结束不能早于开始。")]
    for name, first, last in taken:
        if (
            name == values["name"]
            and (last is None or start <= last)
            and (end is None or first <= end)
        ):
            return [Fault("name", "seated", f"{name}这段时间已经是成员，不能重复登记。")]
    return []
