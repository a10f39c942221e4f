"""财务收支: the months, every entry, what the purses hold, booking, taking back, disclosure."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.domain.listing import ListRow as FetchedRow
from village_app.domain.periods import Period, period_of
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.drawing import width_of
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.search_line import SearchLine
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.money.publishing import MoneyPublishing
from village_app.ui.pages.money.units import amount_words, in_unit
from village_app.ui.pages.wishes import MoreButton, bind
from village_app.ui.theme import theme

# The last months that are offered as chips; older ones are found through their quarter or year.
MONTHS = 4
UNITS = ("元", "万元")
# Of the balances beside the list, in px at 100 %.
_SIDE_WIDTH = 330
COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=100),
    ColumnSpec("voucher", "凭证号", TEXT, width=70),
    ColumnSpec("summary", "摘要", TEXT, width=200, stretch=True),
    ColumnSpec("account", "科目", TEXT, width=82, sortable=False),
    ColumnSpec("party", "收（付）款人", TEXT, width=128, narrow=False),
    ColumnSpec("income", "收入（元）", MONEY, width=110),
    ColumnSpec("expense", "支出（元）", MONEY, width=110),
)
PURSE_COLUMNS = (
    ColumnSpec("name", "存放", TEXT, width=78, stretch=True, sortable=False),
    ColumnSpec("opening", "上期结余", MONEY, width=114, sortable=False),
    ColumnSpec("closing", "期末结余", MONEY, width=114, sortable=False),
)


class MoneyPage(MoneyPublishing):
    """The ledger of the village: look, book, take back, disclose."""

    title = "财务收支"
    topic = "money"
    watches = ("ledger_entry", "ledger_account", "ledger_opening", "ledger_month", "notice")
    keys = (
        Key("Ctrl+N", "记支出"),
        Key("Ctrl+R", "记收入"),
        Key("Enter", "看凭证"),
        Key("F2", "更正这一笔"),
        Key("Del", "冲销这一笔"),
        Key("F4", "做公开表"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._in_ten_thousands = False
        self._make_head()
        self._make_filters()
        self.banner_place = QVBoxLayout()
        self.body.addLayout(self.banner_place)
        self.table = RecordTable(
            self._source(), name="ledger", measure="笔", preferences=desk.preferences
        )
        self.table.set_empty(self._make_empty(), filtered="换几个字找，或者看别的期间。")
        self.table.emptied.connect(self.head.rest)
        self.table.opened.connect(lambda _key: self.open_entry())
        self.table.add_column_choice()
        self.row = QHBoxLayout()
        self.row.setSpacing(theme().px(12))
        self.row.addWidget(self.table, 1)
        self.side = self._make_side()
        self.row.addWidget(self.side)
        self.body.addLayout(self.row, 1)
        self.columns = [self.search, self.table, self.side]

    # Parts

    def _make_head(self) -> None:
        self.head = PageHead(
            self.title,
            buttons=[
                Button(
                    "记支出",
                    icon="plus",
                    key="Ctrl+N",
                    bind=False,
                    kind="primary",
                    press=self.spend,
                ),
                Button("记收入", icon="plus", key="Ctrl+R", bind=False, press=self.receive),
                Button("导入流水", icon="in", key="Ctrl+I", bind=False, press=self.bring_in),
            ],
        )
        self.more = MoreButton(self.wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        self.body.addLayout(row)
        bind(self.wishes(), self)

    def _make_filters(self) -> None:
        self.search = SearchLine("摘要、收付款人、凭证号", "找账目", self._filter)
        self.chips = ChipRow([Chip("now", "本月")], name="期间")
        self.chips.chosen.connect(self._choose_period)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.search)
        row.addWidget(self.chips, 1)
        row.addWidget(Button("更正", icon="pen", key="F2", bind=False, press=self.correct))
        self.body.addLayout(row)

    def _make_empty(self) -> EmptyState:
        book = Button("记支出", icon="plus", kind="primary", big=True, press=self.spend)
        load = Button("导入流水", icon="in", big=True, press=self.bring_in)
        sentence = "一笔一笔记，或者导入银行流水，期满就能做公开表。"
        return EmptyState("这一期还没有账目", sentence, buttons=[book, load])

    def _make_side(self) -> QWidget:
        px = theme().px
        sums = self.sums = Sheet("结余", flush=True)
        self.units = ChipRow([Chip(word, word) for word in UNITS], name="金额单位")
        self.units.set_on((UNITS[0],))
        self.units.chosen.connect(self._choose_unit)
        sums.head.addWidget(self.units)
        sums.head.addWidget(Button("登记期初", kind="quiet", press=self.open_purse))
        self.purses = RecordTable(ShortList(PURSE_COLUMNS), name="purses", measure="处")
        self.purses.opened.connect(self.show_purse)
        # A handful of purses needs neither a frame of its own nor to be counted.
        self.purses.foot.hide()
        self.purses.setProperty("part", "")
        sums.add(self.purses)
        self.equation = Text("", "small", "ink2")
        said = QVBoxLayout()
        said.setContentsMargins(px(11), px(6), px(11), px(8))
        said.setSpacing(px(2))
        said.addWidget(self.equation)
        said.addWidget(LightLabel(Light("done", "对得上")))
        sums.body.addLayout(said)
        publish = self.make_publishing()
        inside = QWidget()
        inside.setFixedWidth(px(_SIDE_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(sums)
        column.addWidget(publish)
        column.addStretch(1)
        return inside

    # Data

    def refresh(self) -> None:
        today = self.desk.village.session.today()
        self.chips.set_chips(_chips(today))
        self.chips.set_on((_key_of(self._period),))
        self._filter()
        figures = self.desk.village.disclosure.figures(self._period)
        wide = self._in_ten_thousands
        self.head.set_fact(
            f"收入 {amount_words(figures.total_income, ten_thousands=wide)}，"
            f"支出 {amount_words(figures.total_expense, ten_thousands=wide)}"
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
        purse_columns = in_unit(PURSE_COLUMNS, ten_thousands=wide)
        self.purses.refresh(ShortList(purse_columns, rows))
        self.purses.hug(6)
        self.equation.setText(_equation(figures, ten_thousands=wide))
        self.show_publishing()

    def _source(self) -> ServiceList:
        words = self.search.text()
        listing = self.desk.village.ledger_list.entries(
            first=self._period.first, last=self._period.last, words=words
        )
        columns = in_unit(COLUMNS, ten_thousands=self._in_ten_thousands)
        return ServiceList(
            columns, listing, _cells, muted=lambda row: row.values["reverses"] is not None
        )

    def _filter(self) -> None:
        self.table.set_filtered(filtered=bool(self.search.text()))
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()

    def _choose_unit(self, keys: tuple[str, ...]) -> None:
        """Write the same 分 in another unit; nothing is computed anew."""
        self._in_ten_thousands = keys == (UNITS[1],)
        self.refresh()

    def _choose_period(self, keys: tuple[str, ...]) -> None:
        if keys:
            kind, first = keys[0].split(" ")
            self._period = Period(kind, date.fromisoformat(first))  # type: ignore[arg-type]  # our own keys
            self.refresh()

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
        """Leave the side out where there is no room; its wishes stand under 更多."""
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.side.setVisible(not narrow)


def _cells(row: FetchedRow) -> dict[str, Any]:
    return {column.key: row.values[column.key] for column in COLUMNS}


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
    for _ in range(MONTHS):
        name = f"{month.first.month} 月"
        chips.append(Chip(_key_of(month), name))
        month = month.before
    return chips


def _key_of(period: Period) -> str:
    return f"{period.kind} {period.first.isoformat()}"


def _equation(figures: Any, *, ten_thousands: bool) -> str:
    def shown(fen: int) -> str:
        return amount_words(fen, ten_thousands=ten_thousands).split(" ")[0]

    parts = [
        shown(figures.opening),
        f"＋ {shown(figures.total_income)}",
        f"－ {shown(figures.total_expense)}",
        *((f"± 往来 {shown(figures.between)}",) if figures.between else ()),
        f"＝ {shown(figures.closing)}{' 万元' if ten_thousands else ''}",
    ]
    return _in_lines(parts, theme().px(_SIDE_WIDTH - 30))


def _in_lines(parts: list[str], room: int) -> str:
    """Write the parts of a sum in as many lines of `room` px as they need, none broken."""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]} {part}"
        if width_of(longer, "small") > room:
            lines.append(part)
        else:
            lines[-1] = longer
    return "\n".join(lines)
