"""The strip of figures at the top of the first page: label, number, unit, small note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from village_app.ui.kit.drawing import focus_ring, painter_of, width_of, words
from village_app.ui.kit.lights import LightKind, draw_shape, light_colour, shape_box
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Hairline, Sheet
from village_app.ui.own_words import own
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: key, label, number as written, unit, note, light before the label.

    Example: `Figure("over", "已超期", "2", "件", "最久超 4 天：三组路灯", "over")`.
    """

    key: str
    label: str
    number: str
    unit: str = ""
    note: str = ""
    light: LightKind | None = None


class _FigureButton(QAbstractButton):
    def __init__(self, figure: Figure) -> None:
        super().__init__()
        figure = replace(figure, label=own(figure.label), note=own(figure.note))
        self._figure = figure
        self.brief = False
        self.setAccessibleName(f"{figure.label} {figure.number} {figure.unit}，{figure.note}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px, figure = theme().px, self._figure
        number = width_of(figure.number, "figure") + px(8) + width_of(figure.unit, "small")
        label = width_of(figure.label) + (px(21) if figure.light else 0)
        height = theme().metrics().height() + theme().metrics("figure").height()
        if not self.brief:
            height += theme().metrics("small").height()
        return QSize(max(number, label) + px(22 if self.brief else 34), height)

    def minimumSizeHint(self) -> QSize:
        wide = width_of(self._figure.number, "figure") + theme().px(22)
        return QSize(max(wide, theme().px(80)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, figure = painter_of(self), theme(), self._figure
        px, colours, left = look.px, look.colours, look.px(16)
        first = look.metrics().height()
        second = look.metrics("figure").height()
        tone = light_colour(figure.light) if figure.light else colours.ink2
        start = left
        if figure.light:
            draw_shape(painter, figure.light, shape_box(left, first / 2))
            start += px(20)
        words(painter, QRectF(start, 0, self.width() - start, first), figure.label, tone)
        number = colours.red if figure.light == "over" else colours.ink
        line = QRectF(left, first - px(2), self.width() - left, second)
        words(painter, line, figure.number, number, "figure")
        right = left + width_of(figure.number, "figure") + px(8)
        unit = QRectF(right, first + px(2), self.width() - right, second)
        words(painter, unit, figure.unit, colours.ink, "small")
        if not self.brief:
            top = first + second - px(4)
            room = QRectF(left, top, self.width() - left - px(6), look.metrics("small").height())
            words(painter, room, figure.note, colours.ink2, "small")
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(3, 0, -3, 0), px(6), colours.blue)


class FigureStrip(Sheet):
    """Up to five figures on one sheet; a press opens those records.

    Example: `strip = FigureStrip([...]); strip.pressed.connect(self.open_list)`.
    """

    pressed = Signal(str)

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        super().__init__()
        self.setAccessibleName("几个数")
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self.body.setContentsMargins(theme().px(4), theme().px(8), theme().px(4), theme().px(6))
        self.body.addLayout(self._row)
        self._buttons: list[_FigureButton] = []
        self._brief = False
        self.set_figures(figures)

    def set_figures(self, figures: Iterable[Figure]) -> None:
        """Show other figures."""
        empty(self._row)
        self._buttons = []
        for figure in figures:
            if self._buttons:
                self._row.addWidget(Hairline(upright=True))
            button = _FigureButton(figure)
            button.brief = self._brief
            button.clicked.connect(lambda _checked=False, key=figure.key: self.pressed.emit(key))
            self._buttons.append(button)
            self._row.addWidget(button, button.sizeHint().width())

    def set_narrow(self, narrow: bool) -> None:
        """Drop the notes where the window is narrow."""
        self._brief = narrow
        for button in self._buttons:
            button.brief = narrow
            button.updateGeometry()
