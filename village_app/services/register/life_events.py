"""出生、死亡、迁入、迁出、婚姻 as dated events, and from them who belonged on any day.

By which rules an event decides that is in `presence`; moves between groups are in `group_moves`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee

from village_app.db.journal import Change
from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.relations import is_head
from village_app.errors import Fault, InvalidInput
from village_app.services.checking import read_values
from village_app.services.register.presence import (
    COMING,
    DECIDING,
    GROUP_MOVE,
    LEAVING,
    group_on,
    present_on,
)
from village_app.services.register.residents import Residents
from village_app.services.session import Service, permitted

_MARRIAGES = {"marriage": "20", "divorce": "40"}


@dataclass(frozen=True, slots=True)
class Movement:
    """How many came and went within some days, by kind of event."""

    at_first: int
    at_last: int
    births: int
    deaths: int
    moved_in: int
    moved_out: int


class LifeEvents(Service):
    """Enters and corrects events; counts people on any day."""

    @permitted("residents.edit")
    def enter(self, person: Resident, typed: Mapping[str, Any]) -> LifeEvent:
        """Enter an event of a person; status and marriage follow from it in the same change."""
        values = read_values(LifeEvent, {**typed, "resident_id": str(person.id)})
        values["status_before"] = person.status
        self._refuse(person, values, None)
        word = LifeEvent.declaration("kind").kind.show(values["kind"])
        with self.session.change(f"{person.name}{word} {values['day']}") as change:
            event: LifeEvent = change.insert(LifeEvent(**values))
            self._follow(change, person, event, values["status_before"])
        return event

    @permitted("residents.edit")
    def correct(self, event: LifeEvent, typed: Mapping[str, Any]) -> LifeEvent:
        """Correct an event; the status follows from what then stands."""
        person = self.store.get(Resident, event.resident_id)
        values = read_values(LifeEvent, typed, partly=True)
        self._refuse(person, {**event.values(), **values}, event)
        before = event.status_before if event.kind in DECIDING else person.status
        with self.session.change(f"更正{person.name}的人口变动") as change:
            corrected: LifeEvent = change.update(event, **values)
            self._follow(change, person, corrected, before)
        return corrected

    @permitted("residents.edit")
    def take_back(self, event: LifeEvent) -> None:
        """Take an event away that never happened; the status is again what it was before."""
        person = self.store.get(Resident, event.resident_id)
        before = event.status_before if event.kind in DECIDING else person.status
        with self.session.change(f"去掉{person.name}的人口变动") as change:
            change.delete(event)
            self._follow(change, person, None, before)

    @permitted("residents.edit")
    def newcomer(self, household: Household, typed: Mapping[str, Any]) -> Resident:
        """Enter a person who is born into a household or moves in, with the event of that day.

        `typed` holds the person's fields and `event` (birth or move_in), `day`, `place`.
        """
        kind = typed.get("event") or ""
        if kind not in COMING:
            raise InvalidInput([Fault("event", "required", "请选出生还是迁入。")])
        if is_head(typed.get("relation")):
            raise InvalidInput([Fault("relation", "second_head", "这一户已有户主，请另选关系。")])
        given = {name: text for name, text in typed.items() if name not in ("event", "place")}
        given.pop("day", None)
        if kind == "birth" and not given.get("birth"):
            given["birth"] = typed.get("day")
        given["household_id"] = str(household.id)
        given["group_id"] = household.group_id
        given.setdefault("address", household.address)
        with self.session.change(f"{household.number} 添人 {typed.get('name', '')}"):
            person = Residents(self.session).register(given)
            self.enter(person, {"kind": kind, "day": typed.get("day"), "place": typed.get("place")})
        return person

    @permitted("residents.read")
    def of(self, person: Resident) -> list[LifeEvent]:
        """List a person's events in their order."""
        query = self.store.select(LifeEvent).where(LifeEvent.resident_id == person.id)
        return self.store.rows(query.order_by(LifeEvent.day, LifeEvent.id))

    @permitted("residents.read")
    def get(self, event_id: int) -> LifeEvent:
        return self.store.get(LifeEvent, event_id)

    @permitted("residents.read")
    def count_on(self, day: date, group_id: int | None = None) -> int:
        """Count the people who belonged to the village (or to one group) at the end of a day."""
        query = self.store.select(Resident).where(present_on(day))
        if group_id is not None:
            query = query.where(group_on(self.store, day) == group_id)
        return int(query.count())

    @permitted("residents.read")
    def by_group(self, day: date) -> list[tuple[str, int]]:
        """Count by group who belonged on a day; people of no group under a name of their own."""
        query = (
            self.store.select(Resident)
            .join(Place, "LEFT JOIN", on=(group_on(self.store, day) == Place.id))
            .where(present_on(day))
            .columns(Place.name, peewee.fn.count(Resident.id))
            .group_by(Place.id)
            .order_by(Place.position.asc(nulls="LAST"), Place.id)
        )
        return [(name or "未分组", number) for name, number in self.store.rows(query.tuples())]

    @permitted("residents.read")
    def movement(self, first: date, last: date) -> Movement:
        """Say how many came and went from the end of one day to the end of another."""
        lines = self.store.rows(
            self.store.select(LifeEvent)
            .where(LifeEvent.day > first, LifeEvent.day <= last)
            .columns(LifeEvent.kind, peewee.fn.count(LifeEvent.id))
            .group_by(LifeEvent.kind)
            .tuples()
        )
        counts: dict[str, int] = dict(lines)
        return Movement(
            self.count_on(first),
            self.count_on(last),
            counts.get("birth", 0),
            counts.get("death", 0),
            counts.get("move_in", 0),
            counts.get("move_out", 0) + counts.get("cancelled", 0),
        )

    def _refuse(self, person: Resident, values: Mapping[str, Any], own: LifeEvent | None) -> None:
        day, kind = values["day"], values["kind"]
        if GROUP_MOVE in (kind, own.kind if own is not None else ""):
            raise InvalidInput([Fault("kind", "group_move", "换小组请用“换小组”那张表来记。")])
        if day > self.session.today():
            raise InvalidInput([Fault("day", "future", "日期不能晚于今天。")])
        if person.birth is not None and day < person.birth:
            raise InvalidInput([Fault("day", "before_birth", f"日期早于出生日期 {person.birth}。")])
        others = [one for one in self.of(person) if own is None or one.id != own.id]
        if any(one.kind == kind and one.day == day for one in others):
            raise InvalidInput([Fault("day", "twice", "这一天已经登记过同样的变动。")])
        death = next((one.day for one in others if one.kind == "death"), None)
        if death is not None and kind == "death":
            raise InvalidInput([Fault("kind", "twice", f"已登记 {death} 去世，请更正那一条。")])
        if death is not None and day > death:
            raise InvalidInput(
                [Fault("day", "after_death", f"已登记 {death} 去世，日期不能在后。")]
            )
        if kind == "death" and any(one.day > day for one in others):
            raise InvalidInput([Fault("day", "later_event", "这天之后还有别的变动，请核对。")])

    def _follow(
        self, change: Change, person: Resident, event: LifeEvent | None, before: str | None
    ) -> None:
        """Let the person's status be what the events say; without any it is what it was."""
        values: dict[str, Any] = {}
        deciding = [one for one in self.of(person) if one.kind in DECIDING]
        if deciding:
            values["status"] = LEAVING.get(deciding[-1].kind, "active")
        else:
            values["status"] = before or person.status
        if event is not None and event.kind in _MARRIAGES:
            values["marriage"] = _MARRIAGES[event.kind]
        if event is not None and event.kind == "birth" and person.birth != event.day:
            values["birth"] = event.day
        change.update(person, **values)
