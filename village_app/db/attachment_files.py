"""Where attachments lie: one folder of sealed files named by a code of their content.

Being named by their content they never change, so that a backup copies each of them once and many
backups share it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from village_app.db.copying import copy_proved
from village_app.db.files import REAL_DISK, Disk, sweep_leftovers
from village_app.db.problems import map_os_error
from village_app.domain.reporting import Report, silently

FOLDER = "attachments"
_NAME = re.compile(r"[0-9a-f]{64}")


def path_of(folder: Path, code: str) -> Path:
    """Give the place of an attachment; `code` is the 64 characters it is known by."""
    if not _NAME.fullmatch(code):
        raise ValueError("not the code of an attachment")
    return folder / FOLDER / code[:2] / code


def stored(folder: Path) -> dict[str, int]:
    """List the attachments of a folder: size in bytes by code."""
    found: dict[str, int] = {}
    for shelf in _shelves(folder):
        for entry in os.scandir(shelf):
            if _NAME.fullmatch(entry.name) and stat.S_ISREG(entry.stat().st_mode):
                found[entry.name] = entry.stat().st_size
    return found


def bring(
    source: Path,
    target: Path,
    codes: Iterable[str],
    *,
    doing: str,
    disk: Disk = REAL_DISK,
    report: Report = silently,
) -> int:
    """Bring attachments over that are not there yet or cut short; returns the bytes copied.

    On the same disk a second name is enough (they never change); elsewhere each is copied and
    read back.
    """
    there = stored(target)
    here = stored(source)
    wanted = [code for code in codes if there.get(code) != here.get(code)]
    copied = 0
    try:
        for done, code in enumerate(wanted):
            report(done, len(wanted), doing)
            new = path_of(target, code)
            new.parent.mkdir(parents=True, exist_ok=True)
            if not _linked(path_of(source, code), new):
                copied += copy_proved(path_of(source, code), new, doing=doing, disk=disk).size
        _sync_shelves(target, wanted, disk)
    except OSError as error:
        raise map_os_error(error, target, doing) from error
    return copied


def missing_bytes(source: Path, target: Path) -> tuple[int, int]:
    """Say how much copying is due: bytes in all, and the largest file (none on one disk)."""
    if source.stat().st_dev == target.stat().st_dev:
        return 0, 0
    there = stored(target)
    sizes = [size for code, size in stored(source).items() if there.get(code) != size]
    return sum(sizes), max(sizes, default=0)


def sweep(folder: Path, is_wanted: Callable[[str], bool]) -> int:
    """Remove attachments nothing refers to any more; returns how many."""
    gone = 0
    for code in _unwanted(folder, is_wanted):
        path = path_of(folder, code)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise map_os_error(error, path, "清理附件") from error
        gone += 1
    return gone


def sweep_unfinished(folder: Path) -> int:
    """Remove what a cut left half-written on the shelves (A16); returns how many."""
    return sum(sweep_leftovers(shelf) for shelf in _shelves(folder))


def _shelves(folder: Path) -> Iterator[Path]:
    top = folder / FOLDER
    return (shelf for shelf in (sorted(top.iterdir()) if top.is_dir() else ()) if shelf.is_dir())


def _sync_shelves(folder: Path, codes: Iterable[str], disk: Disk) -> None:
    """Force the names of new files to the disk: shelves, their folder, and where it hangs."""
    shelves = {path_of(folder, code).parent for code in codes}
    for shelf in sorted(shelves):
        disk.sync_folder(shelf)
    if shelves:
        disk.sync_folder(folder / FOLDER)
        disk.sync_folder(folder)


def _unwanted(folder: Path, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    return (code for code in stored(folder) if not is_wanted(code))


def _linked(old: Path, new: Path) -> bool:
    """Give a file a second name on the same disk; False where the disk cannot."""
    try:
        new.unlink(missing_ok=True)
        os.link(old, new)
    except OSError:
        return False
    return True
