"""The first start: three doors, 新建村庄 / 先看示范村 / 从备份恢复."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from village_app.ui import icons
from village_app.ui.cover import Half
from village_app.ui.door import DoorSign
from village_app.ui.kit.drawing import draw_cap, focus_ring, painter_of, rounded, words
from village_app.ui.kit.text import Text
from village_app.ui.look_choice import DoorFoot
from village_app.ui.theme import theme


class DoorCard(QAbstractButton):
    """One door: icon, what it is, one sentence what happens behind it."""

    def __init__(self, icon: str, title: str, sentence: str, number: int) -> None:
        super().__init__()
        self._icon = icon
        self._sentence = sentence
        self._key = f"Alt+{number}"
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setToolTip(sentence)
        self.setShortcut(QKeySequence(self._key))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        metrics, px = theme().metrics, theme().px
        height = metrics("songh2").height() + metrics("small").height() + px(26)
        self.setFixedHeight(max(px(82), height))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        px, box = look.px, QRectF(self.rect())
        ground = colours.sunk if self.underMouse() else colours.sheet
        rounded(painter, box, px(8), ground, colours.edge, look.line)
        if self.hasFocus():
            focus_ring(painter, box, px(8), colours.blue)
        side = px(26)
        place = QRectF(px(18), box.center().y() - side / 2, side, side)
        icons.draw(painter, self._icon, place, colours.blue)
        upper = look.metrics("songh2").height()
        lower = look.metrics("small").height()
        top = box.center().y() - (upper + lower + px(2)) / 2
        room = box.width() - px(60) - px(14)
        title = QRectF(px(60), top, room - px(64), upper)
        words(painter, title, self.text(), colours.ink, "songh2")
        below = QRectF(px(60), top + upper + px(2), room, lower)
        words(painter, below, self._sentence, colours.ink2, "small")
        draw_cap(painter, box.right() - px(14) - px(54), top + upper / 2, self._key, None)


class FirstStart(QWidget):
    """The page of an empty data folder."""

    new_asked = Signal()
    sample_asked = Signal()
    restore_asked = Signal()
    look_chosen = Signal(object)

    def __init__(self, sign: DoorSign) -> None:
        super().__init__()
        px = theme().px
        self.cards = (
            DoorCard("pen", "新建村庄", "填村名和第一个用户，五分钟就能用", 1),
            DoorCard("eye", "先看示范村", "里面的人和事都是编的，随便点，不留下", 2),
            DoorCard("in", "从备份恢复", "换了电脑，或者原来的数据坏了", 3),
        )
        signals = (self.new_asked, self.sample_asked, self.restore_asked)
        for card, signal in zip(self.cards, signals, strict=True):
            card.clicked.connect(lambda _checked=False, told=signal: told.emit())
        self.foot = DoorFoot(sign)
        self.foot.look.chosen.connect(self.look_chosen)
        column = QWidget()
        body = QVBoxLayout(column)
        body.setContentsMargins(0, px(24), 0, px(18))
        body.setSpacing(px(10))
        body.addStretch(3)
        body.addWidget(Text("第一次打开", "title"))
        body.addWidget(Text("这台电脑上还没有村庄的数据，选一个开始。", "body", "ink3", wrap=True))
        body.addSpacing(px(8))
        for card in self.cards:
            body.addWidget(card)
        body.addStretch(4)
        body.addWidget(self.foot)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Half(sign, column))
