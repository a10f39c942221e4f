"""The first month's twelve steps on the first page: each ticks itself and opens its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout

from village_app.services.house.first_steps import FirstStep
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import RIGHT, focus_ring, painter_of, rounded, width_of, words
from village_app.ui.kit.lights import draw_shape, shape_box
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Sheet
from village_app.ui.theme import theme


class _StepRow(QAbstractButton):
    """One step: tick or ring, what is to be done, and what it is good for."""

    def __init__(self, number: int, step: FirstStep) -> None:
        super().__init__()
        self._step = step
        self.setText(f"{number}. {step.words}")
        state = "已做完" if step.done else "还没做"
        self.setAccessibleName(f"第 {number} 步 {step.words}，{state}，{step.why}")
        self.setToolTip(step.why)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        height = max(theme().px(27), theme().metrics().height() + theme().px(4))
        return QSize(theme().px(220), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60) + width_of(self.text()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, px, colours = painter_of(self), theme().px, theme().colours
        box, done = QRectF(self.rect()), self._step.done
        if self.underMouse():
            rounded(painter, box, px(5), colours.sunk)
        draw_shape(painter, "done" if done else "ok", shape_box(px(6), box.height() / 2))
        tone = colours.ink3 if done else colours.ink
        text = box.adjusted(px(28), 0, 0, 0)
        words(painter, text, self.text(), tone)
        left = px(28) + width_of(self.text()) + px(14)
        if not done and left + width_of(self._step.why, "small") < box.width() - px(6):
            why = box.adjusted(left, 0, -px(6), 0)
            words(painter, why, self._step.why, colours.ink3, "small", RIGHT)
        if self.hasFocus():
            focus_ring(painter, box, px(5), colours.blue)


class StepsSheet(Sheet):
    """The steps with how many are done; 收起来 puts them away at this desk."""

    chosen = Signal(str)

    def __init__(self, put_away: Callable[[], object]) -> None:
        super().__init__("第一个月的十二步")
        self.head.addWidget(Button("收起来", kind="quiet", press=put_away))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.add_stretch()

    def show_steps(self, steps: Sequence[FirstStep]) -> None:
        """Show the steps as they stand now."""
        empty(self._rows)
        done = sum(step.done for step in steps)
        self.set_note(f"做完 {done} 步，做了就自己打勾")
        for number, step in enumerate(steps, start=1):
            row = _StepRow(number, step)
            row.clicked.connect(lambda _checked=False, page=step.page: self.chosen.emit(page))
            self._rows.addWidget(row)
