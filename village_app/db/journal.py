"""The journal: the only way to write, and from it undo, history, audit and taking imports back.

    with journal.change("改电话 何强志") as change:
        change.update(resident, phone="13900000000")

A change is one transaction and one entry: who, when, which desk, what it is called, and of every
touched record the old and new value of the touched fields (as the database holds them).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

import peewee

from village_app.db import chain
from village_app.db.engine import Store
from village_app.db.fields import Record, stored_fields, table_of
from village_app.domain.kinds import Kind
from village_app.errors import Refused

ChangeKind = Literal["edit", "bulk", "import", "final", "access", "undo", "redo"]
DESK_BITS = 40
READ_ONLY = "数据在别处打开着，这里只能看，不能改。那边关上以后，重新登录就能改。"

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(values: Mapping[str, Any]) -> str:
    """Write values as the journal keeps them: compact JSON, Chinese as it is."""
    return _encoder.encode(values)


class Clock(Protocol):
    """Where the time comes from; tests hold it still."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and at which desk (desks number their records in ranges of their own)."""

    name: str
    desk: int = 1


class Conflict(Refused):
    """Somebody saved the same record meanwhile; carries both versions by field."""

    def __init__(self, mine: Mapping[str, Any], theirs: Record, base: Record) -> None:
        self.mine = dict(mine)
        self.theirs = theirs
        self.base = base
        super().__init__(
            "changed_meanwhile",
            f"{theirs.describe()}刚被别人改过，您这次没有存。请对照两边的内容，再决定留哪一个。",
        )


@dataclass(slots=True)
class TouchedRow:
    """What the journal keeps of one touched record; payloads are JSON, None for absent."""

    table: str
    record_id: int
    before: str | None
    after: str | None
    version: int


@dataclass(slots=True)
class Change:
    """An open change; every write goes through it and is taken down."""

    store: Store
    label: str
    kind: ChangeKind
    undoable: bool
    desk: int
    undoes: int | None = None
    number: int = 0
    rows: list[TouchedRow] = field(default_factory=list)
    _next_id: int = 0
    _tables: set[str] = field(default_factory=set)
    _looked_at: int = 0

    def insert(self, record: Record) -> Any:
        """Write a new record, give it its id, and return it."""
        values = {name.name: getattr(record, name.name) for name in stored_fields(type(record))}
        values.pop("id", None)
        record.id = self.insert_rows(type(record), [values])[0]
        record.version = 1
        return record

    def insert_rows(self, model: type[Record], rows: Iterable[Mapping[str, Any]]) -> list[int]:
        """Write many new records given as values by field name; returns their ids in order."""
        table = table_of(model)
        converters = _converters(model)
        names = [name for name, _, _ in converters]
        written: list[tuple[Any, ...]] = []
        ids: list[int] = []
        for values in rows:
            record_id = values.get("id") or self.reserve_id()
            kept: dict[str, Any] = {}
            for name, convert, default in converters:
                value = values.get(name, default)
                if value is not None:
                    kept[name] = value if convert is None else convert(value)
            written.append((record_id, 1, *map(kept.get, names)))
            ids.append(record_id)
            self.rows.append(TouchedRow(table, record_id, None, encode(kept), 1))
        marks = ",".join("?" * (len(names) + 2))
        columns = ",".join(f'"{name}"' for name in ("id", "version", *names))
        self.store.write_many(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', written)
        return ids

    def update(self, record: Record, **values: Any) -> Any:
        """Write the given fields where they differ; refuses (both versions) after another save."""
        model = type(record)
        touched = {name: value for name, value in values.items() if getattr(record, name) != value}
        if not touched:
            return record
        old = {name: getattr(record, name) for name in touched}
        self._write_update(model, record, touched, mine=values)
        self.rows.append(
            TouchedRow(
                table_of(model),
                record.id,
                encode(_stored(model, old)),
                encode(_stored(model, touched)),
                record.version + 1,
            )
        )
        for name, value in touched.items():
            setattr(record, name, value)
        record.version += 1
        return record

    def _write_update(
        self, model: type[Record], record: Record, touched: dict[str, Any], mine: dict[str, Any]
    ) -> None:
        written = (
            model.update({**touched, "version": record.version + 1})
            .where(model.id == record.id, model.version == record.version)
            .execute(self.store.database)
        )
        if not written:
            raise Conflict(mine, self.store.get(model, record.id), record)

    def delete(self, record: Record) -> None:
        """Remove a record; the journal keeps all of it for the recycle bin."""
        model = type(record)
        try:
            gone = (
                model.delete()
                .where(model.id == record.id, model.version == record.version)
                .execute(self.store.database)
            )
        except peewee.IntegrityError as error:
            raise Refused(
                "still_used",
                f"{record.describe()}还被别的记录用着，不能删。请先改掉那些记录。",
            ) from error
        if not gone:
            raise Conflict({}, self.store.get(model, record.id), record)
        values = _stored(
            model, {f.name: getattr(record, f.name) for f in stored_fields(model)}, whole=True
        )
        self.rows.append(
            TouchedRow(table_of(model), record.id, encode(values), None, record.version)
        )

    def has_touched(self, tables: frozenset[str]) -> bool:
        """Say whether a record of one of these tables was written so far."""
        while self._looked_at < len(self.rows):
            self._tables.add(self.rows[self._looked_at].table)
            self._looked_at += 1
        return not self._tables.isdisjoint(tables)

    def reserve_id(self) -> int:
        """Take the desk's next id, for records that name each other before they are written."""
        if not self._next_id:
            self._next_id = (
                self.store.scalar("SELECT next FROM id_range WHERE desk = ?", (self.desk,)) or 1
            )
        self._next_id += 1
        return (self.desk << DESK_BITS) | (self._next_id - 1)

    def keep_ids(self) -> None:
        """Write down how far the desk's range is used; called by the journal before commit."""
        if self._next_id:
            self.store.database.execute_sql(
                "INSERT INTO id_range (desk, next) VALUES (?, ?) "
                "ON CONFLICT (desk) DO UPDATE SET next = excluded.next",
                (self.desk, self._next_id),
            )


Follower = Callable[[Store, Sequence[tuple[str, int]]], None]
Listener = Callable[[frozenset[str]], None]


class Journal:
    """Opens changes one at a time, seals them, and tells who listens which tables changed.

    `followers` keep derived data (the search index) in step inside the same transaction;
    `listeners` hear of it after the commit.
    """

    def __init__(self, store: Store, key: bytes, author: Author, clock: Clock) -> None:
        self.store = store
        self.author = author
        self.clock = clock
        self.followers: list[Follower] = []
        self.listeners: list[Listener] = []
        self._key = key
        self._lock = threading.RLock()
        self._open: Change | None = None

    @contextmanager
    def change(
        self,
        label: str,
        *,
        kind: ChangeKind = "edit",
        undoable: bool = True,
        undoes: int | None = None,
    ) -> Iterator[Change]:
        """Open a change; an inner one joins the outer. All or nothing, sealed at the end."""
        with self._lock:
            if self._open is not None:
                yield self._open
                return
            if self.store.read_only:
                raise Refused("read_only", READ_ONLY)
            change = Change(self.store, label, kind, undoable, self.author.desk, undoes)
            self._open = change
            try:
                with self.store.reading(), self.store.database.atomic("IMMEDIATE"):
                    yield change
                    self._seal(change)
            finally:
                self._open = None
        self._announce(change)

    def has_touched(self, tables: frozenset[str]) -> bool:
        """Say whether a change that is open now has written into one of these tables."""
        change = self._open
        return change is not None and change.has_touched(tables)

    def note(self, label: str, *, kind: ChangeKind = "access") -> int:
        """Take down what happened without touching records: who looked, who printed."""
        with self.change(label, kind=kind, undoable=False) as change:
            pass
        return change.number

    def head(self) -> chain.Head:
        """Give the number and seal of the last change."""
        rows = self.store.sql('SELECT id, mac FROM "change" ORDER BY id DESC LIMIT 1')
        return chain.Head(*rows[0]) if rows else chain.Head(0, chain.START)

    def verify(self, anchor: chain.Head | None = None) -> chain.Verification:
        """Walk the whole chain."""
        with self.store.reading():
            return chain.verify(self.store, self._key, anchor)

    def _seal(self, change: Change) -> None:
        if not change.rows and change.kind in {"edit", "bulk", "undo", "redo"}:
            return
        change.keep_ids()
        head = self.head()
        change.number = head.number + 1
        digests = [
            chain.row_digest(row.table, row.record_id, row.before, row.after) for row in change.rows
        ]
        digest = chain.change_digest(change.label, digests)
        at = self.clock.now().astimezone(UTC).isoformat(timespec="microseconds")
        header = (
            change.number,
            at,
            self.author.name,
            change.desk,
            change.kind,
            change.undoes,
            int(change.undoable),
            digest,
        )
        mac = chain.change_mac(self._key, header, head.mac)
        self.store.database.execute_sql(
            'INSERT INTO "change" (id, at, user, desk, kind, undoes, undoable, digest, label, mac) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*header, change.label, mac),
        )
        self.store.write_many(
            "INSERT INTO change_row (change_id, position, table_name, record_id, record_version, "
            '"before", "after", digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            [
                (
                    change.number,
                    position,
                    row.table,
                    row.record_id,
                    row.version,
                    row.before,
                    row.after,
                    row_digest,
                )
                for position, (row, row_digest) in enumerate(zip(change.rows, digests, strict=True))
            ],
        )
        touched = [(row.table, row.record_id) for row in change.rows]
        for follower in self.followers:
            follower(self.store, touched)

    def _announce(self, change: Change) -> None:
        self.announce(frozenset(row.table for row in change.rows) | {"change"})

    def announce(self, tables: frozenset[str]) -> None:
        """Tell the listeners which tables hold something else than before."""
        for listener in tuple(self.listeners):
            listener(tables)


Converter = tuple[str, Callable[[Any], Any] | None, Any]


# Looked through once for each record class: they do not change while the program runs.
_known_converters: dict[type[Record], list[Converter]] = {}


def _converters(model: type[Record]) -> list[Converter]:
    """Give each stored column besides id and version: name, conversion if any, default."""
    if model not in _known_converters:
        _known_converters[model] = _find_converters(model)
    return _known_converters[model]


def _find_converters(model: type[Record]) -> list[Converter]:
    found: list[Converter] = []
    for stored in stored_fields(model):
        if stored.name not in {"id", "version"}:
            kind = getattr(stored, "kind", None)
            plain = kind is not None and type(kind).to_database is Kind.to_database
            found.append((stored.name, None if plain else stored.db_value, stored.default))
    return found


def _stored(
    model: type[Record], values: Mapping[str, Any], *, whole: bool = False
) -> dict[str, Any]:
    """Turn values by field name into what the database holds; `whole` leaves out blanks."""
    fields = {stored.name: stored for stored in stored_fields(model)}
    result = {
        name: None if value is None else fields[name].db_value(value)
        for name, value in values.items()
        if name not in {"id", "version"}
    }
    return {name: value for name, value in result.items() if value is not None} if whole else result
