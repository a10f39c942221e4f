"""The whole register looked through for people who stand in it twice.

Nobody is compared with everybody: people meet only where they share a number, a name, a reading
of the name with the birth date, a birth date or a telephone, so that the time grows with the
register and not with its square. A shared telephone alone says nothing (a grandmother's number
is her grandson's), and of a crowd that shares one (the office's number) nothing is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from village_app.db.records.residents import Resident
from village_app.db.records.upkeep import NotSamePerson
from village_app.domain.reporting import Report, silently
from village_app.importing.plans.people_recognition import folded_name, name_likeness
from village_app.services.session import Service, permitted

CROWD = 40
"""More people than this under one key are not compared with each other."""
LEAST = 0.5
REPORTED_EVERY = 500
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of a person."""

    id: int
    name: str
    folded: str
    reading: str
    number: str | None
    birth: date | None
    phone: str | None
    household_id: int | None
    group_id: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one: how likely (0 to 1), and why in words."""

    first: int
    second: int
    names: tuple[str, str]
    score: float
    reasons: tuple[str, ...]


class Duplicates(Service):
    """Finds pairs of people who may be one, the likeliest first."""

    @permitted("residents.merge")
    def scan(self, *, report: Report = silently) -> list[Pair]:
        """Look through everybody; pairs that are known to be two people are left out."""
        people = self._people()
        apart = self._apart()
        pairs: dict[tuple[int, int], Pair] = {}
        total = len(people)
        for done, (one, other) in enumerate(meetings(people)):
            if done % REPORTED_EVERY == 0:
                report(min(done, total), total, "正在查重")
            key = (min(one.id, other.id), max(one.id, other.id))
            if key in pairs or key in apart:
                continue
            pair = compare(one, other)
            if pair is not None:
                pairs[key] = pair
        report(total, total, "查重完成")
        return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.names))

    @permitted("residents.merge")
    def tell_apart(self, pair: Pair) -> NotSamePerson:
        """Remember that two people are not one; undo brings the pair back."""
        label = f"认定不是同一人：{pair.names[0]}、{pair.names[1]}"
        with self.session.change(label) as change:
            kept: NotSamePerson = change.insert(
                NotSamePerson(first_id=pair.first, second_id=pair.second)
            )
        return kept

    def _apart(self) -> set[tuple[int, int]]:
        query = self.store.select(NotSamePerson)
        return {
            (min(one.first_id, one.second_id), max(one.first_id, one.second_id))
            for one in self.store.rows(query)
        }

    def _people(self) -> list[Person]:
        fields = (
            *(Resident.id, Resident.name, Resident.spellings, Resident.id_number),
            *(Resident.birth, Resident.phone, Resident.household_id, Resident.group_id),
        )
        lines = self.store.rows(self.store.select(Resident, *fields).tuples())
        return [_person(line) for line in lines]


def _person(line: tuple[Any, ...]) -> Person:
    key, name, reading, number, birth, phone, household_id, group_id = line
    return Person(
        key, name, folded_name(name), str(reading or ""), number, birth, phone, household_id,
        group_id,
    )  # fmt: skip


Key = Callable[[Person], Any]
_STRONG: tuple[Key, ...] = (
    lambda one: one.number,
    lambda one: (one.folded, one.birth) if one.birth else None,
    lambda one: (one.folded, one.household_id) if one.household_id else None,
    lambda one: (one.folded, one.phone) if one.phone else None,
    lambda one: (one.folded, one.number[:6], one.number[-4:]) if one.number else None,
    lambda one: (one.folded, one.number[:14]) if one.number else None,
    lambda one: (one.folded[:1], one.birth) if one.birth else None,
)
"""What one person would share with himself and hardly anybody else."""


def meetings(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Bring those together who may be one person.

    A name alone brings only those together of whom one has no birth date: namesakes with two
    birth dates are two people, and a village has many of them.
    """
    for key in _STRONG:
        for group in _sharing(people, key):
            yield from combinations(group, 2)
    for group in _sharing(people, lambda one: one.folded):
        vague = [one for one in group if one.birth is None]
        for one in vague:
            yield from ((one, other) for other in group if other.id != one.id)


def _sharing(people: Iterable[Person], key: Key) -> Iterator[list[Person]]:
    """Give the groups of people with one key; a crowd that shares one says nothing."""
    groups: dict[Any, list[Person]] = {}
    for person in people:
        value = key(person)
        if value:
            groups.setdefault(value, []).append(person)
    return (group for group in groups.values() if 1 < len(group) <= CROWD)


def compare(one: Person, other: Person) -> Pair | None:
    """Weigh two people; None where nothing or too little speaks for their being one."""
    found = _same_number(one, other) or _same_name(one, other) or _near_name(one, other)
    if found is None or found[0] < LEAST:
        return None
    score, reasons = found
    return Pair(one.id, other.id, (one.name, other.name), round(score, 2), tuple(reasons))


Weighed = tuple[float, list[str]]


def _same_number(one: Person, other: Person) -> Weighed | None:
    if not one.number or one.number != other.number:
        return None
    if one.folded == other.folded:
        return 0.99, ["证件号码相同", "姓名相同"]
    return 0.85, ["证件号码相同", "但姓名不同"]


def _same_name(one: Person, other: Person) -> Weighed | None:
    if one.folded != other.folded:
        return None
    births = _same(one.birth, other.birth)
    distance = _number_distance(one.number, other.number)
    if distance is not None:
        return _by_numbers(distance, births, one, other)
    if births is False:
        return None
    reasons = ["姓名相同", *(["出生日期相同"] if births else []), *_beside(one, other)]
    if births:
        return min(0.97, 0.88 + 0.03 * (len(reasons) - 2)), reasons
    if len(reasons) > 1:
        return 0.6 + 0.1 * (len(reasons) - 1), reasons
    return (0.5, [*reasons, "没有别的可以核对"]) if _bare(one) and _bare(other) else None


def _by_numbers(distance: int, births: bool | None, one: Person, other: Person) -> Weighed | None:
    """Weigh namesakes with two numbers: a digit or two may be a slip, more is another person."""
    if distance > 2:
        return None
    reasons = ["姓名相同", f"证件号码只差 {distance} 位", *_beside(one, other)]
    if births:
        reasons.insert(1, "出生日期相同")
    return min(0.9, 0.8 + 0.03 * (len(reasons) - 2)), reasons


def _near_name(one: Person, other: Person) -> Weighed | None:
    """Weigh names that sound or look alike; a shared telephone needs a birth date beside it."""
    alike = name_likeness(one.folded, other.folded)
    sounds = bool(one.reading) and one.reading == other.reading
    if not sounds and alike < _NEAR:
        return None
    if _same(one.birth, other.birth) is not True:
        return None
    distance = _number_distance(one.number, other.number)
    if distance is not None and distance > 2:
        return None
    said = "姓名同音" if sounds else "姓名相近"
    reasons = [said, "出生日期相同", *_beside(one, other)]
    if distance:
        reasons.append(f"证件号码只差 {distance} 位")
    return min(0.85, (0.65 if sounds else 0.55) + 0.08 * (len(reasons) - 2)), reasons


def _same(one: Any, other: Any) -> bool | None:
    return None if not one or not other else bool(one == other)


def _beside(one: Person, other: Person) -> list[str]:
    shared = (
        ("同一户", one.household_id, other.household_id),
        ("电话相同", one.phone, other.phone),
        ("同一小组", one.group_id, other.group_id),
    )
    said = [word for word, mine, theirs in shared if mine and mine == theirs]
    return said[:2] if "同一户" in said else said


def _bare(person: Person) -> bool:
    return not person.number and not person.birth


def _number_distance(one: str | None, other: str | None) -> int | None:
    """Count the places in which two numbers differ; None where one has none."""
    if not one or not other:
        return None
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other, score_cutoff=3))
