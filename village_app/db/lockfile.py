"""One program at a time may write in a village's folder; the others learn who does.

The lock is the operating system's own, on an open file, so it ends with the program however that
ends: nothing stale is ever left, whatever the file says (C03, C04). The text in it is only for
the sentence others are shown. On systems where an open file can be deleted, the folder itself is
locked as well, so deleting the lock file opens no door (C05).
"""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from village_app.db.machine import boot_id, machine_name, system_user
from village_app.db.problems import map_os_error
from village_app.domain.calendar import CHINA
from village_app.errors import Refused

FILE_NAME = "village.lock"
_LOCKED_AT = 1 << 30  # Windows locks bytes, also against reading: ours lie far behind the text
_LONGEST_TEXT = 4096
_TAKEN = {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}

if sys.platform == "win32":
    import msvcrt

    def _seize(handle: int) -> None:
        os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a village open: user of the program, account, machine, since when, process."""

    user: str
    account: str
    machine: str
    since: str
    process: int
    boot: str

    def sentence(self) -> str:
        """Tell the others who holds the village (BS-07)."""
        since = datetime.fromisoformat(self.since).astimezone(CHINA)
        return (
            f"已由“{self.user or self.account}”在电脑“{self.machine}”上打开，"
            f"开始于 {since.month} 月 {since.day} 日 {since:%H:%M}。"
        )


class FolderLock:
    """The right to write in one village's folder, held until `release` or the program's end."""

    def __init__(self, path: Path, handles: list[int], holder: Holder) -> None:
        self.path = path
        self.holder = holder
        self._handles = handles

    @classmethod
    def take(cls, folder: Path, user: str, *, now: datetime | None = None) -> Self:
        """Take the lock; `user` is who logs in, `now` the moment for the sentence.

        Raises `Refused` already_open with the holder's sentence (reading remains possible), or
        `EnvironmentProblem` where the folder cannot be written.
        """
        path = folder / FILE_NAME
        handles: list[int] = []
        try:
            handles.append(
                os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            )
            _seize(handles[0])
            if sys.platform != "win32":
                handles.append(os.open(folder, os.O_RDONLY))
                _seize_folder(handles[1])
        except OSError as error:
            opened = bool(handles)
            _close(handles)
            if opened and error.errno in _TAKEN:
                raise _already_open(path) from error
            raise map_os_error(error, path, "打开数据文件夹") from error
        lock = cls(path, handles, _holder(user, now or datetime.now(UTC)))
        lock._write()
        return lock

    def tell_user(self, user: str) -> None:
        """Name another user for the sentence, after a change of users at the open program."""
        self.holder = _holder(user, datetime.fromisoformat(self.holder.since))
        self._write()

    def is_ours(self) -> bool:
        """Say whether the lock file still stands where it was taken (C05, C09)."""
        try:
            return bool(self._handles) and os.path.samestat(
                os.fstat(self._handles[0]), self.path.stat()
            )
        except OSError:
            return False

    def release(self) -> None:
        """Give the lock back; the file stays, empty."""
        if self._handles:
            with suppress(OSError):  # a pulled stick: the lock is gone with it
                os.ftruncate(self._handles[0], 0)
            _close(self._handles)

    def _write(self) -> None:
        raw = json.dumps(asdict(self.holder), ensure_ascii=False).encode()
        with suppress(OSError):  # on a full disk the lock holds, only its sentence is shorter
            os.ftruncate(self._handles[0], 0)
            os.lseek(self._handles[0], 0, os.SEEK_SET)
            os.write(self._handles[0], raw)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def who_holds(folder: Path) -> Holder | None:
    """Read who wrote the lock file, None where it is empty or unreadable; no proof of a lock."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            values = json.loads(file.read(_LONGEST_TEXT))
        holder = Holder(**values)
        datetime.fromisoformat(holder.since)
    except (OSError, ValueError, TypeError):
        return None
    return holder


def _already_open(path: Path) -> Refused:
    holder = who_holds(path.parent)
    who = "已在另一个窗口或由另一个人打开。" if holder is None else holder.sentence()
    return Refused(
        "already_open",
        f"{who}现在只能查看、不能修改；对方退出后再打开就可以修改。",
        holder=holder,
    )


def _holder(user: str, since: datetime) -> Holder:
    return Holder(
        user=user,
        account=system_user(),
        machine=machine_name(),
        since=since.astimezone(UTC).isoformat(timespec="seconds"),
        process=os.getpid(),
        boot=boot_id(),
    )


def _seize_folder(handle: int) -> None:
    """Lock the folder too where its file system can; elsewhere the file alone must do."""
    try:
        _seize(handle)
    except OSError as error:
        if error.errno in _TAKEN:
            raise


def _close(handles: list[int]) -> None:
    while handles:
        with suppress(OSError):
            os.close(handles.pop())
