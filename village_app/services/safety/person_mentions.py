"""Where the records name one person: what may be changed, and what stays as it is and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

import peewee

from village_app.db.engine import Store
from village_app.db.fields import Record, table_of
from village_app.db.records import RECORDS
from village_app.db.records.residents import Resident
from village_app.domain.kind import FieldDeclaration
from village_app.domain.kinds import Reference
from village_app.domain.kinds_people import Address, PersonName
from village_app.domain.kinds_texts import Text
from village_app.services.safety.person_words import PersonWords

_ACCOUNTS = "会计档案，按保管期限留着"
# Records that the law wants as they are, with the reason the clerk is told.
LEFT = {
    "notice": "张贴过的公示，原样留着",
    "membership": "任职是村里的公开记录",
    "ledger_entry": _ACCOUNTS,
    "ledger_opening": _ACCOUNTS,
    "contract": _ACCOUNTS,
    "payment": _ACCOUNTS,
    "lease": _ACCOUNTS,
    "aid_line": _ACCOUNTS,
}
SAME_NAME = "村里有同名的人，请人工看一看"
OF_THE_VILLAGE = "村里的工作记录，原样留着"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person's name or numbers stood or stand: the thing, how many, why it stays."""

    title: str
    count: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that names the person, and the values it gets instead."""

    record: Record
    values: dict[str, Any]


class Mentions:
    """The records that name one person; `words` are those that name him."""

    def __init__(self, store: Store, person: int, words: PersonWords) -> None:
        self.store = store
        self.person = person
        self.words = words

    def changeable(self) -> Iterator[Mention]:
        """Find every personal text of other records that names him and may be changed."""
        for model in RECORDS.values():
            table = table_of(model)
            if table in LEFT:
                continue
            declared = [one for one in _texts_of(model) if one.sensitivity != "public"]
            for record in self._naming(model, declared):
                if (table, record.id) == ("resident", self.person) or not self._is_his(record):
                    continue
                values = self._values_without(record, declared)
                if values:
                    yield Mention(record, values)

    def _naming(self, model: type[Record], declared: list[FieldDeclaration]) -> list[Any]:
        """Give the records in whose declared fields his name or a number of his may stand."""
        # The words are sought as text, whatever the kind of the column would make of them.
        found = [
            peewee.fn.instr(getattr(model, one.name), peewee.Value(word, converter=False)) > 0
            for one in declared
            for word in self.words.all
        ]
        if not found:
            return []
        return self.store.rows(self.store.select(model).where(reduce(or_, found)))

    def _values_without(self, record: Record, declared: list[FieldDeclaration]) -> dict[str, Any]:
        """Give the new values of the fields that name him; a field of numbers is emptied."""
        values: dict[str, Any] = {}
        for one in declared:
            value = getattr(record, one.name)
            shown = "" if value is None else str(one.kind.to_database(value))
            is_own_name = isinstance(record, Resident) and isinstance(one.kind, PersonName)
            if is_own_name or not self.words.are_in(shown):
                continue
            is_text = isinstance(one.kind, Text | Address | PersonName)
            values[one.name] = self.words.taken_out_of(shown) if is_text else None
        return values

    def _is_his(self, record: Record) -> bool:
        """Say whether a record that names him means him: it may be one of the same name."""
        if not self.words.is_shared:
            return True
        values = record.values()
        own = {"resident": self.person, "household": self._household}
        return self.words.a_number_is_in(str(values)) or any(
            isinstance(one.kind, Reference)
            and values[one.name] is not None
            and values[one.name] == own.get(one.kind.record_name)
            for one in type(record).declarations()
        )

    @cached_property
    def _household(self) -> int | None:
        found = self.store.find(Resident, self.person)
        return None if found is None else found.household_id

    def left(self) -> Iterator[Place]:
        """List what still names him, with the reason."""
        for model in RECORDS.values():
            declared = list(_texts_of(model))
            found = [
                record
                for record in self._naming(model, declared)
                if self.words.are_in(_joined(record, declared))
            ]
            if found:
                yield Place(model.title, len(found), self._why(model, found))

    def _why(self, model: type[Record], found: list[Any]) -> str:
        declared = [one for one in _texts_of(model) if one.sensitivity != "public"]
        if table_of(model) in LEFT:
            return LEFT[table_of(model)]
        if any(self.words.are_in(_joined(record, declared)) for record in found):
            return SAME_NAME
        return OF_THE_VILLAGE


def _texts_of(model: type[Record]) -> Iterator[FieldDeclaration]:
    return (one for one in model.declarations() if one.kind.storage == "text")


def _joined(record: Any, declared: list[FieldDeclaration]) -> str:
    values = ((one, getattr(record, one.name)) for one in declared)
    return "\n".join(str(one.kind.to_database(value)) for one, value in values if value is not None)
