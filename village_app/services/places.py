"""The place tree 村→村民小组→网格→楼栋→门牌."""

from __future__ import annotations

from village_app.db.journal import Change
from village_app.db.records.residents import Place
from village_app.domain.numerals import ordinal_in
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.session import Service, permitted


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
        name = name.strip()
        if not name:
            raise InvalidInput([Fault("name", "required", "名称不能空。")])
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
        """Rename a place once; papers already published keep the old name."""
        place = self.store.get(Place, place_id)
        with self.session.change(f"{place.name}改名为{name.strip()}") as change:
            renamed: Place = change.update(place, name=name.strip())
        return renamed
