"""Keys and mouse for tests: typed text arrives as an input method commits it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press and release a key over a widget."""
    QTest.keyClick(widget, key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    """Type into a widget; Chinese comes the way an input method hands it over."""
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def retype(control: QWidget, text: str) -> None:
    """Type over what stands in a line."""
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    type_text(control, text)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Click into a widget, in its middle unless told."""
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(widget, left, NONE, place or widget.rect().center())


def settle() -> None:
    """Let Qt show what was put into layouts just now; no input is looked at."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
