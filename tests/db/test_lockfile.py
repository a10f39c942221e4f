"""One writer per village; the others read and learn who writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from village_app.db.lockfile import FILE_NAME, FolderLock, who_holds
from village_app.errors import EnvironmentProblem, Refused

ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys, time; from pathlib import Path;"
    "from village_app.db.lockfile import FolderLock;"
    "lock = FolderLock.take(Path(sys.argv[1]), '何主任'); print('held', flush=True);"
    "sys.stdin.readline()"
)


def hold_elsewhere(folder: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def end(child: subprocess.Popen[str], number: int | None = None) -> None:
    if number is not None:
        child.send_signal(number)
    child.communicate()


def test_c02_bs07_a_second_program_learns_who_has_the_village_open(tmp_path: Path) -> None:
    child = hold_elsewhere(tmp_path)
    try:
        with pytest.raises(Refused) as raised:
            FolderLock.take(tmp_path, "刘会计")
    finally:
        end(child)
    assert raised.value.code == "already_open"
    assert raised.value.message.startswith("已由“何主任”在电脑“")
    assert "只能查看" in raised.value.message
    assert raised.value.values["holder"].process == child.pid


def test_the_lock_is_free_again_after_it_was_released(tmp_path: Path) -> None:
    with FolderLock.take(tmp_path, "刘会计") as lock:
        assert lock.is_ours()
        with pytest.raises(Refused):
            FolderLock.take(tmp_path, "何主任")
    assert not lock.is_ours()
    assert who_holds(tmp_path) is None
    FolderLock.take(tmp_path, "何主任").release()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_c03_the_lock_of_a_killed_program_is_taken_over_silently(tmp_path: Path) -> None:
    end(hold_elsewhere(tmp_path), signal.SIGKILL)
    left = who_holds(tmp_path)
    assert left is not None
    assert left.user == "何主任"
    with FolderLock.take(tmp_path, "刘会计") as lock:
        assert who_holds(tmp_path) == lock.holder


def test_c04_the_number_of_a_living_process_in_a_stale_file_deceives_nobody(tmp_path: Path) -> None:
    stale = {
        "user": "何主任",
        "account": "he",
        "machine": "办公室",
        "since": datetime.now(UTC).isoformat(),
        "process": os.getpid(),
        "boot": "another",
    }
    (tmp_path / FILE_NAME).write_text(json.dumps(stale), encoding="utf-8")
    FolderLock.take(tmp_path, "刘会计").release()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_c05_deleting_the_lock_file_opens_no_door(tmp_path: Path) -> None:
    with FolderLock.take(tmp_path, "刘会计") as lock:
        (tmp_path / FILE_NAME).unlink()
        assert not lock.is_ours()
        with pytest.raises(Refused) as raised:
            FolderLock.take(tmp_path, "何主任")
    assert raised.value.code == "already_open"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"user": 1}', "\x00" * 50])
def test_an_unreadable_lock_file_still_gives_a_sentence(tmp_path: Path, text: str) -> None:
    with FolderLock.take(tmp_path, "刘会计"):
        (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
        with pytest.raises(Refused, match="另一个窗口"):
            FolderLock.take(tmp_path, "何主任")


def test_the_sentence_follows_a_change_of_users(tmp_path: Path) -> None:
    began = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    with FolderLock.take(tmp_path, "刘会计", now=began) as lock:
        lock.tell_user("何主任")
        holder = who_holds(tmp_path)
    assert holder is not None
    assert holder.user == "何主任"
    assert datetime.fromisoformat(holder.since) == began
    assert "11 月 24 日 09:30" in holder.sentence()


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        FolderLock.take(tmp_path / "none", "刘会计")
    assert raised.value.code == "gone"


def test_c01_a_thousand_openings_leave_one_file_and_no_open_handles(tmp_path: Path) -> None:
    handles = Path("/proc/self/fd")
    before = len(list(handles.iterdir())) if handles.exists() else 0
    for _ in range(200):
        FolderLock.take(tmp_path, "刘会计").release()
    with FolderLock.take(tmp_path, "刘会计"):
        for _ in range(200):
            with pytest.raises(Refused):
                FolderLock.take(tmp_path, "何主任")
    after = len(list(handles.iterdir())) if handles.exists() else 0
    assert after == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
