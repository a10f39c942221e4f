"""The right side of a meeting: vote, speaking, files, and in a narrow window the check-in too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.sheets import Sheet
from village_app.ui.pages.meetings.files import FilesPart
from village_app.ui.pages.meetings.speaking_panel import SpeakingPanel
from village_app.ui.pages.meetings.vote import VotePart
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom
    from village_app.ui.pages.meetings.seats import SeatSheet

PartName = Literal["seats", "vote", "speak", "files"]
_PARTS: tuple[tuple[PartName, str], ...] = (
    ("seats", "签到"),
    ("vote", "表决"),
    ("speak", "发言"),
    ("files", "材料"),
)
_NO_LIMIT = 16_777_215


class RoomSide(Sheet):
    """One part at a time, chosen by the chips over it."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__()
        self.parts = ChipRow((), name="表决、发言、材料")
        self.parts.chosen.connect(lambda keys: self.show_part(keys[0]))
        self._line = QHBoxLayout()
        self._line.setSpacing(theme().px(12))
        self._line.addWidget(self.parts)
        self.body.addLayout(self._line)
        self.vote = VotePart(room)
        self.speaking = SpeakingPanel(room)
        self.files = FilesPart(room)
        self.stack = QStackedWidget()
        for part in (self.vote, self.speaking, self.files):
            self.stack.addWidget(part)
        self.add(self.stack, 1)
        self._guests: tuple[QWidget, ...] = ()
        self._seats: SeatSheet | None = None
        self.setMinimumWidth(theme().px(312))

    def take_beside(self, note: QWidget, button: QWidget) -> None:
        """Let the counts of the check-in and its button stand beside the chips."""
        self._line.addWidget(note, 1)
        self._line.addWidget(button)
        self._guests = (note, button)

    def show_part(self, part: str) -> None:
        """Show one part; in a narrow window check-in is one of them."""
        self.parts.set_on((part,))
        for guest in self._guests:
            guest.setVisible(part == "seats")
        if part == "seats" and self._seats is not None:
            self.stack.setCurrentWidget(self._seats)
            self._seats.grid.setFocus()
            return
        shown = {"vote": self.vote, "speak": self.speaking, "files": self.files}[part]
        self.stack.setCurrentWidget(shown)
        if part == "files":
            self.files.show_files()
        elif part == "speak":
            self.speaking.speaker.setFocus()

    def set_narrow(self, narrow: bool, seats: SeatSheet) -> None:
        """Take the check-in in as the first part, or let it go."""
        chips = _PARTS if narrow else _PARTS[1:]
        self.parts.set_chips([Chip(key, word) for key, word in chips])
        self._seats = seats if narrow else None
        if narrow:
            self.stack.insertWidget(0, seats)
        elif self.stack.indexOf(seats) >= 0:
            self.stack.removeWidget(seats)
        if not narrow:
            self._guests = ()
        seats.set_bare(narrow)
        self.setMaximumWidth(_NO_LIMIT if narrow else theme().px(312))
        self.vote.set_flat(narrow)
        self.files.set_flat(narrow)
