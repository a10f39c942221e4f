"""Recognising people: number first, then name with birth and household, never a phone alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from village_app.domain.identity import birth_of, is_valid
from village_app.domain.person_names import clean_name
from village_app.importing.plans.recognition import (
    NOBODY,
    Candidate,
    KnownPerson,
    OwnKey,
    Recognised,
    RowFacts,
)
from village_app.importing.tables.groups import group_key
from village_app.importing.tables.variants import name_variants

NEAR_NAME = 0.6
"""Likeness from which two names are taken for spellings of one (张明水 and 张明永: 0.67)."""
MOST_CANDIDATES = 5
CROWD = 60
"""More people than this sharing a birth date or a phone are not looked through for like names."""


@dataclass(frozen=True, slots=True)
class PeopleRecognition:
    """Compares rows with residents.

    Certain are: the same identity number with the same name; the same name, birth date and
    household where no number contradicts. All else only suspects, with a score and reasons: name
    and birth; name and head; name and phone; name alone where the row says nothing else; a near
    name with the same birth, phone or number but for one digit. A shared phone alone says nothing.
    """

    def index(self, known: Iterable[KnownPerson]) -> PeopleRegister:
        return PeopleRegister(known)

    def own_keys(self, facts: RowFacts) -> tuple[OwnKey, ...]:
        number = facts.values.get("id_number")
        name, birth = folded_name(facts.values.get("name")), facts.values.get("birth")
        keys = []
        if number:
            keys.append(OwnKey(("number", number), "证件号码相同", "id_number", name))
        elif name and birth:
            keys.append(OwnKey(("name", name, birth), "姓名和出生日期相同", "name"))
        elif name and facts.head_name:
            head = folded_name(facts.head_name)
            keys.append(OwnKey(("head", name, head, facts.household_no), "姓名和户主相同", "name"))
        elif name and not (facts.values.get("phone") and facts.values.get("address")):
            # Nothing tells the two apart; a telephone or an address of their own would.
            group = group_key(str(facts.values.get("group") or ""))
            more = (facts.values.get("phone"), facts.values.get("address"), facts.partial_birth)
            reason = "姓名相同，也没有别的可以区分"
            keys.append(OwnKey(("alone", name, group, *more), reason, "name"))
        return tuple(keys)


@dataclass(slots=True)
class PeopleRegister:
    """The known residents by number, name, birth and phone."""

    known: Iterable[KnownPerson]
    _by_number: dict[str, list[KnownPerson]] = field(default_factory=dict)
    _by_name: dict[str, list[KnownPerson]] = field(default_factory=dict)
    _by_birth: dict[date, list[KnownPerson]] = field(default_factory=dict)
    _by_phone: dict[str, list[KnownPerson]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.known:
            if person.identity_number:
                self._by_number.setdefault(person.identity_number, []).append(person)
            self._by_name.setdefault(folded_name(person.name), []).append(person)
            birth = _birth_of(person)
            if birth:
                self._by_birth.setdefault(birth, []).append(person)
            if person.phone:
                self._by_phone.setdefault(person.phone, []).append(person)

    def recognise(self, facts: RowFacts) -> Recognised:
        number = facts.values.get("id_number")
        found = self._by_number.get(number, []) if number else []
        if found:
            return self._of_number(found, facts)
        name = folded_name(facts.values.get("name"))
        if not name:
            return NOBODY
        namesakes = [
            candidate
            for person in self._by_name.get(name, [])
            if (candidate := _compare_namesake(person, facts))
        ]
        certain = [one for one in namesakes if one.code == "name_birth_household"]
        if len(certain) == 1:
            return Recognised(certain=certain[0])
        near = () if certain else self._near(name, facts)
        ranked = sorted((*namesakes, *near), key=lambda one: -one.score)
        return Recognised(candidates=tuple(ranked[:MOST_CANDIDATES]))

    def _of_number(self, found: list[KnownPerson], facts: RowFacts) -> Recognised:
        """Take the holder of the number if the names agree; else ask, the number may be a slip."""
        name = folded_name(facts.values.get("name"))
        same = [person for person in found if not name or folded_name(person.name) == name]
        if len(same) == 1 and len(found) == 1:
            return Recognised(certain=Candidate(same[0], 1.0, "number", ("证件号码相同",)))
        return Recognised(
            candidates=tuple(
                Candidate(
                    person, 0.9 if person in same else 0.7, "number_other_name", _why(person, name)
                )
                for person in found
            )
        )

    def _near(self, name: str, facts: RowFacts) -> list[Candidate]:
        """Find near names among those with the same birth date or the same phone."""
        birth, phone = facts.values.get("birth"), facts.values.get("phone")
        same_birth = self._by_birth.get(birth, []) if birth else []
        same_phone = self._by_phone.get(phone, []) if phone else []
        # A birth date or a phone that a crowd shares (1 January, the office's) says nothing.
        close = {
            person.id: person
            for sharing in (same_birth, same_phone)
            if len(sharing) <= CROWD
            for person in sharing
        }
        found = (_compare_near(person, name, facts) for person in close.values())
        return [candidate for candidate in found if candidate]


def _birth_of(person: KnownPerson) -> date | None:
    """Give the birth date, from the number where it is not kept apart."""
    if person.birth or not person.identity_number or not is_valid(person.identity_number):
        return person.birth
    return birth_of(person.identity_number)


def _why(person: KnownPerson, name: str) -> tuple[str, ...]:
    if folded_name(person.name) == name:
        return ("证件号码相同", "姓名相同，但登记册里不止一人用这个号码")
    return ("证件号码相同", f"但登记册里姓名是“{person.name}”")


def _compare_namesake(person: KnownPerson, facts: RowFacts) -> Candidate | None:
    """Weigh a known person of the same name; None where the two are clearly different people."""
    number, birth = facts.values.get("id_number"), facts.values.get("birth")
    numbers_differ = bool(number and person.identity_number and number != person.identity_number)
    births = _births(birth, facts.partial_birth, _birth_of(person))
    same_house = _same_household(person, facts)
    same_phone = bool(facts.values.get("phone")) and facts.values.get("phone") == person.phone
    if births is False or (numbers_differ and not births):
        return None
    reasons = ["姓名相同"]
    if births:
        reasons.append("出生日期相同")
    if same_house:
        reasons.append("同一户")
    if same_phone:
        reasons.append("电话相同")
    if numbers_differ:
        reasons.append("但证件号码不同")
        return Candidate(person, 0.75, "name_birth_other_number", tuple(reasons))
    if births and same_house:
        return Candidate(person, 0.98, "name_birth_household", tuple(reasons))
    if births:
        return Candidate(person, 0.88, "name_birth", tuple(reasons))
    return _without_birth(person, facts, reasons, same_house=same_house, same_phone=same_phone)


def _without_birth(
    person: KnownPerson, facts: RowFacts, reasons: list[str], *, same_house: bool, same_phone: bool
) -> Candidate | None:
    if same_house:
        return Candidate(person, 0.8, "name_head", tuple(reasons))
    if same_phone:
        return Candidate(person, 0.75, "name_phone", tuple(reasons))
    group = facts.values.get("group")
    if group and person.group and group_key(str(group)) != group_key(person.group):
        return None
    if facts.head_name and person.head_name:
        return None
    score = 0.55 if group and person.group else 0.5
    return Candidate(person, score, "name_only", (*reasons, "没有别的可以核对"))


def _births(birth: date | None, partial: str | None, known: date | None) -> bool | None:
    """Compare birth dates: True the same, False different, None where one is not known in full."""
    if known is None:
        return None
    if birth is not None:
        return birth == known
    if partial and not known.isoformat().startswith(partial):
        return False
    return None


def _same_household(person: KnownPerson, facts: RowFacts) -> bool:
    number = person.values.get("household_no")
    if facts.household_no and number:
        return bool(str(number) == facts.household_no)
    if facts.head_name and person.head_name:
        return folded_name(facts.head_name) == folded_name(person.head_name)
    return False


def _compare_near(person: KnownPerson, name: str, facts: RowFacts) -> Candidate | None:
    """Weigh a person of a like name who shares the birth date or the phone."""
    theirs = folded_name(person.name)
    likeness = name_likeness(name, theirs)
    number = facts.values.get("id_number")
    if theirs == name or likeness < NEAR_NAME or (number and person.identity_number):
        return None
    births = _births(facts.values.get("birth"), facts.partial_birth, _birth_of(person))
    if births is False:
        return None
    phone = facts.values.get("phone")
    reasons = [f"姓名相近（{person.name}）"]
    if births:
        reasons.append("出生日期相同")
    if phone and phone == person.phone:
        reasons.append("电话相同")
    if _same_household(person, facts):
        reasons.append("同一户")
    score = min(0.85, 0.25 + 0.3 * likeness + 0.15 * (len(reasons) - 1))
    return Candidate(person, round(score, 2), "near_name", tuple(reasons))


def name_likeness(one: str, other: str) -> float:
    """Say how alike two names are, from 0 to 1: by characters, the surname must be the same."""
    if not one or not other or one[0] != other[0]:
        return 0.0
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_similarity(one, other))


def folded_name(name: Any) -> str:
    """Write a name for comparison only: without remarks, variant characters as one."""
    return _fold(str(name)) if name else ""


@lru_cache(maxsize=65536)
def _fold(name: str) -> str:
    bare = clean_name(name).name.replace(" ", "")
    return bare.translate(name_variants())


def same_name(one: Any, other: Any) -> bool:
    """Tell whether two names are the same but for blanks, dots and variant characters."""
    return folded_name(one) == folded_name(other)
