"""Do the records still say what the journal says? Finds what was edited outside the program.

Every record was written through the journal, so its last state can be read from there. A value, a
whole record, or a link that was changed by hand in the file differs from it; what differs can be
put back as the journal has it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from village_app.db.engine import Store
from village_app.db.fields import Record, stored_fields
from village_app.db.journal import Change, TouchedRow, encode
from village_app.domain.reporting import Report, silently

Kind = Literal["changed", "vanished", "appeared"]
_REPORT_EVERY = 2000


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One record that is not as the journal left it; `fields` by name: (journal, found)."""

    kind: Kind
    table: str
    record_id: int
    fields: Mapping[str, tuple[Any, Any]]
    version: int = 1


def disagreements(
    store: Store, records: Mapping[str, type[Record]], *, report: Report = silently
) -> Iterator[Disagreement]:
    """Compare every record with the journal, table by table.

    Records of which something was erased for privacy are passed over: the journal no longer
    knows their state.
    """
    for number, (table, model) in enumerate(records.items()):
        report(number, len(records), f"核对{model.title}")
        yield from _of_table(store, table, model, report)


def put_back(change: Change, records: Mapping[str, type[Record]], wrong: Disagreement) -> None:
    """Write a record as the journal has it, inside an open change.

    A vanished record comes back with its own id; one that appeared from nowhere is left, because
    the journal cannot say what it should be.
    """
    if wrong.kind == "appeared":
        return
    store, wanted = change.store, {name: old for name, (old, _) in wrong.fields.items()}
    names = [name for name in wanted if name in _columns(records[wrong.table])]
    version = wrong.version + 1
    if wrong.kind == "vanished":
        columns = ",".join(f'"{name}"' for name in ("id", "version", *names))
        marks = ",".join("?" * (len(names) + 2))
        store.database.execute_sql(
            f'INSERT INTO "{wrong.table}" ({columns}) VALUES ({marks})',
            (wrong.record_id, version, *(wanted[name] for name in names)),
        )
        change.rows.append(
            TouchedRow(wrong.table, wrong.record_id, None, encode(_filled(wanted)), version)
        )
        return
    settings = ",".join(f'"{name}" = ?' for name in names)
    store.database.execute_sql(
        f'UPDATE "{wrong.table}" SET {settings}, version = ? WHERE id = ?',
        (*(wanted[name] for name in names), version, wrong.record_id),
    )
    found = {name: wrong.fields[name][1] for name in names}
    change.rows.append(
        TouchedRow(wrong.table, wrong.record_id, encode(found), encode(wanted), version)
    )


Ask = Callable[[str], Iterable[tuple[Any, ...]]]


def stored_lines(ask: Ask, table: str, model: type[Record]) -> Iterator[dict[str, Any]]:
    """Read a table's rows as stored values by column, with id and version, ordered by id.

    `ask` runs one statement on today's file or a backup's; columns that an older program did not
    have are left out.
    """
    there = {line[1] for line in ask(f'PRAGMA table_info("{table}")')}
    names = ["id", "version", *(name for name in _columns(model) if name in there)]
    listed = ",".join(f'"{name}"' for name in names)
    for line in ask(f'SELECT {listed} FROM "{table}" ORDER BY id'):
        yield dict(zip(names, line, strict=True))


def _of_table(
    store: Store, table: str, model: type[Record], report: Report
) -> Iterator[Disagreement]:
    found = {line["id"]: line for line in stored_lines(store.sql, table, model)}
    for record_id, state in _states(store, table, report):
        now = found.pop(record_id, None)
        if state is None:
            continue
        if state.is_deleted:
            if now is not None:
                yield Disagreement("appeared", table, record_id, {}, now["version"])
        elif now is None:
            fields = {name: (value, None) for name, value in state.values.items()}
            yield Disagreement("vanished", table, record_id, fields, state.version)
        else:
            fields = _differing(state.values, now, _columns(model))
            if fields:
                yield Disagreement("changed", table, record_id, fields, now["version"])
    for record_id, now in found.items():
        yield Disagreement("appeared", table, record_id, {}, now["version"])


@dataclass(slots=True)
class _State:
    values: dict[str, Any]
    is_deleted: bool = False
    version: int = 1


def _states(store: Store, table: str, report: Report) -> Iterator[tuple[int, _State | None]]:
    """Give the last state of every record of a table, None where something was erased."""
    lines = store.database.execute_sql(
        'SELECT record_id, "before", "after", record_version, erased FROM change_row '
        "WHERE table_name = ? ORDER BY record_id, change_id, position",
        (table,),
    )
    current, state, is_known = None, _State({}), True
    for count, (record_id, before, after, version, erased) in enumerate(lines):
        if count % _REPORT_EVERY == 0:
            report(count, 0, "核对修改记录")
        if record_id != current:
            if current is not None:
                yield current, state if is_known else None
            current, state, is_known = record_id, _State({}), True
        is_known = is_known and not erased
        if after is None:
            state = _State({}, is_deleted=True, version=version)
        elif before is None:
            state = _State(json.loads(after), version=version)
        else:
            state.values.update(json.loads(after))
            state.version = version
    if current is not None:
        yield current, state if is_known else None


def _differing(
    wanted: Mapping[str, Any], now: Mapping[str, Any], columns: list[str]
) -> dict[str, tuple[Any, Any]]:
    return {
        name: (wanted.get(name), now[name]) for name in columns if wanted.get(name) != now[name]
    }


def _columns(model: type[Record]) -> list[str]:
    return [one.column_name for one in stored_fields(model) if one.name not in {"id", "version"}]


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
