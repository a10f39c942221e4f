"""What the journal costs: bulk insert and one saved form against the bare engine."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.registry import Measured, alternate_figures, ratio
from village_app.db.engine import Store
from village_app.db.fields import stored_fields
from village_app.db.journal import Author, Journal, SystemClock
from village_app.db.migrations import migrate
from village_app.db.records.residents import Resident

ROWS = 10_000
FORMS = 100
KEY = bytes(range(32))


@contextmanager
def fresh_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "village.db", KEY, create=True)
        migrate(store)
        yield store
        store.close()


def people(count: int) -> list[dict[str, Any]]:
    return [
        {
            "name": f"何强{number}",
            "id_type": "identity_card",
            "id_number": f"44190019620528{number:04}",
            "sex": "1",
            "phone": f"139{number:08}",
            "address": f"隔坑村三组{number}号",
            "status": "active",
            "spellings": " heqiang hq ",
            "pinyin_key": "he qiang",
            "stroke_key": "07",
            "name_stroke_key": "07",
        }
        for number in range(count)
    ]


def raw_insert(store: Store, rows: list[dict[str, Any]]) -> None:
    names = [field.name for field in stored_fields(Resident)]
    marks = ",".join("?" * len(names))
    columns = ",".join(f'"{name}"' for name in names)
    lines = [
        [number, 1, *(row.get(name) for name in names[2:])] for number, row in enumerate(rows, 1)
    ]
    with store.database.atomic("IMMEDIATE"):
        store.write_many(f'INSERT INTO "resident" ({columns}) VALUES ({marks})', lines)


def seconds_of(work: Callable[[Store], None]) -> float:
    """Time one piece of work on a fresh encrypted store, without making the store."""
    with fresh_store() as store:
        begun = time.perf_counter()
        work(store)
        return time.perf_counter() - begun


def journalled_insert(store: Store, rows: list[dict[str, Any]]) -> None:
    journal = Journal(store, KEY, Author("甲"), SystemClock())
    with journal.change("导入", kind="import") as change:
        change.insert_rows(Resident, rows)


@ratio("journal-bulk-insert", unit="s")
def bulk_insert() -> Measured:
    """10,000 residents as one journalled change, against executemany into the same table."""
    rows = people(ROWS)
    return alternate_figures(
        lambda: seconds_of(lambda store: journalled_insert(store, rows)),
        lambda: seconds_of(lambda store: raw_insert(store, rows)),
        rounds=7,
    )


@ratio("journal-saved-form", unit="s")
def saved_form() -> Measured:
    """100 corrections of one person as journalled changes, against 100 bare commits."""

    def ours(store: Store) -> None:
        journal = Journal(store, KEY, Author("甲"), SystemClock())
        person = store.select(Resident).first()
        for number in range(FORMS):
            with journal.change("改电话") as change:
                change.update(person, phone=str(number))

    def other(store: Store) -> None:
        for number in range(FORMS):
            with store.database.atomic("IMMEDIATE"):
                store.database.execute_sql(
                    "UPDATE resident SET phone = ?, version = version + 1", (str(number),)
                )

    def prepared(work: Callable[[Store], None]) -> float:
        with fresh_store() as store:
            raw_insert(store, people(1))
            begun = time.perf_counter()
            work(store)
            return time.perf_counter() - begun

    return alternate_figures(lambda: prepared(ours), lambda: prepared(other), rounds=5)
