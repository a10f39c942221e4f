"""三资台账: leases with rent due, debts by age, the year's budget, payments that deserve a look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.db.records.ledger import LedgerEntry, LedgerOpening
from village_app.db.records.money import Asset, BudgetLine, Lease
from village_app.domain.debt_ages import CLASSES
from village_app.domain.kinds import DAY, MONEY, TEXT, Choice, FieldDeclaration, Option
from village_app.domain.money import show_share
from village_app.errors import Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed

LEASES = (
    ColumnSpec("asset", "资产资源", TEXT, width=160, stretch=True),
    ColumnSpec("tenant", "承租人", TEXT, width=110),
    ColumnSpec("ends", "到期", DAY, width=104),
    ColumnSpec("rent", "年租金（元）", MONEY, width=126),
    ColumnSpec("due", "本月应收", MONEY, width=116),
    ColumnSpec("owed", "欠收", MONEY, width=116),
    ColumnSpec("state", "状态", TEXT, width=118, sortable=False),
)
DEBTS = (
    ColumnSpec("party", "单位（个人）", TEXT, width=180, stretch=True),
    *(ColumnSpec(f"class{at}", name, MONEY, width=112) for at, name in enumerate(CLASSES)),
    ColumnSpec("total", "合计（元）", MONEY, width=126),
    ColumnSpec("formed", "最早形成", DAY, width=104),
)
BUDGET = (
    ColumnSpec("account", "科目", TEXT, width=140, stretch=True),
    ColumnSpec("planned", "预算（元）", MONEY, width=126),
    ColumnSpec("actual", "实际（元）", MONEY, width=126),
    ColumnSpec("share", "执行率", TEXT, width=90),
    ColumnSpec("left", "结余（元）", MONEY, width=126),
    ColumnSpec("note", "差异说明", TEXT, width=200, narrow=False),
)
SPLITS = (
    ColumnSpec("party", "收款人", TEXT, width=180, stretch=True),
    ColumnSpec("count", "笔数", TEXT, width=76),
    ColumnSpec("from", "从", DAY, width=104),
    ColumnSpec("to", "到", DAY, width=104),
    ColumnSpec("total", "合计（元）", MONEY, width=126),
    ColumnSpec("limit", "审批界线（元）", MONEY, width=136),
)
VIEWS = (
    ("leases", "租约"),
    ("应收款", "应收款"),
    ("应付款", "应付款"),
    ("短期借款", "借款"),
    ("budget", "年度预算"),
    ("splits", "化整为零"),
)
MEASURES = {"leases": "份", "budget": "项", "splits": "处"}
RENT_FIELDS = ("day", "amount", "voucher", "receipt", "note")
LEASE_FIELDS = (
    *("tenant", "number", "starts_on", "ends_on", "yearly_rent", "months", "first_due"),
    *("deposit", "note"),
)


class CollectivePage(Page):
    """One list with several views; each view has its own verb."""

    title = "三资台账"
    topic = "collective"
    watches = ("asset", "lease", "ledger_entry", "ledger_opening", "budget_line")
    keys = (Key("Ctrl+N", "登记"), Key("Enter", "收租金"), Key("F4", "做公开表"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view = "leases"
        self.dialog: FormDialog | None = None
        self.enter_button = Button(
            "登记租约", icon="plus", key="Ctrl+N", kind="primary", press=self.enter
        )
        self.head = PageHead(
            self.title,
            buttons=[
                self.enter_button,
                Button("登记资产资源", icon="plus", press=self.add_asset),
                Button("做公开表", icon="board", key="F4", press=self.publish),
            ],
        )
        self.body.addWidget(self.head)
        self.views = ChipRow([Chip(key, word) for key, word in VIEWS], name="看哪一份")
        self.views.chosen.connect(self._choose_view)
        self.body.addWidget(self.views)
        self.table = RecordTable(ShortList(LEASES), name="collective", measure="份")
        self.table.opened.connect(self.receive_rent)
        self.body.addWidget(self.table, 1)
        self.columns = [self.table]

    # Data

    def refresh(self) -> None:
        columns, rows = self._rows()
        place = self.body.indexOf(self.table)
        if self.table.objectName() != self._view:
            self._replace_table(columns, place)
        self.table.refresh(ShortList(columns, rows))
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(self._fact())

    def _replace_table(self, columns: tuple[ColumnSpec, ...], place: int) -> None:
        """Put up the list of another view: its columns differ."""
        self.body.removeWidget(self.table)
        self.table.deleteLater()
        measure = MEASURES.get(self._view, "户")
        self.table = RecordTable(ShortList(columns), name=self._view, measure=measure)
        self.table.setObjectName(self._view)
        self.table.set_narrow(self.narrow)
        if self._view == "leases":
            self.table.opened.connect(self.receive_rent)
        self.body.insertWidget(place, self.table, 1)
        self.columns = [self.table]
        words = {"leases": "登记租约", "budget": "登记预算"}.get(self._view, "登记期初")
        self.enter_button.set_words(words)
        self.enter_button.setVisible(self._view != "splits")

    def _rows(self) -> tuple[tuple[ColumnSpec, ...], list[ListRow]]:
        if self._view == "leases":
            return LEASES, [_lease_row(one) for one in self.desk.village.collective.leases()]
        if self._view == "budget":
            year = self.desk.village.session.today().year
            states = self.desk.village.budgets.against_actual(year)
            return BUDGET, [_budget_row(one) for one in states]
        if self._view == "splits":
            found = self.desk.village.money_watch.split_payments()
            return SPLITS, [_split_row(number, one) for number, one in enumerate(found)]
        account = self.desk.village.accounts.find(self._view)
        debts = self.desk.village.money_watch.debts(account)
        return DEBTS, [_debt_row(number, one) for number, one in enumerate(debts)]

    def _fact(self) -> str:
        if self._view == "splits":
            return "同一收款人几笔挨着审批界线、合起来超过界线的，请监委会看一看"
        if self._view == "leases":
            soon = sum(1 for one in self.desk.village.collective.leases() if one.ends_soon)
            return f"90 天内到期 {soon} 份" if soon else ""
        return ""

    def _choose_view(self, keys: tuple[str, ...]) -> None:
        if keys:
            self._view = keys[0]
            self.refresh()

    # Wishes

    def enter(self) -> None:
        """Enter what this view lists: a lease, a budget line, an opening debt."""
        {"leases": self.let, "budget": self.plan}.get(self._view, self.open_debt)()

    def add_asset(self) -> None:
        """Enter an asset or resource."""
        fields = ("kind", "name", "quantity", "place", "area", "value", "keeper", "acquired_on")
        declared = [Asset.declaration(name) for name in fields]
        self._open("登记资产资源", declared, self.desk.village.collective.add_asset)

    def let(self) -> None:
        """Enter a lease of an asset."""
        assets = {str(one.id): one for one in self.desk.village.collective.assets()}
        if not assets:
            self.desk.say("还没有资产资源，请先登记。", None)
            return
        options = tuple(Option(key, one.name) for key, one in assets.items())
        by_word = {one.name: one for one in assets.values()} | assets
        declared = [
            FieldDeclaration("asset", "资产资源", Choice(options), required=True),
            *(Lease.declaration(name) for name in LEASE_FIELDS),
        ]

        def save(typed: Typed) -> None:
            own = {name: typed[name] for name in LEASE_FIELDS}
            self.desk.village.collective.let(by_word[typed["asset"]], own)

        self._open("登记租约", declared, save)

    def plan(self) -> None:
        """Enter or adjust a budget line."""
        accounts = [
            one
            for one in self.desk.village.accounts.listed()
            if one.nature in {"income", "expense"}
        ]
        options = tuple(Option(one.code, one.name) for one in accounts)
        declared = [
            FieldDeclaration("account", "科目", Choice(options), required=True),
            *(BudgetLine.declaration(name) for name in ("year", "planned", "note")),
        ]

        def save(typed: Typed) -> None:
            account = self.desk.village.accounts.find(typed["account"])
            own = {name: typed[name] for name in ("year", "planned", "note")}
            self.desk.village.budgets.plan(account, own)

        self._open("登记预算", declared, save)

    def open_debt(self) -> None:
        """Enter what was open with a party when the book began."""
        account = self.desk.village.accounts.find(self._view)
        fields = ("party", "amount", "day", "formed_on", "due_on", "note")
        declared = [LedgerOpening.declaration(name) for name in fields]
        self._open(
            f"登记{account.name}期初",
            declared,
            lambda typed: self.desk.village.accounts.open_with(account, typed),
        )

    def receive_rent(self, key: int | None = None) -> None:
        """Book rent for the chosen lease."""
        chosen = key if key is not None else self.table.current_key()
        state = next(
            (one for one in self.desk.village.collective.leases() if one.lease.id == chosen), None
        )
        if state is None:
            return
        declared = [LedgerEntry.declaration(name) for name in RENT_FIELDS]
        self._open(
            f"收 {state.asset.name} 租金（{state.lease.tenant}）",
            declared,
            lambda typed: self.desk.village.collective.receive_rent(
                state.lease, {name: typed[name] for name in RENT_FIELDS}
            ),
        )

    def publish(self) -> None:
        """Draft this view's table and go to it; split payments are for inside alone."""
        papers = self.desk.village.collective_papers
        if self._view == "splits":
            self.desk.say("这一份只供监督，不公开。", None)
            return
        try:
            if self._view == "leases":
                paper = papers.leases()
            elif self._view == "budget":
                paper = papers.budget(self.desk.village.session.today().year)
            else:
                paper = papers.debts(self.desk.village.accounts.find(self._view))
            notice = papers.draft(paper)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def _open(
        self, title: str, declared: list[FieldDeclaration], save: Callable[[Typed], object]
    ) -> None:
        def saved(typed: Typed) -> None:
            save(typed)
            self.desk.say(f"已{title}", self.desk.undo)

        self.dialog = FormDialog(title, declared, saved, self.window())
        self.dialog.open()

    # The page

    def first_focus(self) -> QWidget:
        return self.table

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)


def _lease_row(one: Any) -> ListRow:
    if one.is_over:
        state = Light("same", "已到期")
    elif one.owed > 0:
        state = Light("over", "有欠租")
    elif one.ends_soon:
        state = Light("soon", "快到期")
    else:
        state = Light("done", "正常")
    cells = {
        "asset": one.asset.name,
        "tenant": one.lease.tenant,
        "ends": one.lease.ends_on,
        "rent": one.lease.yearly_rent,
        "due": one.due_this_month,
        "owed": one.owed,
        "state": state,
    }
    return ListRow(one.lease.id, cells, muted=one.is_over)


def _debt_row(number: int, one: Any) -> ListRow:
    classes = {f"class{at}": amount for at, amount in enumerate(one.by_class)}
    cells = {"party": one.party, **classes, "total": one.total, "formed": one.formed_on}
    return ListRow(number, cells)


def _budget_row(one: Any) -> ListRow:
    cells = {
        "account": one.account.name,
        "planned": one.valid,
        "actual": one.actual,
        "share": show_share(one.share),
        "left": one.left,
        "note": Light("fault", "超了，要写明原因") if one.needs_reason else one.line.note,
    }
    return ListRow(one.line.id, cells)


def _split_row(number: int, one: Any) -> ListRow:
    cells = {
        "party": one.party,
        "count": f"{len(one.payments)} 笔",
        "from": one.payments[0].day,
        "to": one.payments[-1].day,
        "total": one.total,
        "limit": one.limit,
    }
    return ListRow(number, cells)
