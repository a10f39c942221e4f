"""Building the window: application, look, door."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from village_app.ui.asking import WindowAsking
from village_app.ui.crash import CrashHandler
from village_app.ui.door import Door
from village_app.ui.dress import prepare
from village_app.ui.fonts import add_rare_fonts
from village_app.ui.one_window import OneWindow
from village_app.ui.preferences import Preferences
from village_app.ui.rubbish import RubbishRounds
from village_app.ui.window import Entries, MainWindow

REPORTS = "出错报告"
_FIRST_SIZE = QSize(1366, 768)
_FRAME = 48


def make_application() -> QApplication:
    """Make the application object in the style Fusion; call it once, before any widget."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    # As a word of the command line: `setStyle` hands back a style, and the binding would build
    # every class of styles before the first picture.
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("共治通")
    RubbishRounds(application)
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
    application.commitDataRequest.connect(lambda _manager: window.end_with_system())
    return window, crashes


def open_large(window: MainWindow, room: QSize) -> None:
    """Give a new window its first size: 1366×768, or all there is on a small screen.

    The frame of the window and the task bar take their part of a 1366×768 screen.
    """
    window.resize(_FIRST_SIZE)
    if room.width() < _FIRST_SIZE.width() + _FRAME or room.height() < _FIRST_SIZE.height() + _FRAME:
        window.setWindowState(Qt.WindowState.WindowMaximized)


class FirstPicture(QObject):
    """Sends `seen` once, when a window has been painted for the first time."""

    seen = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # What lies in the window is painted after it, in the same turn of the loop.
            QTimer.singleShot(0, self.seen.emit)
        return False


def run_window(
    folder: Path,
    door_of: Callable[[Path], Door],
    entries: Entries,
    *,
    seen: Callable[[], object] | None = None,
) -> int:
    """Open the window on a data folder and stay until it is closed; gives the exit code.

    `seen` is called once, when the first picture stands.
    """
    application = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    one = OneWindow(folder)
    if not one.is_first():
        one.call_first()
        return 0
    window, crashes = make_window(folder, door_of(folder), entries, application)
    window.makes_ahead = True
    picture = FirstPicture(window)
    if seen is not None:
        picture.seen.connect(seen)
    picture.seen.connect(lambda: one.when_called(window.come_to_front))
    # Rare characters are read when the window already stands.
    picture.seen.connect(add_rare_fonts)
    window.show()
    code = application.exec()
    one.leave()
    crashes.uninstall()
    return code
