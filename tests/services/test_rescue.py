"""恢复演练 and 抢救受损文件: what is practised, saved, lost, and what comes back."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.conftest import PASSWORD, TurningClock
from village_app.db.cipher_file import opened
from village_app.db.records.residents import Resident
from village_app.db.rescue import rescue_beside, rescued_path, take_rescued
from village_app.errors import EnvironmentProblem, Refused
from village_app.opening import DATABASE, open_village
from village_app.papers.pdf import write_pdf
from village_app.services.safety.audit import Filter
from village_app.services.safety.rescue import in_words
from village_app.village import Village

PAGE = 4096
PEOPLE = 400


def register_many(village: Village) -> None:
    with village.change("导入", kind="import") as change:
        change.insert_rows(
            Resident, [{"name": f"何强{n}", "status": "here"} for n in range(PEOPLE)]
        )


def damage(path: Path, pages: set[int]) -> None:
    raw = bytearray(path.read_bytes())
    for page in pages:
        raw[page * PAGE + 100] ^= 1
    path.write_bytes(raw)


def page_of_residents(database: Path, key: bytes) -> int:
    """Find a page whose damage loses residents and nothing else."""
    raw = database.read_bytes()
    trial = database.with_name("试.db")
    for page in range(len(raw) // PAGE - 1, 1, -1):
        trial.write_bytes(raw)
        damage(trial, {page})
        if not reads(trial, key, "resident") and reads(trial, key, "change_row"):
            trial.unlink()
            return page
    raise AssertionError("no page of residents")


def reads(path: Path, key: bytes, table: str) -> bool:
    try:
        with opened(path, key) as connection:
            connection.execute(f"SELECT * FROM {table} NOT INDEXED").fetchall()
    except EnvironmentProblem:
        return False
    return True


def test_a_drill_restores_beside_and_is_remembered(village: Village, clock: TurningClock) -> None:
    assert not village.drills.is_due()
    with pytest.raises(Refused) as caught:
        village.drills.practise()
    assert caught.value.code == "no_backup"
    village.places.add("一组")
    backup = village.backups.make("手动备份")
    village.places.add("二组")
    assert not village.drills.is_due()
    clock.moment += timedelta(days=8)
    assert village.drills.is_due()
    done = village.drills.practise()
    assert (done.passed, done.sequence) == (True, backup.manifest.sequence)
    assert [one.name for one in village.places.groups()] == ["一组", "二组"]
    assert list(village.session.private.iterdir()) == []
    last = village.drills.last()
    assert last is not None
    assert (last.passed, last.words) == (True, "恢复演练：第 1 份备份，通过")
    assert not village.drills.is_due()
    clock.moment += timedelta(days=32)
    assert village.drills.is_due()


def test_a_drill_of_a_damaged_backup_says_so(village: Village) -> None:
    village.places.add("一组")
    backup = village.backups.make("手动备份")
    damage(backup.database, {3})
    with pytest.raises(EnvironmentProblem) as caught:
        village.drills.practise(backup)
    assert caught.value.code == "backup_damaged"


def test_what_is_lost_is_listed_and_comes_back_from_the_journal(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    register_many(village)
    keys = village.session.keys()
    village.close()
    database = folder / DATABASE
    damage(database, {page_of_residents(database, keys.dek)})
    result = rescue_beside(database, keys.dek, keys.village_id)
    words = in_words(result, rescued_path(database), keys.dek)
    (residents,) = [one for one in words.losing if one.title == "居民"]
    assert re.match(r"何强\d+、何强\d+、.*等，编号 \d{1,5} 到 \d{1,5}", residents.lost)
    assert 0 < residents.saved < PEOPLE
    damaged = database.read_bytes()
    kept = take_rescued(database, keys.dek)
    assert (folder / kept).read_bytes() == damaged
    assert not rescued_path(database).exists()
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        again.rescue.own_up(words)
        assert again.audit.entries(Filter())[0].label == f"换上抢救出来的数据：{words.summary()}"
        vanished = [one for one in again.selfcheck.run().findings if one.code == "outside"]
        assert len(vanished) == PEOPLE - residents.saved
        assert again.selfcheck.put_back() == PEOPLE - residents.saved
        assert again.store.select(Resident).count() == PEOPLE
        assert again.selfcheck.run().is_sound


def test_nothing_is_put_in_place_before_somebody_says_so(village: Village, folder: Path) -> None:
    register_many(village)
    keys = village.session.keys()
    village.close()
    database = folder / DATABASE
    before = database.read_bytes()
    rescue_beside(database, keys.dek, keys.village_id)
    assert database.read_bytes() == before
    rescued_path(database).unlink()
    with pytest.raises(EnvironmentProblem) as caught:
        take_rescued(database, keys.dek)
    assert caught.value.code == "nothing_rescued"


def test_a_damaged_file_from_elsewhere_becomes_a_folder_that_opens(
    village: Village, folder: Path, clock: TurningClock, tmp_path: Path
) -> None:
    register_many(village)
    copy = tmp_path / "坏了的.db"
    village.lock()
    copy.write_bytes((folder / DATABASE).read_bytes())
    village.unlock(PASSWORD)
    damage(copy, {page_of_residents(copy, village.session.keys().dek)})
    rescued = village.rescue.salvage(copy, tmp_path)
    assert [one.title for one in rescued.losing] == ["居民"]
    paper = village.rescue.paper(rescued)
    assert "有1种记录没有全部读出来" in str(paper.blocks[0])
    assert write_pdf(paper).pages >= 1
    with open_village(tmp_path / rescued.folder, "陈丽珍", PASSWORD, clock=clock) as saved:
        assert saved.store.select(Resident).count() == rescued.losing[0].saved


def test_what_is_no_file_of_the_village_is_said_and_leaves_nothing(
    village: Village, tmp_path: Path
) -> None:
    other = tmp_path / "别的.db"
    other.write_bytes(bytes(PAGE * 4))
    with pytest.raises(EnvironmentProblem) as caught:
        village.rescue.salvage(other, tmp_path)
    assert caught.value.code == "beyond_rescue"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("抢救")] == []
