"""应收款, 应付款, 借款 by age; the year's budget; payments that deserve a look."""

from __future__ import annotations

from datetime import date
from typing import Any

from village_app.db.records.ledger import LedgerOpening
from village_app.db.records.money import BudgetLine
from village_app.domain.debt_ages import CLASSES, AgedDebt
from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.domain.money import show_money, show_share
from village_app.services.money.budgets import BudgetState
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.money.collective_view import Move, View, chooser, fields, picked

OPENING_FIELDS = ("party", "amount", "day", "formed_on", "due_on", "note")


class DebtsView(View):
    """What is open on one account, by party and age."""

    enter_words = "登记期初"
    columns = (
        ColumnSpec("party", "单位（个人）", TEXT, width=180, stretch=True),
        *(ColumnSpec(f"class{at}", name, MONEY, width=112) for at, name in enumerate(CLASSES)),
        ColumnSpec("total", "合计（元）", MONEY, width=126),
        ColumnSpec("formed", "最早形成", DAY, width=104),
    )

    def rows(self) -> list[ListRow]:
        return [_debt_row(number, one) for number, one in enumerate(self._debts())]

    def fact(self) -> str:
        total = sum(one.total for one in self._debts())
        return f"合计 {show_money(total)} 元，和账上的余额一致"

    def enter(self) -> None:
        account = self._account()
        self.form(
            f"登记{account.name}期初",
            fields(LedgerOpening, *OPENING_FIELDS),
            lambda typed: self.village.accounts.open_with(account, typed),
        )

    def open(self, key: int) -> None:
        debt = self._debts()[key]
        account = self._account()
        entries = self.village.money_watch.entries_with(account, debt.party)
        openings = self._openings(debt.party)
        opening = sum(one.amount for one in openings)
        began = f"建账时 {show_money(opening)} 元，" if opening else ""
        self.show_entries(
            f"{debt.party} 的{account.name}", entries, f"{began}现在 {show_money(debt.total)} 元"
        )

    def publish(self) -> None:
        self.draft(self.village.collective_papers.debts(self._account()))

    def moves(self) -> list[Move]:
        return [("改期初", self.correct_opening)]

    def correct_opening(self) -> None:
        """Change what was open with the chosen party when the book began."""
        key = self.chosen()
        if key is None:
            return
        party = self._debts()[key].party
        openings = self._openings(party)
        if not openings:
            self.desk.say(f"{party} 没有期初，数都是账上记出来的。", None)
            return
        opening = openings[0]
        self.form(
            f"改 {party} 的期初",
            fields(LedgerOpening, *OPENING_FIELDS),
            lambda typed: self.village.accounts.correct_opening(opening, typed),
            {name: getattr(opening, name) for name in OPENING_FIELDS},
            said=f"已改好 {party} 的期初",
        )

    def _account(self) -> Any:
        return self.village.accounts.find(self.key)

    def _debts(self) -> tuple[AgedDebt, ...]:
        found: tuple[AgedDebt, ...] = self.village.money_watch.debts(self._account())
        return found

    def _openings(self, party: str) -> list[LedgerOpening]:
        openings = self.village.accounts.openings_of(self._account())
        return [one for one in openings if one.party == party]


class ReceivablesView(DebtsView):
    """What others owe the village."""

    key = "应收款"
    about = "别人欠村里的，记账时选应收款，就会列在这里，欠了多久一看就知道。"
    word = "应收款"


class PayablesView(DebtsView):
    """What the village owes others."""

    key = "应付款"
    about = "村里欠别人的，记账时选应付款，就会列在这里，欠了多久一看就知道。"
    word = "应付款"


class LoansView(DebtsView):
    """What the village borrowed."""

    key = "短期借款"
    about = "村里借的钱，记账时选借款，就会列在这里。"
    word = "借款"


class BudgetView(View):
    """The year's budget against the ledger; a line opens its payments."""

    key = "budget"
    word = "年度预算"
    measure = "项"
    enter_words = "登记预算"
    about = "一个科目一行，登记以后和账上的实际数对着看。"
    columns = (
        ColumnSpec("account", "科目", TEXT, width=140, stretch=True),
        ColumnSpec("planned", "预算（元）", MONEY, width=126),
        ColumnSpec("actual", "实际（元）", MONEY, width=126),
        ColumnSpec("share", "执行率", TEXT, width=90, align="right"),
        ColumnSpec("left", "结余（元）", MONEY, width=126),
        ColumnSpec("note", "差异说明", TEXT, width=200, narrow=False),
    )

    def rows(self) -> list[ListRow]:
        return [_budget_row(one) for one in self._states()]

    def fact(self) -> str:
        return f"{self.today.year} 年，按 Enter 看是哪些账"

    def enter(self) -> None:
        """Enter or adjust the budget of an account."""
        accounts = [
            one for one in self.village.accounts.listed() if one.nature in {"income", "expense"}
        ]
        choice = chooser("account", "科目", [(one.code, one.name) for one in accounts])

        def save(typed: Typed) -> None:
            account = self.village.accounts.find(picked(choice, typed["account"]))
            own = {name: typed[name] for name in ("year", "planned", "note")}
            self.village.budgets.plan(account, own)

        declared = [choice, *fields(BudgetLine, "year", "planned", "note")]
        self.form("登记预算", declared, save, {"year": self.today.year})

    def open(self, key: int) -> None:
        """Show the entries that make a line's actual figure."""
        state = next(one for one in self._states() if one.line.id == key)
        year = self.today.year
        entries = self.village.ledger.entries_of(
            state.account, date(year, 1, 1), date(year, 12, 31)
        )
        self.show_entries(
            f"{year} 年 {state.account.name}",
            entries,
            f"实际 {show_money(state.actual)} 元，预算 {show_money(state.valid)} 元，"
            f"执行率 {show_share(state.share)}",
        )

    def publish(self) -> None:
        self.draft(self.village.collective_papers.budget(self.today.year))

    def _states(self) -> list[BudgetState]:
        found: list[BudgetState] = self.village.budgets.against_actual(self.today.year)
        return found


class SplitsView(View):
    """Payments of one payee just under a limit that together pass it."""

    key = "splits"
    word = "化整为零"
    nothing = "没有发现化整为零"
    about = "同一收款人几笔挨着审批界线、合起来超过界线的，会列在这里。"
    measure = "处"
    columns = (
        ColumnSpec("party", "收款人", TEXT, width=180, stretch=True),
        ColumnSpec("count", "笔数", TEXT, width=76),
        ColumnSpec("from", "从", DAY, width=104),
        ColumnSpec("to", "到", DAY, width=104),
        ColumnSpec("total", "合计（元）", MONEY, width=126),
        ColumnSpec("limit", "审批界线（元）", MONEY, width=136),
    )

    def rows(self) -> list[ListRow]:
        return [_split_row(number, one) for number, one in enumerate(self._found())]

    def fact(self) -> str:
        return "同一收款人几笔挨着审批界线、合起来超过界线的，请监委会看一看"

    def open(self, key: int) -> None:
        one = self._found()[key]
        entries = [self.village.ledger.get(paid.id) for paid in one.payments]
        self.show_entries(
            f"付给 {one.party} 的 {len(entries)} 笔",
            entries,
            f"合计 {show_money(one.total)} 元，审批界线 {show_money(one.limit)} 元",
        )

    def publish(self) -> None:
        """Say that this view is for inside alone."""
        self.desk.say("这一份只供监督，不公开。", None)

    def _found(self) -> Any:
        return self.village.money_watch.split_payments()


def _debt_row(number: int, one: AgedDebt) -> ListRow:
    classes = {f"class{at}": amount for at, amount in enumerate(one.by_class)}
    cells = {"party": one.party, **classes, "total": one.total, "formed": one.formed_on}
    return ListRow(number, cells)


def _budget_row(one: BudgetState) -> ListRow:
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
