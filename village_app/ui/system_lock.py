"""Hears that the system locks its screen or goes to sleep (A24), so that the program locks too.

Linux tells it on D-Bus (login1 and the screen savers of the desktops), Windows by messages to the
window. Where nobody tells, the clock does: a timer that wakes much later than it should was
asleep with the whole PC.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from time import time
from typing import Any

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QWidget

SLEPT, SYSTEM_LOCKED = "电脑睡眠后醒来", "电脑锁屏"

# Service, path, interface, signal, slot. A blank service and path hear every sender: another
# session's lock locks this program too, which does no harm.
_SYSTEM_BUS = (
    ("org.freedesktop.login1.Manager", "PrepareForSleep", "1sleep(bool)"),
    ("org.freedesktop.login1.Session", "Lock", "1lock()"),
)
_SESSION_BUS = (
    ("org.freedesktop.ScreenSaver", "ActiveChanged", "1saver(bool)"),
    ("org.gnome.ScreenSaver", "ActiveChanged", "1saver(bool)"),
    ("org.mate.ScreenSaver", "ActiveChanged", "1saver(bool)"),
    ("org.ukui.ScreenSaver", "lock", "1lock()"),
    ("com.deepin.dde.lockFront", "Visible", "1saver(bool)"),
)
_WM_POWERBROADCAST, _WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
_PBT_APMSUSPEND, _WTS_SESSION_LOCK = 4, 7


class SleepWatch(QObject):
    """Notices by the clock that the PC slept: the timer woke much later than it should.

    `now` gives seconds of the wall clock, which goes on while a PC sleeps. A clock that is put
    forward by hand locks too; one that is put back does not.
    """

    slept = Signal()

    BEAT_S = 20
    LATE_S = 60

    def __init__(self, parent: QObject | None = None, *, now: Callable[[], float] = time) -> None:
        super().__init__(parent)
        self._now = now
        self._last = now()
        self.timer = QTimer(self)
        self.timer.setInterval(self.BEAT_S * 1000)
        self.timer.timeout.connect(self._beat)

    def begin(self) -> None:
        """Watch from now on."""
        self._last = self._now()
        self.timer.start()

    def end(self) -> None:
        """Watch no longer."""
        self.timer.stop()

    def _beat(self) -> None:
        now, last = self._now(), self._last
        self._last = now
        if now - last > self.BEAT_S + self.LATE_S:
            self.slept.emit()


class BusWatch(QObject):
    """Listens on D-Bus; a desktop without it is none the worse."""

    locked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heard: tuple[str, ...] = ()

    def listen(self) -> None:
        """Ask both buses for the signals that tell of a lock."""
        with suppress(ImportError):  # a system's Qt may come without it
            from PySide6.QtDBus import QDBusConnection

            for bus, asked in (
                (QDBusConnection.systemBus(), _SYSTEM_BUS),
                (QDBusConnection.sessionBus(), _SESSION_BUS),
            ):
                if bus.isConnected():
                    self._ask(bus, asked)

    def _ask(self, bus: Any, asked: tuple[tuple[str, str, str], ...]) -> None:
        # The slot is a text here, whatever the types of the binding say (tried with 6.9.3).
        for interface, name, slot in asked:
            if bus.connect("", "", interface, name, self, slot):
                self.heard = (*self.heard, f"{interface}.{name}")

    @Slot(bool)
    def sleep(self, begins: bool) -> None:
        """Take login1's word: true before the PC sleeps, false when it is awake again."""
        if begins:
            self.locked.emit(SLEPT)

    @Slot(bool)
    def saver(self, active: bool) -> None:
        """Take a screen saver's word."""
        if active:
            self.locked.emit(SYSTEM_LOCKED)

    @Slot()
    def lock(self) -> None:
        self.locked.emit(SYSTEM_LOCKED)


class WindowsFilter(QAbstractNativeEventFilter):
    """Reads the messages by which Windows tells of a locked session and of sleep."""

    def __init__(self, locked: Callable[[str], None]) -> None:
        super().__init__()
        self._locked = locked

    def nativeEventFilter(
        self,
        eventType: QByteArray | bytes | bytearray | memoryview,  # noqa: N803  # Qt's name
        message: int,
    ) -> tuple[bool, int]:
        kind = eventType.data() if isinstance(eventType, QByteArray) else eventType
        if bytes(kind) == b"windows_generic_MSG":
            from ctypes import wintypes

            said = wintypes.MSG.from_address(int(message))
            self.take(said.message, said.wParam)
        return False, 0

    def take(self, message: int, word: int) -> None:
        """Tell of a lock by one message and its word."""
        if (message, word) == (_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK):
            self._locked(SYSTEM_LOCKED)
        elif (message, word) == (_WM_POWERBROADCAST, _PBT_APMSUSPEND):
            self._locked(SLEPT)

    def ask(self, window: QWidget) -> bool:
        """Let Windows tell this window of its session; False where that cannot be had."""
        import ctypes

        try:
            told = ctypes.windll.wtsapi32.WTSRegisterSessionNotification(  # type: ignore[attr-defined, unused-ignore]
                int(window.winId()), 0
            )
        except (AttributeError, OSError):
            return False
        return bool(told)


class SystemLock(QObject):
    """Sends `locked` with the reason when the system locks or sleeps."""

    locked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.bus = BusWatch(self)
        self.bus.locked.connect(self.locked)
        self.sleep = SleepWatch(self)
        self.sleep.slept.connect(lambda: self.locked.emit(SLEPT))
        self.windows = WindowsFilter(self.locked.emit)
        self._listens = False

    def begin(self) -> None:
        """Listen from now on."""
        self.sleep.begin()
        if self._listens:
            return
        self._listens = True
        if sys.platform == "win32":
            application = QCoreApplication.instance()
            assert application is not None  # a window has one
            application.installNativeEventFilter(self.windows)
            self.windows.ask(self._window)
        else:
            self.bus.listen()

    def end(self) -> None:
        """Count the clock no longer."""
        self.sleep.end()
