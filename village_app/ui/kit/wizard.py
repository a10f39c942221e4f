"""The template of a task in steps: head, step bar, banner, work area, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.steps import StepBar
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


class _Steps(QStackedWidget):
    """The steps; only the one that is shown says how much room is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


class WizardFrame(QWidget):
    """Step bar above, one work area a step, and the foot: what is safe, 上一步 and the way on.

    Used like this:
        wizard = WizardFrame(["选文件", "对好列", "试导入"])
        wizard.add_step(choose, on="看看列", forward=self.read_file)
        wizard.say_safe("还没有写入任何东西，随时可以退出。")
        wizard.go(1)

    `forward` is called by the way on (Ctrl+Enter); it decides whether to `go` further. `went`
    tells that the user went back by the step bar or by 上一步.
    """

    went = Signal(int)

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        px = theme().px
        self.steps = StepBar(steps)
        self.steps.pressed.connect(self._go_back)
        self.work = _Steps()
        self._safe = Text("", "small", "ink2", wrap=True)
        self.back = Button("上一步", icon="left", press=self._back)
        self.on = Button("下一步", key="Ctrl+Enter", kind="primary", press=self._forward)
        self.extra = QHBoxLayout()
        self._ways: list[tuple[str, Callable[[], object], bool]] = []
        self._bar = Sheet()
        self._bar.add(self.steps)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self._safe, 1)
        foot.addLayout(self.extra)
        foot.addWidget(self.back)
        foot.addWidget(self.on)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(10))
        body.addWidget(self._bar)
        body.addWidget(self.work, 1)
        body.addLayout(foot)

    def add_step(
        self, work: QWidget, *, on: str, forward: Callable[[], object], can_go_back: bool = True
    ) -> None:
        """Add the work area of the next step; `on` is the way on in words (verb and object)."""
        self.work.addWidget(work)
        self._ways.append((on, forward, can_go_back))
        if len(self._ways) == 1:
            self.go(0)

    def go(self, step: int) -> None:
        """Show a step, counted from 0."""
        words, _forward, can_go_back = self._ways[step]
        self.work.setCurrentIndex(step)
        self.steps.set_current(step)
        self.on.set_words(words)
        self.on.forbid("")
        self.back.setVisible(step > 0 and can_go_back)

    @property
    def step(self) -> int:
        return self.work.currentIndex()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the step bar out where its height is needed for the work."""
        self._bar.setVisible(not narrow)

    def say_safe(self, sentence: str) -> None:
        """Say at the foot what is safe: 还没有写入任何东西。"""
        self._safe.setText(sentence)

    def _back(self) -> None:
        self._go_back(self.step - 1)

    def _go_back(self, step: int) -> None:
        """Go back by the user's wish, unless the present step is one without a way back."""
        if self._ways[self.step][2]:
            self.go(step)
            self.went.emit(step)

    def _forward(self) -> None:
        self._ways[self.step][1]()
