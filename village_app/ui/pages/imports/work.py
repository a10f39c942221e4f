"""Work on an import, one piece after another in the background, each with a way to stop it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from village_app.ui.jobs import Job, JobRunner
from village_app.ui.kit.progress import ProgressPanel, watch

NOTHING_LEFT = "取消后，台账和现在一样，什么都没写。"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: the work, what it is called, and what follows each of its ends.

    `writes` says that it changes records; `panel` shows its progress on the page, otherwise a
    sheet over the window does once it lasts.
    """

    work: Callable[..., Any]
    label: str
    then: Callable[[Any], object]
    failed: Callable[[Exception], object]
    stopped: Callable[[], object] = lambda: None
    writes: bool = False
    panel: ProgressPanel | None = None


class WorkLine(QObject):
    """Works pieces off in the order they came, because each plan comes out of the one before.

    Used like this:
        line = WorkLine(desk.jobs, page)
        line.do(Piece(lambda report: session.set_rule("keep", report=report), "正在重新核对",
                      then=lambda _plan: self.show_again(), failed=self.refuse))
    """

    idle = Signal()

    def __init__(self, jobs: JobRunner, owner: QWidget) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._owner = owner
        self._waiting: deque[Piece] = deque()
        self._is_working = False

    @property
    def is_busy(self) -> bool:
        return self._is_working

    def do(self, piece: Piece) -> None:
        """Work a piece off, behind those that wait."""
        self._waiting.append(piece)
        if not self._is_working:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._is_working = False
            self.idle.emit()
            return
        self._is_working = True
        piece = self._waiting.popleft()
        job = self._jobs.start(
            lambda report: piece.work(report=report), piece.label, writes=piece.writes
        )
        told: list[bool] = []
        job.succeeded.connect(piece.then)
        job.failed.connect(piece.failed)
        for end in (job.succeeded, job.failed):
            end.connect(lambda _what: told.append(True))
        job.finished.connect(lambda: self._ended(piece, was_stopped=not told))
        if piece.panel is None:
            watch(job, self._owner.window(), leaves=NOTHING_LEFT)
        else:
            _show_on(piece.panel, job)

    def _ended(self, piece: Piece, *, was_stopped: bool) -> None:
        """Go on with the next piece; who stopped one wants none of those behind it.

        A wish to stop that came when the work was done already does not undo it.
        """
        if was_stopped:
            self._waiting.clear()
            piece.stopped()
        self._next()


def _show_on(panel: ProgressPanel, job: Job) -> None:
    panel.begin()
    job.progressed.connect(panel.show_progress)
    panel.cancelled.connect(job.cancel)
