"""接访日: who sits when, who came, and the numbered blank forms that are still outside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.receptions import ReceptionDay
from village_app.domain.calendar import add_months
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages.issues.reception_detail import ReceptionDetail
from village_app.ui.pages.issues.reception_rows import (
    BLANKS,
    COLUMNS,
    PLAN,
    VISITS,
    blank_row,
    day_row,
    visit_row,
)
from village_app.ui.pages.issues.reception_wishes import ReceptionWishes
from village_app.ui.theme import theme


class ReceptionsPage(Page):
    """The month's plan for the wall, the visits taken down, and blank forms by number."""

    title = "接访日"
    topic = "receptions"
    watches = ("reception_day", "reception_visit", "issued_number", "issue")
    keys = (
        Key("F5", "接访登记"),
        Key("Ctrl+N", "排一天"),
        Key("Ctrl+M", "排一个月"),
        Key("↑ ↓", "选一行"),
        Key("Enter", "打开"),
        Key("Ctrl+P", "打印"),
        Key("Ctrl+Z", "撤销"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown = PLAN
        self.month = desk.village.session.today().replace(day=1)
        self.numbers: Sequence[str] = ()
        self.wishes = ReceptionWishes(desk, self, self)
        self._make_head()
        self._make_list()
        self.detail = ReceptionDetail(self.wishes.wish)
        self.pair = ListAndDetail(self._make_left(), self.detail)
        self.pair.alone.connect(self.head.put_away)
        self.body.addWidget(self.head)
        self.body.addWidget(self.pair, 1)
        self.columns = [self.table, self.detail]

    def _make_head(self) -> None:
        self.head = PageHead(
            self.title,
            buttons=[
                Button(
                    "接访登记", icon="person", key="F5", kind="primary", press=self.wishes.receive
                ),
                Button(
                    "排一个月",
                    icon="calendar",
                    key="Ctrl+M",
                    bind=False,
                    press=self.wishes.plan_month,
                ),
                Button(
                    "打印", icon="printer", key="Ctrl+P", bind=False, press=self.wishes.print_out
                ),
            ],
        )
        # A narrow head shows its first button only: its keys go on without it.
        for keys, act in (("Ctrl+M", self.wishes.plan_month), ("Ctrl+P", self.wishes.print_out)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _make_list(self) -> None:
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
            preferences=self.desk.preferences,
        )
        plan = Button(
            "排一个月", icon="calendar", kind="primary", big=True, press=self.wishes.plan_month
        )
        self.table.set_empty(
            EmptyState(
                "这个月还没有安排",
                "排好谁哪天接访，贴出去，来了人按 F5 登记。",
                buttons=[plan],
            ),
            filtered="这个月这一格里没有，换一格或者换个月看看。",
        )
        self.table.emptied.connect(self.head.rest)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.add_link("印空白表", self.wishes.print_blanks, always=True)

    def _make_left(self) -> QWidget:
        px = theme().px
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.chips)
        self.head.take_in(self.chips, column)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Button("上个月", icon="left", press=lambda: self._turn(-1)))
        row.addWidget(self.month_words)
        row.addWidget(Button("下个月", icon="right", press=lambda: self._turn(1)))
        row.addStretch(1)
        row.addWidget(Button("排一天", icon="plus", key="Ctrl+N", press=self.wishes.plan_day))
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return left

    # The list

    def refresh(self) -> None:
        receptions = self.desk.village.receptions
        year = self.desk.village.session.today().year
        self.month_words.setText(f"{self.month.year} 年 {self.month.month} 月")
        self.numbers = receptions.outstanding(year)
        days = receptions.month(self.month)
        visits = receptions.visits_of_month(self.month)
        self.chips.set_counts({PLAN: len(days), VISITS: len(visits), BLANKS: len(self.numbers)})
        held = sum(bool(day.held) for day in days)
        self.head.set_fact(f"本月安排 {len(days)} 次，已接访 {held} 次" if days else "还没有安排")
        rows = {
            PLAN: lambda: self._plan_rows(days),
            VISITS: lambda: [visit_row(one) for one in visits],
            BLANKS: lambda: [blank_row(at, one) for at, one in enumerate(self.numbers)],
        }[self.shown]()
        self.table.set_filtered(filtered=self.shown != PLAN)
        self.table.refresh(ShortList(COLUMNS[self.shown], rows))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show(self.table.current_key())

    def _plan_rows(self, days: Sequence[ReceptionDay]) -> list[ListRow]:
        came = self.desk.village.receptions.came(self.month)
        today = self.desk.village.session.today()
        return [day_row(one, came[one.id], today) for one in days]

    def choose(self, shown: str, record: int | None = None) -> None:
        """Show the plan, the visits or the blank forms, and there a record."""
        self.shown = shown
        self.chips.set_on([shown])
        self.refresh()
        if record is not None:
            self.table.choose(record)

    def current(self) -> int | None:
        """Give the key of the chosen row."""
        return self.table.current_key()

    def _turn(self, months: int) -> None:
        self.month = add_months(self.month, months)
        self.refresh()

    def _show(self, key: int | None) -> None:
        self.pair.set_empty(not self.table.count())
        receptions = self.desk.village.receptions
        if key is None:
            self.detail.show_nothing(self.shown)
        elif self.shown == PLAN:
            day = receptions.day(key)
            self.detail.show_day(day, receptions.visits(day))
        elif self.shown == VISITS:
            self.detail.show_visit(receptions.get(key))
        else:
            self.detail.show_blank(self.numbers[key])

    def _open(self, key: int) -> None:
        if self.shown == BLANKS:
            self.wishes.receive(self.numbers[key])
        elif self.shown == VISITS:
            self.wishes.wish("issue")
        else:
            self.pair.open_detail()

    # The page

    def called_by_key(self) -> None:
        """F5 from anywhere: the form at once."""
        self.wishes.receive()

    def open_record(self, record: int) -> None:
        self.month = self.desk.village.receptions.day(record).day.replace(day=1)
        self.choose(PLAN, record)

    def first_focus(self) -> QWidget:
        return self.table.view

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.pair.set_narrow(narrow)
