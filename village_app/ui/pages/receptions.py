"""接访日: who sits when, who came, and the numbered blank forms that are still outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.issues import ReceptionDay, ReceptionVisit
from village_app.domain.calendar import add_months, weekday_word
from village_app.domain.kinds import COUNT, LONG_TEXT, TEXT, FieldDeclaration
from village_app.errors import Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages import reception_forms as forms
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.issue_print import IssuePrinting
from village_app.ui.pages.reception_detail import ReceptionDetail
from village_app.ui.theme import theme

PLAN, VISITS, BLANKS = "plan", "visits", "blanks"
COLUMNS = {
    PLAN: (
        ColumnSpec("day", "日期", None, width=150, sortable=False),
        ColumnSpec("who", "接访人", None, width=220, lines=2, stretch=True, sortable=False),
        ColumnSpec("place", "时间和地点", None, width=190, lines=2, sortable=False, narrow=False),
        ColumnSpec("came", "来访", TEXT, width=74, sortable=False),
    ),
    VISITS: (
        ColumnSpec("day", "日期", None, width=150, sortable=False),
        ColumnSpec("who", "来访人和事", None, width=260, lines=2, stretch=True, sortable=False),
        ColumnSpec("host", "接访人", TEXT, width=88, sortable=False),
    ),
    BLANKS: (
        ColumnSpec("who", "编号", TEXT, width=260, stretch=True, sortable=False),
        ColumnSpec("day", "状态", None, width=118, sortable=False),
    ),
}


class ReceptionsPage(Page):
    """The month's plan for the wall, the visits taken down, and blank forms by number."""

    title = "接访日"
    topic = "receptions"
    watches = ("reception_day", "reception_visit", "issued_number", "issue")
    keys = (
        Key("F5", "接访登记"),
        Key("Ctrl+N", "排一天"),
        Key("↑ ↓", "选一行"),
        Key("Enter", "打开"),
        Key("Ctrl+P", "打印"),
        Key("Ctrl+Z", "撤销"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown = PLAN
        self._month = desk.village.session.today().replace(day=1)
        self._numbers: list[str] = []
        self.dialog: FormDialog | None = None
        self.printing = IssuePrinting(desk, self)
        self.head = PageHead(
            self.title,
            buttons=[
                Button("接访登记", icon="person", key="F5", kind="primary", press=self.receive),
                Button("排一个月", icon="calendar", press=self.plan_month),
                Button("打印", icon="printer", key="Ctrl+P", press=self.print_out),
            ],
        )
        self.chips = ChipRow(
            [
                Chip(PLAN, "接访安排", 0),
                Chip(VISITS, "来访登记", 0),
                Chip(BLANKS, "空白表未回收", 0),
            ]
        )
        self.chips.chosen.connect(lambda keys: self.choose(keys[0] if keys else PLAN))
        self.month_words = Text("", "h3")
        self.table = RecordTable(
            ShortList(COLUMNS[PLAN]),
            name="receptions",
            title=self.title,
            measure="行",
            preferences=desk.preferences,
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.add_link("印空白表", self.print_blanks, always=True)
        self.detail = ReceptionDetail(self.wish)
        self.pair = ListAndDetail(self._make_left(), self.detail)
        self.body.addWidget(self.head)
        self.body.addWidget(self.pair, 1)
        self.columns = [self.table, self.detail]

    def _make_left(self) -> QWidget:
        px = theme().px
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.chips)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Button("上个月", icon="left", press=lambda: self._turn(-1)))
        row.addWidget(self.month_words)
        row.addWidget(Button("下个月", icon="right", press=lambda: self._turn(1)))
        row.addStretch(1)
        row.addWidget(Button("排一天", icon="plus", key="Ctrl+N", press=self.plan_day))
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return left

    # The list

    def refresh(self) -> None:
        receptions = self.desk.village.receptions
        year = self.desk.village.session.today().year
        self.month_words.setText(f"{self._month.year} 年 {self._month.month} 月")
        self._numbers = receptions.outstanding(year)
        days = receptions.month(self._month)
        visits = receptions.visits_of_month(self._month)
        self.chips.set_counts({PLAN: len(days), VISITS: len(visits), BLANKS: len(self._numbers)})
        held = sum(bool(day.held) for day in days)
        self.head.set_fact(f"本月安排 {len(days)} 次，已接访 {held} 次" if days else "还没有安排")
        rows = {
            PLAN: lambda: self._plan_rows(days),
            VISITS: lambda: [_visit_row(one) for one in visits],
            BLANKS: lambda: [_blank_row(at, one) for at, one in enumerate(self._numbers)],
        }[self._shown]()
        self.table.refresh(ShortList(COLUMNS[self._shown], rows))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show(self.table.current_key())

    def _plan_rows(self, days: Sequence[ReceptionDay]) -> list[ListRow]:
        came = self.desk.village.receptions.came(self._month)
        today = self.desk.village.session.today()
        return [_day_row(one, came[one.id], today) for one in days]

    def choose(self, shown: str) -> None:
        """Show the plan, the visits or the blank forms."""
        self._shown = shown
        self.chips.set_on([shown])
        self.refresh()

    def _turn(self, months: int) -> None:
        self._month = add_months(self._month, months)
        self.refresh()

    def _show(self, key: int | None) -> None:
        receptions = self.desk.village.receptions
        if key is None:
            self.detail.show_nothing(self._shown)
        elif self._shown == PLAN:
            day = receptions.day(key)
            self.detail.show_day(day, receptions.visits(day))
        elif self._shown == VISITS:
            self.detail.show_visit(receptions.get(key))
        else:
            self.detail.show_blank(self._numbers[key])

    def _open(self, key: int) -> None:
        if self._shown == BLANKS:
            self.receive(self._numbers[key])
        elif self._shown == VISITS:
            self.wish("issue")
        else:
            self.pair.open_detail()

    # Wishes

    def wish(self, code: str) -> None:
        """Do something with the chosen row."""
        key = self.table.current_key()
        if key is None:
            return
        receptions = self.desk.village.receptions
        wishes: dict[str, Callable[[], object]] = {
            "issue": lambda: self.desk.go("issues", receptions.get(key).issue_id),
            "form": lambda: self._print_form(receptions.get(key)),
            "correct": lambda: self._correct(receptions.day(key)),
            "cancel": lambda: self._cancel(receptions.day(key)),
            "type": lambda: self.receive(self._numbers[key]),
            "void": lambda: self._void(self._numbers[key]),
        }
        wishes[code]()

    def receive(self, number: str = "") -> None:
        """Take a visit down on the reception form; `number` is that of a form on paper."""
        village = self.desk.village

        def save(typed: Typed) -> None:
            given = {name: word for name, word in typed.items() if word}
            said = given.pop("joins", "")
            joins = village.issues.by_number(said) if said else None
            visit = village.receptions.take_down(given, joins=joins, number=number)
            self._month = visit.day.replace(day=1)
            self.choose(VISITS)
            self.table.choose(visit.id)
            self.desk.say(f"接访已登记 {visit.number}", self.desk.undo)

        today = village.session.today()
        values: dict[str, Any] = {"day": today, "people": 1, "is_first": True, "shape": "fixed"}
        day = village.receptions.on(today)
        if day is not None:
            values |= {"host": day.host, "post": day.post, "place": day.place}
        fields = forms.visit_fields(one.name for one in village.issues.categories())
        title = f"补录 {number}" if number else "接访登记"
        self._ask(title, fields, save, "登记", values, forms.VISIT_LINES)

    def plan_day(self) -> None:
        """Plan one day."""

        def save(typed: Typed) -> None:
            day = self.desk.village.receptions.plan({k: v for k, v in typed.items() if v})
            self._month = day.day.replace(day=1)
            self.choose(PLAN)
            self.desk.say(f"已安排 {day.day} {day.host}接访", self.desk.undo)

        self._ask("排一天接访", forms.day_fields(), save, "排上", {"shape": "fixed"})

    def plan_month(self) -> None:
        """Plan the month that is shown: the hosts in turn."""
        receptions = self.desk.village.receptions

        def save(typed: Typed) -> None:
            weekday = int(forms.WEEKDAYS.parse(typed["weekday"]) or 0)
            hosts = forms.hosts_typed(typed["hosts"])
            chosen = forms.days_typed(typed["days"])
            days = receptions.plan_month(self._month, hosts, weekday=weekday, days=chosen)
            self.choose(PLAN)
            self.desk.say(f"已排 {len(days)} 次接访", self.desk.undo)

        known = forms.hosts_written(receptions.usual_hosts())
        title = f"排 {self._month.month} 月的接访日"
        values = {"weekday": "2", "hosts": known}
        self._ask(title, forms.MONTH_FIELDS, save, "排好", values)

    def _correct(self, day: ReceptionDay) -> None:
        def save(typed: Typed) -> None:
            changed = self.desk.village.receptions.correct(day, typed)
            self.desk.say(f"已改好 {changed.day}", self.desk.undo)

        values = {name: getattr(day, name) for name in forms.DAY_FIELDS}
        self._ask(f"改 {day.day} 的接访", forms.day_fields(), save, "存", values)

    def _cancel(self, day: ReceptionDay) -> None:
        try:
            self.desk.village.receptions.cancel(day)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已取消 {day.day} 的接访", self.desk.undo)

    def _void(self, number: str) -> None:
        reason = FieldDeclaration("reason", "原因", LONG_TEXT, required=True)

        def save(typed: Typed) -> None:
            self.desk.village.receptions.void_form(number, typed["reason"])
            self.desk.say(f"已作废 {number}，编号留着", None)

        self._ask(f"作废 {number}", [reason], save, "作废")

    def print_blanks(self) -> None:
        """Reserve numbers and show that many empty forms, ready to be printed."""
        papers = self.desk.village.reception_papers

        def save(typed: Typed) -> None:
            count = COUNT.parse(typed["count"]) or 0
            data = papers.blank_pdf(count)
            self.choose(BLANKS)
            self.printing.show_data(f"空白接访登记表 {count} 张", data)

        self._ask("印空白接访登记表", forms.BLANK_FIELDS, save, "编号", {"count": 50})

    def _print_form(self, visit: ReceptionVisit) -> None:
        papers = self.desk.village.reception_papers
        self.printing.show_pdf(f"接访登记表 {visit.number}", lambda: papers.form_pdf(visit))

    def print_out(self) -> None:
        """Print what is shown: the month's plan for the wall, a visit's form, blank forms."""
        key = self.table.current_key()
        if self._shown == BLANKS:
            self.print_blanks()
        elif self._shown == VISITS and key is not None:
            self._print_form(self.desk.village.receptions.get(key))
        else:
            month = self._month
            papers = self.desk.village.reception_papers
            name = f"{month.year}年{month.month}月接访日安排"
            self.printing.show_pdf(name, lambda: papers.plan_pdf(month))

    def _ask(
        self,
        title: str,
        fields: Sequence[FieldDeclaration],
        save: Callable[[Typed], object],
        words: str,
        values: Mapping[str, Any] | None = None,
        lines: Sequence[Sequence[str]] = (),
    ) -> None:
        self.dialog = FormDialog(
            title, fields, save, self.window(), words=words, values=values, lines=lines
        )
        self.dialog.open()

    # The page

    def called_by_key(self) -> None:
        """F5 from anywhere: the form at once."""
        self.receive()

    def open_record(self, record: int) -> None:
        self._month = self.desk.village.receptions.day(record).day.replace(day=1)
        self.choose(PLAN)
        self.table.choose(record)

    def first_focus(self) -> QWidget:
        return self.table.view

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.pair.set_narrow(narrow)


def _day_row(one: ReceptionDay, came: int, today: date) -> ListRow:
    kind: LightKind = "done" if one.held else "today" if one.day == today else "ok"
    light = Light(kind, f"{one.day:%m-%d} {weekday_word(one.day)}")
    post = " · ".join(part for part in (one.post, one.duty) if part)
    return ListRow(
        one.id,
        {
            "day": light,
            "who": TwoLines(one.host, post),
            "place": TwoLines(one.hours or "", one.place or ""),
            "came": f"{came} 人" if one.held else "",
        },
        muted=one.day < today and not one.held,
    )


def _visit_row(one: ReceptionVisit) -> ListRow:
    kind: LightKind = "done" if one.is_first else "soon"
    return ListRow(
        one.id,
        {
            "day": Light(kind, f"{one.day:%m-%d} {'初访' if one.is_first else '重访'}"),
            "who": TwoLines(f"{one.visitor}：{one.problem}", one.number or ""),
            "host": one.host,
        },
    )


def _blank_row(at: int, number: str) -> ListRow:
    return ListRow(at, {"who": number, "day": Light("ok", "未回收")})
