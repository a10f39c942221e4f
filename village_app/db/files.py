"""Write files so that a full disk, a pulled stick or a power cut leaves the old file whole.

A file is written beside its place under a passing name, forced to the disk, and only then given
its name. `Disk` is the few calls this needs; tests put a failing one in its place.
"""

from __future__ import annotations

import errno
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from village_app.db.outside import OutsideNotes
from village_app.db.problems import map_os_error

PASSING_START = ".~"
PASSING_END = ".part"
SLICE = 1024 * 1024
_TRIES = 5
_PAUSE_SECONDS = 0.4

Content = bytes | bytearray | memoryview | Iterable[bytes]


class OpenFile(Protocol):
    """A file open for writing; `write` says how many bytes it took."""

    def write(self, data: memoryview, /) -> int | None: ...
    def fileno(self) -> int: ...
    def close(self) -> None: ...


class Disk:
    """The real disk."""

    def create(self, path: Path, mode: int) -> OpenFile:
        """Open a new file for writing without a buffer; refuses an existing name."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(path, flags, mode), "wb", buffering=0)

    def sync_file(self, file: OpenFile) -> None:
        """Force a file's bytes out of all buffers."""
        os.fsync(file.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Give a file its name, in one step, over what stood there."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Force names to the disk (Windows cannot and need not be asked to)."""
        if sys.platform == "win32":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def pause(self, seconds: float) -> None:
        """Wait for another program to let go of a file."""
        time.sleep(seconds)


REAL_DISK = Disk()


class _Outside:
    """Where half-written files outside the village's folder are noted, while one is open."""

    notes: OutsideNotes | None = None


def note_outside(notes: OutsideNotes | None) -> None:
    """Note from now on in these, or no more (None)."""
    _Outside.notes = notes


def write_atomically(
    path: Path,
    content: Content,
    *,
    doing: str = "保存文件",
    mode: int = 0o600,
    disk: Disk = REAL_DISK,
) -> int:
    """Write a file whole or leave the old one untouched; returns the bytes written.

    `content` is bytes or pieces of bytes. `doing` names the work for the sentence of a failure
    (an `EnvironmentProblem` of `map_os_error`). Whatever happens, nothing is left beside it.
    """
    passing = passing_name(path.parent)
    try:
        if _Outside.notes is not None:
            _Outside.notes.note(passing)
        written = write_new(passing, content, mode=mode, disk=disk)
        replace_patiently(passing, path, disk=disk)
        disk.sync_folder(path.parent)
    except OSError as error:
        raise map_os_error(error, path, doing, needed=_length(content)) from error
    finally:
        with suppress(OSError):  # the first failure is the one to tell
            passing.unlink(missing_ok=True)
    return written


def write_new(path: Path, content: Content, *, mode: int = 0o600, disk: Disk = REAL_DISK) -> int:
    """Write a new file and force it to the disk; raises `OSError`, also when bytes were refused."""
    file = disk.create(path, mode)
    written = 0
    try:
        for piece in slices(content):
            if file.write(piece) != len(piece):
                # Disks say "full" by taking less than they were given.
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            written += len(piece)
        disk.sync_file(file)
    finally:
        file.close()
    return written


def slices(content: Content) -> Iterator[memoryview]:
    """Cut content into pieces small enough for every system's `write`."""
    pieces = (content,) if isinstance(content, bytes | bytearray | memoryview) else content
    for piece in pieces:
        view = memoryview(piece)
        for start in range(0, len(view), SLICE):
            yield view[start : start + SLICE]


def replace_patiently(source: Path, target: Path, *, disk: Disk = REAL_DISK) -> None:
    """Give a file its name, waiting a little where a virus scanner holds the old one (B15)."""
    for remaining in reversed(range(_TRIES)):
        try:
            disk.replace(source, target)
        except PermissionError:
            if not remaining:
                raise
            disk.pause(_PAUSE_SECONDS)
        else:
            return


def passing_name(folder: Path) -> Path:
    """Invent a passing name in a folder, recognised and swept away by `sweep_leftovers`."""
    return folder / f"{PASSING_START}{secrets.token_hex(8)}{PASSING_END}"


def is_passing(path: Path) -> bool:
    """Say whether a name is one of ours for work that was never finished."""
    name = path.name.removesuffix("-journal")  # of a database that had a passing name
    return name.startswith(PASSING_START) and name.endswith(PASSING_END)


def sweep_leftovers(folder: Path, *, remove_tree: Callable[[Path], None] | None = None) -> int:
    """Remove what a cut left half-written in a folder; returns how many were found.

    Called at start, under the folder's lock, so nobody else is writing there. Folders under a
    passing name (unfinished backups) are removed with `remove_tree` where it is given.
    """
    found = 0
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not is_passing(path):
            continue
        if path.is_dir() and remove_tree is not None:
            remove_tree(path)
            found += 1
        elif path.is_file():
            with suppress(OSError):  # held by a scanner: the next start sweeps it
                path.unlink()
                found += 1
    return found


def mark_of(path: Path) -> tuple[int, int]:
    """Give what tells a file from another one put in its place (C09); raises `OSError`.

    An open program compares it before it writes: under the old name there may be a new file.
    """
    found = path.stat()
    return found.st_dev, found.st_ino


def read_pieces(path: Path, size: int = SLICE) -> Iterator[bytes]:
    """Read a file piece by piece; raises `OSError`."""
    with path.open("rb") as file:
        while piece := file.read(size):
            yield piece


def _length(content: Content) -> int | None:
    return len(content) if isinstance(content, bytes | bytearray | memoryview) else None
