"""Repair without loss, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.databases import PAGE, ask, break_page_until, flip, new_database
from tests.db.failing_disk import FailingDisk
from village_app.db.checks import check_database
from village_app.db.cipher_file import connect, opened
from village_app.db.repair import repair_database
from village_app.errors import EnvironmentProblem

KEY = b"k" * 32
ROWS = "SELECT id, household, name, note FROM resident"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path / "village.db", KEY)


def test_d05_a_torn_unused_page_is_repaired_by_a_copy(database: Path) -> None:
    with opened(database, KEY, read_only=False) as connection:
        connection.execute("DROP TABLE resident")
    break_page_until(database, KEY, {"torn_free_page"})
    assert repair_database(database, KEY) == "copied"
    assert check_database(database, KEY) == ()
    assert ask(database, KEY, "SELECT count(*) FROM household") == [(500,)]


def test_d05_every_single_page_is_repaired_without_loss_or_left_alone(database: Path) -> None:
    good = ask(database, KEY, ROWS)
    raw = database.read_bytes()
    outcomes: set[str] = set()
    for page in range(2, len(raw) // PAGE + 1):
        database.write_bytes(raw)
        flip(database, page)
        damaged = database.read_bytes()
        try:
            outcomes.add(repair_database(database, KEY))
        except EnvironmentProblem as problem:
            outcomes.add(problem.code)
        if database.read_bytes() != damaged:
            assert check_database(database, KEY) == ()
            assert ask(database, KEY, ROWS) == good
    assert outcomes == {"rebuilt", "would_lose_rows"}


def test_the_damaged_file_is_kept_and_only_the_last_three(database: Path, tmp_path: Path) -> None:
    for _ in range(5):
        repair_database(database, KEY)
    kept = sorted(path.name for path in tmp_path.glob("换下的数据-*"))
    assert kept == [f"换下的数据-{number:06}.db" for number in (3, 4, 5)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["village.db", *kept]


def test_a_database_in_use_is_not_replaced(database: Path) -> None:
    before = database.read_bytes()
    other = connect(database, KEY, read_only=False)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentProblem) as raised:
        repair_database(database, KEY)
    other.execute("ROLLBACK")
    other.close()
    assert raised.value.code == "busy"
    assert database.read_bytes() == before


def test_on_a_full_disk_nothing_is_replaced(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(EnvironmentProblem) as raised:
        repair_database(database, KEY, disk=FailingDisk(room=5000))
    assert raised.value.code == "disk_full"
    assert database.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["village.db"]
