"""Backups: a copy of everything that opens by itself, proved before it counts.

A backup is a folder under its final name only when it is whole: the database by `VACUUM INTO`
(never the engine's backup call, which copies damage silently), proved by opening it with its key;
the key file; the list of attachments, which lie once for all backups in the target's own store;
and the manifest. Until then it has a passing name and is swept away at the next start (A06, A07).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from village_app.db import attachment_files
from village_app.db.backup_proof import database_findings
from village_app.db.cipher_file import Identity, counts, head, identity, interruptible, opened
from village_app.db.copying import print_of_file
from village_app.db.files import (
    REAL_DISK,
    Disk,
    passing_name,
    replace_patiently,
    write_new,
)
from village_app.db.key_file import FILE_NAME as KEY_FILE
from village_app.db.key_file import read_key_file
from village_app.db.key_file import render as render_keys
from village_app.db.key_ring import Unlocked
from village_app.db.manifest import ATTACHMENT_LIST, DATABASE, MANIFEST, Manifest, render
from village_app.db.places import look_at, need_room
from village_app.db.problems import map_os_error
from village_app.db.shelf import LOCAL_FOLDER, Backup, backup_name, next_sequence
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem, Refused

DOING = "备份"
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up: the village's folder, the keys in hand, what the manifest says."""

    folder: Path
    keys: Unlocked
    village_name: str = ""
    program_version: str = ""

    @property
    def database(self) -> Path:
        return self.folder / DATABASE


@dataclass(frozen=True, slots=True)
class _Content:
    """What the source's database held while it was copied."""

    identity: Identity
    counts: Mapping[str, int]
    head: tuple[int, str] | None


def make_backup(
    source: Source,
    target: Path,
    reason: str,
    *,
    now: datetime,
    report: Report = silently,
    disk: Disk = REAL_DISK,
) -> Backup:
    """Make a proved backup in an existing folder; `reason` is a short phrase (导入前).

    Raises `EnvironmentProblem` that says what is wrong with the target (full, write-protected,
    pulled out, too large a file for its format) or that the data itself needs help
    (backup_unproved); `Refused` for a target inside the records. Nothing half-made stays.
    """
    _check_target(source, target)
    unfinished = passing_name(target)
    try:
        unfinished.mkdir(mode=0o700)
        manifest = _fill(unfinished, source, target, report, disk)
        manifest = replace(
            manifest,
            sequence=next_sequence(target, source.folder / LOCAL_FOLDER),
            created=now,
            reason=reason,
        ).sealed(source.keys)
        write_new(unfinished / MANIFEST, render(manifest), disk=disk)
        disk.sync_folder(unfinished)
        final = target / backup_name(manifest.sequence, now)
        replace_patiently(unfinished, final, disk=disk)
        disk.sync_folder(target)
    except OSError as error:
        raise map_os_error(error, target, DOING) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Backup(final, manifest)


def _check_target(source: Source, target: Path) -> None:
    """Refuse before writing what could not end well."""
    place = look_at(target)
    inner = source.folder.resolve()
    allowed = inner / LOCAL_FOLDER
    there = target.resolve()
    if (there == inner or inner in there.parents) and there != allowed:
        raise Refused("target_inside", "备份不能放在数据文件夹里面。请选U盘或别的文件夹。")
    attachments, largest = attachment_files.missing_bytes(source.folder, target)
    size = source.database.stat().st_size
    need_room(place, size + attachments, DOING, largest=max(size, largest))


def _fill(unfinished: Path, source: Source, target: Path, report: Report, disk: Disk) -> Manifest:
    """Put everything but the manifest into the unfinished folder."""
    content = _proved_copy(unfinished / DATABASE, source, report)
    contents, _ = read_key_file(source.folder)
    write_new(unfinished / KEY_FILE, render_keys(contents), disk=disk)
    sizes = attachment_files.stored(source.folder)
    attachment_files.bring(source.folder, target, sizes, doing="备份附件", disk=disk, report=report)
    lines = "".join(f"{code} {size}\n" for code, size in sorted(sizes.items()))
    write_new(unfinished / ATTACHMENT_LIST, lines.encode("ascii"), disk=disk)
    return Manifest(
        sequence=0,
        created=datetime.min,  # noqa: DTZ901  # named with the folder, when all is done
        reason="",
        village_id=source.keys.village_id,
        village_name=source.village_name,
        vault_id=source.keys.vault_id,
        generation=source.keys.generation,
        application_id=content.identity.application_id,
        schema_version=content.identity.schema_version,
        program_version=source.program_version,
        counts=content.counts,
        head=content.head,
        files={
            name: print_of_file(unfinished / name) for name in (DATABASE, KEY_FILE, ATTACHMENT_LIST)
        },
        attachments=len(sizes),
        attachment_bytes=sum(sizes.values()),
    )


def _proved_copy(copy: Path, source: Source, report: Report) -> _Content:
    """Copy the database until the copy proves good.

    A torn unused page of the source does not matter here: `VACUUM INTO` never reads it (D05).
    """
    for _ in range(_TRIES):
        copy.unlink(missing_ok=True)
        content = _copy(copy, source, report)
        findings = database_findings(
            copy,
            source.keys.dek,
            content.counts,
            application_id=content.identity.application_id,
            report=report,
        )
        if not findings:
            return content
    raise EnvironmentProblem(
        "backup_unproved",
        "备份做好后检查没有通过，所以没有留下这一份；旧的备份都在。"
        "请马上做一次自检，并保留最近的备份。",
        findings=tuple(findings),
    )


def _copy(copy: Path, source: Source, report: Report) -> _Content:
    """Copy the database while nobody can write in it."""
    with (
        opened(source.database, source.keys.dek, doing=DOING) as connection,
        _writers_waiting(source),
        interruptible(connection, report, "备份数据"),
    ):
        content = _Content(identity(connection), counts(connection), head(connection))
        connection.execute("VACUUM INTO ?", (str(copy),))
    handle = os.open(copy, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return content


@contextmanager
def _writers_waiting(source: Source) -> Iterator[None]:
    """Hold the right to write for a moment, so that figures and copy are of the same state."""
    if not os.access(source.database, os.W_OK):
        yield
        return
    with opened(source.database, source.keys.dek, read_only=False, doing=DOING) as guard:
        guard.execute("BEGIN IMMEDIATE")
        yield
        guard.execute("ROLLBACK")
