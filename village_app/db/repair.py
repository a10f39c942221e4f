"""Repair of a damaged database where nothing of it is lost.

Damage often sits in an unused page or in an index, which can be made again. Then the database is
rebuilt beside, proved, and put in its place; the damaged file is kept. Where rows would be lost
nothing is replaced: a backup is better.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Literal

from village_app.db.checks import check_database
from village_app.db.cipher_file import (
    EngineError,
    connect,
    identity,
    journal_of,
    opened,
    quoted,
    tables,
)
from village_app.db.files import REAL_DISK, Disk, passing_name, replace_patiently, sweep_leftovers
from village_app.db.layout import forget_layout
from village_app.db.problems import map_os_error, problem_code
from village_app.db.safety_copies import drop_old_safeties, keep_safe
from village_app.db.salvage import Salvage, salvage
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem

DOING = "修复数据"


def repair_database(
    database: Path, key: bytes, *, report: Report = silently, disk: Disk = REAL_DISK
) -> Literal["copied", "rebuilt"]:
    """Repair a closed database without loss; says how.

    "copied" kept everything; after "rebuilt" full-text indexes must be made again. Raises
    `EnvironmentProblem` would_lose_rows with the `Salvage` in its values: then restore a backup.
    """
    new = passing_name(database.parent)
    try:
        sweep_leftovers(database.parent)
        how: Literal["copied", "rebuilt"] = "copied"
        if not _copied(database, key, new):
            new.unlink(missing_ok=True)
            result = salvage(database, key, new, report=report)
            if not result.is_complete or not _is_sound(new, key):
                raise _would_lose(result)
            how = "rebuilt"
        keep_safe(database, key, disk=disk, report=report)
        _to_disk(new, disk)
        forget_layout(database)
        replace_patiently(new, database, disk=disk)
        disk.sync_folder(database.parent)
    except OSError as error:
        raise map_os_error(error, database, DOING) from error
    finally:
        for path in (new, journal_of(new)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
    drop_old_safeties(database.parent)
    return how


def _copied(database: Path, key: bytes, new: Path) -> bool:
    """Try the engine's own way, which passes over unused pages; True when the copy is whole."""
    try:
        connection = connect(database, key)
    except EngineError as error:
        raise map_os_error(error, database, DOING) from error
    try:
        rows = {
            name: connection.execute(f"SELECT count(*) FROM {quoted(name)} NOT INDEXED").fetchone()
            for name in tables(connection)
        }
        found = identity(connection)
        connection.execute("VACUUM INTO ?", (str(new),))
    except EngineError as error:
        if problem_code(error) != "damaged":
            raise map_os_error(error, database, DOING) from error
        return False
    finally:
        connection.close()
    if not _is_sound(new, key, found.application_id):
        return False
    with opened(new, key) as copy:
        return all(
            copy.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone() == count
            for name, count in rows.items()
        )


def _is_sound(path: Path, key: bytes, application_id: int | None = None) -> bool:
    found = check_database(path, key, application_id=application_id)
    return all(finding.code == "broken_link" for finding in found)


def _to_disk(path: Path, disk: Disk) -> None:
    with path.open("r+b", buffering=0) as file:
        disk.sync_file(file)


def _would_lose(result: Salvage) -> EnvironmentProblem:
    places = sum(len(each.lost) for each in result.tables)
    return EnvironmentProblem(
        "would_lose_rows",
        f"有 {places} 处记录已经读不出来，没有替换现在的文件。"
        "请从最近的备份恢复；没有备份时，再用抢救出来的内容。",
        salvage=result,
    )
