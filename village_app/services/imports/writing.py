"""Writing the rows of a plan: groups, households, new people, updates, within one open change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.residents import Household, Resident
from village_app.domain.own_values import read_own, write_own
from village_app.domain.reporting import Report
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.rows import PlanHousehold, PlanRow
from village_app.importing.tables.groups import group_key
from village_app.services.house.places import Places
from village_app.services.register.group_moves import note_group_move
from village_app.services.register.own_fields import PREFIX
from village_app.services.register.residents import name_columns
from village_app.services.session import Session

REPORTED_EVERY = 500
_OWN = {declared.name for declared in Resident.declarations()}


class ResidentWriter:
    """Writes one plan; made anew for every commit."""

    def __init__(self, session: Session, change: Change, plan: Plan, report: Report) -> None:
        self.session = session
        self.store = session.store
        self.change = change
        self.plan = plan
        self.report = report
        self.places = Places(session)
        self._ids: dict[int, int] = {}
        self._groups: dict[str, int] = {}
        self._grids: dict[str, int] = {}
        self._households: dict[int, int] = {}
        self._placed: dict[tuple[str, str], int | None] = {}
        self._name_columns: dict[str, dict[str, str]] = {}

    def write(self) -> None:
        """Write groups, then households, then people; cancelling rolls all of it back."""
        new = [row for row in self.plan.rows if row.state == "new"]
        updated = [row for row in self.plan.rows if row.state == "update"]
        self._groups = self._known_places("group", group_key)
        self._grids = self._known_places("grid", str.strip)
        for row in new:
            self._ids[row.number] = self.change.reserve_id()
        self._write_households(new)
        self._write_people(new, len(new) + len(updated))
        for first in range(0, len(updated), REPORTED_EVERY):
            self._tell(len(new) + first, len(new) + len(updated))
            self._update_all(updated[first : first + REPORTED_EVERY])

    def _tell(self, done: int, total: int) -> None:
        self.report(done, total, f"正在写入第 {done + 1} 人，共 {total} 人")

    def _known_places(self, kind: str, key: Any) -> dict[str, int]:
        return {key(place.name): place.id for place in self.places.of_kind(kind)}

    def _group_id(self, name: str | None) -> int | None:
        return self._place_id("group", name, self._groups, group_key)

    def _grid_id(self, name: str | None) -> int | None:
        return self._place_id("grid", name, self._grids, str.strip)

    def _place_id(self, kind: str, name: str | None, known: dict[str, int], key: Any) -> int | None:
        """Find a place, or make it as the decision about the unknown name says."""
        if not name:
            return None
        if (kind, name) not in self._placed:
            self._placed[kind, name] = self._find_place(kind, name, known, key)
        return self._placed[kind, name]

    def _find_place(self, kind: str, name: str, known: dict[str, int], key: Any) -> int | None:
        decision = self.plan.decisions.values.get((kind, key(name)))
        if decision is not None and decision.action == "skip":
            return None
        if decision is not None and decision.action == "map" and decision.to:
            name = decision.to
        if key(name) not in known:
            known[key(name)] = self.places.insert(self.change, name, kind).id
        return known[key(name)]

    def _write_households(self, new: list[PlanRow]) -> None:
        rows = {row.number: row for row in new}
        lines = []
        for household in self.plan.households:
            if household.known_id is not None:
                self._households[household.number] = household.known_id
                continue
            members = [rows[number] for number in household.rows if number in rows]
            if members:
                lines.append(self._household_values(household, members))
        if lines:
            self.change.insert_rows(Household, lines)

    def _household_values(self, household: PlanHousehold, members: list[PlanRow]) -> dict[str, Any]:
        household_id = self.change.reserve_id()
        self._households[household.number] = household_id
        first = members[0].values
        head = household.head if household.head in self._ids else None
        address = next(
            (row.values["address"] for row in members if row.values.get("address")), None
        )
        return {
            "id": household_id,
            "number": household.household_no or f"待编{household_id & 0xFFFFFF}",
            "group_id": self._group_id(first.get("group")),
            "address": address,
            "door_key": door_key(address),
            "head_id": self._ids[head] if head is not None else None,
        }

    def _write_people(self, new: list[PlanRow], total: int) -> None:
        for first in range(0, len(new), REPORTED_EVERY):
            self._tell(first, total)
            self.change.insert_rows(
                Resident,
                [
                    {"id": self._ids[row.number], **self._values(row.values, row)}
                    for row in new[first : first + REPORTED_EVERY]
                ],
            )

    def _update_all(self, rows: list[PlanRow]) -> None:
        """Update known people, fetched together: one by one takes three times as long."""
        wanted = [row.known.id for row in rows if row.known is not None]
        query = self.store.select(Resident).where(Resident.id.in_(wanted))
        people = {person.id: person for person in self.store.rows(query)}
        for row in rows:
            assert row.known is not None, "what is updated is known"
            self._update(people[row.known.id], row)

    def _update(self, person: Resident, row: PlanRow) -> None:
        values = self._values(row.applied, None, person.extra)
        if "group_id" in values:
            # The list says where somebody is now, not since when: the day it came in.
            today = self.session.today()
            note_group_move(self.store, self.change, person, values["group_id"], today)
        self.change.update(person, **values)

    def _columns_of(self, name: str) -> dict[str, str]:
        """Give the columns a name is found and ordered by; namesakes share them."""
        if name not in self._name_columns:
            self._name_columns[name] = name_columns(name)
        return self._name_columns[name]

    def _values(
        self, values: Mapping[str, Any], row: PlanRow | None, extra: str | None = None
    ) -> dict[str, Any]:
        """Turn the plan's values into a person's columns; households only for new people."""
        stored = {name: value for name, value in values.items() if name in _OWN}
        own = {
            name.removeprefix(PREFIX): self.plan.target.field(name).kind.show(value)
            for name, value in values.items()
            if name.startswith(PREFIX)
        }
        if own:
            stored["extra"] = write_own({**read_own(extra), **own})
        if values.get("name"):
            stored.update(self._columns_of(values["name"]))
        if "group" in values:
            stored["group_id"] = self._group_id(values["group"])
        if "grid" in values:
            stored["grid_id"] = self._grid_id(values["grid"])
        if row is not None and row.household is not None:
            stored["household_id"] = self._households.get(row.household)
        return stored


def door_key(address: str | None) -> str:
    """Give a text that orders addresses by their numbers: 三组2号 before 三组10号."""
    if not address:
        return ""
    parts, digits = [], ""
    for mark in address:
        if mark.isdecimal():
            digits += mark
            continue
        if digits:
            parts.append(f"{int(digits):06d}")
            digits = ""
        parts.append(mark)
    if digits:
        parts.append(f"{int(digits):06d}")
    return "".join(parts)
