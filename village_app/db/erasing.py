"""Erasing what the journal kept of somebody, with the chain still whole.

A row keeps its digest and a change its code, so that verification goes on; the database's own
triggers allow nothing else. `secure_delete` writes zeros over what was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from village_app.db.engine import Store

CLEARED = "（已清除）"


@dataclass(frozen=True, slots=True)
class JournalRow:
    """What the journal keeps of one touched record: old and new values as one text."""

    change: int
    position: int
    table: str
    record: int
    payload: str
    is_removal: bool = False


_ROWS = """SELECT change_id, position, table_name, record_id,
coalesce("before", '') || coalesce("after", ''), "after" IS NULL FROM change_row WHERE erased = 0"""


def touched(store: Store, change: int) -> list[JournalRow]:
    """List what a change touched."""
    return _rows(store.sql(f"{_ROWS} AND change_id = ?", (change,)))


def rows_of(store: Store, table: str, records: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give (change, position) of every row of these records that is not erased yet."""
    for record in records:
        found = store.sql(f"{_ROWS} AND table_name = ? AND record_id = ?", (table, record))
        yield from ((row.change, row.position) for row in _rows(found))


def rows_naming(store: Store, words: Iterable[str]) -> list[JournalRow]:
    """List the rows not erased yet whose old or new values hold one of the words."""
    found = {
        (row.change, row.position): row
        for word in words
        for row in _rows(
            store.sql(
                f"""{_ROWS} AND (instr("before", ?) > 0 OR instr("after", ?) > 0)""", (word, word)
            )
        )
    }
    return list(found.values())


def _rows(found: Iterable[tuple[Any, ...]]) -> list[JournalRow]:
    return [
        JournalRow(int(change), int(position), str(table), int(record), str(payload), bool(gone))
        for change, position, table, record, payload, gone in found
    ]


def erase_payloads(store: Store, rows: Iterable[tuple[int, int]]) -> None:
    """Erase old and new values of journal rows given as (change, position).

    Called inside an open change, which takes down that it was done.
    """
    store.write_many(
        'UPDATE change_row SET "before" = NULL, "after" = NULL, erased = 1 '
        "WHERE change_id = ? AND position = ?",
        rows,
    )


def erase_labels(store: Store, numbers: Iterable[int]) -> None:
    """Erase the names of changes, because a name of a person stands in them."""
    store.write_many(
        'UPDATE "change" SET label = ?, label_erased = 1 WHERE id = ?',
        [(CLEARED, number) for number in numbers],
    )
