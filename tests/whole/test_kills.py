"""The program is killed in the middle of saves and imports (catalogue A01, A02, A17).

A forked child saves single records and imports of many rows and tells the parent what it was
told to be saved; the parent kills it without warning and looks at what the file holds.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.trial import TRIAL_RECORDS, TRIAL_TABLES, Person
from village_app.db import undo
from village_app.db.engine import Store
from village_app.db.journal import Author, Journal, SystemClock
from village_app.db.migrations import house

KEY = bytes(range(32))
BATCH_ROWS = 1500
KILLS = 50

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="要用 fork 和 SIGKILL")


def opened(path: Path) -> Journal:
    return Journal(Store(path, KEY, create=True), KEY, Author("甲"), SystemClock())


def prepare(path: Path) -> None:
    journal = opened(path)
    house.step(journal.store)
    for statement in TRIAL_TABLES:
        journal.store.database.execute_sql(statement)
    journal.store.close()


def work(path: Path, tell: int, seed: int) -> None:
    """Save until killed; every line told stands for something the user saw as saved."""
    journal = opened(path)
    # A small cache spills into the file in mid-transaction, as a large import does.
    journal.store.database.execute_sql("PRAGMA cache_size = 20")
    choice = random.Random(seed)
    number = journal.head().number
    while True:
        number += 1
        if choice.random() < 0.4:
            rows = [{"name": f"批{number}", "age": row} for row in range(BATCH_ROWS)]
            with journal.change(f"导入{number}", kind="import") as change:
                change.insert_rows(Person, rows)
        elif choice.random() < 0.2 and undo.next_undo(journal):
            found = undo.next_undo(journal)
            assert found is not None
            undo.take_back(journal, found[0], TRIAL_RECORDS, leave_edited=True)
        else:
            with journal.change(f"新增{number}") as change:
                change.insert(Person(name=f"单{number}"))
        os.write(tell, f"{journal.head().number}\n".encode())


def kill_once(path: Path, seed: int) -> tuple[int, bool]:
    """Fork, let it work, kill it; give the last acknowledged change and whether it was hot."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(path, tell, seed)
        finally:
            os._exit(1)
    os.close(tell)
    choice = random.Random(seed)
    told = b""
    wanted = choice.randrange(1, 5)
    while told.count(b"\n") < wanted:
        told += os.read(hear, 4096)
    select.select([hear], [], [], choice.random() * 0.04)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while rest := os.read(hear, 4096):
        told += rest
    os.close(hear)
    journal_file = path.with_name(f"{path.name}-journal")
    hot = journal_file.exists() and journal_file.stat().st_size > 0
    complete = told.rpartition(b"\n")[0].split(b"\n")
    return int(complete[-1]), hot


def half_batches(store: Store) -> Iterator[str]:
    """Name every import that is there in part: neither none nor all of its rows."""
    for name, count in store.sql(
        "SELECT name, count(*) FROM trial_person WHERE name LIKE '批%' GROUP BY name"
    ):
        if count != BATCH_ROWS:
            yield name


def test_a01_a02_no_half_batch_and_no_acknowledged_save_lost_after_fifty_kills(
    tmp_path: Path,
) -> None:
    path = tmp_path / "village.db"
    prepare(path)
    hot_journals = 0
    for seed in range(KILLS):
        acknowledged, hot = kill_once(path, seed)
        hot_journals += hot
        journal = opened(path)
        assert journal.head().number >= acknowledged
        assert list(half_batches(journal.store)) == []
        assert journal.store.scalar("PRAGMA quick_check") == "ok"
        assert journal.store.sql("PRAGMA cipher_integrity_check") == []
        assert journal.store.sql("PRAGMA foreign_key_check") == []
        if seed % 10 == 9:
            assert journal.verify().is_whole
        journal.store.close()
    assert hot_journals > 0
