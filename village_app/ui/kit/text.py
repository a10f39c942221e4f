"""Written words: labels that take their size from a role and their colour from a tone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from village_app.ui.kit.drawing import LEFT, painter_of, words
from village_app.ui.theme import Role, theme

Tone = Literal["ink", "ink2", "ink3", "blue", "red", "amber", "green", "sheet"]


def plain_tip(text: str) -> str:
    """Give a text as a tooltip that shows it letter by letter: what people typed is no markup."""
    if "<" not in text:
        return text
    from html import escape

    return f"<qt>{escape(text)}</qt>"


class Text(QLabel):
    """A label of plain text, never rich text.

    Example: `Text("今日待办", "h3")`, `Text("8 件，按期限排", "small", "ink3")`,
    `Text(long_sentence, wrap=True)`.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: Tone = "ink",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("t", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(theme().px(80))

    def set_tone(self, tone: Tone) -> None:
        """Change the colour."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


class Line(QWidget):
    """One line that ends in … where the place is short; the whole text is in the tooltip.

    Example: `Line("关于二、三组村道路灯改造工程第二次付款的公示", "title")`. It never widens
    its page.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: Tone = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role: Role = role
        self._tone: Tone = tone
        self._quiet = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str, tone: Tone | None = None) -> None:
        """Change the words (and the colour)."""
        self._text = text
        self._tone = tone or self._tone
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text) if self.sizeHint().width() > self.width() > 0 else "")
        self.updateGeometry()
        self.update()

    def set_quiet(self, quiet: bool) -> None:
        """Say nothing for a while, but keep the place."""
        self._quiet = quiet
        self.update()

    def sizeHint(self) -> QSize:
        metrics = theme().metrics(self._role)
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        short = min(self.sizeHint().width(), theme().px(60))
        return QSize(short, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        del event
        is_cut = self.sizeHint().width() > self.width()
        self.setToolTip(plain_tip(self._text) if is_cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._quiet:
            return
        painter = painter_of(self)
        colour = theme().colours.by_name()[self._tone]
        words(painter, QRectF(self.rect()), self._text, colour, self._role, LEFT)
