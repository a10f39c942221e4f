"""What every journey leaves behind: no window that still watches the clock or works beside."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from village_app.ui.window import MainWindow


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Bring the windows of a test to rest before they are closed and their villages with them.

    Else closing one begins its last backup, on a village that is closed meanwhile; and a later
    test that takes long would look like a computer that slept, and lock it.
    """
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow):
            widget.watch.end()
            widget.system_lock.end()
            widget.keeper.end()
            widget.word_keeper.end()
            widget.jobs.cancel_all()
            widget._may_leave = True
