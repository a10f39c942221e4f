"""What is left of a damaged database, saved beside it, and put in its place when somebody says so.

`repair` takes the place by itself because it loses nothing; here rows are lost, so a person sees
the list first. The damaged file is kept as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from village_app.db.cipher_file import journal_of, opened
from village_app.db.files import REAL_DISK, Disk, replace_patiently, sweep_leftovers
from village_app.db.layout import forget_layout
from village_app.db.problems import map_os_error
from village_app.db.safety_copies import drop_old_safeties, keep_safe
from village_app.db.salvage import Salvage, salvage
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem

NAME = "抢救出的数据.db"
Lost = Mapping[str, tuple[str, ...]]
_NAMED = 6
_NAMES = """
SELECT json_extract("after", ?) FROM change_row
WHERE table_name = ? AND record_id BETWEEN ? AND ? AND "before" IS NULL AND erased = 0
ORDER BY record_id LIMIT ?"""
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
        forget_layout(database)
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


def lost_names(target: Path, key: bytes, result: Salvage, fields: Mapping[str, str]) -> Lost:
    """Name lost records where the saved journal still knows them, at most six of a table.

    `fields` says by table which field names a record.
    """
    found: dict[str, tuple[str, ...]] = {}
    with opened(target, key, doing=DOING) as connection:
        for one in result.tables:
            if not one.lost or one.table not in fields:
                continue
            names: list[str] = []
            for lost in one.lost:
                if lost.first is None or lost.last is None or len(names) >= _NAMED:
                    continue
                rows = connection.execute(
                    _NAMES,
                    (f"$.{fields[one.table]}", one.table, lost.first, lost.last, _NAMED),
                )
                names += [str(name) for (name,) in rows if name]
            found[one.table] = tuple(names[:_NAMED])
    return found


def _name_the_village(target: Path, key: bytes, village_id: str) -> None:
    """Write again whose data these are, where that page was lost."""
    with opened(target, key, read_only=False, doing=DOING) as connection:
        connection.execute(
            "INSERT OR IGNORE INTO identity (key, value) VALUES ('village', ?)", (village_id,)
        )
