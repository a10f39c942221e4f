"""What watches over an open village: an empty chair, the system's lock, backups, new words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from village_app.ui.door import OpenVillage
from village_app.ui.idle import IdleWatch
from village_app.ui.jobs import JobRunner
from village_app.ui.keeping import BackupKeeper
from village_app.ui.system_lock import SystemLock
from village_app.ui.word_keeper import WordKeeper


class Watches:
    """All of them, begun when a village opens and ended when it locks or closes.

    `told` is called when a backup ended.
    """

    def __init__(
        self, window: QWidget, minutes: int, jobs: JobRunner, told: Callable[[], object]
    ) -> None:
        self.idle = IdleWatch(minutes, window)
        self.system_lock = SystemLock(window)
        self.keeper = BackupKeeper(jobs, told, window)
        self.word_keeper = WordKeeper(jobs, window)

    def begin(self, village: OpenVillage) -> None:
        """Watch over an open and unlocked village; nobody has the password of 示范村."""
        self.idle.set_minutes(village.idle_minutes)
        if not village.is_sample:
            self.idle.begin()
            self.system_lock.begin()
        self.keeper.begin(village)
        self.word_keeper.begin(village)

    def end(self) -> None:
        """Watch no longer (locked, closed)."""
        self.idle.end()
        self.system_lock.end()
        self.keeper.end()
        self.word_keeper.end()
