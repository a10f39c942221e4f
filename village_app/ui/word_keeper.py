"""Words of attached documents, drawn out beside the work while nobody waits for them."""

from __future__ import annotations

import logging
from collections.abc import Collection

from PySide6.QtCore import QObject, QTimer

from village_app.ui.door import OpenVillage
from village_app.ui.jobs import Job, JobRunner

AFTER_MS = 4000

_log = logging.getLogger(__name__)


class WordKeeper(QObject):
    """Looks a little after the village opened, and after something was attached."""

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._village: OpenVillage | None = None
        self._job: Job | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(AFTER_MS)
        self.timer.timeout.connect(self.look)

    def begin(self, village: OpenVillage) -> None:
        """Look after an open and unlocked village."""
        self._village = village
        self.timer.start()

    def note_change(self, tables: Collection[str]) -> None:
        """Hear that records changed."""
        if self._village is not None and "attachment" in tables:
            self.timer.start()

    def end(self) -> None:
        """Look no longer (locked, closed); what is being read is let go."""
        self._village = None
        self.timer.stop()
        if self._job is not None:
            self._job.cancel()

    def look(self) -> None:
        """Draw out what is new, where nothing else is being done."""
        village = self._village
        if village is None or self._job is not None:
            return
        if self._jobs.running():
            self.timer.start()
            return
        if not village.has_documents_to_index():
            return
        self._job = self._jobs.start(village.index_documents, "读附件里的字", background=True)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._done)

    def _done(self) -> None:
        self._job = None

    def _failed(self, error: BaseException) -> None:
        _log.warning("words of documents: %s", type(error).__name__)
