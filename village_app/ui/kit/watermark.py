"""While full numbers can be seen: who looks and when stands faintly over the page (SA-12).

A picture taken of the screen then says whose screen it was. What was copied of the numbers leaves
the clipboard after its time.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from village_app.ui.kit.drawing import painter_of
from village_app.ui.theme import theme

CLIPBOARD_SECONDS = 60
_SLANT = -24.0  # degrees: across lines of text, so that cutting it out of a picture shows
_STRENGTH = 34  # of 255: read when looked for, not in the way


class Watermark(QWidget):
    """Words across a whole widget, under the mouse and the keyboard as if it were not there."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        over.installEventFilter(self)

    def say(self, words: str) -> None:
        """Stand over the widget with these words: 陈丽珍 2026-04-10 09:00."""
        self.words = words
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, px = painter_of(self), theme().px
        ink = QColor(theme().colours.ink)
        ink.setAlpha(_STRENGTH)
        painter.setPen(ink)
        painter.setFont(theme().font("h3"))
        width = theme().metrics("h3").horizontalAdvance(self.words) + px(80)
        reach = self.width() + self.height()
        painter.translate(0, self.height() / 2)
        painter.rotate(_SLANT)
        for number, y in enumerate(range(-reach, reach, px(110))):
            start = -reach + (width // 2 if number % 2 else 0)
            for x in range(start, reach, width):
                painter.drawText(QPointF(x, y), self.words)


class RevealedNumbers(QObject):
    """Full numbers in sight: the mark over the page, and the clipboard cleared after its time.

    Example: `self.revealed = RevealedNumbers(page)`;
    `self.revealed.show(numbers.values(), "陈丽珍 2026-04-10 09:00")`; `self.revealed.hide()`.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.mark = Watermark(page)
        self._numbers: set[str] = set()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(CLIPBOARD_SECONDS * 1000)
        self.timer.timeout.connect(self.clear_clipboard)
        QGuiApplication.clipboard().dataChanged.connect(self._copied)

    def show(self, numbers: Iterable[str], words: str) -> None:
        """Say that these numbers can be seen now, and by whom since when."""
        self._numbers.update(number for number in numbers if number)
        self.mark.say(words)

    def hide(self) -> None:
        """Say that they can be seen no longer; what was copied still goes after its time."""
        self.mark.hide()
        if not self.timer.isActive():
            self._numbers.clear()

    def clear_clipboard(self) -> None:
        """Empty the clipboard if a revealed number still lies there."""
        if self._holds_number():
            QGuiApplication.clipboard().clear()
        if not self.mark.isVisible():
            self._numbers.clear()

    def _copied(self) -> None:
        if self._holds_number():
            self.timer.start()

    def _holds_number(self) -> bool:
        text = QGuiApplication.clipboard().text()
        return any(number in text for number in self._numbers)
