"""Writing files that stay whole, and the sentences of a disk that does not want to."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.failing_disk import FailingDisk
from village_app.db.files import (
    REAL_DISK,
    mark_of,
    note_outside,
    passing_name,
    read_pieces,
    sweep_leftovers,
    write_atomically,
)
from village_app.db.private_folder import PrivateFolder
from village_app.db.problems import map_os_error, problem_code
from village_app.errors import EnvironmentProblem

OLD = b"old list\n" * 100
NEW = bytes(range(256)) * 100  # 25,600 bytes


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writing_replaces_the_old_file_and_leaves_nothing_beside_it(target: Path) -> None:
    assert write_atomically(target, NEW) == len(NEW)
    assert target.read_bytes() == NEW
    assert names(target.parent) == ["名单.xlsx"]


def test_pieces_are_written_one_after_the_other(tmp_path: Path) -> None:
    pieces = [b"a" * 3_000_000, b"", b"b"]
    assert write_atomically(tmp_path / "x", pieces) == 3_000_001
    assert b"".join(read_pieces(tmp_path / "x")) == b"".join(pieces)


def test_a_new_private_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    write_atomically(tmp_path / "vault.keys", b"x")
    write_atomically(tmp_path / "list.xlsx", b"x", mode=0o644)
    assert (tmp_path / "vault.keys").stat().st_mode & 0o077 == 0
    assert (tmp_path / "list.xlsx").stat().st_mode & 0o044 == 0o044


@pytest.mark.parametrize("room", [0, 1, *range(4096, len(NEW), 4096), len(NEW) - 1])
def test_b04_b14_a_disk_full_after_n_bytes_keeps_the_old_file(target: Path, room: int) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        write_atomically(target, NEW, doing="导出名单", disk=FailingDisk(room=room))
    assert raised.value.code == "disk_full"
    assert raised.value.message.startswith("导出名单没有成功：磁盘已经满了（大约需要 1 MB）")
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["名单.xlsx"]


@pytest.mark.parametrize(
    ("call", "number", "code"),
    [
        ("create", errno.EROFS, "read_only"),
        ("sync_file", errno.EIO, "disk_error"),
        ("replace", errno.ENOENT, "gone"),
        ("replace", errno.ENOSPC, "disk_full"),
    ],
)
def test_a_failure_in_any_step_keeps_the_old_file(
    target: Path, call: str, number: int, code: str
) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        write_atomically(target, NEW, disk=FailingDisk(broken={call: number}))
    assert raised.value.code == code
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["名单.xlsx"]


def test_an_error_while_the_pieces_are_made_keeps_the_old_file(target: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_atomically(target, pieces())
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["名单.xlsx"]


def test_b15_a_file_held_for_a_moment_is_tried_five_times(target: Path) -> None:
    disk = FailingDisk()
    disk.held_times = 4
    write_atomically(target, NEW, disk=disk)
    assert target.read_bytes() == NEW
    assert disk.pauses == [0.4] * 4


def test_b15_a_file_held_for_good_is_told(target: Path) -> None:
    disk = FailingDisk()
    disk.held_times = 99
    with pytest.raises(EnvironmentProblem):
        write_atomically(target, NEW, disk=disk)
    assert len(disk.pauses) == 4
    assert target.read_bytes() == OLD


def test_g09_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        write_atomically(tmp_path / "U盘" / "名单.xlsx", NEW)
    assert raised.value.code == "gone"
    assert "“名单.xlsx”" in raised.value.message


def test_g09_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        write_atomically(tmp_path / ("名" * 300), NEW)
    assert raised.value.code == "name_too_long"


@pytest.mark.parametrize("name", ["隔 岭 村", "😀#1", "50%'a", "a" * 200])
def test_k04_names_with_blanks_emoji_and_signs_work(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    write_atomically(folder / f"{name}.txt", b"x")
    assert names(folder) == [f"{name}.txt"]


def test_a06_leftovers_are_swept_and_nothing_else(tmp_path: Path) -> None:
    for _ in range(3):
        passing_name(tmp_path).write_bytes(b"half")
    unfinished = passing_name(tmp_path)
    unfinished.mkdir()
    for kept in ("records.part", ".~lock", "village.db"):
        (tmp_path / kept).write_bytes(b"")
    assert sweep_leftovers(tmp_path) == 3
    assert sweep_leftovers(tmp_path, remove_tree=Path.rmdir) == 1
    assert names(tmp_path) == [".~lock", "records.part", "village.db"]


def test_sweeping_a_folder_that_is_not_there_finds_nothing(tmp_path: Path) -> None:
    assert sweep_leftovers(tmp_path / "none") == 0


@pytest.mark.parametrize(
    ("error", "code", "part"),
    [
        (OSError(errno.ENOSPC, ""), "disk_full", "磁盘已经满了"),
        (OSError(errno.EROFS, ""), "read_only", "写保护"),
        (OSError(errno.ENODEV, ""), "gone", "U盘可能被拔出"),
        (OSError(errno.EIO, ""), "disk_error", "重新插好"),
        (OSError(errno.ETXTBSY, ""), "held", "正被别的程序打开着"),
        (OSError(errno.EACCES, ""), "no_right", "没有权限"),
        (OSError(errno.EFBIG, ""), "file_too_large", "换一个盘"),
        (OSError("strange"), "unknown", "换一个位置"),
        (MemoryError(), "no_memory", "内存不够"),
    ],
)
def test_every_failure_of_the_disk_says_what_to_do(error: Exception, code: str, part: str) -> None:
    problem = map_os_error(error, Path("村/名单.xlsx"), "保存名单")
    assert problem.code == code
    assert problem.message.startswith("保存名单没有成功：")
    assert part in problem.message
    assert problem.message.endswith("。")


@pytest.mark.parametrize(
    ("number", "code"), [(32, "held"), (112, "disk_full"), (19, "read_only"), (21, "gone")]
)
def test_failures_of_windows_are_told_by_their_own_numbers(number: int, code: str) -> None:
    error = OSError(errno.EACCES, "")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]  # typed on Windows alone
    assert problem_code(error) == code


def test_failures_of_the_engine_are_told_with_and_without_their_number(tmp_path: Path) -> None:
    (tmp_path / "not.db").write_bytes(b"no database at all" * 100)
    connection = sqlite3.connect(tmp_path / "not.db")
    with pytest.raises(sqlite3.DatabaseError) as raised:
        connection.execute("SELECT * FROM sqlite_master").fetchall()
    connection.close()
    assert map_os_error(raised.value, "not.db", "打开数据").code == "damaged"
    assert problem_code(sqlite3.OperationalError("database is locked")) == "busy"
    assert problem_code(sqlite3.OperationalError("database or disk is full")) == "disk_full"


def test_an_engine_error_wrapped_once_is_recognised(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect(f"file:{tmp_path}/none.db?mode=ro", uri=True)
    wrapped = RuntimeError("by the layer above")
    wrapped.__cause__ = raised.value
    assert problem_code(wrapped) == "cannot_open"


def test_an_error_of_our_own_making_is_raised_as_it_came() -> None:
    mistake = sqlite3.IntegrityError("UNIQUE constraint failed: resident.id")
    with pytest.raises(sqlite3.IntegrityError) as raised:
        map_os_error(mistake, "village.db", "保存")
    assert raised.value is mistake


def test_b05_a_limit_on_the_size_of_files_is_a_refusal(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    target = tmp_path / "list.xlsx"
    target.write_bytes(OLD)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(EnvironmentProblem) as raised:
            write_atomically(target, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert raised.value.code in {"file_too_large", "disk_full"}
    assert target.read_bytes() == OLD


def test_c09_a_file_put_in_the_place_of_another_is_told_apart(target: Path) -> None:
    before = mark_of(target)
    target.write_bytes(NEW)
    assert mark_of(target) == before
    write_atomically(target, NEW)
    assert mark_of(target) != before


def test_the_real_disk_refuses_to_write_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(OLD)
    with pytest.raises(FileExistsError):
        REAL_DISK.create(tmp_path / "x", 0o600)
    assert (tmp_path / "x").read_bytes() == OLD


def test_a14_what_a_kill_left_half_written_elsewhere_goes_at_the_next_start(tmp_path: Path) -> None:
    village, stick = tmp_path / "village", tmp_path / "stick"
    village.mkdir()
    stick.mkdir()
    private = PrivateFolder(village)
    private.open()
    private.serve_libraries()
    kept: list[Path] = []

    def killed() -> Iterator[bytes]:
        """Keep what stands there in the middle, as a kill would leave it."""
        yield b"half"
        (half,) = stick.iterdir()
        kept.append(half)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(stick / "名单.xlsx", killed())
    note_outside(None)
    kept[0].write_bytes(b"half")
    (stick / "名单.xlsx").write_bytes(b"the user's own")
    PrivateFolder(village).open()
    assert [path.name for path in stick.iterdir()] == ["名单.xlsx"]
    private.close()


def test_a14_only_passing_names_are_ever_taken_away(tmp_path: Path) -> None:
    private = PrivateFolder(tmp_path / "village")
    private.path.mkdir(parents=True)
    mine = tmp_path / "mine.txt"
    mine.touch()
    (private.path / "outside.txt").write_text(f"{mine}\n", encoding="utf-8")
    private.open()
    assert mine.exists()
