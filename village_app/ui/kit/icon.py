"""An icon as a widget of its own, beside the words that say the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from village_app.ui import icons
from village_app.ui.kit.drawing import painter_of
from village_app.ui.kit.text import Tone
from village_app.ui.theme import theme


class Icon(QWidget):
    """An icon: `Icon("person")`, `Icon("shield", tone="green", side=20)`."""

    def __init__(self, name: str, *, tone: Tone = "ink2", side: int = 18) -> None:
        super().__init__()
        self._name = name
        self._tone: Tone = tone
        self.setFixedSize(theme().px(side), theme().px(side))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colour = theme().colours.by_name()[self._tone]
        icons.draw(painter_of(self), self._name, QRectF(self.rect()), colour)
