"""The list of people: filtered, as of a day, in the order the village chose, masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.kinds import TEXT
from village_app.domain.listing import ListColumn, column_of
from village_app.services.listing import QueryList
from village_app.services.long_list import LongList
from village_app.services.register.labels import Labels
from village_app.services.register.own_fields import PREFIX, OwnFields
from village_app.services.register.presence import GONE, group_on, present_on
from village_app.services.register.resident_search import matching, own_value
from village_app.services.register.residents import MASKED
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

Order = Literal["registered", "household", "pinyin", "surname_strokes", "name_strokes"]
ORDERS: dict[Order, str] = {
    "pinyin": "按拼音",
    "surname_strokes": "按姓氏笔画",
    "name_strokes": "按姓名笔画",
    "household": "按户号",
    "registered": "按登记先后",
}


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people: of a group, by words, holding all of some labels, as of a day.

    `day` None is today by the present status; `order` None is the order of the settings.
    """

    group_id: int | None = None
    words: str = ""
    labels: tuple[str, ...] = ()
    day: date | None = None
    with_gone: bool = False
    order: Order | None = None


class ResidentList(Service):
    """Lists people for the page, the print and the export: the same people in the same order."""

    @permitted("residents.read")
    def listed(self, chosen: PeopleFilter) -> QueryList:
        """Give the list for a page: counted and ordered by the query, numbers masked.

        The village's own fields are columns behind the others.
        """
        own = OwnFields(self.session).declared()
        return LongList(
            self.store,
            self._chosen(chosen),
            Resident.id,
            (*COLUMNS, *(ListColumn(one.name, one.label, TEXT, width=14) for one in own)),
            {**_EXPRESSIONS, **{one.name: own_value(one.name.removeprefix(PREFIX)) for one in own}},
            orders={
                **_ORDERS,
                "name": self._order(chosen),
                "group": (Place.position, Resident.pinyin_key),
            },
            shape=_masked,
            sort=("name", False),
            # What is searched for is short: its ids are known as soon as it is counted.
            counted=None if chosen.words.strip() else lambda: self._count(chosen),
        )

    @permitted("residents.read")
    def people(self, chosen: PeopleFilter, *, by_group: bool = False) -> list[Resident]:
        """Give the people themselves in the order of the list; `by_group` group after group."""
        order: Sequence[Any] = self._order(chosen)
        if by_group:
            order = (Place.position.asc(nulls="LAST"), Place.id.asc(nulls="LAST"), *order)
        return self.store.rows(self._chosen(chosen).order_by(*order, Resident.id))

    @permitted("residents.read")
    def usual_order(self) -> Order:
        """Give the order that the settings ask for."""
        settings = Settings(self.session).read()
        if settings.list_order == "stroke":
            return "name_strokes" if settings.stroke_custom == "name" else "surname_strokes"
        return "pinyin" if settings.list_order == "pinyin" else "household"

    @permitted("residents.read")
    def described(self, chosen: PeopleFilter) -> str:
        """Say in words what was chosen, for the head of a print: 三组，独居老人，党员."""
        group = self.store.find(Place, chosen.group_id or 0)
        words = {one.key: one.word for one in Labels(self.session).in_use(chosen.day)}
        parts = [group.name if group is not None else ""]
        parts += [words.get(key, key.partition(":")[2]) for key in chosen.labels]
        if chosen.words.strip():
            parts.append(f"含“{chosen.words.strip()}”")
        if chosen.day is not None:
            parts.append(f"截至{chosen.day}")
        return "，".join(part for part in parts if part)

    def _order(self, chosen: PeopleFilter) -> tuple[Any, ...]:
        return _BY[chosen.order or self.usual_order()]

    def _count(self, chosen: PeopleFilter) -> int:
        """Count without looking up anybody's household and group."""
        return int(self._narrowed(self.store.select(Resident), chosen).count())

    def _chosen(self, chosen: PeopleFilter) -> Any:
        group = group_on(self.store, chosen.day)
        query = (
            self.store.select(Resident)
            .join(Household, "LEFT JOIN", on=(Resident.household_id == Household.id))
            .switch(Resident)
            .join(Place, "LEFT JOIN", on=(group == Place.id))
        )
        words = matching(self.store, chosen.words)
        query = self._narrowed(query, chosen)
        return query if words is None else query.where(words)

    def _narrowed(self, query: Any, chosen: PeopleFilter) -> Any:
        if chosen.day is not None:
            query = query.where(present_on(chosen.day))
        elif not chosen.with_gone:
            query = query.where(Resident.status.not_in(GONE))
        if chosen.group_id is not None:
            query = query.where(group_on(self.store, chosen.day) == chosen.group_id)
        day = chosen.day or self.session.today()
        for key in chosen.labels:
            query = query.where(Labels(self.session).condition(key, day))
        return query


def _masked(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: Resident.declaration(key).kind.mask(value) if key in MASKED else value
        for key, value in values.items()
    }


# Who belongs to no household stands behind those who do.
_HOUSE = (Household.number.is_null(), Household.number)
_BY: dict[Order, tuple[Any, ...]] = {
    "registered": (Resident.id,),
    "household": (*_HOUSE, Resident.relation, Resident.birth),
    "pinyin": (Resident.pinyin_key,),
    "surname_strokes": (Resident.stroke_key,),
    "name_strokes": (Resident.name_stroke_key,),
}
COLUMNS = (
    column_of(Resident.declaration("name"), width=10),
    column_of(Resident.declaration("sex"), width=6),
    column_of(Resident.declaration("birth"), width=12),
    column_of(Resident.declaration("id_number"), width=21),
    column_of(Resident.declaration("phone"), width=14),
    ListColumn("group", "村民小组", TEXT, width=12),
    ListColumn("household", "户号", TEXT, width=10, sensitivity="personal"),
    column_of(Resident.declaration("relation"), width=10),
    column_of(Resident.declaration("address"), width=24),
    column_of(Resident.declaration("politics"), width=10),
    column_of(Resident.declaration("education"), width=10),
    column_of(Resident.declaration("residence"), width=8),
    column_of(Resident.declaration("status"), width=8),
)
_EXPRESSIONS = {
    **{
        column.key: getattr(Resident, column.key)
        for column in COLUMNS
        if column.key not in ("group", "household")
    },
    "group": Place.name,
    "household": Household.number,
}
_ORDERS = {"household": _BY["household"]}
