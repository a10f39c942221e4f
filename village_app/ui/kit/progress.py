"""How far long work is: sentence, bar, time left, 取消, and what cancelling leaves behind."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from village_app.ui.jobs import Job
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

# Shorter work needs no window of its own.
DELAY_MS = 600


class Bar(QWidget):
    """A bar with a round end; a share below 0 means that nobody knows how much there is."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(theme().px(14))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """Show 0 to 1."""
        self._share = share
        said = f"已完成百分之 {round(share * 100)}" if share >= 0 else "正在进行"
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        box = QRectF(self.rect())
        radius = box.height() / 2
        rounded(painter, box, radius, look.colours.sheet, look.colours.edge, look.line)
        share = 0.3 if self._share < 0 else self._share
        if share > 0:
            filled = QRectF(box)
            filled.setWidth(max(box.height(), box.width() * min(1.0, share)))
            if self._share < 0:
                filled.moveLeft(box.width() * 0.35)
            rounded(painter, filled, radius, look.colours.blue)


class ProgressPanel(QWidget):
    """Sentence with counts, bar, time left and the button to cancel.

    Example: `panel = ProgressPanel("取消后，台账和现在一样，什么都没写。")`;
    `panel.show_progress(193, 312, "正在核对第 193 行，共 312 行")`.
    """

    cancelled = Signal()

    def __init__(self, leaves: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._began = clock()
        px = theme().px
        self._sentence = Text("正在准备", wrap=True)
        self._bar = Bar()
        self._left = Text("", "small", "ink2")
        self._cancel = Button("取消", key="Esc", press=self.stop)
        row = QHBoxLayout()
        row.addWidget(self._left, 1)
        row.addWidget(self._cancel)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(8))
        body.addWidget(self._sentence)
        body.addWidget(self._bar)
        body.addLayout(row)
        if leaves:
            body.addWidget(Text(leaves, "small", "ink2", wrap=True))

    def begin(self) -> None:
        """Start anew, for other work on the same panel."""
        self._began = self._clock()
        self._cancel.setEnabled(True)
        self.show_progress(0, 0, "正在准备")

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show a report of the work; `total` 0 = unknown."""
        self._sentence.setText(text)
        self.setAccessibleName(text)
        share = done / total if total > 0 else -1
        self._bar.set_share(share)
        self._left.setText(self.time_left(share))

    def time_left(self, share: float) -> str:
        """Say how long it may still take, judged by what is done."""
        gone = self._clock() - self._began
        if share <= 0.02 or gone < 1:
            return ""
        seconds = round(gone / share - gone)
        if seconds < 60:
            return f"约还要 {max(1, seconds)} 秒"
        return f"约还要 {round(seconds / 60)} 分钟"

    def stop(self) -> None:
        """Ask for the end, once; the sentence says that it is coming."""
        self._cancel.setEnabled(False)
        self._sentence.setText("正在停下，已写的会退回去。")
        self.cancelled.emit()


class ProgressDialog(Sheeted):
    """Appears over the window when a job lasts longer than 0.6 s, and goes with it.

    Example: `watch(job, self.window(), leaves="取消后，台账和现在一样。")`.
    """

    def __init__(self, job: Job, window: QWidget, leaves: str = "") -> None:
        super().__init__(job.label, "soon", window)
        self._job = job
        self.panel = ProgressPanel(leaves)
        self.body.addWidget(self.panel)
        self.delay = QTimer(self)
        self.delay.setSingleShot(True)
        self.delay.setInterval(DELAY_MS)
        self.delay.timeout.connect(self._appear)
        self.panel.cancelled.connect(job.cancel)
        job.progressed.connect(self.panel.show_progress)
        job.finished.connect(self._end)
        self.delay.start()

    def _appear(self) -> None:
        """Come up, but never over a locked screen."""
        if self._job.is_held:
            self.delay.start()
        else:
            self.open()

    def reject(self) -> None:
        """Esc cancels the work; the dialog goes when the work stopped."""
        self._job.cancel()

    def _end(self) -> None:
        self.delay.stop()
        self.done(0)
        self.deleteLater()


def watch(job: Job, window: QWidget, leaves: str = "") -> ProgressDialog:
    """Show a job's progress over the window once it lasts longer than 0.6 s."""
    return ProgressDialog(job, window.window(), leaves)
