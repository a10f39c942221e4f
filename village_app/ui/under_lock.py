"""What goes on under a locked screen: sheets wait, work goes on, and the keys go after it.

Work that somebody began (an import, a backup, a large paper) is not thrown away because he went
for tea: it goes on, what comes of it waits for him, and the keys are forgotten when it ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from village_app.errors import Refused, VillageError
from village_app.ui.aside import Aside
from village_app.ui.asking import Asking, Choice, Question
from village_app.ui.door import OpenVillage
from village_app.ui.jobs import Job, JobRunner
from village_app.ui.kit.banner import Banner, BannerKind

_log = logging.getLogger(__name__)


class UnderLock(QObject):
    """Keeps a locked village until who locked it is back, or somebody else takes the desk over.

    `keep_drafts` is called once more before the keys go: while work writes, nobody else can.
    """

    changed = Signal()

    def __init__(self, window: QWidget, jobs: JobRunner, keep_drafts: Callable[[], None]) -> None:
        super().__init__(window)
        self._aside = Aside(window)
        self._jobs = jobs
        self._keep_drafts = keep_drafts
        self._village: OpenVillage | None = None
        self._words: dict[str, str] = {}
        jobs.changed.connect(self._look)

    def begin(self, village: OpenVillage) -> None:
        """Lock: nothing of the village is seen from now on, its keys go as soon as they may."""
        self._village = village
        self._aside.take()
        self._jobs.hold()
        self._look()

    def _look(self) -> None:
        """Forget the keys when no work needs them any more."""
        if self._village is not None and not self._jobs.running():
            village, self._village = self._village, None
            # A full disk keeps nobody's screen open: what is half written is in the window too.
            for step in (self._keep_drafts, village.lock):
                try:
                    step()
                except VillageError as problem:
                    _log.warning("under the lock: %s", problem.code)
        self.changed.emit()

    def refuse_while_working(self) -> None:
        """Let nobody else in while work of the one before goes on."""
        if _asked_for(self._jobs.held()):
            raise Refused(
                "still_working",
                "走之前的那位还有活没做完，做完才能换人。等一会儿再登录，或者点“停下它”。",
            )
        if self._jobs.held():
            raise Refused("still_working", "前一位的数据正在收好，过几秒再登录。")

    def bring_back(self) -> None:
        """Show who is back what stood over the window, and what came of his work."""
        self._village = None
        self._aside.bring_back()
        self._jobs.release()

    def give_up(self, user: str) -> None:
        """End what waits: the village of `user` is left; he hears of his work the next time."""
        self._village = None
        self.drop_sheets()
        ended = _asked_for(self._jobs.kept_back())
        self._jobs.give_up()
        if ended and user:
            self._words[user] = words_of(ended)

    def drop_sheets(self) -> None:
        """End the sheets that wait: the pages they belong to go."""
        self._aside.give_up()

    def words_for(self, user: str) -> str:
        """Say, once, what became of the work of one who left; blank where there was none."""
        return self._words.pop(user, "")


def _asked_for(jobs: Sequence[Job]) -> list[Job]:
    return [job for job in jobs if not job.background]


def words_of(ended: Sequence[Job]) -> str:
    """Say what became of work that ended while its owner was away."""
    said = {"done": "做完了", "failed": "没有做成，什么都没改", "cancelled": "停下了，和没做一样"}
    told = [f"“{job.words}”{said.get(job.outcome, '停下了')}" for job in ended]
    return f"您走后，{'，'.join(told)}。"


class WorkBanner(Banner):
    """Says on the locked screen that work goes on or how it ended; names nothing and nobody."""

    def __init__(self, jobs: JobRunner, asking: Asking) -> None:
        super().__init__("soon", "")
        self._jobs = jobs
        self._asking = asking
        self._done = ""
        for job in _asked_for(jobs.held()):
            job.progressed.connect(self._count)
        self.pressed.connect(self._stop)
        jobs.changed.connect(self.look)
        self.look()

    def _count(self, done: int, total: int, _text: str) -> None:
        self._done = f"，做了百分之 {done * 100 // total}" if total > 0 else ""
        self.look()

    def look(self) -> None:
        """Show how the work stands now."""
        held, ended = _asked_for(self._jobs.held()), _asked_for(self._jobs.kept_back())
        if any(job.is_cancelled for job in held):
            self.show_sentence("soon", "正在停下，已写的会退回去。")
        elif held:
            self.show_sentence(
                "soon", f"走之前的活还在做{self._done}；做完后数据也锁上。", link="停下它"
            )
        elif ended:
            self.show_sentence(*_END_WORDS[_worst(ended)])
        # Before it stands on a page showing it would open a window of its own.
        if self.parentWidget() is not None or not (held or ended):
            self.setVisible(bool(held or ended))

    def _stop(self) -> None:
        answer = self._asking.ask(
            Question(
                "走之前的活还没做完",
                [("停下它", "这一步会退回去，和没做一样；以前存好的都在。")],
                [Choice("stop", "停下它", "leave"), Choice("", "让它做完")],
            )
        )
        if answer == "stop":
            for job in self._jobs.held():
                job.cancel()
            self.look()


_END_WORDS: dict[str, tuple[BannerKind, str]] = {
    "failed": ("stop", "走之前的活没有做成，解锁后看是什么缘故。数据也锁上了。"),
    "cancelled": ("info", "走之前的活停下了，和没做一样。数据也锁上了。"),
    "done": ("done", "走之前的活做完了，解锁后看结果。数据也锁上了。"),
}


def _worst(ended: Sequence[Job]) -> str:
    outcomes = {job.outcome for job in ended}
    return next(kind for kind in _END_WORDS if kind in outcomes)
