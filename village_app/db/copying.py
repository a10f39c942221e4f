"""Copies of files that are proved by reading them back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from village_app.db.files import (
    REAL_DISK,
    Disk,
    passing_name,
    read_pieces,
    replace_patiently,
    write_new,
)
from village_app.db.problems import map_os_error
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem


@dataclass(frozen=True, slots=True)
class Print:
    """What a file's bytes are known by: their number and SHA-256."""

    size: int
    sha256: str


def print_of(pieces: Iterable[bytes]) -> Print:
    """Take the print of bytes given in pieces."""
    digest, size = sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return Print(size, digest.hexdigest())


def print_of_file(path: Path) -> Print:
    """Take the print of a file from the disk itself, not from memory; raises `OSError`."""
    _forget_cached(path)
    return print_of(read_pieces(path))


def copy_proved(
    source: Path,
    target: Path,
    *,
    doing: str,
    disk: Disk = REAL_DISK,
    report: Report = silently,
) -> Print:
    """Copy a file whole or not at all, and read the copy back from the disk (B12).

    Raises `EnvironmentProblem`; code copy_differs when the disk gave back something else.
    `report` is called between pieces, so copying can be cancelled.
    """
    passing = passing_name(target.parent)
    digest, total = sha256(), _size(source, doing)

    def pieces() -> Iterator[bytes]:
        done = 0
        for piece in read_pieces(source):
            report(done, total, doing)
            digest.update(piece)
            done += len(piece)
            yield piece

    try:
        written = Print(write_new(passing, pieces(), disk=disk), digest.hexdigest())
        if print_of_file(passing) != written:
            raise _differs(target, doing)
        replace_patiently(passing, target, disk=disk)
        disk.sync_folder(target.parent)
    except OSError as error:
        raise map_os_error(error, target, doing, needed=total) from error
    finally:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
    return written


def _differs(target: Path, doing: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "copy_differs",
        f"{doing}没有成功：写进去的内容读回来不一样，这个盘可能损坏，或标的容量是假的。请换一个盘。",
        path=str(target),
    )


def _size(path: Path, doing: str) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise map_os_error(error, path, doing) from error


def _forget_cached(path: Path) -> None:
    """Ask the system to drop the file from memory, where it can be asked."""
    if not hasattr(os, "posix_fadvise"):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
