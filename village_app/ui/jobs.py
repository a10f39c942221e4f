"""Long work beside the window: on a thread, with progress, can be cancelled, one writer at a time.

The work is a plain function `work(report) -> result`; the command line calls the same function.
A `Job` must be made on the window's thread, so that its signals arrive there.

Under a locked screen work that somebody began goes on, and what comes of it is kept back until
he is there again: `hold` and `release`. Before a village is closed all work has stopped.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from village_app.domain.reporting import Report
from village_app.errors import Cancelled

Work = Callable[[Report], Any]
Connection = Callable[[], AbstractContextManager[Any]]
Outcome = Literal["running", "done", "failed", "cancelled"]

# More often than this nobody can read; a flood of signals would keep the window busy.
_SECONDS_BETWEEN_REPORTS = 0.05

_log = logging.getLogger(__name__)


class Job(QObject):
    """One piece of work. Always ends with `finished`, also when cancelled (then nothing else).

    `background` work nobody asked for: no question is worth it, it is stopped and begun anew.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(
        self, work: Work, label: str, parent: QObject | None = None, *, background: bool = False
    ) -> None:
        super().__init__(parent)
        self.work = work
        self.label = label
        self.background = background
        self.outcome: Outcome = "running"
        self.is_held = False
        self._cancelled = threading.Event()
        self._last_report = 0.0
        self._tell: Callable[[], object] = lambda: None

    def cancel(self) -> None:
        """Let the next report raise `Cancelled`; what was written so far rolls back."""
        self._cancelled.set()

    @property
    def words(self) -> str:
        """What it is, to be said in a sentence: 写入居民 for 正在写入居民."""
        return self.label.removeprefix("正在")

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

    def run(self, connection: Connection) -> None:
        """Do the work inside the thread's own connection and keep what came of it."""
        try:
            if not self._cancelled.is_set():
                with connection():
                    result = self.work(self.report)
                self._tell = lambda: self.succeeded.emit(result)
                self.outcome = "done"
        except Cancelled:
            _log.debug("cancelled: %s", self.label)
        except Exception as error:  # noqa: BLE001  # the one place that hands any failure on
            failure = error
            self._tell = lambda: self.failed.emit(failure)
            self.outcome = "failed"
        if self.outcome == "running":
            self.outcome = "cancelled"

    def tell(self) -> None:
        """Send what came of the work and the end, on the window's thread.

        Whoever started the job has connected by now, however quick the work was.
        """
        self._tell()
        self.finished.emit()


class _Run(QRunnable):
    """Carries a job to a thread of the pool.

    The job belongs to the window's thread and dies there. So this thread lets go of it before it
    tells the runner, by number, that it is done: nobody may still be inside a job that dies.
    """

    def __init__(self, number: int, job: Job, runner: JobRunner, connection: Connection) -> None:
        super().__init__()
        self._number = number
        self._job: Job | None = job
        self._runner = runner
        self._connection = connection

    def run(self) -> None:
        if self._job is not None:
            self._job.run(self._connection)
        self._job = None
        self._runner.ended.emit(self._number)


class JobRunner(QObject):
    """Starts jobs and keeps them alive; those that write queue up behind each other.

    Used like this:
        job = runner.start(lambda report: importing.write(plan, report), "写入居民")
        job.succeeded.connect(self.show_result)
        job.failed.connect(self.show_failure)

    `connection` gives a context for the worker thread, such as the database's own connection.
    """

    changed = Signal()
    ended = Signal(int)

    def __init__(self, connection: Connection = nullcontext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._numbers = itertools.count(1)
        self._running: dict[int, Job] = {}
        self._untold: list[Job] = []
        self.ended.connect(self._end)
        self._writers = QThreadPool(self)
        self._writers.setMaxThreadCount(1)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(2)

    def serve(self, connection: Connection) -> None:
        """Let the jobs to come run inside another context (a village was opened or closed)."""
        self._connection = connection

    def start(
        self, work: Work, label: str, *, writes: bool = True, background: bool = False
    ) -> Job:
        """Queue a piece of work; `label` says what it is (写入居民)."""
        job, number = Job(work, label, self, background=background), next(self._numbers)
        self._running[number] = job
        pool = self._writers if writes else self._readers
        pool.start(_Run(number, job, self, self._connection))
        self.changed.emit()
        return job

    def running(self) -> tuple[str, ...]:
        """Give the labels of what is not finished."""
        return tuple(sorted(job.label for job in self._running.values()))

    def under_way(self) -> tuple[Job, ...]:
        """Give what is not finished, in the order in which it was begun."""
        return tuple(self._running.values())

    def asked_for(self) -> tuple[str, ...]:
        """Name what is not finished and somebody waits for."""
        return tuple(sorted(job.words for job in self._running.values() if not job.background))

    def cancel(self) -> None:
        """Ask all jobs to stop, without waiting for them."""
        for job in self._running.values():
            job.cancel()

    def cancel_all(self) -> None:
        """Ask all jobs to stop and wait until they did; what came of them is told to nobody.

        Afterwards no thread of theirs is inside a village: it may be closed.
        """
        self.cancel()
        self._writers.waitForDone()
        self._readers.waitForDone()
        stopped, self._running = list(self._running.values()), {}
        for job in (*self._untold, *stopped):
            job.finished.emit()
            job.deleteLater()
        self._untold = []
        self.changed.emit()

    # Under a locked screen

    def hold(self) -> None:
        """Keep back what comes of the jobs under way; those started later are told as ever."""
        for job in self._running.values():
            job.is_held = True

    def held(self) -> tuple[Job, ...]:
        """Give the jobs that go on under the locked screen."""
        return tuple(job for job in self._running.values() if job.is_held)

    def kept_back(self) -> tuple[Job, ...]:
        """Give the jobs that ended under the locked screen."""
        return tuple(self._untold)

    def is_at_rest(self) -> bool:
        """Say whether nothing is under way and nobody waits to hear what came of his work."""
        return not self._running and not self._untold

    def release(self) -> None:
        """Tell what was kept back: who began it is there again."""
        for job in self._running.values():
            job.is_held = False
        untold, self._untold = self._untold, []
        for job in untold:
            job.is_held = False
            self._let_go(job)
        self.changed.emit()

    def give_up(self) -> None:
        """Tell nobody what was kept back: somebody else took the desk over."""
        untold, self._untold = self._untold, []
        for job in untold:
            job.deleteLater()

    def _end(self, number: int) -> None:
        """Tell the end of a job, on the window's thread, and let it go."""
        job = self._running.pop(number, None)
        if job is None:  # stopped together with all the others
            return
        if job.is_held:
            self._untold.append(job)
        else:
            self._let_go(job)
        self.changed.emit()

    def _let_go(self, job: Job) -> None:
        job.tell()
        job.deleteLater()
