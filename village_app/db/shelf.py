"""The shelf of a target: which backups stand there, newest first whatever the clock said."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from village_app.db.manifest import ATTACHMENT_LIST, DATABASE, Manifest, read_manifest
from village_app.domain.zone import CHINA
from village_app.errors import EnvironmentProblem

LOCAL_FOLDER = "backups"
SUSPECT = "日期待核-"
_NAME = re.compile(rf"(?:{SUSPECT})?备份-(\d+)-\d{{8}}-\d{{4}}")


class Backup(NamedTuple):
    """A backup on a shelf; `is_suspect` when its date lay in the future (K02)."""

    path: Path
    manifest: Manifest

    @property
    def is_suspect(self) -> bool:
        return self.path.name.startswith(SUSPECT)

    @property
    def database(self) -> Path:
        return self.path / DATABASE

    @property
    def store(self) -> Path:
        """The folder whose attachments belong to the backup."""
        return self.path.parent


class Shelf(NamedTuple):
    """The backups of one target, newest first, and folders that look like one and are not."""

    backups: tuple[Backup, ...] = ()
    unreadable: tuple[Path, ...] = ()


def list_backups(target: Path) -> Shelf:
    """Read the manifests of a target, newest first by sequence; a missing folder is empty."""
    backups, unreadable = [], []
    for path in _folders(target):
        try:
            backups.append(Backup(path, read_manifest(path)))
        except EnvironmentProblem:
            unreadable.append(path)
    backups.sort(key=lambda each: (each.manifest.sequence, each.manifest.created), reverse=True)
    return Shelf(tuple(backups), tuple(unreadable))


def attachments_of(backup: Backup) -> dict[str, int]:
    """Read which attachments belong to a backup: size by code; raises `EnvironmentProblem`."""
    path = backup.path / ATTACHMENT_LIST
    try:
        lines = path.read_text(encoding="ascii").split("\n")
        pairs = (line.split(" ") for line in lines if line)
        return {code: int(size) for code, size in pairs}
    except (OSError, ValueError) as error:
        raise EnvironmentProblem(
            "backup_unreadable",
            f"备份“{backup.path.name}”的附件清单读不出来。请用另一份备份。",
            path=str(path),
        ) from error


def next_sequence(*targets: Path) -> int:
    """Count on over several targets, also past backups that cannot be read."""
    names = (path.name for target in targets for path in _folders(target))
    numbers = (int(found[1]) for name in names if (found := _NAME.fullmatch(name)))
    return max(numbers, default=0) + 1


def backup_name(sequence: int, now: datetime) -> str:
    """Give the name of a backup's folder: number, then date and time in the village."""
    return f"备份-{sequence:06}-{now.astimezone(CHINA):%Y%m%d-%H%M}"


def _folders(target: Path) -> list[Path]:
    if not target.is_dir():
        return []
    return [path for path in sorted(target.iterdir()) if _NAME.fullmatch(path.name)]
