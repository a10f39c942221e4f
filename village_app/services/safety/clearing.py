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
from typing import Any

from village_app.db import attachment_files, erasing
from village_app.db.journal import Change
from village_app.db.records.house import Attachment
from village_app.db.records.residents import Resident
from village_app.services.safety.person_mentions import LEFT, Mentions, Place
from village_app.services.safety.person_words import CLEARED, PersonWords
from village_app.services.session import Session

_KEPT_FIELDS = frozenset({"status", "group_id", "grid_id", "household_id"})


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


class Clearing:
    """Clears one person; `words` are those that name him."""

    def __init__(self, session: Session, person: int, words: PersonWords) -> None:
        self.session = session
        self.store = session.store
        self.person = person
        self.words = words
        self.mentions = Mentions(session.store, person, words)

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
        mentions = list(self.mentions.changeable())
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
        return Cleared(rows, labels, attachments, texts, tuple(self.mentions.left()))

    def erase_trace(self, cleared_in: int) -> tuple[int, int]:
        """Erase what the journal kept, in one change; `cleared_in` is the one that cleared."""
        files = self._files_taken_away(cleared_in)
        rows, labels = list(self._journal_rows(cleared_in)), self._labels()
        with self.session.change("清除修改记录里的个人信息", kind="final", undoable=False):
            erasing.erase_payloads(self.store, rows)
            erasing.erase_labels(self.store, labels)
        self._forget_files(files)
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

    def _files_taken_away(self, cleared_in: int) -> set[str]:
        """Give the codes of the files whose records the clearing removed."""
        return {
            str(json.loads(row.payload)["fingerprint"])
            for row in erasing.touched(self.store, cleared_in)
            if row.table == "attachment" and row.is_removal
        }

    def _forget_files(self, codes: set[str]) -> None:
        """Remove their content, unless another record or an undo still names it.

        Other files without a record stay: a replaced database that is kept beside may name them.
        """
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
        gone = codes - {str(code) for (code,) in named}
        attachment_files.sweep(self.session.folder, lambda code: code not in gone)


def _blank() -> dict[str, Any]:
    """Give the fields of a person that are emptied; counts and links stay."""
    return {
        declared.name: None
        for declared in Resident.declarations()
        if declared.sensitivity != "public" and declared.name not in _KEPT_FIELDS
    }


def _counted(titles: Iterator[str]) -> tuple[Place, ...]:
    return tuple(Place(title, count) for title, count in Counter(titles).items())
