"""Long work beside the window: on a thread, with progress, can be cancelled, one writer at a time.

The work is a plain function `work(report) -> result`; the command line calls the same function.
A `Job` must be made on the window's thread, so that its signals arrive there.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from village_app.domain.reporting import Report
from village_app.errors import Cancelled

Work = Callable[[Report], Any]

# More often than this nobody can read; a flood of signals would keep the window busy.
_SECONDS_BETWEEN_REPORTS = 0.05

_log = logging.getLogger(__name__)


class Job(QObject):
    """One piece of work. Always ends with `finished`, also when cancelled (then nothing else)."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, work: Work, label: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.label = label
        self._cancelled = threading.Event()
        self._last_report = 0.0

    def cancel(self) -> None:
        """Let the next report raise `Cancelled`; what was written so far rolls back."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def report(self, done: int, total: int, text: str) -> None:
        """Tell how far the work is; called by the work, on its own thread."""
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last_report >= _SECONDS_BETWEEN_REPORTS or done == total:
            self._last_report = now
            self.progressed.emit(done, total, text)

    def run(self) -> None:
        """Do the work and tell the end; called by the runner."""
        try:
            if not self._cancelled.is_set():
                self.succeeded.emit(self.work(self.report))
        except Cancelled:
            _log.debug("cancelled: %s", self.label)
        except Exception as error:  # noqa: BLE001  # the one place that hands any failure on
            self.failed.emit(error)
        finally:
            self.finished.emit()


class _Run(QRunnable):
    def __init__(self, job: Job, connection: Callable[[], AbstractContextManager[Any]]) -> None:
        super().__init__()
        self._job = job
        self._connection = connection

    def run(self) -> None:
        with self._connection():
            self._job.run()


class JobRunner(QObject):
    """Starts jobs and keeps them alive; those that write queue up behind each other.

    Used like this:
        job = runner.start(lambda report: importing.write(plan, report), "写入居民")
        job.succeeded.connect(self.show_result)
        job.failed.connect(self.show_failure)

    `connection` gives a context for the worker thread, such as the database's own connection.
    """

    changed = Signal()

    def __init__(
        self,
        connection: Callable[[], AbstractContextManager[Any]] = nullcontext,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._running: set[Job] = set()
        self._writers = QThreadPool(self)
        self._writers.setMaxThreadCount(1)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(2)

    def serve(self, connection: Callable[[], AbstractContextManager[Any]]) -> None:
        """Let the jobs to come run inside another context (a village was opened or closed)."""
        self._connection = connection

    def start(self, work: Work, label: str, *, writes: bool = True) -> Job:
        """Queue a piece of work; `label` says what it is (写入居民)."""
        job = Job(work, label, self)
        self._running.add(job)
        job.finished.connect(lambda: self._forget(job))
        pool = self._writers if writes else self._readers
        run = _Run(job, self._connection)
        # Begun when the caller is done: a quick failure would be told before anybody listens.
        QTimer.singleShot(0, self, lambda: pool.start(run))
        self.changed.emit()
        return job

    def running(self) -> tuple[str, ...]:
        """Give the labels of what is not finished."""
        return tuple(sorted(job.label for job in self._running))

    def cancel_all(self) -> None:
        """Ask all jobs to stop and wait until they did."""
        for job in self._running:
            job.cancel()
        self._writers.waitForDone()
        self._readers.waitForDone()

    def _forget(self, job: Job) -> None:
        self._running.discard(job)
        job.deleteLater()
        self.changed.emit()
