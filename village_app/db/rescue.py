"""What is left of a damaged database, saved beside it, and put in its place when somebody says so.

`repair` takes the place by itself because it loses nothing; here rows are lost, so a person sees
the list first. The damaged file is kept as it is.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from village_app.db.cipher_file import journal_of, opened
from village_app.db.files import REAL_DISK, Disk, replace_patiently, sweep_leftovers
from village_app.db.problems import map_os_error
from village_app.db.safety_copies import drop_old_safeties, keep_safe
from village_app.db.salvage import Salvage, salvage
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem

NAME = "抢救出的数据.db"
DOING = "抢救数据"


def rescue_beside(
    database: Path, key: bytes, village_id: str, *, report: Report = silently
) -> Salvage:
    """Save what can be read into `抢救出的数据.db` beside a closed database; changes nothing else.

    A file left by an earlier try is written anew. `EnvironmentProblem` damaged where not even the
    list of tables can be read: then only a backup helps.
    """
    target = rescued_path(database)
    sweep_leftovers(database.parent)
    drop_rescued(database)
    try:
        result = salvage(database, key, target, report=report)
        _name_the_village(target, key, village_id)
    except BaseException:
        drop_rescued(database)
        raise
    return result


def take_rescued(
    database: Path, key: bytes, *, report: Report = silently, disk: Disk = REAL_DISK
) -> str:
    """Put the saved file in the database's place; gives the name of the damaged one, kept."""
    target = rescued_path(database)
    if not target.exists():
        raise EnvironmentProblem("nothing_rescued", "抢救出来的文件不在了，请再抢救一次。")
    try:
        kept = keep_safe(database, key, disk=disk, report=report)
        with target.open("r+b", buffering=0) as file:
            disk.sync_file(file)
        replace_patiently(target, database, disk=disk)
        disk.sync_folder(database.parent)
    except OSError as error:
        raise map_os_error(error, database, DOING) from error
    drop_old_safeties(database.parent)
    return kept


def rescued_path(database: Path) -> Path:
    """Say where the saved file lies."""
    return database.with_name(NAME)


def drop_rescued(database: Path) -> None:
    """Remove a saved file that nobody took."""
    target = rescued_path(database)
    for path in (target, journal_of(target)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _name_the_village(target: Path, key: bytes, village_id: str) -> None:
    """Write again whose data these are, where that page was lost."""
    with opened(target, key, read_only=False, doing=DOING) as connection:
        connection.execute(
            "INSERT OR IGNORE INTO identity (key, value) VALUES ('village', ?)", (village_id,)
        )
