"""The place tree 村→村民小组→网格→楼栋→门牌."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import peewee

from village_app.db.journal import Change
from village_app.db.records.bodies import Membership
from village_app.db.records.residents import PLACE_KINDS, Place, Resident
from village_app.domain.numerals import ordinal_in
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.register.presence import GONE
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place of the tree: how deep it stands and how many people live there."""

    place: Place
    depth: int
    people: int


class Places(Service):
    """Names the places of the village once, for every list, filter and paper."""

    @permitted("residents.read")
    def groups(self) -> list[Place]:
        """Give the villagers' groups in order."""
        return self.of_kind("group")

    @permitted("residents.read")
    def of_kind(self, kind: str) -> list[Place]:
        """Give the places of a kind (village, group, grid, building, door) in order."""
        return self.store.rows(
            self.store.select(Place).where(Place.kind == kind).order_by(Place.position, Place.id)
        )

    @permitted("residents.read")
    def find_group(self, words: str) -> Place | None:
        """Find a group by its name or by its number as people say it (三组, 第3村民小组, 3)."""
        number = ordinal_in(words)
        for place in self.groups():
            if place.name == words.strip():
                return place
            if number is not None and ordinal_in(place.name) == number:
                return place
        return None

    @permitted("residents.edit")
    def add(self, name: str, kind: str = "group", parent_id: int | None = None) -> Place:
        """Add a place; refuses a name that its siblings have already."""
        name = self._checked(name, kind, parent_id, None)
        with self.session.change(f"新增{name}") as change:
            return self.insert(change, name, kind, parent_id)

    def insert(
        self, change: Change, name: str, kind: str = "group", parent_id: int | None = None
    ) -> Place:
        """Insert a place within an open change (an import that brings new groups)."""
        siblings = self.of_kind(kind)
        if any(place.name == name and place.parent_id == parent_id for place in siblings):
            raise Refused("name_taken", f"已经有“{name}”了。")
        position = ordinal_in(name) or len(siblings) + 1
        place: Place = change.insert(
            Place(name=name, kind=kind, parent_id=parent_id, position=position)
        )
        return place

    @permitted("residents.edit")
    def rename(self, place_id: int, name: str) -> Place:
        """Rename a place once; papers already published keep the old name.

        Seats of bodies keep their group in words: those of today are renamed with it.
        """
        place = self.store.get(Place, place_id)
        name = self._checked(name, place.kind, place.parent_id, place.id)
        old = place.name
        with self.session.change(f"{old}改名为{name}") as change:
            renamed: Place = change.update(place, name=name)
            if place.kind == "group":
                self._rename_seats(change, old, name)
        return renamed

    @permitted("residents.read")
    def tree(self) -> list[PlaceLine]:
        """List the places as a tree, each with how deep it stands and how many live there."""
        places = self.store.rows(
            self.store.select(Place).order_by(Place.position.asc(nulls="LAST"), Place.id)
        )
        counts = self._people()
        below: dict[int | None, list[Place]] = {}
        for place in places:
            below.setdefault(place.parent_id, []).append(place)

        def lines(parent: int | None, depth: int) -> Iterator[PlaceLine]:
            for place in sorted(below.get(parent, []), key=_by_kind):
                yield PlaceLine(place, depth, counts.get(place.id, 0))
                yield from lines(place.id, depth + 1)

        return list(lines(None, 0))

    @permitted("residents.delete")
    def remove(self, place_id: int) -> None:
        """Take a place away that nobody lives in and nothing names; refused otherwise."""
        place = self.store.get(Place, place_id)
        with self.session.change(f"删除地点 {place.name}") as change:
            change.delete(place)

    def _checked(self, name: str, kind: str, parent_id: int | None, own: int | None) -> str:
        """Refuse a blank name and one that a sibling has."""
        name = name.strip()
        if not name:
            raise InvalidInput([Fault("name", "required", "名称不能空。")])
        if any(
            place.name == name and place.parent_id == parent_id and place.id != own
            for place in self.of_kind(kind)
        ):
            raise Refused("name_taken", f"已经有“{name}”了。")
        return name

    def _rename_seats(self, change: Change, old: str, new: str) -> None:
        seats = self.store.select(Membership).where(Membership.group_name == old)
        today = self.session.today()
        for seat in self.store.rows(seats):
            if seat.to_day is None or seat.to_day >= today:
                change.update(seat, group_name=new)

    def _people(self) -> dict[int, int]:
        """Count who belongs to each place today, by group and by grid."""
        counts: dict[int, int] = {}
        for field in (Resident.group_id, Resident.grid_id):
            query = (
                self.store.select(Resident, field, peewee.fn.count(Resident.id))
                .where(field.is_null(False), Resident.status.not_in(GONE))
                .group_by(field)
            )
            counts.update(dict(self.store.rows(query.tuples())))
        return counts


def _by_kind(place: Place) -> tuple[int, int, int]:
    return (PLACE_KINDS.sort_key(place.kind)[1], place.position or 0, place.id)
