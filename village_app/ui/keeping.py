"""Backups nobody has to think of: once a day while the village is open, and before it closes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QTimer

from village_app.ui.door import OpenVillage
from village_app.ui.jobs import Job, JobRunner

HOUR_MS = 60 * 60 * 1000
Moment = Literal["hour", "closing"]

_log = logging.getLogger(__name__)


class BackupKeeper(QObject):
    """Looks every hour whether today's backup is to be made, and makes it beside the window.

    A failure is no dialog in the middle of somebody's work: the light in the top bar turns red
    and the page behind it says why. `told` is called when a backup ended.
    """

    def __init__(self, jobs: JobRunner, told: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._told = told
        self._village: OpenVillage | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(HOUR_MS)
        self.timer.timeout.connect(self.look)

    def begin(self, village: OpenVillage) -> None:
        """Look after an open and unlocked village."""
        self._village = village
        self.timer.start()

    def end(self) -> None:
        """Look no longer (locked, closed)."""
        self._village = None
        self.timer.stop()

    def look(self) -> None:
        """Make today's backup if it is due and nothing else is being written."""
        if not self._jobs.running():
            self.make("hour")

    def make(self, moment: Moment) -> Job | None:
        """Start a backup if one is due; None when there is nothing to do."""
        village = self._village
        if village is None or not village.needs_backup(moment):
            return None
        job = self._jobs.start(
            lambda report: village.back_up(moment, report), "备份", background=moment == "hour"
        )
        job.failed.connect(self._failed)
        job.finished.connect(self._told)
        return job

    def _failed(self, error: BaseException) -> None:
        _log.warning("backup failed: %s", type(error).__name__)
