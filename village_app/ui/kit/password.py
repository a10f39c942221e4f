"""An input for passwords that says when the capital letters are locked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class PasswordInput(QLineEdit):
    """Shows dots; `capitals` says whether 大写锁定 seems to be on.

    Qt does not tell the state of the key; a capital typed without Shift gives it away.
    """

    capitals = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setProperty("big", "true")
        self.setMaxLength(400)
        self._locked: bool | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock and self._locked is not None:
            self._tell(not self._locked)
        elif len(text) == 1 and text.isascii() and text.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell(text.isupper() != shift)
        super().keyPressEvent(event)

    def _tell(self, locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self.capitals.emit(locked)
