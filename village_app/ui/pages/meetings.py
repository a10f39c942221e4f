"""议事厅会议: all meetings as a list; Enter opens one as it is held, Alt+← goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from village_app.db.records.bodies import Membership
from village_app.db.records.meetings import MEETING_STATES, AgendaItem, Meeting
from village_app.domain.kinds import DAY, TEXT, Choice, FieldDeclaration, Option
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.services.meeting_imports import Lines, ReadLines
from village_app.services.meeting_papers import SHEETS
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import FileKind, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.meeting_room import MeetingRoom
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=110),
    ColumnSpec("name", "会议", TEXT, width=260, stretch=True),
    ColumnSpec("body", "组织", TEXT, width=150, narrow=False),
    ColumnSpec("place", "地点", TEXT, width=130, narrow=False),
    ColumnSpec("state", "状态", TEXT, width=100),
    ColumnSpec("heads", "实到/应到", TEXT, width=100),
    ColumnSpec("items", "议题", TEXT, width=80, narrow=False),
)
FIELDS = ("name", "day", "starts", "place", "chair", "recorder", "form", "guests", "supervision")
LINES = (
    ("name",),
    ("day", "starts"),
    ("place", "form"),
    ("chair", "recorder"),
    ("guests",),
    ("supervision",),
)
_LIST_KEYS = (Key("↑ ↓", "选一场"), Key("Enter", "打开"), Key("Ctrl+N", "安排会议"))
_ROOM_KEYS = (
    Key("F6", "换栏：议程／签到／表决"),
    Key("空格", "签到"),
    Key("拼音首字母", "找人，如 LJS"),
    Key("Ctrl+Enter", "登记结果"),
    Key("Alt+←", "回会议列表"),
)
_LIGHTS: dict[str, LightKind] = {
    "planned": "new",
    "running": "today",
    "closed": "hold",
    "final": "done",
}
TABLES = FileKind("表格", ("xlsx", "xls", "csv", "ods"))
# One PDF of all papers, with contents.
PACK = "整套材料"
PDF = FileKind("PDF文件", ("pdf",))


class MeetingsPage(Page):
    """The list of meetings and one of them."""

    title = "议事厅会议"
    topic = "meetings"
    watches = (
        *("meeting", "agenda_item", "attendance_mark", "recusal", "vote", "resolution"),
        *("membership", "body"),
    )
    keys = _LIST_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: FormDialog | None = None
        self._body: int | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_list())
        self.room = MeetingRoom(self)
        self.stack.addWidget(self.room)
        self.body.addWidget(self.stack, 1)
        self.columns = [
            *(self.search, self.table),
            *(self.room.agenda, self.room.seats, self.room.panel),
        ]

    def _make_list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        self.head = PageHead(
            self.title,
            buttons=[
                Button("安排会议", icon="plus", key="Ctrl+N", kind="primary", press=self.call),
                Button("照这场再开", key="Ctrl+D", press=self.copy),
                Button("登记成员", icon="person", press=self.seat),
                Button("导入成员", icon="in", press=self.import_members),
            ],
        )
        column.addWidget(self.head)
        self.reminder = Text("", "body", "amber", wrap=True)
        self.reminder.hide()
        column.addWidget(self.reminder)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        self.search = QLineEdit()
        self.search.setPlaceholderText("会议名称")
        self.search.setAccessibleName("找会议")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme().px(220))
        self.search.textChanged.connect(lambda _text: self._show_rows())
        self.bodies = ChipRow([Chip("", "各种会议")], name="组织")
        self.bodies.chosen.connect(self._choose_body)
        row.addWidget(self.search)
        row.addWidget(self.bodies, 1)
        column.addLayout(row)
        self.table = RecordTable(
            ShortList(COLUMNS), name="meetings", measure="场", preferences=self.desk.preferences
        )
        self.table.opened.connect(self.show_meeting)
        column.addWidget(self.table, 1)
        return inside

    # Data

    def refresh(self) -> None:
        village = self.desk.village
        chips = [Chip("", "各种会议")]
        chips += [Chip(str(one.id), one.name) for one in village.bodies.listed()]
        self.bodies.set_chips(chips)
        self.bodies.set_on((str(self._body) if self._body else "",))
        due = [one for one in village.meetings.due() if one.state != "later"]
        words = [_due_words(one) for one in due]
        self.reminder.setText("；".join(words) + ("。" if words else ""))
        self.reminder.set_tone("red" if any(one.state == "late" for one in due) else "amber")
        self.reminder.setVisible(bool(words))
        self._show_rows()
        if self.stack.currentIndex() == 1:
            self.room.refresh()

    def _show_rows(self) -> None:
        village = self.desk.village
        names = {one.id: one.name for one in village.bodies.listed()}
        meetings = village.meetings.listed(words=self.search.text(), body_id=self._body)
        self.table.refresh(
            ShortList(COLUMNS, [self._row(one, names[one.body_id]) for one in meetings])
        )
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(f"{len(meetings)} 场")

    def _row(self, meeting: Meeting, body: str) -> ListRow:
        counts = self.desk.village.attendance.counts(meeting)
        return ListRow(
            meeting.id,
            {
                "day": meeting.day,
                "name": meeting.name,
                "body": body,
                "place": meeting.place,
                "state": Light(_LIGHTS[meeting.state], MEETING_STATES.show(meeting.state)),
                "heads": f"{counts.present + counts.left}/{counts.entitled}",
                "items": f"{len(self.desk.village.meetings.agenda(meeting))} 项",
            },
        )

    def _choose_body(self, keys: tuple[str, ...]) -> None:
        self._body = int(keys[0]) if keys and keys[0] else None
        self._show_rows()

    # Wishes

    def call(self) -> None:
        """Arrange a meeting; in an open meeting the same key adds an item."""
        if self.stack.currentIndex() == 1:
            self.room.add_item()
            return
        bodies = self.desk.village.bodies.listed()
        kind = Choice(tuple(Option(str(one.id), one.name) for one in bodies))
        declared = [
            FieldDeclaration("body", "组织", kind, required=True),
            *(Meeting.declaration(name) for name in FIELDS),
        ]

        def save(typed: Typed) -> None:
            given = dict(typed)
            word = given.pop("body")
            body = next(one for one in bodies if word in (str(one.id), one.name))
            meeting = self.desk.village.meetings.call(body, given)
            self.desk.say(f"已安排 {meeting.name}", self.desk.undo)
            self.show_meeting(meeting.id)

        settings = self.desk.village.settings.read()
        values = {
            "body": str(self._body or bodies[0].id),
            "place": settings.hall,
            "recorder": self.desk.village.user.full_name,
        }
        self._open(
            FormDialog(
                "安排会议", declared, save, self.window(), values=values, lines=(("body",), *LINES)
            )
        )

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

    def seat(self) -> None:
        """Give somebody a seat in a body."""
        bodies = self.desk.village.bodies.listed()
        kind = Choice(tuple(Option(str(one.id), one.name) for one in bodies))
        fields = ("name", "office", "group_name", "sex", "phone", "is_representative", "from_day")
        declared = [
            FieldDeclaration("body", "组织", kind, required=True),
            *(Membership.declaration(name) for name in fields),
        ]

        def save(typed: Typed) -> None:
            given = dict(typed)
            word = given.pop("body")
            body = next(one for one in bodies if word in (str(one.id), one.name))
            member = self.desk.village.bodies.seat(body, given)
            warnings = self.desk.village.bodies.composition_warnings(
                body, self.desk.village.session.today()
            )
            self.desk.say("；".join((f"已登记 {member.name}", *warnings)), self.desk.undo)

        values = {"body": str(self._body or bodies[0].id), "is_representative": True}
        self.ask("登记成员", declared, save, values)

    def import_members(self) -> None:
        """Take the members of the chosen body (or the first) out of a spreadsheet."""
        village = self.desk.village
        body = village.bodies.get(self._body) if self._body else village.bodies.listed()[0]
        imports = village.meeting_imports
        first_day = village.session.today().isoformat()
        self.import_lines(
            f"{body.name}成员",
            imports.read_members,
            lambda lines: imports.take_members(body, lines, first_day),
        )

    def import_lines(
        self,
        what: str,
        read: Callable[[bytes, str], ReadLines],
        take: Callable[[Lines], Sequence[object]],
    ) -> None:
        """Pick a file, show what it holds, and take it when that is wanted."""
        path = self.desk.asking.pick_file(f"选{what}表", [TABLES], "meetings")
        if path is None:
            return
        try:
            found = read(path.read_bytes(), path.name)
            names = "、".join(one["name"] for one in found.lines)
            shown = [(f"{len(found.lines)} 行", names)]
            shown += [("没有用到的列", "、".join(found.unknown))] if found.unknown else []
            answers = [Answer("take", "导入", "in"), Answer("", "先不导入")]
            if self.desk.asking.ask(Question(f"表里有这些{what}", shown, answers)) != "take":
                return
            taken = take(found.lines)
        except (InvalidInput, Refused, EnvironmentProblem) as refusal:
            self.desk.asking.ask(Question("没有导入", [("", refusal.message)]))
            return
        self.desk.say(f"已导入{what} {len(taken)} 行", self.desk.undo)
        self.refresh()

    def print_papers(self, meeting: Meeting, item: AgendaItem | None) -> None:
        """Choose a paper of a meeting and keep it as a PDF file."""
        kind = Choice(tuple(Option(word, word) for word in (*SHEETS, PACK)))

        def save(typed: Typed) -> None:
            word = typed["paper"]
            name = f"{meeting.name}{word}.pdf"
            target = self.desk.asking.save_file("存成 PDF", PDF, name, "papers")
            if target is not None:
                if word == PACK:
                    self.desk.village.meeting_pack.save(meeting, target)
                else:
                    self.desk.village.meeting_papers.save(meeting, word, target, item)
                self.desk.say(f"已存 {target.name}", None)

        declared = [FieldDeclaration("paper", "材料", kind, required=True)]
        self.ask("印材料", declared, save, {"paper": SHEETS[1]})

    def open_form(
        self,
        title: str,
        model: Any,
        fields: tuple[str, ...],
        save: Callable[[Typed], object],
        *,
        values: dict[str, Any] | None = None,
    ) -> None:
        """Open a form over the page for some fields of a record."""
        self.ask(title, [model.declaration(name) for name in fields], save, values)

    def ask(
        self,
        title: str,
        declared: list[FieldDeclaration],
        save: Callable[[Typed], object],
        values: dict[str, Any] | None = None,
    ) -> None:
        """Open a form over the page and look again when it was taken."""

        def keep(typed: Typed) -> None:
            save(typed)
            self.refresh()

        self._open(FormDialog(title, declared, keep, self.window(), values=values))

    def _open(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def show_meeting(self, key: int) -> None:
        """Show one meeting as it is held."""
        self.room.show_meeting(key)
        self.stack.setCurrentIndex(1)
        self.set_keys(_ROOM_KEYS)
        self.room.seats.setFocus()

    def go_back(self) -> None:
        """Go back to the list, to the row of the meeting."""
        key = self.room.meeting_id
        self.stack.setCurrentIndex(0)
        self.set_keys(_LIST_KEYS)
        self._show_rows()
        if key is not None:
            self.table.choose(key)
        self.table.focus_rows()

    # The page

    def open_record(self, record: int) -> None:
        self.refresh()
        self.show_meeting(record)

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.room.set_narrow(narrow)


def _due_words(due: Any) -> str:
    if due.state == "late":
        return f"{due.body.name}应在 {due.due_on} 前召开，已过 {-due.days_left} 天"
    return f"{due.body.name}应在 {due.due_on} 前召开，还有 {due.days_left} 天"
