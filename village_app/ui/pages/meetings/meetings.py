"""议事厅会议: all meetings as a list; Enter opens one as it is held, Alt+← goes back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.meetings import Meeting
from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.errors import Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.list_and_record import ListAndRecordPage
from village_app.ui.pages.meetings import bodies, proposals
from village_app.ui.pages.meetings.list_rows import COLUMNS, due_words, meeting_row
from village_app.ui.pages.meetings.printing import MeetingPrinting
from village_app.ui.pages.meetings.room import MeetingRoom
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

FIELDS = ("name", "day", "starts", "place", "chair", "recorder", "form", "guests", "supervision")
LINES = (
    ("body",),
    ("name",),
    ("day", "starts"),
    ("place", "form"),
    ("chair", "recorder"),
    ("guests",),
    ("supervision",),
)
_ROOM_KEYS = (
    Key("F6", "换栏：议程／签到／表决"),
    Key("空格", "签到"),
    Key("拼音首字母", "找人，如 LJS"),
    Key("Ctrl+Enter", "登记结果"),
    Key("Alt+←", "回会议列表"),
)


class MeetingsPage(ListAndRecordPage):
    """The list of meetings and one of them; bodies and proposals behind it."""

    title = "议事厅会议"
    topic = "meetings"
    watches = (
        *("meeting", "agenda_item", "attendance_mark", "recusal", "vote", "resolution"),
        *("membership", "body", "proposal", "proposal_supporter", "household_statement"),
        *("speech", "attachment"),
    )
    list_keys = (
        Key("↑ ↓", "选一场"),
        Key("Enter", "打开"),
        Key("Ctrl+N", "安排会议"),
        Key("Ctrl+D", "照这场再开"),
        Key("Ctrl+M", "更多"),
    )
    keys = list_keys

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._body: int | None = None
        self.printing = MeetingPrinting(self)
        self.add_list(self._make_list())
        self.room = MeetingRoom(self)
        self.members = bodies.BodiesPart(self)
        self.proposals = proposals.ProposalsPart(self)
        for part in (self.room, self.members, self.proposals):
            self.add_part(part)
        self.columns = [
            *(self.search, self.table),
            *(self.room.agenda_sheet.list, self.room.seat_sheet.grid, self.room.side),
            *(self.members.table, self.proposals.table),
        ]

    def _make_list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        column.addLayout(self._make_head())
        self.reminder = Text("", "body", "amber", wrap=True)
        self.reminder.hide()
        column.addWidget(self.reminder)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        self.search = self.make_search("会议名称", "找会议")
        self.bodies = ChipRow([Chip("", "各种会议")], name="组织")
        self.bodies.chosen.connect(self._choose_body)
        row.addWidget(self.search)
        row.addWidget(self.bodies, 1)
        column.addLayout(row)
        self.table = RecordTable(
            ShortList(COLUMNS), name="meetings", measure="场", preferences=self.desk.preferences
        )
        first = Button("安排第一场会议", icon="plus", kind="primary", big=True, press=self.arrange)
        members = Button("登记成员", icon="people", big=True, press=self.show_members)
        self.table.set_empty(
            EmptyState(
                "还没有会议",
                "定好日期和议题，签到、表决、决议和会议记录都跟着这场会走。",
                buttons=[first, members],
            ),
            filtered="换一个组织，或者换几个字找。",
            clear=self._show_all,
        )
        self.table.emptied.connect(self.head.rest)
        self.table.opened.connect(self.show_meeting)
        column.addWidget(self.table, 1)
        bind(self._wishes(), inside)
        return inside

    def _make_head(self) -> QHBoxLayout:
        self.head = PageHead(
            self.title,
            buttons=[
                Button(
                    "安排会议",
                    icon="plus",
                    key="Ctrl+N",
                    bind=False,
                    kind="primary",
                    press=self.arrange,
                ),
                Button("照这场再开", key="Ctrl+D", bind=False, press=self.copy),
                Button("组织和成员", icon="people", press=self.show_members),
            ],
        )
        self.more = MoreButton(self._wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        return row

    def _wishes(self) -> list[Wish]:
        return [
            Wish("安排会议", self.arrange, "Ctrl+N"),
            Wish("照这场再开", self.copy, "Ctrl+D"),
            Wish("删除还没开的会议", self.discard),
            Wish("组织和成员", self.show_members, divides=True),
            Wish("联名提议", self.show_proposals),
            Wish("十本记录簿", self.printing.bind_books, divides=True),
        ]

    # Data

    def refresh(self) -> None:
        shown = self.stack.currentWidget()
        if self.room.is_acting and shown is self.room:
            return
        if isinstance(shown, (MeetingRoom, bodies.BodiesPart, proposals.ProposalsPart)):
            shown.refresh()
            return
        village = self.desk.village
        chips = [Chip("", "各种会议")]
        chips += [Chip(str(one.id), one.name) for one in village.bodies.listed()]
        self.bodies.set_chips(chips)
        self.bodies.set_on((str(self._body) if self._body else "",))
        self._remind()
        self.show_rows()

    def _remind(self) -> None:
        due = [one for one in self.desk.village.meetings.due() if one.state != "later"]
        asked = self.desk.village.proposals.to_call()
        words = [due_words(one) for one in due]
        words += [f"“{one.name}”的联名人数已够，应当召集会议" for one in asked]
        self.reminder.setText(own("；".join(words)) + ("。" if words else ""))
        late = asked or any(one.state == "late" for one in due)
        self.reminder.set_tone("red" if late else "amber")
        self.reminder.setVisible(bool(words))

    def show_rows(self) -> None:
        village = self.desk.village
        names = {one.id: one.name for one in village.bodies.listed()}
        meetings = village.meetings.listed(words=self.search.text(), body_id=self._body)
        self.table.set_filtered(filtered=bool(self._body or self.search.text()))
        self.table.refresh(
            ShortList(COLUMNS, [meeting_row(village, one, names[one.body_id]) for one in meetings])
        )
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(f"{len(meetings)} 场")

    def _choose_body(self, keys: tuple[str, ...]) -> None:
        self._body = int(keys[0]) if keys and keys[0] else None
        self.show_rows()

    def _show_all(self) -> None:
        self.search.clear()
        self.bodies.set_on(("",))
        self._choose_body(())

    # Wishes

    def arrange(self, body_id: int | None = None, *, item: str = "", content: str = "") -> None:
        """Arrange a meeting, of a body, with an item to begin with where one is wanted."""
        village = self.desk.village
        known = village.bodies.listed()
        kind = Choice(tuple(Option(str(one.id), one.name) for one in known))
        declared = [
            FieldDeclaration("body", "组织", kind, required=True),
            *(Meeting.declaration(name) for name in FIELDS),
        ]

        def save(typed: Typed) -> None:
            given = dict(typed)
            body = village.bodies.get(int(kind.parse(given.pop("body")) or 0))
            meeting = village.meetings.call(body, given)
            if item:
                village.meetings.add_item(meeting, {"name": item, "report": content})
            self.desk.say(f"已安排 {meeting.name}", self.desk.undo)
            self.show_meeting(meeting.id)

        values = {
            "body": str(body_id or self._body or known[0].id),
            "place": village.settings.read().hall,
            "recorder": village.session.user.full_name,
        }
        self.ask("安排会议", declared, save, values, LINES)

    def copy(self) -> None:
        """Arrange the next meeting after the chosen one: its agenda, members of the new day."""
        key = self.table.current_key()
        if key is None:
            return
        meeting = self.desk.village.meetings.get(key)

        def save(typed: Typed) -> None:
            new = self.desk.village.meetings.copy(meeting, typed)
            self.desk.say(f"已安排 {new.name}", self.desk.undo)
            self.show_meeting(new.id)

        declared = [Meeting.declaration("name"), Meeting.declaration("day")]
        self.ask("照这场再开", declared, save, {"name": meeting.name})

    def discard(self) -> None:
        """Take the chosen meeting back while it is only prepared; undo brings it again."""
        key = self.table.current_key()
        if key is None:
            return
        meeting = self.desk.village.meetings.get(key)
        try:
            self.desk.village.meetings.discard(meeting)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已删除 {meeting.name}", self.desk.undo)
        self.refresh()

    # The parts

    def show_meeting(self, key: int) -> None:
        """Show one meeting as it is held."""
        self.show_part(self.room, _ROOM_KEYS)
        self.room.show_meeting(key)
        if self.room.seat_sheet.isVisible():
            self.room.seat_sheet.grid.setFocus()

    def show_members(self) -> None:
        """Show the bodies and who sits in them."""
        self.show_part(self.members, bodies.KEYS)
        self.members.refresh()
        self.members.table.focus_rows()

    def show_proposals(self) -> None:
        """Show the joint proposals."""
        self.show_part(self.proposals, proposals.KEYS)
        self.proposals.refresh()
        self.proposals.table.focus_rows()

    def go_back(self) -> None:
        """Go back to the list, to the row of the meeting."""
        key = self.room.meeting_id
        super().go_back()
        self.refresh()
        if key is not None:
            self.table.choose(key)
        self.table.focus_rows()

    def open_record(self, record: int) -> None:
        """Show a meeting; without one (a body must be called) arrange the next."""
        if record:
            self.show_meeting(record)
            return
        if not self.is_list:
            self.go_back()
        self.arrange()

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        for part in (self.room, self.members, self.proposals):
            part.set_narrow(narrow)
