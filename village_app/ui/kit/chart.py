"""Bars: the fill carries the category, the total stands on top, a press opens those records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from village_app.ui.kit.chart_fills import FILLS, Swatch, fill_part
from village_app.ui.kit.drawing import MIDDLE, focus_ring, hairline, painter_of, words
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.removal import discard
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: key, label below, values from the foot upwards; `strong` marks the present one.

    `figure` is written on top in place of the bare sum, `said` read aloud in place of the values
    (amounts of money are told in 元, not in 分).
    """

    key: str
    label: str
    values: tuple[int, ...]
    strong: bool = False
    figure: str = ""
    said: str = ""

    @property
    def total(self) -> int:
        return sum(self.values)


class _BarButton(QAbstractButton):
    part_pressed = Signal(int)

    def __init__(self, parent: QWidget, bar: Bar, names: Sequence[str]) -> None:
        super().__init__(parent)
        self.bar = bar
        self.most = 1
        self._pressed_at = 0.0
        parts = "，".join(f"{name} {value}" for name, value in zip(names, bar.values, strict=False))
        self.setAccessibleName(bar.said or f"{bar.label}：共 {bar.total}，{parts}")
        self.setToolTip(self.accessibleName())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _checked: self.part_pressed.emit(self._part()))

    def _foot(self) -> float:
        return self.height() - theme().metrics("small").height() - theme().px(4)

    def _boxes(self) -> list[QRectF]:
        px = theme().px
        room = self._foot() - theme().metrics("small").height() - px(2)
        width = min(px(26), self.width() * 0.66)
        left, bottom, reached = round((self.width() - width) / 2), round(self._foot()), 0
        boxes = []
        for value in self.bar.values:
            reached += value
            top = round(self._foot() - room * reached / self.most)
            boxes.append(QRectF(left, top, round(width), bottom - top))
            bottom = top
        return boxes

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().y()
        super().mousePressEvent(event)

    def _part(self) -> int:
        for part, box in enumerate(self._boxes()):
            if box.top() <= self._pressed_at < box.bottom():
                return part
        return -1

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        boxes = self._boxes()
        for part, box in enumerate(boxes):
            if box.height() >= 1:
                fill_part(painter, box, part % FILLS)
        height = look.metrics("small").height()
        top = boxes[-1].top() if boxes else self._foot()
        total = QRectF(0, top - height - 1, self.width(), height)
        words(painter, total, self.bar.figure or str(self.bar.total), colours.ink, "small", MIDDLE)
        label = QRectF(0, self._foot() + look.px(3), self.width(), height)
        ink = colours.ink if self.bar.strong else colours.ink2
        words(painter, label, self.bar.label, ink, "small", MIDDLE)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), look.px(4), colours.blue)


class _Bars(QWidget):
    part_pressed = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._bars: list[_BarButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme().px(150))

    def set_bars(self, bars: Sequence[Bar], names: Sequence[str]) -> None:
        for old in self._bars:
            discard(old)
        most = max((bar.total for bar in bars), default=1) or 1
        self._bars = []
        for bar in bars:
            button = _BarButton(self, bar, names)
            button.most = most
            button.part_pressed.connect(lambda part, key=bar.key: self.part_pressed.emit(key, part))
            button.show()
            self._bars.append(button)
        self._place()

    def bars(self) -> tuple[QAbstractButton, ...]:
        return tuple(self._bars)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(220))

    def _place(self) -> None:
        pitch = self.width() / max(1, len(self._bars))
        for place, bar in enumerate(self._bars):
            left = round(place * pitch)
            bar.setGeometry(left, 0, round((place + 1) * pitch) - left, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        foot = self.height() - theme().metrics("small").height() - theme().px(4)
        hairline(painter_of(self), 0, foot, self.width(), theme().colours.edge)


class BarChart(QWidget):
    """Upright bars with a legend in stacking order; at most four categories.

    Example: `BarChart(["环境卫生", "市政设施"], [Bar("2026-11", "11月", (5, 8), strong=True)])`;
    `chart.pressed` gives the key of the bar and the number of the part, -1 for the whole bar.
    """

    pressed = Signal(str, int)

    def __init__(self, names: Sequence[str], bars: Sequence[Bar] = (), name: str = "图") -> None:
        super().__init__()
        self._names = tuple(names)
        self.setAccessibleName(name)
        self._bars = _Bars()
        self._bars.part_pressed.connect(self.pressed)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(6))
        legend = QWidget()
        flow = FlowLayout(legend, gap=16)
        for fill, label in enumerate(self._names if len(self._names) > 1 else ()):
            flow.addWidget(_legend(fill, label))
        body.addWidget(legend)
        body.addWidget(self._bars, 1)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self._bars.set_bars(bars, self._names)

    def buttons(self) -> tuple[QAbstractButton, ...]:
        """Give the bars as the keyboard meets them."""
        return self._bars.bars()


def _legend(fill: int, label: str) -> QWidget:
    item = QWidget()
    row = QHBoxLayout(item)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(6))
    row.addWidget(Swatch(fill))
    row.addWidget(Text(label, "small", "ink2"))
    return item
