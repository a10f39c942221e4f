"""The left half of the pages before signing in: a page of a notebook with the seal on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from village_app.ui.door import DoorSign
from village_app.ui.kit.drawing import LEFT, hairline, painter_of, seal, words
from village_app.ui.kit.sheets import Scroll
from village_app.ui.theme import Role, theme


class Cover(QWidget):
    """Lined paper, the red double margin, seal, name and the three words of the program."""

    def __init__(self, sign: DoorSign) -> None:
        super().__init__()
        self._sign = sign
        name = f"{sign.village}共治通"
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        px = look.px
        painter.fillRect(self.rect(), colours.nav)
        y = px(44)
        while y < self.height():
            hairline(painter, 0, y, self.width(), colours.line2)
            y += px(52)
        for x in (96, 101):
            painter.fillRect(QRectF(px(x), 0, max(1, px(1.5)), self.height()), colours.red)
        left = px(134)
        top = round(self.height() * 0.274)
        seal(painter, QRectF(left, top, px(76), px(76)))
        room = self.width() - left - px(16)
        title = QRectF(left, top + px(88), room, px(60))
        _spaced(painter, title, f"{self._sign.village}共治通", colours.ink, "display")
        three = QRectF(left, top + px(158), room, px(36))
        _spaced(painter, three, "记得清　　议得明　　晒得透", colours.ink2, "songh2")
        foot = QRectF(left, self.height() - px(136), room, px(32))
        words(painter, foot, self._sign.address, colours.ink2, "body")


def _spaced(painter: QPainter, rect: QRectF, text: str, colour: QColor, role: Role) -> None:
    """Write words of the cover, a little apart as on a title page."""
    font = theme().font(role)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 109)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, LEFT, text)


class Half(QWidget):
    """Cover at the left, a column of 420 at the right; where it is narrow the column alone."""

    def __init__(self, sign: DoorSign, column: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._cover = Cover(sign)
        column.setMaximumWidth(theme().px(420))
        inside = QWidget()
        middle = QHBoxLayout(inside)
        middle.setContentsMargins(theme().px(24), 0, theme().px(24), 0)
        middle.addStretch(1)
        middle.addWidget(column, 1000)
        middle.addStretch(1)
        self._right = Scroll(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._cover, 59)
        row.addWidget(self._right, 41)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover.setVisible(theme().layout(self.width()) != "narrow")
