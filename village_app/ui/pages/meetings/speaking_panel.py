"""Who speaks and for how long: one at a time, red over the rule's time, totals for the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QVBoxLayout, QWidget

from village_app.db.records.meetings import AgendaItem
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom


class SpeakingPanel(QWidget):
    """A name, a clock and one button; what was said may be typed in a line."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__()
        self.room = room
        self.village: Any = room.village
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        column.addWidget(Text("发言人", "body", "ink2"))
        self.speaker = QComboBox()
        self.speaker.setEditable(True)
        self.speaker.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.speaker.setAccessibleName("发言人")
        line = self.speaker.lineEdit()
        if line is not None:
            line.setAccessibleName("发言人")
        column.addWidget(self.speaker)
        self.clock = Text("00:00", "title")
        self.clock.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.clock)
        self.content = QLineEdit()
        self.content.setPlaceholderText("说了什么（可以不写）")
        self.content.setAccessibleName("发言内容")
        column.addWidget(self.content)
        self.button = Button("开始发言", key="F8", kind="primary", press=self.start_or_stop)
        column.addWidget(self.button)
        self.turns = QListWidget()
        self.turns.setAccessibleName("发言记录")
        self.turns.setWordWrap(True)
        self.turns.setFrameShape(QListWidget.Shape.NoFrame)
        column.addWidget(self.turns, 1)
        self.totals = Text("", "body", "ink", wrap=True)
        column.addWidget(self.totals)
        self._since = QElapsedTimer()
        self._item_id: int | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.tick)

    @property
    def is_running(self) -> bool:
        return self._tick.isActive()

    def seconds(self) -> int:
        """Give how long the turn has been going."""
        return int(self._since.elapsed() // 1000) if self._since.isValid() else 0

    def show_item(self, item: AgendaItem | None) -> None:
        """Show the turns on an item; a turn that runs goes on with the item it began at."""
        names = [one.name for one in self.village.attendance.roster(self.room.meeting())]
        if [self.speaker.itemText(at) for at in range(self.speaker.count())] != names:
            typed = self.speaker.currentText()
            self.speaker.clear()
            self.speaker.addItems(names)
            self.speaker.setCurrentIndex(-1)
            self.speaker.setEditText(typed)
        self.button.setEnabled(item is not None)
        self.turns.clear()
        if item is None:
            self.totals.setText("")
            return
        for one in self.village.speeches.of(item):
            said = f"：{one.content}" if one.content else ""
            self.turns.addItem(f"{one.name} {_clock(one.seconds)}{said}")
        totals = self.village.speeches.totals(item)
        self.totals.setText("　".join(f"{name} 共 {_clock(sum_)}" for name, sum_ in totals))

    def start_or_stop(self) -> None:
        """Begin a turn, or end it and take it down."""
        if self.is_running:
            self.stop()
            return
        item = self.room.item()
        if not self.speaker.currentText().strip():
            self.room.say("先选或写上发言人，再开始。")
            self.speaker.setFocus()
            return
        if item is None:
            return
        self._item_id = item.id
        self._since.start()
        self._tick.start()
        self.button.set_words("结束发言")
        self.tick()

    def stop(self) -> None:
        """End the turn and take it down with its seconds."""
        seconds = self.seconds()
        self._tick.stop()
        self._since.invalidate()
        self.button.set_words("开始发言")
        item = self.village.meetings.item(self._item_id)
        typed = {
            "name": self.speaker.currentText(),
            "seconds": str(seconds),
            "content": self.content.text(),
        }
        if self.room.attempt(lambda: self.village.speeches.take_down(item, typed)):
            self.speaker.setEditText("")
            self.content.clear()
        self._show_clock(0)
        self.room.feed_speaker("", 0, over=False)

    def tick(self) -> None:
        """Show the time of the turn, red beyond what the rule allows."""
        self._show_clock(self.seconds())
        over = self.village.speeches.is_over(self.seconds())
        self.room.feed_speaker(self.speaker.currentText(), self.seconds(), over=over)

    def _show_clock(self, seconds: int) -> None:
        over = self.village.speeches.is_over(seconds)
        self.clock.setText(f"{_clock(seconds)} 超时" if over else _clock(seconds))
        self.clock.set_tone("red" if over else "ink")


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
