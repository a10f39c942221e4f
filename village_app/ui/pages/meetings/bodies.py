"""组织和成员: who sits in which body from when to when, its rule, and how often they came."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.bodies import Body, Membership
from village_app.domain.kinds import COUNT, DAY, TEXT, Choice, FieldDeclaration, Option
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button, IconButton
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.pages.file_writing import write_file
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.meetings import MeetingsPage

COLUMNS = (
    ColumnSpec("name", "姓名", TEXT, width=110),
    ColumnSpec("office", "身份", TEXT, width=130, stretch=True),
    ColumnSpec("group", "小组", TEXT, width=90, narrow=False),
    ColumnSpec("from_day", "任期从", DAY, width=110),
    ColumnSpec("to_day", "任期到", DAY, width=110, narrow=False),
    ColumnSpec("held", "应到（次）", COUNT, width=90),
    ColumnSpec("attended", "实到（次）", COUNT, width=90),
    ColumnSpec("share", "到会率", TEXT, width=90),
)
KEYS = (
    Key("F2", "改成员"),
    Key("Ctrl+N", "登记成员"),
    Key("Ctrl+P", "存到会情况"),
    Key("Alt+←", "回会议列表"),
)
FIELDS = ("name", "office", "group_name", "sex", "phone", "is_representative", "from_day")
_PAPER = FileKind("PDF文件", ("pdf",))


class BodiesPart(QWidget):
    """One body by its chip, its members of today, their attendance of a year."""

    def __init__(self, page: MeetingsPage) -> None:
        super().__init__()
        self.page = page
        self.village: Any = page.desk.village
        self._body: int | None = None
        self._year: int = self.village.session.today().year
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addLayout(self._make_head())
        self.bodies = ChipRow((), name="组织")
        self.bodies.chosen.connect(self._choose_body)
        column.addWidget(self.bodies)
        self.head.take_in(self.bodies, column, 1)
        self.rule = Text("", "small", "ink2", wrap=True)
        column.addWidget(self.rule)
        self.warnings = Text("", "body", "amber", wrap=True)
        column.addWidget(self.warnings)
        self.table = RecordTable(
            ShortList(COLUMNS), name="members", measure="人", preferences=page.desk.preferences
        )
        first = Button("登记成员", icon="plus", kind="primary", big=True, press=self.seat)
        self.table.set_empty(
            EmptyState(
                "还没有成员",
                "登记了成员，开会时应到多少人、够不够开会，程序自己会算。",
                buttons=[first],
            )
        )
        self.table.emptied.connect(self.head.rest)
        self.table.opened.connect(lambda _key: self.correct())
        column.addWidget(self.table, 1)
        bind(self._keyed(), self)

    def _make_head(self) -> QHBoxLayout:
        self.head = PageHead(
            "组织和成员",
            buttons=[
                Button("登记成员", icon="plus", kind="primary", press=self.seat),
                Button("离任", press=self.end),
                Button("存到会情况", icon="printer", press=self.save_attendance),
            ],
        )
        self.more = MoreButton(self._wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(IconButton("left", "会议列表", key="Alt+Left", press=self.page.go_back))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        return row

    def _keyed(self) -> list[Wish]:
        return [
            Wish("登记成员", self.seat, "Ctrl+N"),
            Wish("改成员", self.correct, "F2"),
            Wish("存到会情况", self.save_attendance, "Ctrl+P"),
        ]

    def _wishes(self) -> list[Wish]:
        years = self.village.record_books.years()
        return [
            *self._keyed(),
            Wish("离任", self.end),
            Wish("导入成员", self.import_members),
            Wish("新建组织", self.found, divides=True),
            Wish("改组织", self.correct_body),
            *(
                Wish(
                    f"看 {year} 年到会",
                    partial(self.choose_year, year),
                    divides=year == years[0],
                )
                for year in years
            ),
        ]

    # Showing

    def body(self) -> Body:
        """Give the chosen body, the first to begin with."""
        bodies: list[Body] = self.village.bodies.listed()
        return next((one for one in bodies if one.id == self._body), bodies[0])

    def period(self) -> tuple[date, date]:
        """Give the days whose meetings are counted: the chosen year up to today."""
        today = self.village.session.today()
        return date(self._year, 1, 1), min(date(self._year, 12, 31), today)

    def refresh(self) -> None:
        """Show the chosen body."""
        body = self.body()
        self.bodies.set_chips([Chip(str(one.id), one.name) for one in self.village.bodies.listed()])
        self.bodies.set_on((str(body.id),))
        today = self.village.session.today()
        held = self.village.bodies.rule_on(body, today).rule
        self.rule.setText(
            f"到会{held.attendance.words()}、赞成{held.passing.words()}；依据：{held.source}。"
            f"{self._year} 年到会从本人任职之日算起。"
        )
        found = self.village.bodies.composition_warnings(body, today)
        self.warnings.setText("\n".join(found))
        self.warnings.setVisible(bool(found))
        first, last = self.period()
        came = {one.membership_id: one for one in self.village.attendance.report(body, first, last)}
        members = self.village.bodies.members_on(body, today)
        self.table.refresh(ShortList(COLUMNS, [_row(one, came.get(one.id)) for one in members]))
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(f"{body.name} {len(members)} 人")

    def _choose_body(self, keys: tuple[str, ...]) -> None:
        self._body = int(keys[0])
        self.refresh()

    def choose_year(self, year: int) -> None:
        """Count the meetings of another year."""
        self._year = year
        self.refresh()

    def _member(self) -> Membership | None:
        key = self.table.current_key()
        if key is None:
            return None
        member: Membership = self.village.bodies.member(key)
        return member

    # Doing

    def seat(self) -> None:
        """Give somebody a seat in the chosen body."""
        body = self.body()

        def save(typed: Typed) -> None:
            member = self.village.bodies.seat(body, typed)
            self._say(f"已登记 {member.name}")

        values = {"is_representative": True, "from_day": self.village.session.today()}
        declared = [Membership.declaration(name) for name in FIELDS]
        self.page.ask(f"登记{body.name}成员", declared, save, values)

    def correct(self) -> None:
        """Change what is written of the chosen member."""
        member = self._member()
        if member is None:
            return

        def save(typed: Typed) -> None:
            self.village.bodies.correct_seat(member, typed)
            self._say(f"已修改 {member.name}")

        declared = [Membership.declaration(name) for name in FIELDS]
        self.page.ask(member.name, declared, save, member.values())

    def end(self) -> None:
        """End the seat of the chosen member with a day and a reason."""
        member = self._member()
        if member is None:
            return

        def save(typed: Typed) -> None:
            day = DAY.parse(typed["to_day"])
            self.village.bodies.end_seat(member, day, typed["end_reason"])
            self._say(f"{member.name}已离任，以前的会议照旧有名")

        declared = [
            FieldDeclaration("to_day", "任职到哪一天", DAY, required=True),
            FieldDeclaration("end_reason", "原因", TEXT, required=True),
        ]
        self.page.ask(f"{member.name}离任", declared, save, {"to_day": self._today()})

    def _today(self) -> date:
        today: date = self.village.session.today()
        return today

    def _say(self, sentence: str) -> None:
        found = self.village.bodies.composition_warnings(self.body(), self._today())
        self.page.desk.say("；".join((sentence, *found)), self.page.desk.undo)

    def found(self) -> None:
        """Add a body of the village's own with one of the quorum rules."""
        rules = self.village.bodies.rules()
        kind = Choice(tuple(Option(code, name) for code, name in rules))
        declared = [
            *(Body.declaration(name) for name in ("name", "chair", "interval_months")),
            FieldDeclaration("rule", "议事规则", kind, required=True),
        ]

        def save(typed: Typed) -> None:
            given = dict(typed)
            code = kind.parse(given.pop("rule"))
            body = self.village.bodies.found(given, code)
            self._body = body.id
            self.page.desk.say(f"已新建 {body.name}", self.page.desk.undo)

        self.page.ask("新建议事组织", declared, save, {"rule": rules[-1][0]})

    def correct_body(self) -> None:
        """Change the chosen body's name, convener or how often it meets."""
        body = self.body()
        declared = [Body.declaration(name) for name in ("name", "chair", "interval_months")]
        self.page.ask(
            body.name,
            declared,
            lambda typed: self.village.bodies.correct(body, typed),
            body.values(),
        )

    def import_members(self) -> None:
        """Take members of the chosen body out of a spreadsheet."""
        self.page.desk.go("import-members", self.body().id)

    def save_attendance(self) -> None:
        """Keep 到会情况表 of the chosen body for the wall."""
        body, (first, last) = self.body(), self.period()
        name = f"{body.name}成员到会情况 {self._year}年.pdf"
        target = self.page.desk.asking.save_file("存到会情况", _PAPER, name, "papers")
        if target is not None:
            pack = self.village.meeting_pack
            write_file(
                self.page.desk,
                lambda _report: pack.save_attendance(body, first, last, target),
                target.name,
            )

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for."""
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)


def _row(member: Membership, came: Any) -> ListRow:
    return ListRow(
        member.id,
        {
            "name": member.name,
            "office": member.office or "",
            "group": member.group_name or "",
            "from_day": member.from_day,
            "to_day": member.to_day,
            "held": came.held if came else 0,
            "attended": came.attended if came else 0,
            "share": came.percent() if came and came.held else "",
        },
    )
