"""财务收支: the months, every entry, what the purses hold, booking, taking back, disclosure."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from village_app.db.records.ledger import LedgerEntry, LedgerOpening
from village_app.domain.kinds import DAY, MONEY, TEXT, Choice, FieldDeclaration, Option
from village_app.domain.listing import ListRow as FetchedRow
from village_app.domain.money import show_money
from village_app.domain.periods import Period, period_of
from village_app.errors import EnvironmentProblem, Refused
from village_app.services.two_persons import Second
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import FileKind, Question
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.second_hand import second_fields
from village_app.ui.theme import theme

MONTHS = 12
# Qt's own largest width; PySide gives it no name.
_NO_LIMIT = 16777215
COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=104),
    ColumnSpec("voucher", "凭证号", TEXT, width=78),
    ColumnSpec("summary", "摘要", TEXT, width=200, stretch=True),
    ColumnSpec("account", "科目", TEXT, width=88, sortable=False),
    ColumnSpec("party", "收（付）款人", TEXT, width=128, narrow=False),
    ColumnSpec("income", "收入（元）", MONEY, width=110),
    ColumnSpec("expense", "支出（元）", MONEY, width=110),
)
PURSE_COLUMNS = (
    ColumnSpec("name", "存放", TEXT, width=78, stretch=True, sortable=False),
    ColumnSpec("opening", "上期结余", MONEY, width=114, sortable=False),
    ColumnSpec("closing", "期末结余", MONEY, width=114, sortable=False),
)
FIELDS = (
    *("day", "summary", "amount", "party", "voucher", "method", "receipt"),
    *("handler", "witness", "approver", "note"),
)
LINES = (
    ("purse", "account"),
    ("day", "amount"),
    ("summary",),
    ("party",),
    ("voucher", "receipt"),
    ("method", "handler"),
    ("witness", "approver"),
    ("note",),
)
REASON = FieldDeclaration("reason", "原因", TEXT, required=True)
_LEDGERS = FileKind("流水、账单", ("xlsx", "xls", "csv", "txt", "ods"))
_SHOWN_LINES = 9
SHEETS = (
    ("money_summary", "收支公开表"),
    ("money_income", "收入明细表"),
    ("money_expense", "支出明细表"),
)


class MoneyPage(Page):
    """The ledger of the village: look, book, take back, disclose."""

    title = "财务收支"
    topic = "money"
    watches = ("ledger_entry", "ledger_account", "ledger_opening", "ledger_month", "notice")
    keys = (
        Key("Ctrl+N", "记支出"),
        Key("Ctrl+R", "记收入"),
        Key("F2", "更正这一笔"),
        Key("Del", "冲销这一笔"),
        Key("F4", "做公开表"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._period = period_of("month", desk.village.session.today())
        self._make_head()
        self._make_filters()
        self.banner_place = QVBoxLayout()
        self.body.addLayout(self.banner_place)
        self.table = RecordTable(
            self._source(), name="ledger", measure="笔", preferences=desk.preferences
        )
        self.table.opened.connect(lambda _key: self.correct())
        self.table.add_column_choice()
        self.row = QHBoxLayout()
        self.row.setSpacing(theme().px(12))
        self.row.addWidget(self.table, 1)
        self.side = self._make_side()
        self.row.addWidget(self.side)
        self.body.addLayout(self.row, 1)
        self.columns = [self.search, self.table, self.side]
        self.dialog: FormDialog | None = None

    # Parts

    def _make_head(self) -> None:
        self.head = PageHead(
            self.title,
            buttons=[
                Button("记支出", icon="plus", key="Ctrl+N", kind="primary", press=self.spend),
                Button("记收入", icon="plus", key="Ctrl+R", press=self.receive),
                Button("内部转款", icon="again", press=self.transfer),
                Button("导入流水", icon="in", key="Ctrl+I", press=self.bring_in),
            ],
        )
        self.body.addWidget(self.head)

    def _make_filters(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText("摘要、收付款人、凭证号")
        self.search.setAccessibleName("找账目")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme().px(230))
        self.search.textChanged.connect(lambda _text: self._filter())
        self.chips = ChipRow([Chip("now", "本月")], name="期间")
        self.chips.chosen.connect(self._choose_period)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.search)
        row.addWidget(self.chips, 1)
        row.addWidget(Button("更正", icon="pen", key="F2", press=self.correct))
        row.addWidget(Button("冲销", icon="undo", key="Del", press=self.reverse))
        self.body.addLayout(row)

    def _make_side(self) -> QWidget:
        px = theme().px
        sums = self.sums = Sheet("结余", flush=True)
        sums.head.addWidget(Button("登记期初", kind="quiet", press=self.open_purse))
        self.purses = RecordTable(ShortList(PURSE_COLUMNS), name="purses", measure="处")
        sums.add(self.purses, 1)
        self.equation = Text("", "small", "ink2", wrap=True)
        self.equation.setContentsMargins(px(15), px(6), px(15), px(10))
        sums.add(self.equation)
        publish = Sheet("财务公开")
        self.publish_note = Text("", "small", "ink2", wrap=True)
        publish.add(self.publish_note)
        self.sheet_buttons = {
            sheet: Button(
                f"起草{words}",
                icon="board",
                key="F4" if sheet == "money_summary" else "",
                press=partial(self.draft_sheet, sheet),
            )
            for sheet, words in SHEETS
        }
        self.close_button = Button("结账", icon="lock", press=self.close_month)
        self.publish_row = QVBoxLayout()
        for button in (*self.sheet_buttons.values(), self.close_button):
            self.publish_row.addWidget(button)
        publish.body.addLayout(self.publish_row)
        inside = QWidget()
        inside.setFixedWidth(px(364))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(sums, 1)
        column.addWidget(publish)
        return inside

    # Data

    def refresh(self) -> None:
        today = self.desk.village.session.today()
        self.chips.set_chips(_chips(today))
        self.chips.set_on((_key_of(self._period),))
        self._filter()
        figures = self.desk.village.disclosure.figures(self._period)
        self.head.set_fact(
            f"收入 {show_money(figures.total_income)} 元，"
            f"支出 {show_money(figures.total_expense)} 元"
        )
        rows = [
            ListRow(
                number,
                {
                    "name": one.name,
                    "opening": one.period.opening,
                    "closing": one.period.closing,
                },
            )
            for number, one in enumerate(figures.purses)
        ]
        self.purses.refresh(ShortList(PURSE_COLUMNS, rows))
        self.equation.setText(_equation(figures))
        self._show_publishing(today)
        self._show_outdated()

    def _show_publishing(self, today: date) -> None:
        due = self.desk.village.disclosure.due_on(self._period)
        over = self._period.last < today
        self.publish_note.setText(
            f"{self._period.show()}，{due.month} 月 {due.day} 日前公开。"
            if over
            else f"{self._period.show()}还没有过完，期满以后再公开。"
        )
        for button in self.sheet_buttons.values():
            button.forbid("" if over else "期满以后才能公开")
        closed = set(self.desk.village.ledger.closed_months())
        month = f"{self._period.first.year:04d}-{self._period.first.month:02d}"
        self.close_button.setVisible(self._period.kind == "month")
        self.close_button.set_words("反结账" if month in closed else "结账")

    def _show_outdated(self) -> None:
        while (item := self.banner_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        outdated = self.desk.village.disclosure.outdated()
        if outdated:
            first = outdated[0]
            banner = Banner(
                "soon",
                f"{first.notice.heading}公开以后账有改动，"
                f"{len(first.differences)} 处对不上，要发更正公示。",
                link="起草更正公示",
            )
            banner.pressed.connect(lambda: self.draft_correction(first.notice))
            self.banner_place.addWidget(banner)

    def _source(self) -> ServiceList:
        words = self.search.text()
        listing = self.desk.village.ledger_list.entries(
            first=self._period.first, last=self._period.last, words=words
        )
        return ServiceList(
            COLUMNS, listing, _cells, muted=lambda row: row.values["reverses"] is not None
        )

    def _filter(self) -> None:
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()

    def _choose_period(self, keys: tuple[str, ...]) -> None:
        if keys:
            kind, first = keys[0].split(" ")
            self._period = Period(kind, date.fromisoformat(first))  # type: ignore[arg-type]  # our own keys
            self.refresh()

    # Booking

    def spend(self) -> None:
        """Book an expense."""
        self._open("记支出", "account", self._book_expense)

    def receive(self) -> None:
        """Book an income."""
        self._open("记收入", "account", self._book_income)

    def transfer(self) -> None:
        """Book money moved between the village's own purses."""
        self._open("内部转款", "into", self._book_transfer)

    def open_purse(self) -> None:
        """Write down what lay in a purse when the book began."""
        declared = [LedgerOpening.declaration(name) for name in ("day", "amount", "note")]

        def save(typed: Typed) -> None:
            purse = self._chosen(typed, "purse")
            values = {one.name: typed[one.name] for one in declared}
            self.desk.village.accounts.open_with(purse, values)
            self.desk.say(f"已登记 {purse.name} 期初", self.desk.undo)

        choice = FieldDeclaration("purse", "存放", self._purses(), required=True)
        self._show_dialog(FormDialog("登记期初", [choice, *declared], save, self.window()))

    def _open(self, title: str, other: str, save: Any) -> None:
        dialog = FormDialog(
            title,
            [
                FieldDeclaration("purse", "存放", self._purses(), required=True),
                FieldDeclaration(
                    other,
                    "转入" if other == "into" else "科目",
                    self._purses() if other == "into" else self._accounts(),
                    required=True,
                ),
                *(LedgerEntry.declaration(name) for name in FIELDS),
            ],
            save,
            self.window(),
            lines=(("purse", other), *LINES[1:]),
        )
        dialog.form.set_values({"day": self._likely_day()})
        self._show_dialog(dialog)

    def _show_dialog(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _book_expense(self, typed: Typed) -> None:
        purse, account = self._chosen(typed, "purse"), self._chosen(typed, "account")
        self.desk.village.ledger.spend(purse, account, _own(typed))
        self.desk.say(f"已记支出 {typed['summary']}", self.desk.undo)

    def _book_income(self, typed: Typed) -> None:
        purse, account = self._chosen(typed, "purse"), self._chosen(typed, "account")
        self.desk.village.ledger.receive(purse, account, _own(typed))
        self.desk.say(f"已记收入 {typed['summary']}", self.desk.undo)

    def _book_transfer(self, typed: Typed) -> None:
        out_of, into = self._chosen(typed, "purse"), self._chosen(typed, "into")
        self.desk.village.ledger.transfer(out_of, into, _own(typed))
        self.desk.say(f"已记转款 {typed['summary']}", self.desk.undo)

    def _chosen(self, typed: Typed, field: str) -> Any:
        return self.desk.village.accounts.find(typed[field])

    def _purses(self) -> Choice:
        return _choice(self.desk.village.accounts.purses())

    def _accounts(self) -> Choice:
        accounts = self.desk.village.accounts.listed()
        order = {"income": 0, "expense": 1}
        return _choice(
            sorted(
                (one for one in accounts if not one.holds),
                key=lambda one: (order.get(one.nature, 2), one.code),
            )
        )

    def _likely_day(self) -> date:
        today: date = self.desk.village.session.today()
        return min(today, self._period.last)

    # Bringing in

    def bring_in(self) -> None:
        """Pick a ledger, statement or bill, look at what it would book, and book it."""
        path = self.desk.asking.pick_file("选流水或账单", [_LEDGERS], "ledgers")
        if path is None:
            return
        imports = self.desk.village.ledger_imports
        try:
            content = path.read_bytes()
            plan = imports.plan(imports.read(content, path.name), content, path.name)
        except (Refused, EnvironmentProblem) as refusal:
            self.desk.asking.ask(Question("没有导入", [("", refusal.message)]))
            return
        self._offer(plan)

    def _offer(self, plan: Any) -> None:
        counts = plan.counts
        lines = [
            ("要新增", f"{counts.new} 笔"),
            ("已在账上", f"{counts.same} 笔，不再记"),
            ("疑似重复", f"{counts.suspected} 笔，不记，请对照凭证"),
            ("有错的行", f"{counts.error} 笔，不记"),
            *((f"第 {row.row} 行", row.reasons[0]) for row in plan.rows if row.state == "error"),
        ][:_SHOWN_LINES]
        if plan.earlier is not None:
            lines.insert(0, ("这个文件", plan.earlier.warning))
        answers = [Answer("", "知道了")]
        if counts.new:
            answers = [Answer("write", f"记入 {counts.new} 笔", "in"), Answer("", "先不记")]
        title = f"《{plan.file.name}》共 {counts.rows} 笔，还没有写入任何东西"
        if self.desk.asking.ask(Question(title, lines, answers, light="new")) != "write":
            return
        try:
            self.desk.village.ledger_imports.commit(plan)
        except Refused as refusal:
            self.desk.asking.ask(Question("没有导入", [("", refusal.message)]))
            return
        self.desk.say(f"已记入 {counts.new} 笔", self.desk.undo)

    # Taking back

    def correct(self) -> None:
        """Take the chosen entry back and book it right."""
        entry = self._entry()
        if entry is None:
            return

        def save(typed: Typed) -> None:
            changed = {name: typed[name] for name in FIELDS}
            ledger = self.desk.village.ledger
            ledger.correct(entry, typed["reason"], changed, second=Second.read(typed))
            self.desk.say(f"已更正 {entry.summary}", None)

        declared = [LedgerEntry.declaration(name) for name in FIELDS]
        dialog = FormDialog(
            f"更正“{entry.summary}”",
            [REASON, *declared, *self._second(entry)],
            save,
            self.window(),
            values={name: getattr(entry, name) for name in FIELDS},
            words="冲销并重记",
            lines=(("reason",), ("day", "amount"), *LINES[2:]),
        )
        self._show_dialog(dialog)

    def reverse(self) -> None:
        """Take the chosen entry back by a red one."""
        entry = self._entry()
        if entry is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.ledger.reverse(entry, typed["reason"], second=Second.read(typed))
            self.desk.say(f"已冲销 {entry.summary}", None)

        dialog = FormDialog(
            f"冲销“{entry.summary}” {show_money(entry.amount)} 元",
            [REASON, *self._second(entry)],
            save,
            self.window(),
            words="冲销",
        )
        self._show_dialog(dialog)

    def _second(self, entry: LedgerEntry) -> tuple[FieldDeclaration, ...]:
        return second_fields(self.desk.village.two_persons, entry, "money.approve")

    def _entry(self) -> LedgerEntry | None:
        key = self.table.current_key()
        return None if key is None else self.desk.village.ledger.get(key)

    # Disclosure

    def draft_sheet(self, sheet: str) -> None:
        """Draft one of the period's tables and go to it."""
        try:
            notice = self.desk.village.disclosure.draft(sheet, self._period)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def draft_correction(self, notice: Any) -> None:
        """Ask why, draft the correction of a posted table and go to it."""

        def save(typed: Typed) -> None:
            draft = self.desk.village.disclosure.draft_correction(notice, typed["reason"])
            self.desk.say(f"已起草 {draft.heading}", None)
            self.desk.go("notices", draft.id)

        self._show_dialog(
            FormDialog("起草更正公示", [REASON], save, self.window(), words="起草更正公示")
        )

    def close_month(self) -> None:
        """Close the month, or open it again with a reason."""
        first = self._period.first
        month = f"{first.year:04d}-{first.month:02d}"
        ledger = self.desk.village.ledger
        if month not in ledger.closed_months():
            ledger.close_month(month)
            self.desk.say(f"{self._period.show()}已结账", None)
            return

        def save(typed: Typed) -> None:
            ledger.reopen_month(month, typed["reason"])
            self.desk.say(f"{self._period.show()}已反结账", None)

        self._show_dialog(FormDialog("反结账", [REASON], save, self.window(), words="反结账"))

    # The page

    def open_record(self, record: int) -> None:
        entry = self.desk.village.ledger.get(record)
        self._period = period_of("month", entry.day)
        self.refresh()
        self.table.choose(record)
        self.table.focus_rows()

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.row.setDirection(down if narrow else along)
        self.publish_row.setDirection(along if narrow else down)
        self.sums.setVisible(not narrow)
        if narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(_NO_LIMIT)
        else:
            self.side.setFixedWidth(theme().px(364))


def _cells(row: FetchedRow) -> dict[str, Any]:
    return {column.key: row.values[column.key] for column in COLUMNS}


def _own(typed: Typed) -> dict[str, str]:
    """Leave what belongs to the entry itself."""
    return {name: typed[name] for name in FIELDS}


def _choice(accounts: Any) -> Choice:
    return Choice(tuple(Option(one.code, one.name) for one in accounts))


def _chips(today: date) -> list[Chip]:
    """Offer the running year: the year, its quarters so far, its months and those before."""
    year = period_of("year", today)
    chips = [Chip(_key_of(year), f"{today.year} 年")]
    quarter = period_of("quarter", today)
    chips += [
        Chip(_key_of(one), f"{one.first.month}—{one.last.month} 月")
        for one in (quarter, quarter.before)
    ]
    month = period_of("month", today)
    for _ in range(MONTHS // 2):
        name = f"{month.first.month} 月"
        chips.append(Chip(_key_of(month), name))
        month = month.before
    return chips


def _key_of(period: Period) -> str:
    return f"{period.kind} {period.first.isoformat()}"


def _equation(figures: Any) -> str:
    between = f" ± 往来 {show_money(figures.between)}" if figures.between else ""
    return (
        f"{show_money(figures.opening)} ＋ {show_money(figures.total_income)} － "
        f"{show_money(figures.total_expense)}{between} ＝ {show_money(figures.closing)} ✓ 对得上"
    )
