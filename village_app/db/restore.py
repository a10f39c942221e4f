"""Restoring: a look at the backup first, today's state kept, then one replacement.

Users and keys stay today's (J16): only the records go back. On a computer that has none yet, the
backup's own key file comes along (D14).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from village_app.db import attachment_files
from village_app.db.backup_proof import (
    database_findings,
    files_findings,
    key_of,
    verify_backup,
)
from village_app.db.checks import Finding
from village_app.db.cipher_file import counts, head, journal_of, opened
from village_app.db.copying import copy_proved
from village_app.db.files import (
    REAL_DISK,
    Disk,
    passing_name,
    replace_patiently,
    sweep_leftovers,
    write_atomically,
)
from village_app.db.key_file import FILE_NAME as KEY_FILE
from village_app.db.key_file import SECOND_NAME, has_key_file
from village_app.db.key_ring import Unlocked
from village_app.db.layout import forget_layout
from village_app.db.manifest import DATABASE, Manifest
from village_app.db.places import look_at, need_room
from village_app.db.problems import map_os_error
from village_app.db.restore_note import RestoreNote, write_note
from village_app.db.safety_copies import drop_old_safeties, keep_safe
from village_app.db.shelf import Backup, attachments_of
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem, Refused

DOING = "恢复备份"


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows a table has in the backup and today."""

    table: str
    in_backup: int
    today: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What somebody sees before he restores (BS-03).

    `changes_since` is how many entries of today's journal the backup does not have, None where
    today's data cannot be read.
    """

    manifest: Manifest
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    changes_since: int | None

    @property
    def is_good(self) -> bool:
        return not self.findings


def inspect_backup(
    backup: Backup, keys: Unlocked, folder: Path, *, report: Report = silently
) -> Inspection:
    """Look at a backup beside today's data in `folder`; changes nothing."""
    findings = verify_backup(backup, keys, report=report)
    today, today_head = _today(folder / DATABASE, keys.dek)
    then = backup.manifest.counts
    differences = tuple(
        Difference(table, then.get(table, 0), today.get(table, 0))
        for table in sorted(then.keys() | today.keys())
        if then.get(table, 0) != today.get(table, 0)
    )
    since = None
    if today_head is not None:
        since = max(0, today_head[0] - (backup.manifest.head or (0, ""))[0])
    return Inspection(backup.manifest, findings, differences, since)


def restore_backup(
    backup: Backup,
    folder: Path,
    keys: Unlocked,
    *,
    now: datetime,
    newest_schema: int | None = None,
    report: Report = silently,
    disk: Disk = REAL_DISK,
) -> RestoreNote:
    """Put a backup's records in the place of today's; the database must be closed.

    Today's database is kept beside as it is. Refused newer_backup (made by a later program),
    foreign_backup, other_keys; `EnvironmentProblem` backup_damaged, busy and those of writing.
    Up to the one replacement nothing of today's has changed, so it can be cancelled or cut.
    Afterwards the caller opens, migrates, and writes into the journal where it was restored from.
    """
    _check(backup, folder, keys, newest_schema, report)
    database = folder / DATABASE
    new = passing_name(folder)
    try:
        sweep_leftovers(folder)
        safety = keep_safe(database, keys.dek, disk=disk, report=report)
        _bring_candidate(backup, new, keys, disk, report)
        _bring_the_rest(backup, folder, disk, report)
        note = RestoreNote(now, backup.manifest.sequence, backup.manifest.head, safety)
        write_note(folder, note, keys, disk=disk)
        forget_layout(database)
        replace_patiently(new, database, disk=disk)
        disk.sync_folder(folder)
    except OSError as error:
        raise map_os_error(error, folder, DOING) from error
    finally:
        for path in (new, journal_of(new)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
    drop_old_safeties(folder)
    return note


def bring_to_new_place(
    backup: Backup, folder: Path, *, report: Report = silently, disk: Disk = REAL_DISK
) -> None:
    """Bring a whole backup into a folder without a village (a new computer, D14).

    Needs no key: the files are compared with the manifest, and whoever opens them proves the rest
    by his password. Refused where a village stands already; nothing half-made stays.
    """
    if (folder / DATABASE).exists() or has_key_file(folder):
        raise Refused(
            "village_exists", "这个文件夹里已经有一个村的数据。请先登录，再从数据安全里恢复。"
        )
    findings = files_findings(backup, report=report)
    if findings:
        raise EnvironmentProblem(
            "backup_damaged",
            "这份备份检查没有通过，没有恢复。请换更早的一份备份。",
            findings=findings,
        )
    folder.mkdir(parents=True, exist_ok=True)
    _bring_the_rest(backup, folder, disk, report)
    copy_proved(backup.database, folder / DATABASE, doing=DOING, disk=disk, report=report)


def practise_restore(
    backup: Backup, keys: Unlocked, scratch: Path, *, now: datetime, report: Report = silently
) -> tuple[Finding, ...]:
    """Restore into an empty folder and compare, as for a new computer; the folder is wiped.

    The monthly drill: no findings means that this backup would bring everything back.
    """
    place = scratch / "drill"
    place.mkdir(mode=0o700)
    try:
        restore_backup(backup, place, keys, now=now, report=report)
        manifest = backup.manifest
        findings = database_findings(
            place / DATABASE,
            keys.dek,
            manifest.counts,
            application_id=manifest.application_id,
            report=report,
        )
        there = attachment_files.stored(place)
        lost = [code for code in attachments_of(backup) if code not in there]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    told = [Finding("missing_attachment", "恢复后少了一个附件。", code) for code in lost]
    return (*findings, *told)


def _check(
    backup: Backup, folder: Path, keys: Unlocked, newest_schema: int | None, report: Report
) -> None:
    """Refuse before anything is touched."""
    manifest = backup.manifest
    key_of(backup, keys)
    if newest_schema is not None and manifest.schema_version > newest_schema:
        raise Refused(
            "newer_backup",
            "这份备份是更新版本的程序做的，本版本读不懂。请先安装新版本，再恢复。",
        )
    findings = verify_backup(backup, keys, report=report)
    if findings:
        raise EnvironmentProblem(
            "backup_damaged",
            "这份备份检查没有通过，没有恢复，现在的数据没有动。请换更早的一份备份。",
            findings=findings,
        )
    size = manifest.files[DATABASE].size
    today = folder / DATABASE
    kept = today.stat().st_size if today.exists() else 0
    need_room(look_at(folder), 2 * size + kept, DOING)


def _bring_candidate(backup: Backup, new: Path, keys: Unlocked, disk: Disk, report: Report) -> None:
    """Copy the backup's database under a passing name and give it today's key."""
    copied = copy_proved(backup.database, new, doing=DOING, disk=disk, report=report)
    if copied != backup.manifest.files[DATABASE]:
        raise EnvironmentProblem(
            "backup_damaged", "备份在恢复途中变了，没有恢复，现在的数据没有动。请换一份备份。"
        )
    then = key_of(backup, keys)
    if then == keys.dek:
        return
    with opened(new, then, read_only=False, doing=DOING) as connection:
        connection.execute(f"PRAGMA rekey = \"x'{keys.dek.hex()}'\"")
    journal_of(new).unlink(missing_ok=True)
    manifest = backup.manifest
    if database_findings(
        new, keys.dek, manifest.counts, application_id=manifest.application_id, report=report
    ):
        raise EnvironmentProblem(
            "backup_damaged",
            "备份换成现在的密钥后检查没有通过，没有恢复，现在的数据没有动。请换一份备份。",
        )


def _bring_the_rest(backup: Backup, folder: Path, disk: Disk, report: Report) -> None:
    """Bring the attachments back, and the key file where there is none."""
    attachment_files.bring(
        backup.store, folder, attachments_of(backup), doing="恢复附件", disk=disk, report=report
    )
    if not has_key_file(folder):
        raw = (backup.path / KEY_FILE).read_bytes()
        for name in (KEY_FILE, SECOND_NAME):
            write_atomically(folder / name, raw, doing=DOING, disk=disk)


def _today(database: Path, key: bytes) -> tuple[Mapping[str, int], tuple[int, str] | None]:
    """Count today's rows; damage or absence counts as nothing."""
    if not database.exists():
        return {}, None
    try:
        with opened(database, key) as connection:
            return counts(connection), head(connection)
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise
        return {}, None
