"""回收站: what was deleted, from the journal; brought back with its links, or cleared for good."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from village_app.db import erasing, undo
from village_app.db.records import RECORDS
from village_app.services.safety.audit import SECRET
from village_app.services.session import Service, permitted

# A row of the journal that deleted something which is not there again, and whose payload is kept.
_DELETED = (
    'SELECT r.change_id, r.position, r.table_name, r.record_id, r."before" FROM change_row r '
    'JOIN "change" c ON c.id = r.change_id WHERE r."after" IS NULL AND r."before" IS NOT NULL '
    "AND c.undoable = 1 AND c.kind NOT IN ('undo', 'redo') "
    "AND NOT EXISTS (SELECT 1 FROM \"change\" u WHERE u.undoes = c.id AND u.kind = 'undo' "
    "AND NOT EXISTS (SELECT 1 FROM \"change\" d WHERE d.undoes = u.id AND d.kind = 'redo')) "
)


@dataclass(frozen=True, slots=True)
class Deleted:
    """One deletion: its change, when, who, what it was called, what went with it."""

    number: int
    at: datetime
    user: str
    label: str
    what: str
    records: int


class Trash(Service):
    """Lists deletions and brings them back; the journal is the bin."""

    @permitted("settings.read")
    def listed(self, *, limit: int = 500) -> list[Deleted]:
        """List deletions, newest first, each with all that went in the same change."""
        by_change: dict[int, list[tuple[str, int, str]]] = {}
        for change, _, table, record, before in self.store.sql(
            f"{_DELETED} ORDER BY r.change_id DESC, r.position LIMIT ?", (limit,)
        ):
            if table in RECORDS and not self._is_there(table, record):
                by_change.setdefault(change, []).append((table, record, before))
        return [self._entry(number, rows) for number, rows in by_change.items()]

    @permitted("trash.restore")
    def restore(self, number: int) -> undo.Undone:
        """Bring a deletion back with everything that went with it; what cannot is listed."""
        return undo.take_back(self.session.journal, number, RECORDS, leave_edited=True)

    @permitted("trash.empty")
    def empty(self) -> int:
        """Clear what was deleted for good; gives how many records. The chain stays whole."""
        rows = [
            (change, position)
            for change, position, table, record, _ in self.store.sql(_DELETED)
            if table in RECORDS and not self._is_there(table, record)
        ]
        if rows:
            with self.session.change(f"清空回收站：{len(rows)} 条", kind="final", undoable=False):
                erasing.erase_payloads(self.store, rows)
        return len(rows)

    def _is_there(self, table: str, record: int) -> bool:
        return self.store.find(RECORDS[table], record) is not None

    def _entry(self, number: int, rows: list[tuple[str, int, str]]) -> Deleted:
        at, user, label = self.store.sql(
            'SELECT at, user, label FROM "change" WHERE id = ?', (number,)
        )[0]
        table, _, before = rows[0]
        return Deleted(
            number, datetime.fromisoformat(at), user, label, _called(table, before), len(rows)
        )


def _called(table: str, before: str) -> str:
    """Name a deleted record by its title and first declared value, masked where it is secret."""
    model = RECORDS[table]
    values: dict[str, Any] = json.loads(before)
    first = next(iter(model.declarations()))
    stored = values.get(first.name)
    if stored is None:
        return model.title
    value = first.kind.from_database(stored)
    hidden = first.sensitivity in SECRET and first.name not in {"name", "number"}
    return f"{model.title} {first.kind.mask(value) if hidden else first.kind.show(value)}"
