"""Notices that nobody is at the desk."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Sends `idle` when for some minutes no key, mouse or input method was used.

    `lock_asked` comes with Ctrl+L wherever it is pressed: over a sheet that stands on the window
    the window's own keys are not heard, and who leaves in the middle of a form locks too.
    """

    idle = Signal()
    lock_asked = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(minutes * 60_000)
        self.timer.timeout.connect(self.idle)

    def set_minutes(self, minutes: int) -> None:
        """Wait another number of minutes from now on."""
        self.timer.setInterval(minutes * 60_000)

    def begin(self) -> None:
        """Watch from now on."""
        application = QCoreApplication.instance()
        assert application is not None  # a watch needs something to watch
        application.installEventFilter(self)
        self.timer.start()

    def end(self) -> None:
        """Watch no longer."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QKeyEvent) and _is_lock_key(event):
            self.lock_asked.emit()
            return True
        if event.type() in _SIGNS_OF_LIFE:
            self.timer.start()
        return False


def _is_lock_key(event: QKeyEvent) -> bool:
    return (
        event.type() == QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )
