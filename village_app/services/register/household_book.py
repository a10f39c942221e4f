"""The households: found and listed, who belongs to one, who was its head when, what is odd."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee

from village_app.db.records.register import HouseholdHead, HouseholdStep
from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.kinds import COUNT, PERSON_NAME, TEXT
from village_app.domain.listing import ListColumn
from village_app.domain.relations import is_head
from village_app.services.listing import QueryList
from village_app.services.register.presence import GONE
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class HeadTerm:
    """A head of a household with the first and the last day; blanks are unknown and still."""

    resident_id: int
    name: str
    from_day: date | None
    to_day: date | None


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """One hit of a search: number, head, group and how many belong to it."""

    id: int
    number: str
    head: str
    group: str
    people: int


class HouseholdBook(Service):
    """Reads households; what changes them is in `household_moves`."""

    @permitted("residents.read")
    def get(self, household_id: int) -> Household:
        return self.store.get(Household, household_id)

    @permitted("residents.read")
    def listed(
        self, *, group_id: int | None = None, words: str = "", with_ended: bool = False
    ) -> QueryList:
        """Give the list of households for a page: number, head, people, group, door."""
        query = _joined(self.store)
        if not with_ended:
            query = query.where(Household.ended_on.is_null())
        if group_id is not None:
            query = query.where(Household.group_id == group_id)
        for word in words.split():
            query = query.where(_matches(word))
        return QueryList(
            self.store,
            query,
            Household.id,
            COLUMNS,
            _EXPRESSIONS,
            orders={
                "head": Resident.pinyin_key,
                "group": (Place.position, Household.number),
                "address": Household.door_key,
            },
            sort=("number", False),
        )

    @permitted("residents.read")
    def find(self, words: str, *, limit: int = 20) -> list[FoundHousehold]:
        """Find households by part of the number, the address or a member's name."""
        listing = self.listed(words=words)
        return [
            FoundHousehold(
                row.id,
                row.values["number"],
                row.values["head"] or "",
                row.values["group"] or "",
                row.values["people"],
            )
            for row in listing.window(0, limit)
        ]

    @permitted("residents.read")
    def count(self) -> int:
        """Count the households that were not merged away."""
        return int(self.store.select(Household).where(Household.ended_on.is_null()).count())

    @permitted("residents.read")
    def members(self, household: Household, *, with_gone: bool = True) -> list[Resident]:
        """List who belongs to a household: the head, then by relation and age, the gone last."""
        query = self.store.select(Resident).where(Resident.household_id == household.id)
        people = self.store.rows(query)
        if not with_gone:
            people = [one for one in people if one.status not in GONE]
        return sorted(people, key=lambda one: _order(one, household.head_id))

    @permitted("residents.read")
    def heads(self, household: Household) -> list[HeadTerm]:
        """List who was head from when to when, the first one first."""
        terms = self.store.rows(
            self.store.select(HouseholdHead)
            .where(HouseholdHead.household_id == household.id)
            .order_by(HouseholdHead.from_day.asc(nulls="FIRST"), HouseholdHead.id)
        )
        if not terms and household.head_id is not None:
            return [HeadTerm(household.head_id, self._name(household.head_id), None, None)]
        return [
            HeadTerm(one.resident_id, self._name(one.resident_id), one.from_day, one.to_day)
            for one in terms
        ]

    @permitted("residents.read")
    def head_on(self, household: Household, day: date) -> str:
        """Name who was head on a day; blank where nobody was."""
        for term in reversed(self.heads(household)):
            if (term.from_day is None or term.from_day <= day) and (
                term.to_day is None or day <= term.to_day
            ):
                return term.name
        return ""

    @permitted("residents.read")
    def steps(self, household: Household) -> list[HouseholdStep]:
        """List what happened to a household, the newest first."""
        query = self.store.select(HouseholdStep).where(HouseholdStep.household_id == household.id)
        return self.store.rows(query.order_by(HouseholdStep.day.desc(), HouseholdStep.id.desc()))

    @permitted("residents.read")
    def doubts(self, household: Household) -> list[str]:
        """Say what is odd about a household and what to do; empty where all is well."""
        here = self.members(household, with_gone=False)
        if household.ended_on is not None:
            return [] if not here else ["这一户已经并走，却还有人。请把他们改到别户。"]
        if not here:
            return ["这一户现在没有在册的人。"]
        head = next((one for one in here if one.id == household.head_id), None)
        if household.head_id is None:
            return ["还没有登记户主，请按“换户主”定一位。"]
        if head is None:
            return [f"户主{self._name(household.head_id)}已不在册或不在本户，请按“换户主”定一位。"]
        others = [one.name for one in here if is_head(one.relation) and one.id != head.id]
        return [f"{'、'.join(others)}也写着户主，请改成与户主的关系。"] if others else []

    @permitted("residents.read")
    def next_number(self, group_id: int | None) -> str:
        """Propose a number for a new household: the group's highest plus one, equally long."""
        query = self.store.select(Household, Household.number)
        if group_id is not None:
            query = query.where(Household.group_id == group_id)
        numbers = [number for (number,) in self.store.rows(query.tuples()) if number.isdecimal()]
        if not numbers:
            return ""
        taken = {number for (number,) in self.store.sql('SELECT "number" FROM household')}
        highest = max(numbers, key=lambda one: (len(one), one))
        following = int(highest) + 1
        while f"{following:0{len(highest)}d}" in taken:
            following += 1
        return f"{following:0{len(highest)}d}"

    def _name(self, resident_id: int) -> str:
        found = self.store.find(Resident, resident_id)
        return found.name if found is not None else "（已删除的人）"


def _order(person: Resident, head_id: int | None) -> tuple[Any, ...]:
    return (
        person.status in GONE,
        person.id != head_id,
        person.relation or "zz",
        person.birth or date.max,
        person.id,
    )


def _joined(store: Any) -> Any:
    return (
        store.select(Household)
        .join(Resident, "LEFT JOIN", on=(Household.head_id == Resident.id))
        .switch(Household)
        .join(Place, "LEFT JOIN", on=(Household.group_id == Place.id))
    )


def _matches(word: str) -> Any:
    member = Resident.alias("member")
    named = member.select(member.household_id).where(member.name.contains(word))
    if word.isascii():
        spelled = member.spellings.contains(f" {word.lower()}")
        named = member.select(member.household_id).where(member.name.contains(word) | spelled)
    return (
        Household.number.contains(word)
        | Household.address.contains(word)
        | Place.name.contains(word)
        | Household.id.in_(named)
    )


def _people() -> Any:
    member = Resident.alias("counted")
    return member.select(peewee.fn.count(member.id)).where(
        member.household_id == Household.id, member.status.not_in(GONE)
    )


COLUMNS = (
    ListColumn("number", "户号", TEXT, width=12, sensitivity="personal"),
    ListColumn("head", "户主", PERSON_NAME, width=10, sensitivity="personal"),
    ListColumn("people", "人数", COUNT, width=6),
    ListColumn("group", "村民小组", TEXT, width=12),
    ListColumn("address", "门牌地址", TEXT, width=24, sensitivity="personal"),
)
_EXPRESSIONS = {
    "number": Household.number,
    "head": Resident.name,
    "people": _people(),
    "group": Place.name,
    "address": Household.address,
}
