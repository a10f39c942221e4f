"""At the door of data that do not open: the last good backup, or what can still be read of them.

Nothing here needs the database: the password opens the key file, and the role that is sealed
there says whether this user may restore.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from village_app.db.backup_proof import verify_backup
from village_app.db.key_ring import Unlocked
from village_app.db.lockfile import FolderLock
from village_app.db.manifest import DATABASE, read_manifest
from village_app.db.migrations import MIGRATIONS
from village_app.db.rescue import rescue_beside, rescued_path
from village_app.db.rescue import take_rescued as put_in_place
from village_app.db.restore import restore_backup
from village_app.db.shelf import LOCAL_FOLDER, Backup, list_backups
from village_app.db.vault import Vault
from village_app.domain.permissions import action_label, may
from village_app.domain.reporting import Report
from village_app.errors import Refused
from village_app.services.safety.rescue import Rescued, in_words


@contextmanager
def keys_in_hand(folder: Path, user: str, password: str) -> Iterator[Unlocked]:
    """Hold the folder and its keys for somebody who may restore; refuses the others."""
    vault = Vault.load(folder)
    lock = FolderLock.take(folder, user)
    try:
        keys = vault.unlock(user, password)
        if not may(keys.role, "backup.restore"):
            raise Refused("not_permitted", f"您的角色不能“{action_label('backup.restore')}”。")
        yield keys
    finally:
        vault.lock()
        lock.release()


def restore_over(
    folder: Path, user: str, password: str, chosen: Path | None, report: Report
) -> Backup:
    """Put a backup in the place of damaged data: the chosen one, or the newest good one here.

    Damaged backups are passed over for the next older one (D11).
    """
    with keys_in_hand(folder, user, password) as keys:
        here = [one for one in list_backups(folder / LOCAL_FOLDER).backups if not one.is_suspect]
        for backup in [Backup(chosen, read_manifest(chosen))] if chosen else here:
            if verify_backup(backup, keys, report=report):
                continue
            restore_backup(
                backup,
                folder,
                keys,
                now=datetime.now(UTC),
                newest_schema=len(MIGRATIONS),
                report=report,
            )
            return backup
    raise Refused(
        "no_good_backup",
        "没有找到能用的备份。请插上有备份的 U 盘，选它上面的一份，或者先抢救受损文件。",
    )


def rescue(folder: Path, user: str, password: str, report: Report) -> Rescued:
    """Save what can be read beside the damaged file, and say what cannot."""
    with keys_in_hand(folder, user, password) as keys:
        database = folder / DATABASE
        result = rescue_beside(database, keys.dek, keys.village_id, report=report)
        return in_words(result, rescued_path(database), keys.dek)


def take_rescued(folder: Path, user: str, password: str, report: Report) -> str:
    """Put what was saved in place; gives the name of the damaged file, which is kept."""
    with keys_in_hand(folder, user, password) as keys:
        return put_in_place(folder / DATABASE, keys.dek, report=report)
