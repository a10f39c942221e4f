"""Who is it? A card for each user, or one box where there are many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QVBoxLayout, QWidget

from village_app.ui import icons
from village_app.ui.door import UserCard
from village_app.ui.kit.drawing import (
    cap_width,
    draw_cap,
    focus_ring,
    painter_of,
    rounded,
    width_of,
    words,
)
from village_app.ui.theme import theme

# More cards than these would push the password out of a small screen.
_CARDS = 3


class Card(QAbstractButton):
    """Name and duty of one user; the chosen one has a tick."""

    def __init__(self, user: UserCard, number: int) -> None:
        super().__init__()
        self.user = user
        self._key = f"Alt+{number}"
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(user.name)
        self.setAccessibleName(f"{user.name}，{user.duty}" if user.duty else user.name)
        self.setShortcut(QKeySequence(self._key))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(max(theme().px(43), theme().metrics("h3").height() + theme().px(10)))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        px, box = look.px, QRectF(self.rect())
        on = self.isChecked()
        ground = colours.selection if on else colours.sheet
        rounded(painter, box, px(6), ground, colours.blue_l if on else colours.line, look.line)
        if self.hasFocus():
            focus_ring(painter, box, px(6), colours.blue)
        side, middle = px(20), box.center().y()
        ink = colours.blue if on else colours.ink2
        icons.draw(painter, "person", QRectF(px(16), middle - side / 2, side, side), ink)
        left = px(47)
        words(painter, box.adjusted(left, 0, 0, 0), self.user.name, colours.ink, "h3")
        left += width_of(self.user.name, "h3") + px(11)
        right = cap_width(self._key) + px(24)
        words(painter, box.adjusted(left, 0, -right, 0), self.user.duty, colours.ink3)
        if on:
            tick = QRectF(box.right() - px(34), middle - px(9), px(18), px(18))
            icons.draw(painter, "tick", tick, colours.blue, 2.4)
        else:
            draw_cap(painter, box.right() - px(14) - cap_width(self._key), middle, self._key, None)


class NameBox(QComboBox):
    """Many users in one box; knows whether the last choice was made in the opened list."""

    def __init__(self) -> None:
        super().__init__()
        self.was_open = False

    def hidePopup(self) -> None:
        self.was_open = True
        super().hidePopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.was_open = False
        super().keyPressEvent(event)


class UserChoice(QWidget):
    """Chooses one of the users; `changed` gives the name, `settled` says that it is the one.

    Who goes through the closed box with the arrow keys changes it at every key and settles later.
    """

    changed = Signal(str)
    settled = Signal()

    def __init__(self, users: Sequence[UserCard], current: str = "") -> None:
        super().__init__()
        self._users = tuple(users)
        self._names = [user.name for user in users]
        self._box: NameBox | None = None
        self._group = QButtonGroup(self)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(8))
        self._make(body)
        self.set_current(current if current in self._names else next(iter(self._names), ""))

    def _make(self, body: QVBoxLayout) -> None:
        cards = _CARDS if theme().type_size < 150 else 2
        if len(self._users) > cards:
            self._box = NameBox()
            self._box.setAccessibleName("是哪一位")
            for user in self._users:
                self._box.addItem(f"{user.name}　{user.duty}".strip(), user.name)
            self._box.activated.connect(self._take)
            body.addWidget(self._box)
            return
        for number, user in enumerate(self._users, start=1):
            card = Card(user, number)
            self._group.addButton(card, number - 1)
            card.clicked.connect(self._take)
            body.addWidget(card)

    def _take(self) -> None:
        self.changed.emit(self.current())
        if self._box is None or self._box.was_open:
            self.settled.emit()

    def current(self) -> str:
        """Give the name of the chosen user; blank where there is none."""
        if self._box is not None:
            return str(self._box.currentData() or "")
        number = self._group.checkedId()
        return self._names[number] if number >= 0 else ""

    def set_current(self, name: str) -> None:
        """Choose a user."""
        if name not in self._names:
            return
        place = self._names.index(name)
        if self._box is not None:
            self._box.setCurrentIndex(place)
        else:
            self._group.button(place).setChecked(True)
