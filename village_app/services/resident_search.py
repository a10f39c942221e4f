"""How people are found: by name, pinyin, initials and tails of numbers, else by any other field.

The four quick ways read one covering index and nothing else. Only a word that nobody is found by
in these is sought in the other fields: address, birth, group, household, 党员, 小学, notes.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

import peewee

from village_app.db.engine import Store
from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.kinds import DAY, Choice, Unreadable

_TEXTS = ("address", "note", "bank", "shares", "reading", "extra", "bank_account", "id_number")


def matching(store: Store, words: str) -> Any:
    """Give the condition that every word of a search fits the person; None for no words."""
    found = [_of_word(store, word) for word in words.split()]
    return reduce(and_, found) if found else None


def _of_word(store: Store, word: str) -> Any:
    quick = _quick(word)
    with store.reading():
        hit = store.select(Resident, Resident.id).where(quick).limit(1).tuples().first()
    if hit is not None:
        return Resident.id.in_(Resident.select(Resident.id).where(quick))
    return _anywhere(word)


def _contains(field: Any, text: str) -> Any:
    """Seek a text as it is: the kind of the column would refuse a part of a number or a day."""
    return peewee.fn.instr(field, peewee.Value(text, converter=False)) > 0


def _ends(field: Any, text: str) -> Any:
    return peewee.fn.substr(field, -len(text)) == peewee.Value(text, converter=False)


def _quick(word: str) -> Any:
    condition = _contains(Resident.name, word)
    if not word.isascii():
        return condition
    if word.isalpha():
        return condition | _contains(Resident.spellings, f" {word.lower()}")
    tails = [_ends(Resident.id_number, word.upper()), _ends(Resident.phone, word)]
    return reduce(or_, [condition, *tails, _contains(Resident.other_phones, word)])


def _anywhere(word: str) -> Any:
    found = [_contains(getattr(Resident, name), word) for name in _TEXTS]
    found += [_contains(Household.number, word), _contains(Place.name, word)]
    found.append(_contains(Resident.phone, word))
    for declared in Resident.declarations():
        if isinstance(declared.kind, Choice):
            codes = [one.code for one in declared.kind.options if word in one.label]
            if codes:
                found.append(getattr(Resident, declared.name).in_(codes))
    born = _born(word)
    if born is not None:
        found.append(born)
    return reduce(or_, found)


def _born(word: str) -> Any:
    """Match a birth by its whole day as people write it, or by year and month (1985-06)."""
    part = word.replace("年", "-").replace("月", "").replace(".", "-").rstrip("-")
    if part.replace("-", "").isdecimal() and len(part) <= 7:
        year, _, month = part.partition("-")
        text = f"{year}-{int(month):02d}" if month.isdecimal() else year
        return peewee.fn.substr(Resident.birth, 1, len(text)) == peewee.Value(text, converter=False)
    try:
        day = DAY.parse(word)
    except Unreadable:
        return None
    return None if day is None else Resident.birth == day
