"""A disk that fails when told to: full after some bytes, or in one of its calls."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from village_app.db.files import Disk, OpenFile


class _FillingFile:
    def __init__(self, file: OpenFile, disk: FailingDisk) -> None:
        self._file = file
        self._disk = disk

    def write(self, data: memoryview, /) -> int | None:
        taken = min(len(data), self._disk.room)
        self._disk.room -= taken
        return self._file.write(data[:taken])

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()


class FailingDisk(Disk):
    """A real disk with `room` bytes left; a call named in `broken` raises with its errno."""

    def __init__(self, *, room: int = 1 << 60, broken: dict[str, int] | None = None) -> None:
        self.room = room
        self.broken = broken or {}
        self.held_times = 0
        self.pauses: list[float] = []

    def create(self, path: Path, mode: int) -> OpenFile:
        self._break("create")
        return _FillingFile(super().create(path, mode), self)

    def sync_file(self, file: OpenFile) -> None:
        self._break("sync_file")
        super().sync_file(file)

    def replace(self, source: Path, target: Path) -> None:
        self._break("replace")
        if self.held_times:
            self.held_times -= 1
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        super().replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._break("sync_folder")
        super().sync_folder(folder)

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def _break(self, call: str) -> None:
        if call in self.broken:
            raise OSError(self.broken[call], os.strerror(self.broken[call]))
