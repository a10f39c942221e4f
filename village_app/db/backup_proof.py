"""Proof that a backup can be restored: by reading all of it, with its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from village_app.db import attachment_files
from village_app.db.checks import Finding, check_database
from village_app.db.cipher_file import counts, opened
from village_app.db.copying import print_of
from village_app.db.files import read_pieces
from village_app.db.key_ring import Unlocked
from village_app.db.manifest import DATABASE, MANIFEST
from village_app.db.shelf import Backup, attachments_of, list_backups
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem, Refused

_HARMLESS = {"broken_link"}  # copied as it is; the self-check tells of it


def verify_backup(
    backup: Backup, keys: Unlocked, *, thorough: bool = True, report: Report = silently
) -> tuple[Finding, ...]:
    """Prove a backup again by reading all of it; no findings means it can be restored.

    Refused foreign_backup or other_keys where these keys cannot open it.
    """
    key = key_of(backup, keys)
    found: list[Finding] = []
    if not backup.manifest.is_sealed_by(keys):
        found.append(Finding("changed_manifest", "备份的说明文件被人改动过。", MANIFEST))
    found.extend(_file_findings(backup, report))
    if not any(finding.about == DATABASE for finding in found):
        found.extend(
            database_findings(
                backup.database,
                key,
                backup.manifest.counts,
                application_id=backup.manifest.application_id,
                thorough=thorough,
                report=report,
            )
        )
    found.extend(_attachment_findings(backup))
    return tuple(found)


def key_of(backup: Backup, keys: Unlocked) -> bytes:
    """Give the data key that opens a backup; refuses another village's or newer keys."""
    if backup.manifest.vault_id != keys.vault_id:
        raise Refused(
            "foreign_backup",
            f"这份备份是“{backup.manifest.village_name or '另一个村'}”的，不能恢复到本村的数据里。",
        )
    key = keys.keys.get(backup.manifest.generation)
    if key is None:
        raise Refused(
            "other_keys", "这份备份要用它自带的钥匙文件和当时的密码打开。请把它恢复到一个空文件夹。"
        )
    return key


def newest_good_backup(target: Path, keys: Unlocked, *, report: Report = silently) -> Backup | None:
    """Find the newest backup that can be proved now, None when there is none (D11)."""
    for backup in list_backups(target).backups:
        if backup.manifest.vault_id != keys.vault_id:
            continue
        if backup.manifest.generation in keys.keys and not verify_backup(
            backup, keys, report=report
        ):
            return backup
    return None


def database_findings(
    path: Path,
    key: bytes,
    expected: Mapping[str, int],
    *,
    application_id: int,
    thorough: bool = True,
    report: Report = silently,
) -> list[Finding]:
    """Prove a copy of the database against the counts of what it was copied from."""
    found = check_database(
        path, key, application_id=application_id, thorough=thorough, report=report
    )
    wrong = [finding for finding in found if finding.code not in _HARMLESS]
    return wrong or _count_findings(path, key, expected)


def _count_findings(path: Path, key: bytes, expected: Mapping[str, int]) -> list[Finding]:
    with opened(path, key) as connection:
        found = counts(connection)
    if found == dict(expected):
        return []
    wrong = [name for name in expected if found.get(name) != expected[name]]
    return [Finding("counts_differ", "备份里的记录数和说明不一致。", "、".join(wrong))]


def files_findings(backup: Backup, *, report: Report = silently) -> tuple[Finding, ...]:
    """Compare a backup's files and attachments with its manifest, without any key."""
    return (*_file_findings(backup, report), *_attachment_findings(backup))


def _file_findings(backup: Backup, report: Report) -> Iterator[Finding]:
    for name, expected in backup.manifest.files.items():
        path = backup.path / name

        def pieces(path: Path = path) -> Iterator[bytes]:
            for piece in read_pieces(path):
                report(0, 0, "检查备份")
                yield piece

        try:
            if print_of(pieces()) != expected:
                yield Finding("changed_file", "备份里的文件和做备份时不一样了。", name)
        except OSError:
            yield Finding("missing_file", "备份里少了一个文件，或读不出来。", name)


def _attachment_findings(backup: Backup) -> Iterator[Finding]:
    try:
        wanted = attachments_of(backup)
    except EnvironmentProblem:
        return  # told as a missing file already
    there = attachment_files.stored(backup.store)
    for code, size in wanted.items():
        if there.get(code) != size:
            yield Finding("missing_attachment", "备份里少了一个附件，或附件不完整。", code)
