"""How people are found: name, pinyin, tails of numbers, household, group, else any other field.

The quick ways read indexes and nothing else; the number of a household and the name of a group
count as a whole only. Only a word that nobody is found by in these is sought in the other fields:
address, birth, 党员, 小学, plates and notes, the middle of a telephone number. The name of one
of the village's own fields, alone or with a value behind a colon, asks for that field.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

import peewee

from village_app.db.engine import Store
from village_app.db.records.residents import Household, Place, Resident
from village_app.db.records.upkeep import OwnField
from village_app.domain.kinds import DAY, Choice, Unreadable

_TEXTS = ("address", "note", "bank", "shares", "reading", "extra", "bank_account", "id_number")
# Tails of this length have an index of their own (`db/migrations/register.py`).
_TAIL = 4
# Up to this many, the people found are named to the list one by one, so that it seeks once only.
_FEW = 5000


def matching(store: Store, words: str, *, anywhere: bool = True) -> Any:
    """Give the condition that every word of a search fits the person; None for no words.

    Without `anywhere` a word is sought in the quick ways only: a search over all subjects would
    otherwise read the whole register for every word that is about something else.
    """
    found = [_of_word(store, word, anywhere=anywhere) for word in words.split()]
    return reduce(and_, found) if found else None


def own_value(key: str) -> Any:
    """Give what a person has in one of the village's own fields, as a text; none where blank."""
    return peewee.fn.json_extract(Resident.extra, peewee.Value(f'$."{key}"', converter=False))


def _own(store: Store, word: str) -> Any:
    """Match who has something in an own field (宅基地证号), or this in it (宅基地证号：0312)."""
    label, _, value = word.replace("：", ":").partition(":")
    query = store.select(OwnField).where(OwnField.name == label, OwnField.ended_on.is_null())
    field = query.first() if label and not label.isascii() else None
    if field is None:
        return None
    kept = own_value(str(field.id))
    return kept.is_null(False) if not value else peewee.fn.instr(kept, value) > 0


def _of_word(store: Store, word: str, *, anywhere: bool) -> Any:
    own = _own(store, word)
    if own is not None:
        return own
    ids = [found for query in _quick(word) for found in _ids(store, query)]
    if not ids:
        return _anywhere(word) if anywhere else Resident.id.is_null()
    if len(ids) <= _FEW:
        return Resident.id.in_(ids)
    return reduce(or_, [Resident.id.in_(query) for query in _quick(word)])


def _ids(store: Store, query: Any) -> list[int]:
    with store.reading():
        cursor = store.database.execute(query.bind(store.database).limit(_FEW + 1))
        return [one for (one,) in cursor.fetchall()]


def _contains(field: Any, text: str) -> Any:
    """Seek a text as it is: the kind of the column would refuse a part of a number or a day."""
    return peewee.fn.instr(field, peewee.Value(text, converter=False)) > 0


def _ends(field: Any, text: str) -> Any:
    """Compare the end of a number; from four digits on the index of tails is asked first."""
    whole = peewee.fn.substr(field, -len(text)) == peewee.Value(text, converter=False)
    if len(text) < _TAIL:
        return whole
    # The length stands in the statement itself: an index on an expression knows no parameters.
    tail = peewee.fn.substr(field, peewee.SQL(f"-{_TAIL}"))
    return (tail == peewee.Value(text[-_TAIL:], converter=False)) & whole


def _quick(word: str) -> list[Any]:
    """Give the queries of the quick ways, each of which reads one index."""
    if not word.isascii():
        places = Place.select(Place.id).where(Place.name == word)
        conditions = [_contains(Resident.name, word), Resident.group_id.in_(places)]
    elif word.isalpha():
        spelled = _contains(Resident.spellings, f" {word.lower()}")
        conditions = [spelled | _contains(Resident.name, word)]
    else:
        number = word.upper()
        others = Resident.other_phones.is_null(False) & _contains(Resident.other_phones, word)
        home = Household.select(Household.id).where(Household.number == word)
        conditions = [_ends(Resident.id_number, number), _ends(Resident.phone, word), others]
        conditions.append(Resident.household_id.in_(home))
    return [Resident.select(Resident.id).where(one) for one in conditions]


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
