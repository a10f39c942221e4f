"""What stands over the window while the screen is locked: sheets wait, the rest is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:  # the door must stand before the parts of the pages are loaded
    from village_app.ui.kit.dialog import Sheeted


class Aside:
    """The sheets that a lock took from a window; a modal sheet would keep the password out."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._sheets: list[Sheeted] = []

    def take(self) -> None:
        """Hide what stands over the window; menus and the system's file choice are closed."""
        from village_app.ui.kit.dialog import Sheeted

        for widget in QApplication.topLevelWidgets():
            if widget is self._window or not widget.isVisible():
                continue
            if isinstance(widget, Sheeted):
                widget.set_aside()
                self._sheets.append(widget)
            elif widget.isModal() or widget.windowType() == Qt.WindowType.Popup:
                widget.close()

    def bring_back(self) -> None:
        """Show the sheets again, in the order in which they stood."""
        sheets, self._sheets = self._sheets, []
        for sheet in sheets:
            sheet.bring_back()

    def give_up(self) -> None:
        """End the sheets: nobody comes back to them."""
        sheets, self._sheets = self._sheets, []
        for sheet in reversed(sheets):
            sheet.give_up()
