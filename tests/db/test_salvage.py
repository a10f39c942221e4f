"""What a damaged file still gives, and the exact list of what it does not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.db.databases import APPLICATION_ID, PAGE, ask, flip, new_database
from village_app.db.checks import check_database
from village_app.db.cipher_file import opened
from village_app.db.damaged_table import LostRange
from village_app.db.salvage import Salvage, salvage
from village_app.errors import EnvironmentProblem

KEY = b"k" * 32
RESIDENTS = 3000
ROWS = "SELECT id, household, name, note FROM resident"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path / "village.db", KEY, RESIDENTS)


def saved(database: Path, tmp_path: Path) -> tuple[Salvage, Path]:
    target = tmp_path / "rescued.db"
    return salvage(database, KEY, target), target


def is_listed(result: Salvage, table: str, number: object) -> bool:
    (found,) = [each for each in result.tables if each.table == table]
    return any(lost.covers(int(str(number))) for lost in found.lost)


def household_ids(path: Path) -> set[int]:
    return {int(str(row[0])) for row in ask(path, KEY, "SELECT id FROM household")}


def test_a_sound_file_is_saved_whole(database: Path, tmp_path: Path) -> None:
    result, target = saved(database, tmp_path)
    assert result.is_complete
    assert result.saved == 2 * RESIDENTS + 1 + RESIDENTS // 5
    assert ask(target, KEY, ROWS) == ask(database, KEY, ROWS)
    assert check_database(target, KEY, application_id=APPLICATION_ID) == ()
    assert ask(target, KEY, "PRAGMA user_version") == [(3,)]
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index'"
    assert ask(target, KEY, indexes) == ask(database, KEY, indexes)


@pytest.mark.parametrize("seed", range(6))
def test_d07_rows_around_three_broken_pages_are_saved_and_the_lost_ids_listed(
    database: Path, tmp_path: Path, seed: int
) -> None:
    good = {row[0]: row for row in ask(database, KEY, ROWS)}
    broken = random.Random(seed).sample(range(8, database.stat().st_size // PAGE + 1), 3)
    for page in broken:
        flip(database, page)
    result, target = saved(database, tmp_path)
    rescued = {row[0]: row for row in ask(target, KEY, ROWS)}
    assert rescued.items() <= good.items()
    assert all(is_listed(result, "resident", each) for each in good.keys() - rescued.keys())
    assert not any(is_listed(result, "resident", each) for each in rescued)
    assert len(rescued) >= 0.97 * RESIDENTS
    assert check_database(target, KEY) == () or {
        finding.code for finding in check_database(target, KEY)
    } == {"broken_link"}


def test_d07_an_index_tells_how_many_rows_are_lost(tmp_path: Path) -> None:
    database = new_database(tmp_path / "small.db", KEY, 300)
    for page in range(8, database.stat().st_size // PAGE + 1):
        flip(database, page)
        result, target = saved(database, tmp_path)
        target.unlink()
        flip(database, page)
        (residents,) = [each for each in result.tables if each.table == "resident"]
        if residents.lost:
            break
    (lost,) = residents.lost
    assert lost.rows == sum(lost.covers(number) for number in range(1, 301))
    assert residents.saved + lost.rows == 300


def test_d07_far_apart_ids_without_an_index_are_found_on_both_sides(tmp_path: Path) -> None:
    database = new_database(tmp_path / "village.db", KEY, 10)
    desk = 1 << 40
    with opened(database, KEY, read_only=False) as connection:
        connection.execute("BEGIN")
        for start in (desk, 5 * desk):
            connection.executemany(
                "INSERT INTO household VALUES (?, ?)",
                [(start + i, f"户{i}" * 30) for i in range(250)],
            )
        connection.execute("COMMIT")
    all_ids = household_ids(database)
    complete = 0
    for page in range(8, database.stat().st_size // PAGE + 1, 3):
        flip(database, page)
        result, target = saved(database, tmp_path)
        flip(database, page)
        ids = household_ids(target)
        target.unlink()
        assert ids <= all_ids
        assert len(ids) >= 0.85 * len(all_ids)
        complete += ids == all_ids
        assert all(is_listed(result, "household", number) for number in all_ids - ids)
    assert complete < (database.stat().st_size // PAGE - 7) // 3


def test_d07_rows_ordered_by_two_numbers_are_read_around_every_page(tmp_path: Path) -> None:
    database = new_database(tmp_path / "village.db", KEY, 10)
    with opened(database, KEY, read_only=False) as connection:
        rows = [(i % 40 + 1, i // 40, f"{i}" * 30) for i in range(1200)]
        connection.execute("DELETE FROM change_row")
        connection.executemany("INSERT INTO change_row VALUES (?, ?, ?)", rows)
    check_every_page(database, tmp_path, "change_row", set(rows))


def test_d07_rows_with_a_text_key_are_read_from_both_ends(tmp_path: Path) -> None:
    database = new_database(tmp_path / "village.db", KEY, 10)
    with opened(database, KEY, read_only=False) as connection:
        rows = [(f"page {i:04}", "草稿" * 60) for i in range(300)]
        connection.executemany("INSERT INTO draft VALUES (?, ?)", rows)
    check_every_page(database, tmp_path, "draft", set(rows))


def check_every_page(
    database: Path, tmp_path: Path, table: str, good: set[tuple[object, ...]]
) -> None:
    """Break one page after another: no wrong row, few lost, and what is lost is listed."""
    outcomes = set()
    for page in range(8, database.stat().st_size // PAGE + 1):
        flip(database, page)
        result, target = saved(database, tmp_path)
        flip(database, page)
        rescued = set(ask(target, KEY, f"SELECT * FROM {table}"))
        target.unlink()
        (found,) = [each for each in result.tables if each.table == table]
        assert rescued <= good
        assert found.saved == len(rescued)
        assert bool(found.lost) == (rescued != good)
        # The upper pages of such a table hold whole rows, so one of them leads to few others.
        assert len(rescued) >= 0.6 * len(good)
        outcomes.add(bool(found.lost))
    assert True in outcomes


def test_d02_nothing_can_be_saved_without_the_first_page(database: Path, tmp_path: Path) -> None:
    flip(database, 1)
    with pytest.raises(EnvironmentProblem) as raised:
        saved(database, tmp_path)
    assert raised.value.code == "damaged"
    assert not (tmp_path / "rescued.db").exists()


def test_an_existing_file_is_never_written_over(database: Path, tmp_path: Path) -> None:
    (tmp_path / "rescued.db").write_bytes(b"mine")
    with pytest.raises(EnvironmentProblem) as raised:
        saved(database, tmp_path)
    assert raised.value.code == "name_taken"
    assert (tmp_path / "rescued.db").read_bytes() == b"mine"


def test_lost_ranges_are_comparable_values() -> None:
    assert LostRange(1, 2, None) == LostRange(1, 2, None)
    assert LostRange(1, 2, 2) != LostRange(1, 2, None)
