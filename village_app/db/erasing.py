"""Erasing what the journal kept of somebody, with the chain still whole.

A row keeps its digest and a change its code, so that verification goes on; the database's own
triggers allow nothing else. `secure_delete` writes zeros over what was there.
"""

from __future__ import annotations

from collections.abc import Iterable

from village_app.db.engine import Store

CLEARED = "（已清除）"


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
