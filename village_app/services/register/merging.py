"""Two entries that are one person: compared field by field, made one, all that names them moved.

Everything is one change: one undo brings both people back with all that was theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from village_app.db.fields import Record
from village_app.db.journal import Change
from village_app.db.records import RECORDS
from village_app.db.records.register import HouseholdHead, ResidentLabel
from village_app.db.records.residents import Household, Place, Resident
from village_app.db.records.upkeep import NotSamePerson
from village_app.domain.kinds import Reference
from village_app.domain.own_values import read_own, write_own
from village_app.errors import Refused
from village_app.services.register.group_moves import moves_of
from village_app.services.register.presence import GONE
from village_app.services.register.residents import MASKED, name_columns
from village_app.services.session import Service, permitted

Side = Literal["keep", "drop"]
_COMPUTED = frozenset({"spellings", "pinyin_key", "stroke_key", "name_stroke_key", "extra"})
_NAMED = {"household_id": Household, "group_id": Place, "grid_id": Place}


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of two people as the screen may show it; `choice` is the side that is proposed."""

    name: str
    label: str
    kept: str
    dropped: str
    choice: Side

    @property
    def differs(self) -> bool:
        return self.kept != self.dropped


class Merging(Service):
    """Makes one person of two."""

    @permitted("residents.merge")
    def compare(self, keep: Resident, drop: Resident) -> list[FieldPair]:
        """Give the filled fields of both, masked; a blank one is proposed to be filled."""
        pairs = []
        for declared in Resident.declarations():
            name = declared.name
            if name in _COMPUTED:
                continue
            one, other = getattr(keep, name), getattr(drop, name)
            if one in (None, "") and other in (None, ""):
                continue
            choice: Side = "drop" if one in (None, "") else "keep"
            pairs.append(
                FieldPair(
                    name, declared.label, self._shown(name, one), self._shown(name, other), choice
                )
            )
        return pairs

    @permitted("residents.merge")
    def fuller(self, first: Resident, second: Resident) -> tuple[Resident, Resident]:
        """Say which of two to keep: who is head, else who has more fields, else the older entry."""

        def weight(person: Resident) -> tuple[bool, int, int]:
            filled = sum(getattr(person, one.name) is not None for one in person.declarations())
            return self._is_head_of_others(person), filled, -person.id

        pair = sorted((first, second), key=weight, reverse=True)
        return pair[0], pair[1]

    @permitted("residents.merge")
    def merge(self, keep: Resident, drop: Resident, choices: Mapping[str, Side]) -> Resident:
        """Keep one person with the chosen values; what named the other names him from now on.

        Refused for one and the same entry, and where a head would leave others without one.
        """
        if keep.id == drop.id:
            raise Refused("same_entry", "选的是同一条记录，不用合并。")
        values = self._chosen(keep, drop, choices)
        household_id = values.get("household_id", keep.household_id)
        self._refuse_headless(keep, household_id)
        if drop.household_id not in (None, household_id):
            self._refuse_headless(drop, household_id)
        with self.session.change(f"合并居民 {drop.name}，并到 {keep.name}") as change:
            self._leave(change, keep, household_id)
            self._take_headship(change, keep, drop, household_id)
            self._move_labels(change, keep, drop)
            self._drop_doubts(change, keep, drop)
            for record, name in self._naming(drop):
                change.update(record, **{name: keep.id})
            # The number may be his now: it is free only when the other entry is gone.
            change.delete(self.store.get(Resident, drop.id))
            kept: Resident = change.update(self.store.get(Resident, keep.id), **values)
        return kept

    @permitted("residents.merge")
    def moved(self, drop: Resident) -> dict[str, int]:
        """Count by kind of record what names a person and would move with a merge."""
        counted: dict[str, int] = {}
        for record, _name in self._naming(drop):
            title = type(record).title
            counted[title] = counted.get(title, 0) + 1
        return counted

    def _chosen(
        self, keep: Resident, drop: Resident, choices: Mapping[str, Side]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for declared in Resident.declarations():
            name = declared.name
            if name not in _COMPUTED and choices.get(name) == "drop":
                values[name] = getattr(drop, name)
        if not values.get("name", keep.name):
            raise Refused("no_name", "合并以后要留一个姓名，请选一边的姓名。")
        values["extra"] = _extra_of(keep, drop)
        if values["extra"] == keep.extra:
            del values["extra"]
        if {"name", "reading"} & set(values):
            name, reading = values.get("name", keep.name), values.get("reading", keep.reading)
            values.update(name_columns(name, reading))
        return values

    def _shown(self, name: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if name in _NAMED:
            found = self.store.find(_NAMED[name], value)
            return (
                str(getattr(found, "number", None) or getattr(found, "name", "")) if found else ""
            )
        kind = Resident.declaration(name).kind
        return str(kind.mask(value) if name in MASKED else kind.show(value))

    # Households

    def _is_head_of_others(self, person: Resident) -> bool:
        household = self.store.find(Household, person.household_id or 0)
        if household is None or household.head_id != person.id:
            return False
        return bool(self._others(household, person).count())

    def _others(self, household: Household, *people: Resident) -> Any:
        return self.store.select(Resident).where(
            Resident.household_id == household.id,
            Resident.id.not_in([person.id for person in people]),
            Resident.status.not_in(GONE),
        )

    def _refuse_headless(self, person: Resident, household_id: int | None) -> None:
        if person.household_id == household_id or not self._is_head_of_others(person):
            return
        household = self.store.get(Household, person.household_id or 0)
        raise Refused(
            "is_head",
            f"{person.name}是 {household.number} 的户主，户里还有别人。"
            "请留这一户，或先给那一户换户主。",
        )

    def _leave(self, change: Change, person: Resident, household_id: int | None) -> None:
        """Let the household that a person alone headed end, when he goes to another one."""
        household = self.store.find(Household, person.household_id or 0)
        if household is None or household.id == household_id:
            return
        if household.head_id == person.id:
            change.update(household, head_id=None, ended_on=self.session.today())

    def _take_headship(
        self, change: Change, keep: Resident, drop: Resident, household_id: int | None
    ) -> None:
        household = self.store.find(Household, drop.household_id or 0)
        if household is None or household.head_id != drop.id:
            return
        if household.id == household_id:
            change.update(household, head_id=keep.id)
        else:
            change.update(household, head_id=None, ended_on=self.session.today())

    # What names a person

    def _move_labels(self, change: Change, keep: Resident, drop: Resident) -> None:
        """Let labels, moves and terms go that the kept person has too; the others move."""
        own = self._of(ResidentLabel, keep)
        has = {(label.name, label.from_day) for label in own}
        for label in self._of(ResidentLabel, drop):
            if (label.name, label.from_day) in has:
                change.delete(label)
        if moves_of(self.store, keep):
            # Two rows of moves between groups cannot follow each other; the kept person's stay.
            for move in moves_of(self.store, drop):
                change.delete(move)
        heads = {(one.household_id, one.from_day) for one in self._of(HouseholdHead, keep)}
        for one in self._of(HouseholdHead, drop):
            if (one.household_id, one.from_day) in heads:
                change.delete(one)

    def _of(self, model: Any, person: Resident) -> list[Any]:
        return self.store.rows(self.store.select(model).where(model.resident_id == person.id))

    def _drop_doubts(self, change: Change, keep: Resident, drop: Resident) -> None:
        query = self.store.select(NotSamePerson).where(
            NotSamePerson.first_id.in_([keep.id, drop.id]),
            NotSamePerson.second_id.in_([keep.id, drop.id]),
        )
        for pair in self.store.rows(query):
            change.delete(pair)

    def _naming(self, person: Resident) -> Iterator[tuple[Record, str]]:
        """Find every record that names a person, with the field that does."""
        for model, name in _reference_fields():
            query = self.store.select(model).where(getattr(model, name) == person.id)
            yield from ((record, name) for record in self.store.rows(query))
        for model, table, name in _pointing_fields():
            query = self.store.select(model).where(
                getattr(model, table) == "resident", getattr(model, name) == person.id
            )
            yield from ((record, name) for record in self.store.rows(query))


@cache
def _reference_fields() -> tuple[tuple[Any, str], ...]:
    """List the fields of all records that refer to a resident."""
    return tuple(
        (model, declared.name)
        for model in RECORDS.values()
        for declared in model.declarations()
        if isinstance(declared.kind, Reference) and declared.kind.record_name == "resident"
    )


@cache
def _pointing_fields() -> tuple[tuple[Any, str, str], ...]:
    """List the pairs of fields that point at a record of any kind: its table and its id."""
    found = []
    for model in RECORDS.values():
        names = {declared.name for declared in model.declarations()}
        pairs = [("table_name", "record_id")]
        pairs += [(name, f"{name.removesuffix('_table')}_id") for name in names
                  if name.endswith("_table")]  # fmt: skip
        found += [(model, table, key) for table, key in pairs if {table, key} <= names]
    return tuple(found)


def _extra_of(keep: Resident, drop: Resident) -> str | None:
    """Join the village's own fields of both; where both have one, the kept person's counts."""
    return write_own({**read_own(drop.extra), **read_own(keep.extra)})
