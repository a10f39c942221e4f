"""The line over a list in which words are typed that its rows must have."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from village_app.ui.theme import theme


class SearchLine(QLineEdit):
    """A search line; it gives way to the filters beside it, down to two thirds of its width.

    Example: `SearchLine("编号、事项", "找决议", self.show_rows)`: the words that stand in it while
    it is empty, its name for those who listen, and what asks for the rows anew.
    """

    def __init__(self, words: str, name: str, changed: Callable[[], object]) -> None:
        super().__init__()
        self.setPlaceholderText(words)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(theme().px(240))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda _text: changed())

    def sizeHint(self) -> QSize:
        return QSize(theme().px(220), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(150), super().minimumSizeHint().height())
