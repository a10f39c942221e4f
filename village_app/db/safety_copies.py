"""Today's database, kept as it is before something takes its place."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from village_app.db.cipher_file import journal_of, opened, settle
from village_app.db.copying import copy_proved
from village_app.db.files import REAL_DISK, Disk
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem

DOING = "保存现在的数据"
_START = "换下的数据-"
_KEPT = 3
_PATIENCE_MS = 200


def keep_safe(
    database: Path, key: bytes, *, disk: Disk = REAL_DISK, report: Report = silently
) -> str:
    """Keep a closed database beside itself; gives the copy's name, blank where there was none.

    A journal of a cut is rolled back first; where the file is too damaged for that, both are
    kept as they are, and the journal is taken away so that it never meets the new file (A09).
    Raises `EnvironmentProblem` busy while anybody has the database in use.
    """
    if not database.exists():
        return ""
    _nobody_else(database, key)
    settled = settle(database, key)
    name = f"{_START}{max(_numbers(database.parent), default=0) + 1:06}.db"
    copy_proved(database, database.with_name(name), doing=DOING, disk=disk, report=report)
    journal = journal_of(database)
    if not settled and journal.exists():
        copy_proved(journal, database.with_name(f"{name}-journal"), doing=DOING, disk=disk)
        journal.unlink()
        disk.sync_folder(database.parent)
    return name


def drop_old_safeties(folder: Path) -> None:
    """Keep the last three of them."""
    for number in _numbers(folder)[:-_KEPT]:
        for end in ("", "-journal"):
            with suppress(OSError):
                (folder / f"{_START}{number:06}.db{end}").unlink(missing_ok=True)


def _nobody_else(database: Path, key: bytes) -> None:
    """Refuse while another program or window has the database in use."""
    try:
        with opened(database, key, read_only=False, doing=DOING) as connection:
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise


def _numbers(folder: Path) -> list[int]:
    """Give the numbers of the kept states, oldest first."""
    stems = (path.stem.removeprefix(_START) for path in folder.glob(f"{_START}*.db"))
    return sorted(int(stem) for stem in stems if stem.isdecimal())
