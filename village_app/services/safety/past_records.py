"""Take back only some records: pick from an old backup these twelve, leave all else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import peewee

from village_app.db.agreement import Disagreement, put_back, stored_lines
from village_app.db.backup_proof import key_of
from village_app.db.cipher_file import opened
from village_app.db.fields import Record
from village_app.db.records import RECORDS
from village_app.db.shelf import Backup
from village_app.errors import Refused
from village_app.services.safety.audit import shown_value
from village_app.services.session import Service, permitted

# What the program keeps of itself is restored as a whole, never by the piece.
_INNER = frozenset({"setting", "user_account", "issued_number", "rule_set", "import_batch"})


@dataclass(frozen=True, slots=True)
class PastRecord:
    """One record that is not as in the backup: gone since, or changed, with old and new shown."""

    table: str
    record_id: int
    name: str
    kind: Literal["gone", "changed"]
    differences: tuple[tuple[str, str, str], ...]


class PastRecords(Service):
    """Compares a backup with today, record by record, and takes chosen ones back."""

    @permitted("backup.restore")
    def tables(self, backup: Backup) -> list[tuple[str, str]]:
        """List (table, title) of what the backup holds and can be taken back by the piece."""
        return [
            (table, model.title)
            for table, model in RECORDS.items()
            if table not in _INNER and backup.manifest.counts.get(table)
        ]

    @permitted("backup.restore")
    def differing(self, backup: Backup, table: str) -> list[PastRecord]:
        """List the records of a table that are gone or changed since the backup."""
        model = RECORDS[table]
        return [_past(model, one) for one in self._compare(backup, table)]

    @permitted("backup.restore")
    def take_back(self, backup: Backup, table: str, ids: Iterable[int]) -> int:
        """Write chosen records as the backup has them, in one change; gives how many.

        Refused where they belong to records that are gone as well: those come first.
        """
        wanted, model = set(ids), RECORDS[table]
        chosen = [one for one in self._compare(backup, table) if one.record_id in wanted]
        if not chosen:
            return 0
        label = f"从第 {backup.manifest.sequence} 份备份取回 {len(chosen)} 条{model.title}"
        try:
            with self.session.change(label, kind="bulk") as change:
                self.store.database.execute_sql("PRAGMA defer_foreign_keys = ON")
                for one in chosen:
                    put_back(change, RECORDS, one)
        except peewee.IntegrityError as error:
            raise Refused(
                "owner_gone", "它们所属的记录现在也不在，请先取回那些（如先取回户，再取回人）。"
            ) from error
        return len(chosen)

    def _compare(self, backup: Backup, table: str) -> Iterator[Disagreement]:
        model = RECORDS[table]
        today = {line["id"]: line for line in stored_lines(self.store.sql, table, model)}
        for then in self._then(backup, table):
            record_id = then.pop("id")
            then.pop("version")
            now = today.get(record_id)
            if now is None:
                fields = {name: (value, None) for name, value in then.items() if value is not None}
                yield Disagreement("vanished", table, record_id, fields)
                continue
            fields = {
                name: (value, now[name]) for name, value in then.items() if value != now[name]
            }
            if fields:
                yield Disagreement("changed", table, record_id, fields, now["version"])

    def _then(self, backup: Backup, table: str) -> list[dict[str, Any]]:
        with opened(backup.database, key_of(backup, self.session.keys())) as connection:

            def ask(statement: str) -> list[tuple[Any, ...]]:
                return list(connection.execute(statement).fetchall())

            return list(stored_lines(ask, table, RECORDS[table]))


def _past(model: type[Record], one: Disagreement) -> PastRecord:
    declared = {found.name: found for found in model.declarations()}
    first = next(iter(declared.values()))
    shown = tuple(
        (declared[name].label, shown_value(declared[name], then), shown_value(declared[name], now))
        for name, (then, now) in one.fields.items()
        if name in declared and declared[name].in_form
    )
    then = one.fields.get(first.name)
    name = shown_value(first, then[0]) if then else ""
    kind: Literal["gone", "changed"] = "gone" if one.kind == "vanished" else "changed"
    return PastRecord(
        one.table, one.record_id, name or f"{model.title} {one.record_id}", kind, shown
    )
