"""Taking changes back: the inverse of each touched record, where it still stands as left.

What was edited since is listed and left; the user decides. Undoing is itself a change, so that it
can be redone, and nothing ever vanishes from the journal.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import peewee

from village_app.db.engine import Store
from village_app.db.fields import Record
from village_app.db.journal import Change, ChangeKind, Journal, TouchedRow, encode
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused

BATCH = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that was left as it is, with the reason in words."""

    table: str
    record_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a change back did: records removed and restored by table, and those left."""

    number: int
    label: str
    removed: Mapping[str, int]
    restored: Mapping[str, int]
    kept: tuple[Kept, ...]


class EditedSince(Refused):
    """Some records were edited after the change; carries what would be left as it is."""

    def __init__(self, label: str, kept: tuple[Kept, ...]) -> None:
        self.kept = kept
        super().__init__(
            "edited_since",
            f"“{label}”之后，有 {len(kept)} 条记录又被改过，没有一起撤销。可以只撤销其余的。",
        )


@dataclass(frozen=True, slots=True)
class _Taken:
    table: str
    record_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    version: int


_EFFECTIVE = (
    'NOT EXISTS (SELECT 1 FROM "change" u WHERE u.undoes = c.id '
    "AND u.kind = 'undo' AND NOT EXISTS "
    "(SELECT 1 FROM \"change\" r WHERE r.undoes = u.id AND r.kind = 'redo'))"
)


def next_undo(journal: Journal) -> tuple[int, str] | None:
    """Give number and name of this user's latest change that can be taken back."""
    rows = journal.store.sql(
        'SELECT c.id, c.label FROM "change" c WHERE c.undoable = 1 AND c.user = ? '
        f"AND c.kind NOT IN ('undo', 'redo') AND {_EFFECTIVE} ORDER BY c.id DESC LIMIT 1",
        (journal.author.name,),
    )
    return rows[0] if rows else None


def next_redo(journal: Journal) -> tuple[int, str] | None:
    """Give the undo that can itself be taken back: no newer change of this user may follow it."""
    rows = journal.store.sql(
        'SELECT u.id, c.label, u.kind, u.undoes FROM "change" u '
        'LEFT JOIN "change" c ON c.id = u.undoes '
        "WHERE u.user = ? AND u.undoable = 1 ORDER BY u.id DESC LIMIT 200",
        (journal.author.name,),
    )
    redone = set()
    for number, label, kind, undoes in rows:
        if kind == "redo":
            redone.add(undoes)
        elif kind != "undo":
            return None
        elif number not in redone:
            return number, label
    return None


def take_back(
    journal: Journal,
    number: int,
    records: Mapping[str, type[Record]],
    *,
    kind: ChangeKind = "undo",
    leave_edited: bool = False,
    also: Collection[Kept] = (),
    report: Report = silently,
) -> Undone:
    """Apply the inverse of a change as a new change.

    Refuses with the list when records were edited since, unless `leave_edited`; those named in
    `also` are taken back although they were edited. Tells how far it is and lets `Cancelled` pass.
    """
    label = _label_to_undo(journal.store, number)
    with journal.change(label, kind=kind, undoes=number) as change:
        inverse = _Inverse(journal.store, change, records, also)
        taken, done = _taken_rows(journal.store, number), 0
        for rows in _in_batches(taken):
            report(done, len(taken), f"正在撤回第 {done + 1} 条，共 {len(taken)} 条")
            inverse.apply(rows)
            done += len(rows)
        if inverse.kept and not leave_edited:
            raise EditedSince(label, tuple(inverse.kept))
    return Undone(
        change.number, label, dict(inverse.removed), dict(inverse.restored), tuple(inverse.kept)
    )


def _label_to_undo(store: Store, number: int) -> str:
    rows = store.sql(
        f'SELECT c.label, c.undoable, ({_EFFECTIVE}) FROM "change" c WHERE c.id = ?',
        (number,),
    )
    if not rows:
        raise Refused("no_change", "找不到这次修改。")
    label, undoable, effective = rows[0]
    if not undoable:
        raise Refused("not_undoable", f"“{label}”不能撤销，请另做更正。")
    if not effective:
        raise Refused("already_undone", f"“{label}”已经撤销过了。")
    return str(label)


def _taken_rows(store: Store, number: int) -> list[_Taken]:
    rows = store.sql(
        'SELECT table_name, record_id, "before", "after", record_version, erased FROM change_row '
        "WHERE change_id = ? ORDER BY position DESC",
        (number,),
    )
    if any(erased for *_, erased in rows):
        raise Refused("erased", "这次修改里的个人信息已按保存期限清除，不能再撤销。")
    return [
        _Taken(
            table,
            record_id,
            json.loads(before) if before is not None else None,
            json.loads(after) if after is not None else None,
            version,
        )
        for table, record_id, before, after, version, _ in rows
    ]


def _in_batches(rows: list[_Taken]) -> Iterable[list[_Taken]]:
    """Cut into runs of one table, because each run is compared by one query."""
    batch: list[_Taken] = []
    for row in rows:
        repeats = any(row.record_id == other.record_id for other in batch[-1:])
        if batch and (batch[0].table != row.table or len(batch) == BATCH or repeats):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


class _Inverse:
    """Writes inverses inside an open change and counts what happened."""

    def __init__(
        self,
        store: Store,
        change: Change,
        records: Mapping[str, type[Record]],
        also: Collection[Kept] = (),
    ) -> None:
        self._also = {(one.table, one.record_id) for one in also}
        self.store = store
        self.change = change
        self.records = records
        self.removed: Counter[str] = Counter()
        self.restored: Counter[str] = Counter()
        self.kept: list[Kept] = []

    def apply(self, rows: list[_Taken]) -> None:
        current = self._current(rows[0].table, [row.record_id for row in rows])
        for row in rows:
            now = current.get(row.record_id)
            if row.before is None:
                self._take_insert_back(row, now)
            elif row.after is None:
                self._take_delete_back(row, now)
            else:
                self._take_update_back(row, row.before, row.after, now)

    def _current(self, table: str, ids: list[int]) -> dict[int, dict[str, Any]]:
        model = self.records[table]
        found: dict[int, dict[str, Any]] = {}
        marks = ",".join("?" * len(ids))
        columns = [stored.column_name for stored in model._meta.sorted_fields]  # noqa: SLF001
        names = ",".join(f'"{name}"' for name in columns)
        for line in self.store.sql(
            f'SELECT {names} FROM "{table}" WHERE id IN ({marks})',
            ids,
        ):
            values = dict(zip(columns, line, strict=True))
            found[values["id"]] = values
        return found

    def _take_insert_back(self, row: _Taken, now: dict[str, Any] | None) -> None:
        void = self.records[row.table].undone_as
        if now is None:
            self._keep(row, "已经删除了")
        elif void is not None:
            self._set(row, {name: now[name] for name in void}, dict(void), now["version"])
            self.removed[row.table] += 1
        elif _values(now) != row.after and not self._is_wanted(row):
            self._keep(row, "后来又改过")
        else:
            self._remove(row, now)

    def _is_wanted(self, row: _Taken) -> bool:
        """Tell whether a record goes back although it was edited since."""
        return (row.table, row.record_id) in self._also

    def _remove(self, row: _Taken, now: dict[str, Any]) -> None:
        try:
            self.store.database.execute_sql(
                f'DELETE FROM "{row.table}" WHERE id = ?',
                (row.record_id,),
            )
        except peewee.IntegrityError:
            self._keep(row, "已经被别的记录用着")
            return
        self.change.rows.append(
            TouchedRow(row.table, row.record_id, encode(_values(now)), None, now["version"])
        )
        self.removed[row.table] += 1

    def _take_delete_back(self, row: _Taken, now: dict[str, Any] | None) -> None:
        if now is not None:
            self._keep(row, "已经另有这条记录")
            return
        values = row.before or {}
        names = ["id", "version", *values]
        columns = ",".join(f'"{name}"' for name in names)
        marks = ",".join("?" * len(names))
        version = row.version + 1
        try:
            self.store.database.execute_sql(
                f'INSERT INTO "{row.table}" ({columns}) VALUES ({marks})',
                (row.record_id, version, *values.values()),
            )
        except peewee.IntegrityError:
            self._keep(row, "它所属的记录已经不在")
            return
        self.change.rows.append(TouchedRow(row.table, row.record_id, None, encode(values), version))
        self.restored[row.table] += 1

    def _take_update_back(
        self,
        row: _Taken,
        before: dict[str, Any],
        after: dict[str, Any],
        now: dict[str, Any] | None,
    ) -> None:
        if now is None:
            self._keep(row, "后来删除了")
        elif any(now[name] != value for name, value in after.items()) and not self._is_wanted(row):
            self._keep(row, "后来又改过")
        else:
            self._set(row, {name: now[name] for name in after}, before, now["version"])
            self.restored[row.table] += 1

    def _set(
        self, row: _Taken, before: dict[str, Any], after: dict[str, Any], version: int
    ) -> None:
        settings = ",".join(f'"{name}" = ?' for name in after)
        self.store.database.execute_sql(
            f'UPDATE "{row.table}" SET {settings}, version = ? WHERE id = ?',
            (*after.values(), version + 1, row.record_id),
        )
        self.change.rows.append(
            TouchedRow(row.table, row.record_id, encode(before), encode(after), version + 1)
        )

    def _keep(self, row: _Taken, reason: str) -> None:
        self.kept.append(Kept(row.table, row.record_id, reason))


def _values(line: dict[str, Any]) -> dict[str, Any]:
    """Give a stored line as the journal writes a whole record: without id, version and blanks."""
    return {
        name: value
        for name, value in line.items()
        if value is not None and name not in {"id", "version"}
    }
