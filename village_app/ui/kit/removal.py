"""Taking a part away while the window goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def discard(widget: QWidget) -> None:
    """Hide a part now and let Qt delete it when no event is being handled any more.

    Taking the parent away first would hand it to Python, which may delete it in the middle of
    an event that Qt still sends to it.
    """
    widget.hide()
    widget.deleteLater()


def empty(layout: QLayout, *, keep: QWidget | None = None) -> None:
    """Take all parts out of a layout and discard them, except one that stays in use."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and widget is not keep:
            discard(widget)
