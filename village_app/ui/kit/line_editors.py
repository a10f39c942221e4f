"""Editors that are typed into: one line, days as people say them, several lines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from village_app.domain.calendar import weekday_word
from village_app.domain.kinds import Kind, Unreadable
from village_app.domain.lunar import lunar_words
from village_app.ui.kit.editor_base import FieldEditor
from village_app.ui.theme import theme


class WatchedLine(QLineEdit):
    """An input that tells when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class LineEditor(FieldEditor):
    """Text in one line: names, numbers, money, days. The kind reads and writes it."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self._line = WatchedLine()
        self._shown: tuple[str, Any] = ("", None)
        if kind.align == "right":
            self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.row.addWidget(self._line)
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._line.left.connect(self.left)
        self._line.returnPressed.connect(self.entered)

    @property
    def control(self) -> QLineEdit:
        return self._line

    def raw(self) -> str:
        return self._line.text()

    def set_raw(self, text: str) -> None:
        self._line.setText(text)

    def value(self) -> Any:
        text = self._line.text()
        # What was not touched is given back as it came: a shown value may be shorter than itself.
        return self._shown[1] if text == self._shown[0] else self.kind.parse(text)

    def set_value(self, value: Any) -> None:
        text = self.kind.show(value)
        self._shown = (text, value)
        self._line.setText(text)
        self._line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self._line.setReadOnly(read_only)


class TimeEditor(LineEditor):
    """A day, month or moment typed as people say it; what was understood stands below."""

    def understood(self) -> str:
        try:
            value = self.value()
        except Unreadable:
            return ""
        if isinstance(value, datetime):
            return self.kind.show(value)
        if isinstance(value, date):
            shown = value.isoformat()
            typed = "" if self.raw().strip() == shown else shown
            parts = (typed, weekday_word(value), lunar_words(value))
            return "，".join(part for part in parts if part)
        return self.kind.show(value)


class LongTextEditor(FieldEditor):
    """Text of several lines; Tab goes on, Enter makes a new line."""

    def __init__(self, kind: Kind, lines: int = 3) -> None:
        super().__init__(kind)
        self._box = _Box()
        self._box.setTabChangesFocus(True)
        height = theme().metrics().lineSpacing() * lines + theme().px(18)
        self._box.setFixedHeight(height)
        self.row.addWidget(self._box)
        self._loading = False
        self._box.textChanged.connect(self._changed)
        self._box.left.connect(self.left)

    def _changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    @property
    def control(self) -> QPlainTextEdit:
        return self._box

    def raw(self) -> str:
        return self._box.toPlainText()

    def set_raw(self, text: str) -> None:
        self._loading = True
        self._box.setPlainText(text)
        self._loading = False

    def value(self) -> Any:
        return self.kind.parse(self.raw())

    def set_value(self, value: Any) -> None:
        self.set_raw(self.kind.show(value))

    def set_read_only(self, read_only: bool) -> None:
        self._box.setReadOnly(read_only)


class _Box(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
