"""Building the window: application, look, door."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from village_app.ui.crash import CrashHandler
from village_app.ui.door import Door
from village_app.ui.dress import prepare
from village_app.ui.fonts import add_rare_fonts
from village_app.ui.one_window import OneWindow
from village_app.ui.preferences import Preferences
from village_app.ui.window import Entries, MainWindow
from village_app.ui.window_asking import WindowAsking

REPORTS = "出错报告"
_FIRST_SIZE = QSize(1366, 768)
_FRAME = 48
# The first picture comes first; then the password takes anybody longer than the loading.
WARM_UP_AFTER_MS = 300


def make_application() -> QApplication:
    """Make the application object in the style Fusion; call it once, before any widget."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    # As a word of the command line: `setStyle` hands back a style, and the binding would build
    # every class of styles before the first picture.
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("共治通")
    return application


def make_window(
    folder: Path, door: Door, entries: Entries, application: QApplication
) -> tuple[MainWindow, CrashHandler]:
    """Dress the application and build the window of a data folder; nothing is shown yet."""
    preferences = Preferences(folder)
    prepare(application, preferences.theme)
    crashes = CrashHandler(folder / REPORTS)
    asking = WindowAsking(None, preferences)
    window = MainWindow(door, entries, preferences, asking, unexpected=crashes.take)
    asking.stand_over(window)
    crashes.install(asking)
    geometry = preferences.window_geometry
    if geometry is None or not window.restoreGeometry(geometry):
        open_large(window, application.primaryScreen().availableGeometry().size())
    application.commitDataRequest.connect(lambda _manager: window.keep_drafts())
    return window, crashes


def open_large(window: MainWindow, room: QSize) -> None:
    """Give a new window its first size: 1366×768, or all there is on a small screen.

    The frame of the window and the task bar take their part of a 1366×768 screen.
    """
    window.resize(_FIRST_SIZE)
    if room.width() < _FIRST_SIZE.width() + _FRAME or room.height() < _FIRST_SIZE.height() + _FRAME:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def run_window(
    folder: Path,
    door_of: Callable[[Path], Door],
    entries: Entries,
    *,
    warm_up: Callable[[], None] | None = None,
) -> int:
    """Open the window on a data folder and stay until it is closed; gives the exit code.

    `warm_up` loads on a thread of its own what is needed after signing in.
    """
    application = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    one = OneWindow(folder)
    if not one.is_first():
        one.call_first()
        return 0
    window, crashes = make_window(folder, door_of(folder), entries, application)
    window.show()
    one.when_called(window.come_to_front)
    # Rare characters are read when the window already stands.
    QTimer.singleShot(0, add_rare_fonts)
    if warm_up is not None:
        begin = Thread(target=warm_up, name="warm-up", daemon=True).start
        QTimer.singleShot(WARM_UP_AFTER_MS, begin)
    code = application.exec()
    one.leave()
    crashes.uninstall()
    return code
