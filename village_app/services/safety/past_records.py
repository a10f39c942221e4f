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
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.services.safety.audit import shown_value
from village_app.services.safety.plain_values import in_words
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
    def all_differing(
        self, backup: Backup, *, report: Report = silently
    ) -> dict[str, list[PastRecord]]:
        """List by table what is gone or changed since the backup; tables like today's are left out.

        What the program keeps of itself is not listed: it is restored as a whole.
        """
        tables = [one for one in RECORDS if one not in _INNER and backup.manifest.counts.get(one)]
        found: dict[str, list[PastRecord]] = {}
        for done, table in enumerate(tables):
            report(done, len(tables), f"正在对比{RECORDS[table].title}")
            differing = self.differing(backup, table)
            if differing:
                found[table] = differing
        return found

    @permitted("backup.restore")
    def differing(self, backup: Backup, table: str) -> list[PastRecord]:
        """List the records of a table that are gone or changed since the backup."""
        model = RECORDS[table]
        return [_past(model, one, self._name(model, one)) for one in self._compare(backup, table)]

    def _name(self, model: type[Record], one: Disagreement) -> str:
        """Name a record as its list does: by the backup, or where that is the same by today."""
        first = model.declarations()[0]
        if first.name in one.fields:
            return shown_value(first, one.fields[first.name][0])
        now = self.store.find(model, one.record_id)
        return first.kind.show(getattr(now, first.name)) if now is not None else ""

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


def _past(model: type[Record], one: Disagreement, name: str) -> PastRecord:
    declared = {found.name: found for found in model.declarations()}
    shown = tuple(
        (
            declared[field].label,
            in_words(one.table, shown_value(declared[field], then)),
            in_words(one.table, shown_value(declared[field], now)),
        )
        for field, (then, now) in one.fields.items()
        if field in declared and declared[field].in_form
    )
    kind: Literal["gone", "changed"] = "gone" if one.kind == "vanished" else "changed"
    return PastRecord(
        one.table, one.record_id, name or f"{model.title} {one.record_id}", kind, shown
    )
