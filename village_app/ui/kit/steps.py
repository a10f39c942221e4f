"""The steps of a task: done, now, ahead; done ones can be gone back to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from village_app.ui.kit.drawing import MIDDLE, focus_ring, painter_of, width_of, words
from village_app.ui.kit.lights import draw_shape
from village_app.ui.theme import theme


def dashed(painter: QPainter, left: float, right: float, y: float) -> None:
    """Draw the line to what is still ahead."""
    pen = QPen(theme().colours.line2, theme().px(2))
    pen.setDashPattern([4, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def solid(painter: QPainter, left: float, right: float, y: float) -> None:
    """Draw the line through what is done."""
    painter.setPen(QPen(theme().colours.blue, theme().px(2), c=Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(left, y), QPointF(right, y))


class _Step(QAbstractButton):
    """Circle and word of one step."""

    def __init__(self, number: int, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._state = 1
        self.with_word = True
        self.setText(word)

    def set_state(self, state: int) -> None:
        """-1 done, 0 now, 1 ahead."""
        self._state = state
        said = {-1: "已完成", 0: "正在做", 1: "还没到"}[state]
        self.setAccessibleName(f"第 {self._number} 步 {self.text()}，{said}")
        done = state < 0
        self.setEnabled(done)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if done else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if done else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        word = px(9) + width_of(self.text()) + 2 if self.with_word else 0
        return QSize(px(28) + word, max(px(30), theme().metrics().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        side = look.px(28)
        circle = QRectF(1, (self.height() - side) / 2 + 1, side - 2, side - 2)
        ink = colours.ink3 if self._state > 0 else colours.blue
        painter.setPen(QPen(colours.line2 if self._state > 0 else ink, look.px(2)))
        painter.setBrush(colours.blue if self._state == 0 else colours.sheet)
        painter.drawEllipse(circle)
        if self._state < 0:
            tick = look.px(12)
            middle = circle.center()
            box = QRectF(middle.x() - tick / 2, middle.y() - tick / 2, tick, tick)
            draw_shape(painter, "done", box, colours.blue)
        else:
            number = colours.sheet if self._state == 0 else ink
            words(painter, circle, str(self._number), number, align=MIDDLE)
        if self.with_word:
            text = QRectF(side + look.px(9), 0, self.width() - side - look.px(9), self.height())
            tone = colours.ink if self._state == 0 else colours.ink2
            words(painter, text, self.text(), tone)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), look.px(6), colours.blue)


class StepBar(QWidget):
    """The steps of a wizard.

    Example: `StepBar(["选文件", "对好列", "试导入"], current=1)`; `bar.pressed` gives the number
    (from 0) of a done step that was pressed. Where there is little room only the present step
    keeps its word.
    """

    pressed = Signal(int)

    def __init__(self, steps: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._steps = [_Step(number, word, self) for number, word in enumerate(steps, start=1)]
        for place, step in enumerate(self._steps):
            step.clicked.connect(lambda _checked=False, at=place: self.pressed.emit(at))
        self._current = 0
        self.set_current(current)

    @property
    def current(self) -> int:
        return self._current

    def set_current(self, current: int) -> None:
        """Go to a step, counted from 0; `len(steps)` means that all are done."""
        self._current = current
        for place, step in enumerate(self._steps):
            step.set_state((place > current) - (place < current))
        now = self._steps[min(current, len(self._steps) - 1)]
        self.setAccessibleName(now.accessibleName())
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), self._steps[0].sizeHint().height() + theme().px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(34) * len(self._steps), self.sizeHint().height())

    def _gap(self) -> int:
        taken = sum(step.sizeHint().width() for step in self._steps)
        return (self.width() - taken) // max(1, len(self._steps) - 1)

    def _place(self) -> None:
        for step in self._steps:
            step.with_word = True
        if self._gap() < theme().px(28):
            for place, step in enumerate(self._steps):
                step.with_word = place == self._current
        gap = max(theme().px(12), self._gap())
        left = 0
        for step in self._steps:
            size = step.sizeHint()
            step.setGeometry(
                left, (self.height() - size.height()) // 2, size.width(), size.height()
            )
            left += size.width() + gap

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, space = painter_of(self), theme().px(10)
        y = self.height() / 2
        for place, (one, other) in enumerate(zip(self._steps, self._steps[1:], strict=False)):
            left, right = one.geometry().right() + space, other.geometry().left() - space
            if left < right:
                (solid if place < self._current else dashed)(painter, left, right, y)
