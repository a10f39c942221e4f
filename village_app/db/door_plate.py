"""What may be read of a folder before anybody signs in: who may, who must wait, the last backup.

The sign-in page asks this and nothing else, so it reads no more than the key file, the counter of
wrong tries and the manifests on the shelf; the vault with its arithmetic is loaded afterwards.
"""

from __future__ import annotations

import time
from pathlib import Path

from village_app.db.key_file import counter_of, read_key_file
from village_app.db.key_slots import Owner
from village_app.db.login_delay import LoginDelay
from village_app.db.machine import boot_id
from village_app.db.manifest import DATABASE
from village_app.db.shelf import LOCAL_FOLDER, Backup, list_backups


class DoorPlate:
    """The plate on the door of one data folder; everything is read when it is asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has_village(self) -> bool:
        """Whether records lie in the folder."""
        return (self._folder / DATABASE).exists()

    def users(self) -> tuple[Owner, ...]:
        """Who may sign in, in the order they were added; raises as `Vault.load` does."""
        contents, _copies = read_key_file(self._folder)
        return tuple(slot.owner for slot in contents.slots if slot.owner.kind == "user")

    def seconds_to_wait(self, name: str) -> int:
        """Give the seconds before this user may try again, 0 for none (as `Vault` counts them)."""
        contents, _copies = read_key_file(self._folder)
        delay = LoginDelay(self._folder, contents.delay_key, uptime=time.monotonic, boot=boot_id())
        return delay.seconds_left(counter_of(contents, name))

    def newest_backup(self) -> Backup | None:
        """Give the backup made last on this computer."""
        return next(iter(list_backups(self._folder / LOCAL_FOLDER).backups), None)
