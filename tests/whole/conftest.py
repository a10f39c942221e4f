"""What every journey leaves behind: no window that still watches the clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from village_app.ui.window import MainWindow


@pytest.fixture(autouse=True)
def windows_watch_no_longer() -> Iterator[None]:
    """End the watches of a test's windows, whose villages it closed behind their backs.

    A later test that takes long would else look like a computer that slept, and lock them.
    """
    yield
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow):
            widget.watch.end()
            widget.system_lock.end()
