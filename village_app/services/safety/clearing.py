"""Clearing one person's data for good: his fields, his files, every text that names him, his trace.

Two changes of the journal do it. The first takes the data out of the records and says in its label
where it stood; the second erases what the journal kept of it. Each knows from the journal alone
what it has to do, so that a cut between them loses nothing (A18).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

import peewee

from village_app.db import erasing
from village_app.db.attachments import AttachmentStore
from village_app.db.fields import Record, table_of
from village_app.db.journal import Change
from village_app.db.records import RECORDS
from village_app.db.records.house import Attachment
from village_app.db.records.residents import Resident
from village_app.domain.kind import FieldDeclaration
from village_app.domain.kinds import Reference
from village_app.domain.kinds_people import Address, PersonName
from village_app.domain.kinds_texts import Text
from village_app.services.safety.person_words import CLEARED, PersonWords
from village_app.services.session import Session

_KEPT_FIELDS = frozenset({"status", "group_id", "grid_id", "household_id"})
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
class Cleared:
    """What clearing did.

    `rows` and `labels` of the journal were erased, `attachments` taken away, `texts` of other
    records changed; `remains` is what was left as it is, with the reason.
    """

    rows: int
    labels: int
    attachments: int
    texts: tuple[Place, ...]
    remains: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A record that names the person, and the values it gets instead."""

    record: Record
    values: dict[str, Any]


class Clearing:
    """Clears one person; `words` are those that name him."""

    def __init__(self, session: Session, person: int, words: PersonWords) -> None:
        self.session = session
        self.store = session.store
        self.person = person
        self.words = words

    @classmethod
    def of(cls, session: Session, resident: Resident) -> Clearing:
        (values,) = session.store.database.execute_sql(
            "SELECT json_object('name', name, 'id_number', id_number, 'phone', phone, "
            "'other_phones', other_phones, 'bank_account', bank_account) "
            "FROM resident WHERE id = ?",
            (resident.id,),
        ).fetchone()
        words = PersonWords.of(session.store, resident.id, json.loads(values))
        return cls(session, resident.id, words)

    def clear(self, resident: Resident) -> Cleared:
        """Take the data out of the records, then out of the journal."""
        mentions = list(self._mentions())
        texts = _counted(mention.record.title for mention in mentions)
        said = "".join(f"，{place.title} {place.count} 处" for place in texts)
        with self.session.change(
            f"清除个人信息：居民 {self.person}{said}", kind="final", undoable=False
        ) as change:
            attachments = self._take_files_away(change)
            for mention in mentions:
                change.update(mention.record, **mention.values)
            change.update(resident, **{**_blank(), "name": CLEARED})
            self._forget_drafts()
        rows, labels = self.erase_trace(change.number)
        return Cleared(rows, labels, attachments, texts, tuple(self._remains()))

    def erase_trace(self, cleared_in: int) -> tuple[int, int]:
        """Erase what the journal kept, in one change; `cleared_in` is the one that cleared."""
        rows, labels = list(self._journal_rows(cleared_in)), self._labels()
        with self.session.change("清除修改记录里的个人信息", kind="final", undoable=False):
            erasing.erase_payloads(self.store, rows)
            erasing.erase_labels(self.store, labels)
        self._forget_files()
        return len(rows), len(labels)

    def _take_files_away(self, change: Change) -> int:
        owned = self.store.rows(
            self.store.select(Attachment).where(
                Attachment.table_name == "resident", Attachment.record_id == self.person
            )
        )
        for attachment in owned:
            change.delete(attachment)
        return len(owned)

    def _mentions(self) -> Iterator[_Mention]:
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
                    yield _Mention(record, values)

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

    def _journal_rows(self, cleared_in: int) -> Iterator[tuple[int, int]]:
        """Find journal rows of himself, of his files, and of what else names him."""
        his = erasing.touched(self.store, cleared_in)
        gone = [one.record for one in his if one.table == "attachment" and one.is_removal]
        yield from erasing.rows_of(self.store, "resident", [self.person])
        yield from erasing.rows_of(self.store, "attachment", gone)
        records = {(one.table, one.record) for one in his}
        for row in erasing.rows_naming(self.store, self.words.all):
            if row.table in LEFT or not self.words.are_in(row.payload):
                continue
            if (
                not self.words.is_shared
                or (row.table, row.record) in records
                or self.words.a_number_is_in(row.payload)
                or f'"resident_id":{self.person}' in row.payload
            ):
                yield row.change, row.position

    def _labels(self) -> list[int]:
        """Find changes whose label names him; one of the same name loses his there too."""
        found = self.store.sql(
            'SELECT id, label FROM "change" WHERE label_erased = 0 AND instr(label, ?) > 0',
            (self.words.name,),
        )
        return [int(number) for number, label in found if self.words.are_in(str(label))]

    def _forget_drafts(self) -> None:
        """Throw half-written forms away that name him; they are nobody's facts yet."""
        kept = self.store.sql("SELECT user, page, content FROM draft")
        for user, page, content in kept:
            if self.words.are_in(str(content)):
                self.store.database.execute_sql(
                    "DELETE FROM draft WHERE user = ? AND page = ?", (user, page)
                )

    def _forget_files(self) -> None:
        """Remove the content of files that no record and no undo can name any more (A16)."""
        with self.store.reading(), self.store.database.atomic():
            self.store.database.execute_sql(
                "DELETE FROM attachment_words WHERE fingerprint NOT IN "
                "(SELECT fingerprint FROM attachment)"
            )
        named = self.store.sql(
            "SELECT fingerprint FROM attachment UNION "
            """SELECT json_extract(coalesce("after", "before"), '$.fingerprint') FROM change_row """
            "WHERE table_name = 'attachment' AND erased = 0"
        )
        files = AttachmentStore(self.session.folder, self.session.keys())
        files.remove_orphans(str(code) for (code,) in named if code)

    def _remains(self) -> Iterator[Place]:
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


def _blank() -> dict[str, Any]:
    """Give the fields of a person that are emptied; counts and links stay."""
    return {
        declared.name: None
        for declared in Resident.declarations()
        if declared.sensitivity != "public" and declared.name not in _KEPT_FIELDS
    }


def _counted(titles: Iterator[str]) -> tuple[Place, ...]:
    return tuple(Place(title, count) for title, count in Counter(titles).items())
