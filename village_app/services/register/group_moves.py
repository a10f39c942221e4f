"""Moves between the groups of the village as dated events; each leads out of where the last led.

What changes a person's group elsewhere (the form, a split household, many at once, an import)
writes its move with `note_group_move` in the same change. Filling in a group that was blank is no
move, and people who are gone only have theirs corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from village_app.db.engine import Store
from village_app.db.journal import Change
from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Place, Resident
from village_app.domain.kinds import DAY, Unreadable
from village_app.errors import Fault, InvalidInput
from village_app.services.checking import read_values
from village_app.services.register.presence import GONE, GROUP_MOVE
from village_app.services.session import Service, permitted


def note_group_move(
    store: Store, change: Change, person: Resident, to_group_id: int | None, day: date
) -> None:
    """Write that a person is in another group from a day on; the caller changes the person.

    A move of the same or a later day that is known already then led here instead.
    """
    if person.group_id in (None, to_group_id) or person.status in GONE:
        return
    last = next(reversed(moves_of(store, person)), None)
    if last is None or last.day < day:
        change.insert(
            LifeEvent(
                kind=GROUP_MOVE,
                resident_id=person.id,
                day=day,
                from_group_id=person.group_id,
                to_group_id=to_group_id,
                status_before=person.status,
            )
        )
    elif last.from_group_id == to_group_id:
        change.delete(last)
    else:
        change.update(last, to_group_id=to_group_id)


def since_when(typed: Any, today: date) -> date:
    """Read since which day people are in another group: blank is today, later is refused."""
    try:
        day = DAY.parse(typed) or today
    except Unreadable as error:
        raise InvalidInput([Fault("day", error.code, error.message)]) from error
    if day > today:
        raise InvalidInput([Fault("day", "future", "日期不能晚于今天。")])
    return day


def moves_of(store: Store, person: Resident) -> list[LifeEvent]:
    """List a person's moves between groups in their order."""
    query = store.select(LifeEvent).where(
        LifeEvent.resident_id == person.id, LifeEvent.kind == GROUP_MOVE
    )
    return store.rows(query.order_by(LifeEvent.day, LifeEvent.id))


class GroupMoves(Service):
    """Enters and corrects moves; the person's group of today follows from them."""

    @permitted("residents.edit")
    def enter(self, person: Resident, typed: Mapping[str, Any]) -> LifeEvent:
        """Enter a move: `to_group_id`, `day`, `note`; `from_group_id` where no move is known yet.

        Without it a first move leads out of the group that stands in the register.
        """
        values = read_values(
            LifeEvent, {**typed, "kind": GROUP_MOVE, "resident_id": str(person.id)}
        )
        values["status_before"] = person.status
        moves = moves_of(self.store, person)
        self._refuse_day(person, moves, values["day"], None)
        origin = _origin(moves, values.get("from_group_id") or person.group_id)
        values["from_group_id"] = _left(moves, values["day"], origin)
        self._refuse_same(person, values)
        with self.session.change(f"{person.name}换小组 {values['day']}") as change:
            event: LifeEvent = change.insert(LifeEvent(**values))
            self._follow(change, person, origin)
        return event

    @permitted("residents.edit")
    def correct(self, event: LifeEvent, typed: Mapping[str, Any]) -> LifeEvent:
        """Correct day, groups or note of a move; the moves round it and the person follow."""
        person = self.store.get(Resident, event.resident_id)
        values = read_values(LifeEvent, typed, partly=True)
        moves = moves_of(self.store, person)
        wished = {**event.values(), **values}
        self._refuse_day(person, moves, wished["day"], event.id)
        others = [one for one in moves if one.id != event.id]
        first = moves[0].id == event.id
        origin = wished["from_group_id"] if first else moves[0].from_group_id
        wished["from_group_id"] = _left(others, wished["day"], origin)
        self._refuse_same(person, wished)
        with self.session.change(f"更正{person.name}换小组") as change:
            corrected: LifeEvent = change.update(event, **values)
            self._follow(change, person, origin)
        return corrected

    @permitted("residents.edit")
    def take_back(self, event: LifeEvent) -> None:
        """Take away a move that never was: the person stayed in the group he had before."""
        person = self.store.get(Resident, event.resident_id)
        origin = moves_of(self.store, person)[0].from_group_id
        with self.session.change(f"去掉{person.name}换小组") as change:
            change.delete(event)
            self._follow(change, person, origin)

    @permitted("residents.edit")
    def always_there(self, event: LifeEvent) -> None:
        """Take away a move that was only a correction: he was in the later group all along."""
        person = self.store.get(Resident, event.resident_id)
        moves = moves_of(self.store, person)
        at = next(place for place, one in enumerate(moves) if one.id == event.id)
        origin = moves[0].from_group_id if at else event.to_group_id
        with self.session.change(f"更正{person.name}的小组") as change:
            change.delete(event)
            if at:
                change.update(moves[at - 1], to_group_id=event.to_group_id)
            self._follow(change, person, origin)

    @permitted("residents.read")
    def of(self, person: Resident) -> list[LifeEvent]:
        """List a person's moves in their order."""
        return moves_of(self.store, person)

    @permitted("residents.read")
    def described(self, event: LifeEvent) -> str:
        """Say from where to where: 一组换到三组."""
        left = self._name(event.from_group_id) or "未分组"
        return f"{left}换到{self._name(event.to_group_id) or '未分组'}"

    def _name(self, group_id: int | None) -> str:
        group = self.store.find(Place, group_id or 0)
        return group.name if group is not None else ""

    def _follow(self, change: Change, person: Resident, origin: int | None) -> None:
        """Let each move lead out of where the last one led, and the person be where the last is."""
        here = origin
        for move in moves_of(self.store, person):
            if move.to_group_id == here:
                change.delete(move)
                continue
            change.update(move, from_group_id=here)
            here = move.to_group_id
        change.update(self.store.get(Resident, person.id), group_id=here)

    def _refuse_same(self, person: Resident, values: Mapping[str, Any]) -> None:
        if values["to_group_id"] is None:
            raise InvalidInput([Fault("to_group_id", "required", "请选换到哪个小组。")])
        if values["to_group_id"] == values["from_group_id"]:
            group = self._name(values["to_group_id"])
            sentence = f"{person.name}那一天以前就在{group}，请选另一个小组，或写清原来的小组。"
            raise InvalidInput([Fault("to_group_id", "same", sentence)])

    def _refuse_day(
        self, person: Resident, moves: list[LifeEvent], day: date, own: int | None
    ) -> None:
        if day > self.session.today():
            raise InvalidInput([Fault("day", "future", "日期不能晚于今天。")])
        if person.birth is not None and day < person.birth:
            raise InvalidInput([Fault("day", "before_birth", f"日期早于出生日期 {person.birth}。")])
        if any(one.day == day and one.id != own for one in moves):
            raise InvalidInput([Fault("day", "twice", "这一天已经登记过换小组，请更正那一条。")])


def _origin(moves: list[LifeEvent], otherwise: int | None) -> int | None:
    return moves[0].from_group_id if moves else otherwise


def _left(moves: list[LifeEvent], day: date, origin: int | None) -> int | None:
    """Give the group that a move of a day leads out of: where the last one before it led."""
    earlier = [one for one in moves if one.day < day]
    return earlier[-1].to_group_id if earlier else origin
