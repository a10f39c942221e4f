"""What every journey leaves behind: no window that still watches the clock or works beside."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from village_app.ui.window import MainWindow


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Let the windows of a test end as with the whole system, before they are closed.

    Else closing one would begin its last backup, which no journey waits for.
    """
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow):
            widget.end_with_system()
