"""Whether enough people came: the bar with its line, and the sentence with both numbers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from village_app.ui.kit.banner import Banner
from village_app.ui.kit.drawing import RIGHT, painter_of, rounded, width_of, words
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Quorum:
    """Entitled, present and needed people; the share's name (三分之二) and what it allows (表决).

    What is needed comes from the rule, with its own rounding; nothing is reckoned here.
    """

    entitled: int
    present: int
    needed: int
    share: str
    allows: str = "表决"

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed

    def sentence(self) -> str:
        """Say both numbers and the consequence."""
        if self.is_met:
            return (
                f"应到 {self.entitled} 人的{self.share}是 {self.needed} 人，"
                f"实到 {self.present} 人，可以{self.allows}。"
            )
        return (
            f"应到 {self.entitled} 人的{self.share}是 {self.needed} 人，"
            f"还差 {self.needed - self.present} 人，不能{self.allows}。"
        )


class QuorumBar(QWidget):
    """Present within entitled, with a line at the needed number."""

    def __init__(self, quorum: Quorum) -> None:
        super().__init__()
        self._quorum = quorum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_quorum(quorum)

    def set_quorum(self, quorum: Quorum) -> None:
        """Show other numbers."""
        self._quorum = quorum
        self.setAccessibleName(quorum.sentence())
        self.update()

    def sizeHint(self) -> QSize:
        height = theme().metrics("small").height() + theme().px(6) + theme().px(20)
        return QSize(theme().px(300), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours, quorum = painter_of(self), theme(), theme().colours, self._quorum
        px, text_height = look.px, look.metrics("small").height()
        bar = QRectF(1, text_height + px(6), self.width() - 2, px(14))
        whole = max(quorum.entitled, 1)
        painter.fillRect(bar, colours.sheet)
        filled = QRectF(bar)
        filled.setWidth(bar.width() * min(quorum.present, whole) / whole)
        painter.fillRect(filled, colours.green if quorum.is_met else colours.red)
        rounded(painter, bar.adjusted(-0.5, -0.5, 0.5, 0.5), 0, None, colours.edge, 1)
        line = bar.left() + bar.width() * min(quorum.needed, whole) / whole
        painter.fillRect(
            QRectF(line - 1, bar.top() - px(4), px(2), bar.height() + px(8)), colours.ink
        )
        label = f"{quorum.share}线 {quorum.needed} 人"
        wide = width_of(label, "small") + 2
        total = str(quorum.entitled)
        most = self.width() - width_of(total, "small") - px(12) - wide
        left = max(0.0, min(line - wide / 2, most))
        words(painter, QRectF(left, 0, wide, text_height), label, colours.ink2, "small")
        words(painter, QRectF(0, 0, self.width(), text_height), total, colours.ink2, "small", RIGHT)


class QuorumPanel(QWidget):
    """Bar and sentence together.

    Example: `QuorumPanel(Quorum(45, 38, 30, "三分之二"))`.
    """

    def __init__(self, quorum: Quorum) -> None:
        super().__init__()
        self._bar = QuorumBar(quorum)
        self._sentence = Banner("done", "")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(8))
        body.addWidget(self._bar)
        body.addWidget(self._sentence)
        self.set_quorum(quorum)

    def set_quorum(self, quorum: Quorum) -> None:
        """Show other numbers."""
        self._bar.set_quorum(quorum)
        if quorum.is_met:
            self._sentence.show_sentence("done", quorum.sentence())
        else:
            self._sentence.show_sentence("stop", quorum.sentence(), icon="cross")
