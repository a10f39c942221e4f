"""What stands between the wish to close the window and the closed window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from village_app.errors import VillageError
from village_app.ui.asking import Asking, Choice, Question
from village_app.ui.jobs import Job, JobRunner

LastBackup = Callable[[], Job | None]


class Leaving:
    """Asks about work under way, waits until it stopped, and has the day's work backed up.

    `may_go` says whether the window may close now. Where not, it closes by itself later, unless
    somebody chose to stay.
    """

    def __init__(
        self,
        window: QWidget,
        jobs: JobRunner,
        asking: Asking,
        last_backup: LastBackup,
        keep_drafts: Callable[[], None],
    ) -> None:
        self._window = window
        self._jobs = jobs
        self._asking = asking
        self._last_backup = last_backup
        self._keep_drafts = keep_drafts
        self._stops = False
        self.needs_backup = True
        jobs.changed.connect(self._look)

    def may_go(self) -> bool:
        """Say whether nothing is under way and all that can be kept is kept."""
        if self._stops:
            return False
        if self._jobs.running():
            if not self._jobs.asked_for() or self._asks_to_stop(self._jobs.asked_for()[0]):
                self._stop()
            return False
        return not self._makes_last_backup() and self._drafts_are_kept()

    def _asks_to_stop(self, label: str) -> bool:
        answer = self._asking.ask(
            Question(
                f"还在{label}，没有做完",
                [("现在关上", "这一步会退回去，和没做一样；以前存好的都在。")],
                [Choice("close", "停下并关上", "leave"), Choice("", "等它做完")],
            )
        )
        return answer == "close"

    def _stop(self) -> None:
        """Stop what is under way; the window answers meanwhile, and closes after it."""
        from village_app.ui.kit.progress import watch

        self._stops = True
        for job in self._jobs.under_way():
            watch(job, self._window, leaves="停下后窗口就关上。").panel.stop()
        self._look()

    def _look(self) -> None:
        if self._stops and not self._jobs.running():
            self._stops = False
            self._close_later()

    def _makes_last_backup(self) -> bool:
        if not self.needs_backup:
            return False
        job = self._last_backup()
        if job is None:
            return False
        from village_app.ui.kit.progress import watch

        watch(job, self._window, leaves="取消后不备份，直接关上；存好的都在。")
        self.needs_backup = False
        job.finished.connect(self._close_later)
        return True

    def _drafts_are_kept(self) -> bool:
        """Keep what is half written; where that cannot be, ask whether to go all the same."""
        try:
            self._keep_drafts()
        except VillageError as problem:
            answer = self._asking.ask(
                Question(
                    "没写完的存不下来",
                    [("缘由", problem.message), ("现在关上", "没写完的会丢；以前存好的都在。")],
                    [Choice("", "先不关"), Choice("close", "还是关上")],
                    "fault",
                )
            )
            return answer == "close"
        return True

    def _close_later(self) -> None:
        # The job is still counted as running while it tells its end.
        QTimer.singleShot(0, self._window, self._window.close)
