"""A pause while somebody types: what costs a query is done when the fingers rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget


class Pause(QTimer):
    """Calls `act` once after the last `start`, and only while its widget can be seen.

    Example: `self.pause = Pause(self, self.search)`; `line.textEdited.connect(self.pause.begin)`.
    A screen that was locked meanwhile asks nothing of a village whose keys are gone.
    """

    def __init__(self, widget: QWidget, act: Callable[[], object], milliseconds: int = 120) -> None:
        super().__init__(widget)
        self._widget = widget
        self._act = act
        self.setSingleShot(True)
        self.setInterval(milliseconds)
        self.timeout.connect(self._fire)

    def begin(self, *_what: object) -> None:
        """Wait again from now on; takes whatever a signal hands over."""
        self.start()

    def _fire(self) -> None:
        if self._widget.isVisible():
            self._act()
