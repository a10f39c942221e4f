"""The second screen: the item, the count and the time in large type; never an internal item."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from village_app.db.records.meetings import ITEM_STATES, Meeting
from village_app.services.meetings.agenda import NumberedItem
from village_app.ui.theme import theme


class MeetingScreen(QWidget):
    """A window for the projector; Esc or F11 closes it. The timer starts with each item."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("会议大屏")
        self.resize(1280, 720)
        column = QVBoxLayout(self)
        column.setContentsMargins(60, 40, 60, 40)
        self.name = self._line(28)
        self.item = self._line(54)
        self.item.setWordWrap(True)
        self.state = self._line(40)
        self.count = self._line(44)
        self.clock = self._line(44)
        self.speaker = self._line(44)
        column.addWidget(self.name)
        column.addStretch(1)
        column.addWidget(self.item)
        column.addWidget(self.state)
        column.addStretch(1)
        column.addWidget(self.count)
        column.addWidget(self.clock)
        column.addWidget(self.speaker)
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)

    def _line(self, size: int) -> QLabel:
        label = QLabel()
        font = QFont(theme().font("title"))
        font.setPixelSize(size)
        label.setFont(font)
        label.setStyleSheet(f"font-size: {size}px;")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def set_meeting(self, name: str, entitled: int, present: int) -> None:
        """Show whose meeting it is and who is here."""
        self.name.setText(name)
        self.count.setText(f"应到 {entitled} 人　实到 {present} 人")

    def set_item(self, item: str, state: str) -> None:
        """Show an item that may be seen; blank hides it and stops the time."""
        changed = self.item.text() != item
        self.item.setText(item)
        self.state.setText(state)
        if not item:
            self._tick.stop()
            self.clock.setText("")
            self.speaker.setText("")
        elif changed:
            self._since.restart()
            self._tick.start()
            self._show_time()

    def set_speaker(self, name: str, seconds: int, *, over: bool) -> None:
        """Show who speaks and for how long, red beyond the time; a blank name hides it."""
        spent = f"{seconds // 60:02d}:{seconds % 60:02d}"
        late = "　超时" if over else ""
        self.speaker.setText(f"{name}　{spent}{late}" if name else "")
        colour = theme().colours.red.name() if over else theme().colours.ink.name()
        self.speaker.setStyleSheet(f"font-size: 44px; color: {colour};")

    def _show_time(self) -> None:
        seconds = self._since.elapsed() // 1000
        self.clock.setText(f"用时 {seconds // 60:02d}:{seconds % 60:02d}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
            return
        super().keyPressEvent(event)


class SecondScreen:
    """The projector's window while it is open: fed with what may be seen there."""

    def __init__(self) -> None:
        self.window: MeetingScreen | None = None

    @property
    def is_shown(self) -> bool:
        return self.window is not None and self.window.isVisible()

    def turn(self) -> None:
        """Open the window, or close it."""
        if self.window is not None and self.window.isVisible():
            self.window.close()
            return
        self.window = MeetingScreen()
        self.window.show()

    def feed(
        self, meeting: Meeting, entitled: int, present: int, shown: NumberedItem | None
    ) -> None:
        """Show the count and the item; an internal item, and no item, leave its place blank."""
        if self.window is None:
            return
        self.window.set_meeting(meeting.name, entitled, present)
        if shown is None or shown.item.is_internal:
            self.window.set_item("", "")
            return
        state = "" if shown.item.state == "open" else ITEM_STATES.show(shown.item.state)
        self.window.set_item(f"{shown.number}　{shown.item.name}", state)

    def feed_speaker(self, name: str, seconds: int, *, over: bool) -> None:
        """Show who speaks and for how long."""
        if self.window is not None:
            self.window.set_speaker(name, seconds, over=over)
