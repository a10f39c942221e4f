"""Writing one sentence down: what was understood shows as pills, nothing keeps it from saving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import focus_ring, painter_of, rounded, width_of, words
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.note import Note
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

_PAUSE_MS = 200


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing that was understood: key, one character (人, 地, 类, 限), the value in words."""

    key: str
    sort: str
    words: str


class Pill(QAbstractButton):
    """What was understood, to be corrected by a press or by Tab and Enter."""

    def __init__(self, understood: Understood) -> None:
        super().__init__()
        self.understood = understood
        self.setAccessibleName(f"{understood.sort}：{understood.words}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px, found = theme().px, self.understood
        width = px(9) + width_of(found.sort, "small") + px(7) + width_of(found.words) + px(9)
        return QSize(width + 2, max(px(26), theme().metrics().height() + px(4)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, found = painter_of(self), theme(), self.understood
        px, box = look.px, QRectF(self.rect())
        rounded(painter, box, px(4), look.colours.sunk, look.colours.line, look.line)
        left = px(9)
        words(painter, box.adjusted(left, 0, 0, 0), found.sort, look.colours.ink3, "small")
        left += width_of(found.sort, "small") + px(7)
        words(painter, box.adjusted(left, 0, 0, 0), found.words, look.colours.ink)
        if self.hasFocus():
            focus_ring(painter, box, px(4), look.colours.blue)


class QuickEntry(Sheet):
    """One line to write in; below it what was understood, and a likely duplicate.

    Used like this:
        entry = QuickEntry("谁、在哪、什么事，写一句", understand=service.understand)
        entry.written.connect(self.note_down)       # Enter or 记下: the sentence
        entry.pill_pressed.connect(self.correct)    # the key of what is to be corrected
        entry.show_duplicate("像是同一件：0118号 三组村道三盏路灯不亮（9 天前）", "并到 0118号")
    """

    written = Signal(str)
    pill_pressed = Signal(str)
    merge_pressed = Signal()

    def __init__(
        self, hint: str, understand: Callable[[str], Iterable[Understood]] | None = None
    ) -> None:
        super().__init__()
        px = theme().px
        self._understand = understand
        self.line = QLineEdit()
        self.line.setProperty("big", "true")
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName("记一件事")
        self.button = Button("记下", key="Enter", kind="primary", press=self._write)
        self.pause = Pause(self, self.look, _PAUSE_MS)
        self._pills = QWidget()
        self._flow = FlowLayout(self._pills, gap=6)
        self._lead = Text("听懂了", "small", "ink3")
        self._same = Note()
        self._merge = Button("", kind="link", key="Alt+B", press=self.merge_pressed.emit)
        self._build(px)
        self.line.textEdited.connect(self.pause.begin)
        self.line.returnPressed.connect(self._write)
        self.show_understood(())
        self.show_duplicate("", "")

    def _build(self, px: Callable[[float], int]) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.body.addWidget(self._pills)
        below = QHBoxLayout()
        below.addWidget(self._same, 1)
        below.addWidget(self._merge)
        self.body.addLayout(below)

    def look(self) -> None:
        """Understand what stands there, and show it."""
        text = self.line.text().strip()
        found = self._understand(text) if self._understand and text else ()
        self.show_understood(found)

    def show_understood(self, found: Iterable[Understood]) -> None:
        """Show what was understood as pills."""
        empty(self._flow, keep=self._lead)
        pills = [Pill(one) for one in found]
        if pills:
            self._flow.addWidget(self._lead)
        self._lead.setVisible(bool(pills))
        for pill in pills:
            key = pill.understood.key
            pill.clicked.connect(lambda _checked=False, of=key: self.pill_pressed.emit(of))
            self._flow.addWidget(pill)
            pill.show()
        self._pills.setVisible(bool(pills))

    def show_duplicate(self, sentence: str, link: str) -> None:
        """Say that it may be the same matter as another, or take it back."""
        self._same.say(sentence, "amber", "dup")
        self._merge.set_words(link)
        self._merge.setVisible(bool(sentence))

    def clear(self) -> None:
        """Make the line blank again, after it was written down."""
        self.line.clear()
        self.show_understood(())
        self.show_duplicate("", "")
        self.line.setFocus()

    def _write(self) -> None:
        text = self.line.text().strip()
        if text:
            self.pause.stop()
            self.written.emit(text)
