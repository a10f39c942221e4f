"""The line under an input: a hint, what was understood, a doubt, or the fault."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.ui.kit.drawing import painter_of
from village_app.ui.kit.lights import LightKind, draw_shape
from village_app.ui.kit.text import Text, Tone
from village_app.ui.theme import theme


class Note(QWidget):
    """A small sentence with a silhouette before it; takes no room while it says nothing.

    Example: `note.say("校验位应为 X，请核对最后一位", "red", "fault")`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = Text("", "small", "ink3", wrap=True)
        self._light: LightKind | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, theme().px(2), 0, 0)
        self._row.addWidget(self._text, 1)
        self.setVisible(False)

    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, tone: Tone = "ink3", light: LightKind | None = None) -> None:
        """Show a sentence, or nothing."""
        self._light = light
        left = theme().px(19) if light else 0
        self._row.setContentsMargins(left, theme().px(2), 0, 0)
        self._text.setText(text)
        self._text.set_tone(tone)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._light:
            px = theme().px
            first_line = theme().metrics("small").height()
            top = px(2) + (first_line - px(12)) / 2
            draw_shape(painter_of(self), self._light, QRectF(px(1), round(top), px(12), px(12)))
