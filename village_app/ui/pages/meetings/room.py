"""One meeting as it is held: agenda, seats with the quorum, the vote with its equations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.meetings import (
    MEETING_STATES,
    AgendaItem,
    AttendanceMark,
    Meeting,
)
from village_app.domain.kinds import TEXT, FieldDeclaration
from village_app.errors import InvalidInput, Refused
from village_app.ui.kit.buttons import Button, IconButton
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.pages.meetings.agenda import AgendaSheet
from village_app.ui.pages.meetings.minutes_reader import MinutesReader
from village_app.ui.pages.meetings.room_side import RoomSide
from village_app.ui.pages.meetings.screen import SecondScreen
from village_app.ui.pages.meetings.seats import SeatSheet
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.meetings import MeetingsPage

_PILLS: dict[str, LightKind] = {
    "planned": "new",
    "running": "today",
    "closed": "hold",
    "final": "done",
}
_NEXT = {"planned": "开会", "running": "散会", "closed": "定稿", "final": "重开记录"}
FACTS = ("name", "starts", "ends", "place", "chair", "recorder", "form", "guests", "supervision")


class MeetingRoom(QWidget):
    """The page of one meeting; its services decide, this only shows and asks."""

    def __init__(self, page: MeetingsPage) -> None:
        super().__init__()
        self.page = page
        self.village: Any = page.desk.village
        self.meeting_id: int | None = None
        self.item_id: int | None = None
        self.second_screen = SecondScreen()
        self.reader: MinutesReader | None = None
        self.is_acting = False
        self._concerned: list[AttendanceMark] = []
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(12))
        body.addLayout(self._make_head())
        self.row = QHBoxLayout()
        self.row.setSpacing(theme().px(12))
        body.addLayout(self.row, 1)
        self.side = RoomSide(self)
        self.vote, self.speaking, self.files = self.side.vote, self.side.speaking, self.side.files
        self.agenda_sheet = AgendaSheet(self)
        self.seat_sheet = SeatSheet(self)
        self.row.addWidget(self.agenda_sheet)
        self.row.addWidget(self.seat_sheet, 1)
        self.row.addWidget(self.side)
        bind(self._wishes(), self)
        self.set_narrow(narrow=False)

    # Building

    def _make_head(self) -> QHBoxLayout:
        self.open_button = Button("开会", icon="hall", kind="primary", press=self.go_on)
        self.head = PageHead(
            "会议",
            pill=Light("new", "筹备"),
            buttons=[
                self.open_button,
                Button("投到大屏", icon="eye", key="F11", bind=False, press=self.show_screen),
                Button("印材料", icon="printer", press=self.print_papers),
            ],
        )
        self.more = MoreButton(self._wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(IconButton("left", "会议列表", key="Alt+Left", press=self.page.go_back))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        return row

    def _wishes(self) -> list[Wish]:
        """Say what can be done here beside the buttons; their keys work at every type size."""
        return [
            Wish("投到大屏", self.show_screen, "F11"),
            Wish("印材料", self.print_papers, "Ctrl+P"),
            Wish("加议题", self.agenda_sheet.enter, "Ctrl+N"),
            Wish("写这个议题的记录", self.agenda_sheet.edit, "F2"),
            Wish("导入议程", self.import_items),
            Wish("改会议资料", self.correct, divides=True),
            Wish("看定稿各版", self.read_versions),
            Wish("发言计时", lambda: self.side.show_part("speak"), "Ctrl+T", divides=True),
            Wish("材料和照片", lambda: self.side.show_part("files"), "Ctrl+E"),
        ]

    # Showing

    def show_meeting(self, key: int) -> None:
        """Show one meeting, at its first item that is still open."""
        self.meeting_id = key
        items = self.village.meetings.agenda(self.meeting())
        waiting = [one.item.id for one in items if one.item.state == "open"]
        self.item_id = (waiting or [one.item.id for one in items] or [None])[0]
        self.vote.forget_count()
        self.refresh()

    def meeting(self) -> Meeting:
        """Give the meeting that is shown."""
        meeting: Meeting = self.village.meetings.get(self.meeting_id)
        return meeting

    def item(self) -> AgendaItem | None:
        """Give the item that is chosen."""
        if self.item_id is None:
            return None
        item: AgendaItem = self.village.meetings.item(self.item_id)
        return item

    def concerned(self) -> list[AttendanceMark]:
        """Give who should be asked to stand aside from the chosen item."""
        return self._concerned

    def refresh(self) -> None:
        if self.meeting_id is None:
            return
        meeting = self.meeting()
        self.head.set_title(meeting.name, f"{meeting.day} · {meeting.place}")
        self.head.set_pill(Light(_PILLS[meeting.state], MEETING_STATES.show(meeting.state)))
        self.open_button.set_words(_NEXT[meeting.state])
        # A final record is opened again only for a reason: nothing that presses itself forward.
        self.open_button.set_kind("plain" if meeting.state == "final" else "primary")
        items = {one.item.id for one in self.village.meetings.agenda(meeting)}
        if self.item_id not in items:
            self.item_id = next(iter(items), None)
        self.agenda_sheet.show_items(meeting, self.item_id)
        self._look_who_is_concerned()
        self.seat_sheet.show_marks(meeting)
        self._show_parts()

    def show_heads(self) -> None:
        """Show what a changed count means for the vote; seats and agenda stay as they are."""
        self.show_vote()
        self._feed_screen()

    def show_vote(self) -> None:
        """Show the vote of the chosen item."""
        self.vote.show_item(self.item(), running=self.meeting().state == "running")

    def _show_parts(self) -> None:
        self.show_vote()
        self.speaking.show_item(self.item())
        if self.side.stack.currentWidget() is self.files:
            self.files.show_files()
        self._feed_screen()

    def _look_who_is_concerned(self) -> None:
        item = self.item()
        open_item = item is not None and item.state == "open"
        self._concerned = self.village.attendance.suggested_recusals(item) if open_item else []

    # Doing

    def choose_item(self, key: int) -> None:
        """Go to another item; a half typed count goes with the old one."""
        self.item_id = key
        self.vote.forget_count()
        self._look_who_is_concerned()
        self.seat_sheet.show_marks(self.meeting())
        self._show_parts()

    def import_items(self) -> None:
        """Bring agenda lines in out of a spreadsheet, by the one wizard of imports."""
        self.page.desk.go("import-agenda", self.meeting_id)

    def correct(self) -> None:
        """Change the meeting's own facts."""
        meeting = self.meeting()
        fields = FACTS if meeting.state != "planned" else (*FACTS, "day")
        self.page.open_form(
            "改会议资料",
            Meeting,
            fields,
            lambda typed: self.village.meetings.correct(self.meeting(), typed),
            values=meeting.values(),
        )

    def read_versions(self) -> None:
        """Read the finalised versions of the minutes."""
        meeting = self.meeting()
        if not self.village.minutes.versions(meeting):
            self.page.desk.say("还没有定稿。散会以后按“定稿”，每定稿一次留一版。", None)
            return
        self.reader = MinutesReader(self.page.desk, meeting, self.window())
        self.reader.open()

    def go_on(self) -> None:
        """Open, close, finalise or reopen: what comes next for the meeting."""
        meeting = self.meeting()
        if meeting.state == "final":
            self.ask(
                "重开会议记录",
                [FieldDeclaration("reason", "原因", TEXT, required=True)],
                lambda typed: self.village.minutes.reopen(self.meeting(), typed["reason"]),
            )
            return
        steps = {
            "planned": self.village.meetings.open,
            "running": self.village.meetings.close,
            "closed": self.village.minutes.finalise,
        }
        self.attempt(lambda: steps[meeting.state](meeting))

    def show_screen(self) -> None:
        """Open the second screen, or close it; it never shows an internal item."""
        self.second_screen.turn()
        self._feed_screen()

    def _feed_screen(self) -> None:
        if not self.second_screen.is_shown:
            return
        meeting = self.meeting()
        items = {one.item.id: one for one in self.village.meetings.agenda(meeting)}
        counts = self.village.attendance.counts(meeting)
        shown = items.get(self.item_id) if self.item_id is not None else None
        self.second_screen.feed(meeting, counts.entitled, counts.present, shown)

    def feed_speaker(self, name: str, seconds: int, *, over: bool) -> None:
        """Show who speaks on the second screen, unless the item is internal."""
        item = self.item()
        if item is None or not item.is_internal:
            self.second_screen.feed_speaker(name, seconds, over=over)

    def print_papers(self) -> None:
        """Choose a paper of the meeting and keep it as a file."""
        self.page.printing.print_papers(self.meeting(), self.item())

    def attempt(self, act: Any, show: Callable[[], object] | None = None) -> bool:
        """Do something and `show` what it changed (else all); say why not where it is refused."""
        self.is_acting = True
        try:
            act()
        except (InvalidInput, Refused) as refusal:
            self.say(refusal.message)
            return False
        finally:
            self.is_acting = False
        (show or self.refresh)()
        return True

    def say(self, sentence: str) -> None:
        """Say why something was refused, beside the vote, or as a toast where that is hidden."""
        self.vote.say(sentence)
        if not self.vote.isVisible():
            self.page.desk.say(sentence, None)

    def ask(
        self,
        title: str,
        declared: list[FieldDeclaration],
        save: Any,
        values: dict[str, Any] | None = None,
    ) -> None:
        """Open a form over the page."""
        self.page.ask(title, declared, save, values)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window check-in and vote take turns in one wide place."""
        self.head.set_narrow(narrow)
        if narrow:
            self.row.removeWidget(self.seat_sheet)
        self.side.set_narrow(narrow, self.seat_sheet)
        if not narrow:
            self.row.insertWidget(1, self.seat_sheet, 1)
            self.seat_sheet.show()
        self.row.setStretchFactor(self.side, int(narrow))
        self.agenda_sheet.setFixedWidth(theme().px(208 if narrow else 264))
        self.side.show_part("seats" if narrow else "vote")
