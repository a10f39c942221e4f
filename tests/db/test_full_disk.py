"""A full disk under the records: refused in a sentence, nothing lost, and it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.db.conftest import AUDIT_KEY, KEY, SteppingClock
from tests.db.small_disk import small_disk_at
from tests.db.trial import TRIAL_TABLES, House
from village_app.db.checks import check_database
from village_app.db.engine import Store
from village_app.db.journal import Author, Journal
from village_app.db.migrations import house
from village_app.errors import EnvironmentProblem


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk_at(tmp_path / "small", 700) as folder:
        yield folder


@pytest.fixture
def journal(disk: Path) -> Iterator[Journal]:
    store = Store(disk / "village.db", KEY, create=True)
    house.step(store)
    for statement in TRIAL_TABLES:
        store.database.execute_sql(statement)
    store.sql("PRAGMA cache_size = -40")
    yield Journal(store, AUDIT_KEY, Author("陈文书"), SteppingClock())
    store.close()


def bring(journal: Journal, count: int) -> None:
    with journal.change("导入", kind="import") as change:
        change.insert_rows(House, [{"number": f"{number}" * 20} for number in range(count)])


def fill_up(filler: Path) -> None:
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))


def houses(journal: Journal) -> int:
    return int(journal.store.scalar("SELECT count(*) FROM trial_house"))


def test_b01_a_disk_full_in_an_import_rolls_back_and_the_next_small_save_works(
    journal: Journal, disk: Path
) -> None:
    bring(journal, 3)
    with pytest.raises(EnvironmentProblem, match="磁盘已经满了") as raised:
        bring(journal, 20_000)
    assert raised.value.code == "disk_full"
    assert houses(journal) == 3
    bring(journal, 1)
    assert houses(journal) == 4
    assert journal.verify().is_whole
    assert check_database(disk / "village.db", KEY) == ()


def test_b02_a_disk_full_to_the_last_byte_refuses_a_save_and_can_be_read(
    journal: Journal, disk: Path
) -> None:
    bring(journal, 3)
    filler = disk / "filler"
    fill_up(filler)
    with pytest.raises(EnvironmentProblem) as raised:
        bring(journal, 200)
    assert raised.value.code == "disk_full"
    assert houses(journal) == 3
    filler.unlink()
    bring(journal, 200)
    assert houses(journal) == 203
    assert journal.verify().is_whole
