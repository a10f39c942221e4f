"""Backups that are proved, and every reason why one cannot be made."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.db.databases import ask, break_page_until, change_bytes, fill, flip, new_database
from tests.db.failing_disk import FailingDisk
from tests.db.keys import ACCOUNTANT, PASSWORD, new_vault
from tests.db.small_disk import small_disk_at
from village_app.db import backup as backup_module
from village_app.db import copying, places
from village_app.db.attachments import AttachmentStore
from village_app.db.backup import Source, make_backup
from village_app.db.backup_proof import newest_good_backup, verify_backup
from village_app.db.checks import Finding
from village_app.db.cipher_file import connect
from village_app.db.files import is_passing
from village_app.db.key_care import take_back_key_file
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.manifest import ATTACHMENT_LIST, DATABASE, MANIFEST, read_manifest
from village_app.db.shelf import Backup, list_backups
from village_app.db.vault import Vault
from village_app.errors import Cancelled, EnvironmentProblem, Refused

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return new_vault(tmp_path / "village")


@pytest.fixture
def source(vault: Vault, tmp_path: Path) -> Source:
    assert vault.unlocked is not None
    new_database(vault.folder / DATABASE, vault.unlocked.dek)
    (vault.folder / "backups").mkdir()
    store = AttachmentStore(vault.folder, vault.unlocked)
    for number in range(3):
        (tmp_path / "scan.pdf").write_bytes(b"%PDF-" + bytes([number]) * 5000)
        store.add(tmp_path / "scan.pdf", "扫描件.pdf")
    return Source(vault.folder, vault.unlocked, "隔岭村", "1.0.0")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk_at(tmp_path / "small", 256) as folder:
        yield folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘 #1"
    folder.mkdir()
    return folder


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def codes(backup: Backup, source: Source) -> set[str]:
    return {finding.code for finding in verify_backup(backup, source.keys)}


def test_bs01_a_backup_opens_by_itself_and_is_proved(source: Source, stick: Path) -> None:
    made = make_backup(source, stick, "手动", now=NOW)
    assert made.path.name == "备份-000001-20261124-0930"
    assert left_in(made.path) == sorted([ATTACHMENT_LIST, MANIFEST, FILE_NAME, DATABASE])
    assert left_in(stick) == sorted(["attachments", made.path.name])
    assert verify_backup(made, source.keys) == ()
    assert ask(made.database, source.keys.dek, "SELECT count(*) FROM resident") == [(500,)]


def test_bs03_the_manifest_tells_date_counts_and_village_without_a_password(
    source: Source, stick: Path
) -> None:
    make_backup(source, stick, "导入前", now=NOW)
    (found,) = list_backups(stick).backups
    manifest = found.manifest
    assert manifest.counts == {
        "change": 1,
        "change_row": 100,
        "draft": 0,
        "household": 500,
        "resident": 500,
    }
    assert (manifest.village_name, manifest.reason, manifest.created) == ("隔岭村", "导入前", NOW)
    assert (manifest.head, manifest.schema_version) == ((1, f"{1:064x}"), 3)
    assert (manifest.attachments, manifest.generation) == (3, 1)
    assert manifest.program_version == "1.0.0"


def test_i14_no_name_of_a_person_stands_on_the_stick(source: Source, stick: Path) -> None:
    make_backup(source, stick, "手动", now=NOW)
    for path in stick.rglob("*"):
        if path.is_file():
            assert "村民".encode() not in path.read_bytes()


def test_bs01_numbers_go_on_over_both_targets(source: Source, stick: Path) -> None:
    local = source.folder / "backups"
    made = [make_backup(source, target, "x", now=NOW) for target in (local, local, stick, stick)]
    assert [each.manifest.sequence for each in made] == [1, 2, 3, 4]
    assert [each.manifest.sequence for each in list_backups(local).backups] == [2, 1]


def test_k01_the_order_is_that_of_numbers_when_the_clock_went_back(
    source: Source, stick: Path
) -> None:
    first = make_backup(source, stick, "x", now=NOW)
    second = make_backup(source, stick, "x", now=NOW - timedelta(days=5 * 365))
    assert list_backups(stick).backups == (second, first)


def test_l05_attachments_are_brought_once_for_all_backups(source: Source, stick: Path) -> None:
    make_backup(source, stick, "x", now=NOW)
    before = {p: p.stat().st_mtime_ns for p in (stick / "attachments").rglob("*") if p.is_file()}
    make_backup(source, stick, "x", now=NOW)
    after = {p: p.stat().st_mtime_ns for p in (stick / "attachments").rglob("*") if p.is_file()}
    assert after == before
    assert len(after) == 3


def test_attachments_are_copied_where_a_second_name_is_impossible(
    source: Source, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", no_links)
    made = make_backup(source, stick, "x", now=NOW)
    assert verify_backup(made, source.keys) == ()
    for path in (stick / "attachments").rglob("*"):
        if path.is_file():
            assert path.stat().st_nlink == 1


def test_what_was_deleted_is_not_in_a_new_backup(source: Source, stick: Path) -> None:
    with connect(source.database, source.keys.dek, read_only=False) as connection:
        connection.execute("DELETE FROM resident WHERE id > 10")
    connection.close()
    made = make_backup(source, stick, "x", now=NOW)
    assert made.database.stat().st_size < source.database.stat().st_size / 3


def test_a_backup_is_made_while_the_program_has_the_database_open(
    source: Source, stick: Path
) -> None:
    at_work = connect(source.database, source.keys.dek, read_only=False)
    at_work.execute("SELECT count(*) FROM resident").fetchone()
    made = make_backup(source, stick, "x", now=NOW)
    at_work.execute("INSERT INTO household VALUES (9999, 'x')")
    at_work.close()
    assert made.manifest.counts["household"] == 500


def test_what_is_being_written_waits_and_is_not_half_in_the_backup(
    source: Source, stick: Path
) -> None:
    at_work = connect(source.database, source.keys.dek, read_only=False)
    at_work.execute("PRAGMA busy_timeout = 0")
    refusals = []

    def write(done: int, total: int, text: str) -> None:
        if text == "备份数据":
            try:
                at_work.execute("INSERT INTO household VALUES (9999, 'x')")
            except Exception as error:  # noqa: BLE001  # whatever comes is looked at below
                refusals.append(str(error))

    fill(source.database, source.keys.dek, 4000, start=1000)
    make_backup(source, stick, "x", now=NOW, report=write)
    at_work.close()
    assert set(refusals) == {"database is locked"}


# --- damage ------------------------------------------------------------------------------------


def test_every_kind_of_change_to_a_backup_is_found(source: Source, stick: Path) -> None:
    made = make_backup(source, stick, "x", now=NOW)
    attachment = next(path for path in (stick / "attachments").rglob("*") if path.is_file())
    changes: list[tuple[Path, Callable[[Path], object], set[str]]] = [
        (made.database, lambda p: flip(p, 9), {"changed_file"}),
        (made.database, Path.unlink, {"missing_file"}),
        (made.path / FILE_NAME, lambda p: change_bytes(p, bytearray.clear), {"changed_file"}),
        (made.path / ATTACHMENT_LIST, Path.unlink, {"missing_file"}),
        (attachment, Path.unlink, {"missing_attachment"}),
        (attachment, lambda p: os.truncate(p, 10), {"missing_attachment"}),
    ]
    for path, change, expected in changes:
        raw = path.read_bytes()
        change(path)
        assert codes(made, source) == expected
        path.unlink(missing_ok=True)
        path.write_bytes(raw)
    assert codes(made, source) == set()


def test_an_edited_manifest_breaks_its_seal(source: Source, stick: Path) -> None:
    made = make_backup(source, stick, "x", now=NOW)
    values = json.loads((made.path / MANIFEST).read_bytes())
    values["counts"]["resident"] = 499
    (made.path / MANIFEST).write_text(json.dumps(values), encoding="utf-8")
    (found,) = list_backups(stick).backups
    assert codes(found, source) == {"changed_manifest", "counts_differ"}


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"\xff\xfe", b'{"format": "x"}'])
def test_folders_that_only_look_like_a_backup_are_told_apart(
    source: Source, stick: Path, raw: bytes
) -> None:
    good = make_backup(source, stick, "x", now=NOW)
    bad = stick / "备份-000002-20261124-0931"
    bad.mkdir()
    (bad / MANIFEST).write_bytes(raw)
    (stick / "别的文件夹").mkdir()
    shelf = list_backups(stick)
    assert shelf.backups == (good,)
    assert shelf.unreadable == (bad,)
    assert make_backup(source, stick, "x", now=NOW).manifest.sequence == 3


def test_a_backup_of_a_later_program_is_named_so(source: Source, stick: Path) -> None:
    made = make_backup(source, stick, "x", now=NOW)
    values = json.loads((made.path / MANIFEST).read_bytes())
    values["format"] = 2
    (made.path / MANIFEST).write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as raised:
        read_manifest(made.path)
    assert raised.value.code == "newer_program"


def test_d11_when_the_newest_is_damaged_the_one_before_is_offered(
    source: Source, stick: Path
) -> None:
    older = make_backup(source, stick, "x", now=NOW)
    newer = make_backup(source, stick, "x", now=NOW + timedelta(hours=1))
    assert newest_good_backup(stick, source.keys) == newer
    flip(newer.database, 5)
    assert newest_good_backup(stick, source.keys) == older
    older.database.unlink()
    assert newest_good_backup(stick, source.keys) is None


def test_d10_the_backup_of_another_village_is_refused_by_name(
    source: Source, stick: Path, tmp_path: Path
) -> None:
    made = make_backup(source, stick, "x", now=NOW)
    other = new_vault(tmp_path / "other").unlocked
    assert other is not None
    with pytest.raises(Refused, match="隔岭村") as raised:
        verify_backup(made, other)
    assert raised.value.code == "foreign_backup"
    assert newest_good_backup(stick, other) is None


def test_d05_a_torn_unused_page_of_the_source_does_not_spoil_the_backup(
    source: Source, stick: Path
) -> None:
    key = source.keys.dek
    with connect(source.database, key, read_only=False) as connection:
        connection.execute("DROP TABLE resident")
    connection.close()
    break_page_until(source.database, key, {"torn_free_page"})
    assert verify_backup(make_backup(source, stick, "x", now=NOW), source.keys) == ()


def test_a_damaged_source_makes_no_backup_and_says_so(source: Source, stick: Path) -> None:
    make_backup(source, stick, "x", now=NOW)
    flip(source.database, 9)
    with pytest.raises(EnvironmentProblem) as raised:
        make_backup(source, stick, "x", now=NOW)
    assert raised.value.code == "damaged"
    assert len(list_backups(stick).backups) == 1
    assert not any(is_passing(path) for path in stick.iterdir())


def test_a_copy_that_does_not_prove_is_tried_again_and_then_told(
    source: Source, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Path] = []

    def never(path: Path, *_: object, **__: object) -> list[Finding]:
        tries.append(path)
        return [Finding("damaged_page", "")]

    monkeypatch.setattr(backup_module, "database_findings", never)
    with pytest.raises(EnvironmentProblem, match="旧的备份都在") as raised:
        make_backup(source, stick, "x", now=NOW)
    assert raised.value.code == "backup_unproved"
    assert len(tries) == 2
    assert left_in(stick) == []


# --- targets -----------------------------------------------------------------------------------


def test_bs02_a_target_inside_the_records_is_refused(source: Source) -> None:
    for target in (source.folder, source.folder / "attachments"):
        with pytest.raises(Refused) as raised:
            make_backup(source, target, "x", now=NOW)
        assert raised.value.code == "target_inside"


def test_b09_a_stick_that_is_not_there_is_told(source: Source, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="U盘可能被拔出") as raised:
        make_backup(source, tmp_path / "none", "x", now=NOW)
    assert raised.value.code == "gone"


def test_b09_a_stick_pulled_in_the_middle_is_told_and_nothing_is_left(
    source: Source, stick: Path
) -> None:
    import errno

    with pytest.raises(EnvironmentProblem) as raised:
        make_backup(source, stick, "x", now=NOW, disk=FailingDisk(broken={"replace": errno.ENODEV}))
    assert raised.value.code == "gone"
    assert list_backups(stick).backups == ()


@pytest.mark.parametrize("room", [0, 200, 1500, 5000])
def test_b03_b14_a_disk_full_in_the_middle_leaves_the_older_backups_alone(
    source: Source, stick: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_backup(source, stick, "x", now=NOW)
    monkeypatch.delattr(os, "link")
    monkeypatch.setattr(
        "village_app.db.attachment_files._linked", lambda *_: False
    )  # as on another disk
    for path in (stick / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(EnvironmentProblem) as raised:
        make_backup(source, stick, "x", now=NOW, disk=FailingDisk(room=room))
    assert raised.value.code == "disk_full"
    assert list_backups(stick).backups == (first,)
    assert not any(is_passing(path) for path in stick.rglob("*"))


def test_b03_b06_a_disk_full_under_the_engine_leaves_no_half_copy(
    source: Source, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "need_room", lambda *_, **__: None)
    (small_disk / "filler").write_bytes(bytes(150_000))
    with pytest.raises(EnvironmentProblem) as raised:
        make_backup(source, small_disk, "x", now=NOW)
    assert raised.value.code == "disk_full"
    assert left_in(small_disk) == ["filler"]


def test_bs02_a_full_stick_is_told_before_writing_with_what_is_needed(
    source: Source, small_disk: Path
) -> None:
    (small_disk / "filler").write_bytes(bytes(150_000))
    with pytest.raises(EnvironmentProblem, match=r"需要大约 1 MB，这里只剩 0 MB") as raised:
        make_backup(source, small_disk, "x", now=NOW)
    assert raised.value.code == "disk_full"


def test_bs02_a_write_protected_stick_is_told(source: Source, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(EnvironmentProblem, match="写保护") as raised:
        make_backup(source, small_disk, "x", now=NOW)
    assert raised.value.code == "read_only"


def test_b11_too_large_a_database_for_fat_is_told_before_writing(
    source: Source, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = replace(places.look_at(stick), largest_file=1000)
    monkeypatch.setattr(backup_module, "look_at", lambda _folder: place)
    with pytest.raises(EnvironmentProblem) as raised:
        make_backup(source, stick, "x", now=NOW)
    assert raised.value.code == "file_too_large"
    assert left_in(stick) == []


def test_b12_a_stick_that_gives_back_something_else_is_told(
    source: Source, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("village_app.db.attachment_files._linked", lambda *_: False)
    real = copying.print_of_file
    monkeypatch.setattr(copying, "print_of_file", lambda path: replace(real(path), sha256="0"))
    with pytest.raises(EnvironmentProblem, match="标的容量是假的") as raised:
        make_backup(source, stick, "x", now=NOW)
    assert raised.value.code == "copy_differs"
    assert list_backups(stick).backups == ()


def test_b13_a_backup_can_be_cancelled_at_any_report(source: Source, stick: Path) -> None:
    fill(source.database, source.keys.dek, 3000, start=1000)
    make_backup(source, stick, "x", now=NOW)  # brings the attachments
    seen: list[str] = []
    make_backup(source, stick, "x", now=NOW, report=lambda *args: seen.append(args[2]))
    assert {"备份数据", "检查数据结构"} <= set(seen)
    for stop_at in range(len(seen)):
        calls = iter(range(len(seen)))

        def report(done: int, total: int, text: str, calls: Iterator[int] = calls) -> None:
            if next(calls) == stop_at:  # noqa: B023  # called within this round
                raise Cancelled

        with pytest.raises(Cancelled):
            make_backup(source, stick, "x", now=NOW, report=report)
        assert len(list_backups(stick).backups) == 2
        assert not any(is_passing(path) for path in stick.rglob("*"))


def test_b07_b08_a_read_only_folder_can_still_be_backed_up(
    source: Source, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path != source.database and real(path, mode)
    )
    assert verify_backup(make_backup(source, stick, "x", now=NOW), source.keys) == ()


# --- keys --------------------------------------------------------------------------------------


def test_d09_a_lost_key_file_is_taken_back_from_the_newest_backup(
    source: Source, stick: Path
) -> None:
    made = make_backup(source, stick, "x", now=NOW)
    for name in (FILE_NAME, SECOND_NAME):
        (source.folder / name).unlink()
    take_back_key_file(source.folder, made.path)
    assert Vault.load(source.folder).unlock(ACCOUNTANT, PASSWORD).dek == source.keys.dek


def test_e13_old_backups_open_after_a_change_of_keys_and_new_ones_not_with_the_old(
    vault: Vault, source: Source, stick: Path
) -> None:
    from village_app.db.rekey import change_database_key

    before = make_backup(source, stick, "x", now=NOW)
    former = source.keys
    vault.remove_user(ACCOUNTANT)
    new_keys = change_database_key(vault, source.database)
    after = make_backup(replace(source, keys=new_keys), stick, "x", now=NOW)
    assert verify_backup(before, new_keys) == ()
    assert verify_backup(after, new_keys) == ()
    with pytest.raises(Refused) as raised:
        verify_backup(after, former)
    assert raised.value.code == "other_keys"
    with pytest.raises(Refused):
        Vault.load(after.path, delay_folder=stick).unlock(ACCOUNTANT, PASSWORD)
