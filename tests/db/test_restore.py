"""Restoring: looked at first, today kept, whole or not at all."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.db.databases import ask, fill, flip, new_database
from tests.db.failing_disk import FailingDisk
from tests.db.keys import ACCOUNTANT, DIRECTOR, OTHER_PASSWORD, PASSWORD, new_vault
from village_app.db import attachment_files
from village_app.db.attachments import AttachmentStore
from village_app.db.backup import Source, make_backup
from village_app.db.checks import check_database
from village_app.db.cipher_file import connect, journal_of, opened
from village_app.db.files import is_passing, passing_name
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.manifest import DATABASE
from village_app.db.rekey import change_database_key
from village_app.db.restore import (
    Difference,
    inspect_backup,
    practise_restore,
    restore_backup,
)
from village_app.db.restore_note import last_restore
from village_app.db.shelf import Backup
from village_app.db.vault import Vault
from village_app.errors import Cancelled, EnvironmentProblem, Refused

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
RESIDENTS = "SELECT count(*) FROM resident"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return new_vault(tmp_path / "village")


@pytest.fixture
def source(vault: Vault, tmp_path: Path) -> Source:
    assert vault.unlocked is not None
    new_database(vault.folder / DATABASE, vault.unlocked.dek)
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-" + bytes(5000))
    AttachmentStore(vault.folder, vault.unlocked).add(tmp_path / "scan.pdf", "扫描件.pdf")
    (tmp_path / "stick").mkdir()
    return Source(vault.folder, vault.unlocked, "隔岭村", "1.0.0")


@pytest.fixture
def backup(source: Source, tmp_path: Path) -> Backup:
    """A backup of 500 residents; afterwards 40 more were written."""
    made = make_backup(source, tmp_path / "stick", "手动", now=NOW)
    fill(source.database, source.keys.dek, 40, start=2000)
    return made


def residents(source: Source) -> object:
    return ask(source.database, source.keys.dek, RESIDENTS)[0][0]


def no_leftovers(folder: Path) -> bool:
    return not any(is_passing(path) for path in folder.rglob("*"))


def test_bs03_one_looks_first_at_date_counts_and_what_differs(
    source: Source, backup: Backup
) -> None:
    before = source.database.read_bytes()
    seen = inspect_backup(backup, source.keys, source.folder)
    assert seen.is_good
    assert seen.manifest.created == NOW
    assert seen.changes_since == 1
    assert seen.differences == (
        Difference("change", 1, 2),
        Difference("change_row", 100, 108),
        Difference("household", 500, 540),
        Difference("resident", 500, 540),
    )
    assert source.database.read_bytes() == before


def test_bs03_a_look_works_when_todays_data_is_damaged_or_gone(
    source: Source, backup: Backup
) -> None:
    flip(source.database, 1)
    seen = inspect_backup(backup, source.keys, source.folder)
    assert (seen.is_good, seen.changes_since) == (True, None)
    source.database.unlink()
    assert inspect_backup(backup, source.keys, source.folder).is_good


def test_bs03_restoring_brings_the_records_back_and_keeps_todays(
    source: Source, backup: Backup
) -> None:
    note = restore_backup(backup, source.folder, source.keys, now=NOW)
    assert residents(source) == 500
    kept = source.folder / note.safety
    assert ask(kept, source.keys.dek, RESIDENTS) == [(540,)]
    assert check_database(source.database, source.keys.dek) == ()
    assert no_leftovers(source.folder)
    assert last_restore(source.folder, source.keys) == note
    assert (note.at, note.sequence, note.head) == (NOW, 1, (1, f"{1:064x}"))


def test_j16_users_and_roles_stay_todays(vault: Vault, source: Source, backup: Backup) -> None:
    vault.set_role(ACCOUNTANT, "查询")
    vault.add_user("王五", "river Stone 52 莲藕", "经办")
    restore_backup(backup, source.folder, source.keys, now=NOW)
    after = Vault.load(source.folder)
    assert [(user.name, user.role) for user in after.users] == [
        (ACCOUNTANT, "查询"),
        (DIRECTOR, "管理员"),
        ("王五", "经办"),
    ]
    assert after.unlock(ACCOUNTANT, PASSWORD).dek == source.keys.dek


def test_bs08_attachments_deleted_since_come_back(source: Source, backup: Backup) -> None:
    attachment_files.sweep(source.folder, lambda _code: False)
    assert attachment_files.stored(source.folder) == {}
    restore_backup(backup, source.folder, source.keys, now=NOW)
    assert len(attachment_files.stored(source.folder)) == 1


def test_d14_on_a_new_computer_password_or_code_bring_everything_back(
    vault: Vault, source: Source, tmp_path: Path
) -> None:
    code = vault.new_recovery_code()
    made = make_backup(source, tmp_path / "stick", "手动", now=NOW)
    for number, keys in enumerate(
        (
            Vault.load(made.path, delay_folder=tmp_path).unlock(ACCOUNTANT, PASSWORD),
            Vault.load(made.path, delay_folder=tmp_path).unlock_with_recovery(code),
        )
    ):
        folder = tmp_path / f"new computer {number}"
        folder.mkdir()
        note = restore_backup(made, folder, keys, now=NOW)
        assert note.safety == ""
        opened_again = Vault.load(folder).unlock(DIRECTOR, OTHER_PASSWORD)
        assert ask(folder / DATABASE, opened_again.dek, RESIDENTS) == [(500,)]
        (code_of_file,) = attachment_files.stored(folder)
        store = AttachmentStore(folder, opened_again)
        assert store.read(code_of_file) == (tmp_path / "scan.pdf").read_bytes()
    assert sorted(path.name for path in made.path.iterdir()) == sorted(
        ["attachments.txt", "manifest.json", FILE_NAME, DATABASE]
    )


def test_e13_a_backup_from_before_a_change_of_keys_gets_todays_key(
    vault: Vault, source: Source, backup: Backup
) -> None:
    old = source.keys.dek
    vault.remove_user(ACCOUNTANT)
    keys = change_database_key(vault, source.database)
    restore_backup(backup, source.folder, keys, now=NOW)
    assert ask(source.database, keys.dek, RESIDENTS) == [(500,)]
    with pytest.raises(EnvironmentProblem), opened(source.database, old):
        pass
    assert no_leftovers(source.folder)


def test_d13_a_backup_of_a_newer_program_is_refused(source: Source, backup: Backup) -> None:
    with pytest.raises(Refused) as raised:
        restore_backup(backup, source.folder, source.keys, now=NOW, newest_schema=2)
    assert raised.value.code == "newer_backup"
    assert residents(source) == 540
    restore_backup(backup, source.folder, source.keys, now=NOW, newest_schema=3)
    assert residents(source) == 500


def test_d11_a_damaged_backup_is_refused_and_nothing_touched(
    source: Source, backup: Backup
) -> None:
    flip(backup.database, 7)
    with pytest.raises(EnvironmentProblem, match="更早的一份") as raised:
        restore_backup(backup, source.folder, source.keys, now=NOW)
    assert raised.value.code == "backup_damaged"
    assert residents(source) == 540
    assert last_restore(source.folder, source.keys) is None


def test_d10_the_backup_of_another_village_is_refused(backup: Backup, tmp_path: Path) -> None:
    other = new_vault(tmp_path / "other")
    assert other.unlocked is not None
    with pytest.raises(Refused) as raised:
        restore_backup(backup, other.folder, other.unlocked, now=NOW)
    assert raised.value.code == "foreign_backup"


def test_a_database_in_use_is_not_replaced(source: Source, backup: Backup) -> None:
    at_work = connect(source.database, source.keys.dek, read_only=False)
    at_work.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentProblem) as raised:
        restore_backup(backup, source.folder, source.keys, now=NOW)
    at_work.execute("ROLLBACK")
    at_work.close()
    assert raised.value.code == "busy"
    assert residents(source) == 540


def test_a09_a_journal_of_a_cut_is_never_mixed_into_the_restored_file(
    source: Source, backup: Backup
) -> None:
    cut_in_a_change(source)
    assert journal_of(source.database).stat().st_size > 0
    note = restore_backup(backup, source.folder, source.keys, now=NOW)
    assert not journal_of(source.database).exists()
    assert residents(source) == 500
    assert check_database(source.database, source.keys.dek) == ()
    assert ask(source.folder / note.safety, source.keys.dek, RESIDENTS) == [(540,)]


def test_a09_the_journal_of_an_unreadable_file_is_kept_beside_it(
    source: Source, backup: Backup
) -> None:
    cut_in_a_change(source)
    journal = journal_of(source.database)
    wrong = replace(source.keys, keys={1: source.keys.dek, 2: b"x" * 32}, generation=2)
    flip(source.database, 1)
    note = restore_backup(backup, source.folder, wrong, now=NOW)
    assert not journal.exists() or journal.stat().st_size == 0
    assert ask(source.database, b"x" * 32, RESIDENTS) == [(500,)]
    assert (source.folder / note.safety).exists()


def cut_in_a_change(source: Source) -> None:
    """Leave database and journal as a power cut in a large change does."""
    connection = connect(source.database, source.keys.dek, read_only=False)
    connection.execute("PRAGMA cache_size = 5")
    connection.execute("BEGIN")
    connection.execute("UPDATE resident SET note = 'changed' || id")
    database, journal = source.database.read_bytes(), journal_of(source.database).read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    source.database.write_bytes(database)
    journal_of(source.database).write_bytes(journal)


@pytest.mark.parametrize(
    "disk",
    [
        FailingDisk(room=0),
        FailingDisk(room=100_000),
        FailingDisk(room=260_000),
        FailingDisk(broken={"replace": errno.EIO}),
        FailingDisk(broken={"sync_file": errno.EIO}),
    ],
)
def test_a08_b14_a_failing_disk_leaves_todays_records(
    source: Source, backup: Backup, disk: FailingDisk
) -> None:
    with pytest.raises(EnvironmentProblem):
        restore_backup(backup, source.folder, source.keys, now=NOW, disk=disk)
    assert residents(source) == 540
    assert no_leftovers(source.folder)


def test_a_restore_can_be_cancelled_at_any_report(source: Source, backup: Backup) -> None:
    seen: list[str] = []

    def count(done: int, total: int, text: str) -> None:
        seen.append(text)

    restore_backup(backup, source.folder, source.keys, now=NOW, report=count)
    fill(source.database, source.keys.dek, 40, start=2000)
    for stop_at in range(len(seen)):
        left = [stop_at]

        def report(done: int, total: int, text: str, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            restore_backup(backup, source.folder, source.keys, now=NOW, report=report)
        assert residents(source) == 540
        assert no_leftovers(source.folder)


def test_leftovers_of_a_cut_restore_are_swept_by_the_next(source: Source, backup: Backup) -> None:
    left = passing_name(source.folder)
    left.write_bytes(b"half")
    journal_of(left).write_bytes(b"")
    restore_backup(backup, source.folder, source.keys, now=NOW)
    assert no_leftovers(source.folder)


def test_only_the_last_three_replaced_states_are_kept(source: Source, backup: Backup) -> None:
    notes = [
        restore_backup(backup, source.folder, source.keys, now=NOW + timedelta(hours=i))
        for i in range(5)
    ]
    there = [(source.folder / note.safety).exists() for note in notes]
    assert there == [False, False, True, True, True]


def test_the_monthly_drill_brings_everything_back_and_leaves_nothing(
    source: Source, backup: Backup, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    assert practise_restore(backup, source.keys, scratch, now=NOW) == ()
    assert list(scratch.iterdir()) == []
    flip(backup.database, 7)
    with pytest.raises(EnvironmentProblem):
        practise_restore(backup, source.keys, scratch, now=NOW)
    assert list(scratch.iterdir()) == []


def test_the_drill_works_for_a_backup_from_before_a_change_of_keys(
    vault: Vault, source: Source, backup: Backup, tmp_path: Path
) -> None:
    vault.begin_rotation()
    keys = change_database_key(vault, source.database)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    assert practise_restore(backup, keys, scratch, now=NOW) == ()


def test_d09_the_second_copy_of_the_key_file_comes_along(
    source: Source, backup: Backup, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    restore_backup(backup, folder, source.keys, now=NOW)
    assert (folder / FILE_NAME).read_bytes() == (folder / SECOND_NAME).read_bytes()
