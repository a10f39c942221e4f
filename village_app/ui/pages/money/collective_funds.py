"""专项资金 and 干部报酬: what has a purpose of its own, and what those in office get."""

from __future__ import annotations

from datetime import date

from village_app.db.records.funds import FUND_KINDS, OfficialPay, SpecialFund
from village_app.domain.kinds import MONEY, TEXT
from village_app.domain.money import show_money
from village_app.domain.periods import Period, PeriodKind, period_of
from village_app.services.money.funds import FundState
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.money.collective_view import Move, View, chooser, fields, picked

FUND_FIELDS = ("name", "kind", "source", "document", "granted", "day", "purpose", "note")
PAY_FIELDS = ("name", "post", "month", "basic", "merit", "allowance", "deduction", "note")


class FundsView(View):
    """The special funds; a row opens its entries."""

    key = "funds"
    word = "专项资金"
    measure = "项"
    enter_words = "登记专项资金"
    about = "上面拨下来专门用的钱，一笔一本账：拨了多少、用了多少、还剩多少。"
    columns = (
        ColumnSpec("name", "专项资金", TEXT, width=180, stretch=True),
        ColumnSpec("kind", "类别", TEXT, width=110),
        ColumnSpec("source", "拨款单位", TEXT, width=140, narrow=False),
        ColumnSpec("granted", "应拨（元）", MONEY, width=120, narrow=False),
        ColumnSpec("received", "拨入（元）", MONEY, width=120),
        ColumnSpec("spent", "使用（元）", MONEY, width=120),
        ColumnSpec("left", "结余（元）", MONEY, width=120),
        ColumnSpec("state", "状态", TEXT, width=110, sortable=False),
    )

    def rows(self) -> list[ListRow]:
        return [_fund_row(one) for one in self._states()]

    def fact(self) -> str:
        return "在财务收支里把账归到专项资金，这里自己加起来"

    def enter(self) -> None:
        declared = fields(SpecialFund, *FUND_FIELDS)
        self.form("登记专项资金", declared, self.village.funds.add)

    def open(self, key: int) -> None:
        state = self._state(key)
        entries = self.village.funds.entries(state.fund)
        self.show_entries(
            state.fund.name,
            entries,
            f"拨入 {show_money(state.received)} － 使用 {show_money(state.spent)} ＝ "
            f"结余 {show_money(state.left)} 元",
        )

    def publish(self) -> None:
        self.draft(self.village.collective_papers.funds())

    def moves(self) -> list[Move]:
        return [("改这一项", self.correct)]

    def correct(self) -> None:
        """Change the chosen fund."""
        key = self.chosen()
        if key is not None:
            fund = self._state(key).fund
            self.form(
                f"改 {fund.name}",
                fields(SpecialFund, *FUND_FIELDS),
                lambda typed: self.village.funds.correct(fund, typed),
                {name: getattr(fund, name) for name in FUND_FIELDS},
                said=f"已改好 {fund.name}",
            )

    def _states(self) -> list[FundState]:
        found: list[FundState] = self.village.funds.states()
        return found

    def _state(self, key: int) -> FundState:
        return next(one for one in self._states() if one.fund.id == key)


class PayView(View):
    """What those who hold office got, month by month."""

    key = "pay"
    word = "干部报酬"
    measure = "笔"
    enter_words = "登记报酬"
    open_words = "改这一笔"
    about = "一人一月一行，登记以后就能做干部报酬公开表。"
    columns = (
        ColumnSpec("month", "月份", TEXT, width=92),
        ColumnSpec("name", "姓名", TEXT, width=92),
        ColumnSpec("post", "职务", TEXT, width=190, stretch=True),
        ColumnSpec("basic", "基本报酬", MONEY, width=112, narrow=False),
        ColumnSpec("merit", "绩效报酬", MONEY, width=112, narrow=False),
        ColumnSpec("allowance", "补贴", MONEY, width=104),
        ColumnSpec("deduction", "扣款", MONEY, width=104),
        ColumnSpec("total", "实发（元）", MONEY, width=116),
    )

    def rows(self) -> list[ListRow]:
        return [_pay_row(one) for one in self.village.official_pays.listed(self.today.year)]

    def fact(self) -> str:
        total = sum(_total(one) for one in self.village.official_pays.listed(self.today.year))
        return f"{self.today.year} 年实发 {show_money(total)} 元"

    def enter(self) -> None:
        declared = fields(OfficialPay, *PAY_FIELDS)
        month = f"{self.today:%Y-%m}"
        self.form("登记报酬", declared, self.village.official_pays.enter, {"month": month})

    def open(self, key: int) -> None:
        pay = self.village.official_pays.get(key)
        self.form(
            f"改 {pay.name} {pay.month} 的报酬",
            fields(OfficialPay, *PAY_FIELDS),
            lambda typed: self.village.official_pays.correct(pay, typed),
            {name: getattr(pay, name) for name in PAY_FIELDS},
            said=f"已改好 {pay.name} {pay.month}",
        )

    def publish(self) -> None:
        """Ask for the period and draft its table."""
        periods = {_key(one): one for one in self._periods()}
        choice = chooser("period", "哪一期", [(key, one.show()) for key, one in periods.items()])

        def save(typed: Typed) -> None:
            self.draft(self.village.collective_papers.pay(periods[picked(choice, typed["period"])]))

        self.form("干部报酬公开表", [choice], save, words="起草", said="已起草干部报酬公开表")

    def moves(self) -> list[Move]:
        return [("照上个月登记本月", self.repeat), ("删掉这一笔", self.remove)]

    def repeat(self) -> None:
        """Enter the running month as the one before."""
        month = f"{self.today:%Y-%m}"
        count = self.village.official_pays.repeat(month)
        self.desk.say(f"已照上次登记 {month} 的报酬 {count} 人", self.desk.undo)

    def remove(self) -> None:
        """Remove the chosen line; undo brings it back."""
        key = self.chosen()
        if key is not None:
            pay = self.village.official_pays.get(key)
            self.village.official_pays.remove(pay)
            self.desk.say(f"已删掉 {pay.name} {pay.month}", self.desk.undo)

    def _periods(self) -> list[Period]:
        """Offer the last two quarters, the running and the last month, the year."""
        quarter, month = period_of("quarter", self.today), period_of("month", self.today)
        year = period_of("year", self.today)
        return [quarter.before, quarter, month.before, month, year, year.before]


def _key(period: Period) -> str:
    kind: PeriodKind = period.kind
    first: date = period.first
    return f"{kind} {first.isoformat()}"


def _fund_row(one: FundState) -> ListRow:
    granted = one.fund.granted or 0
    if one.left < 0:
        state = Light("fault", "超支")
    elif granted > one.received:
        state = Light("soon", "没拨足")
    else:
        state = Light("done", "对得上")
    return ListRow(
        one.fund.id,
        {
            "name": one.fund.name,
            "kind": FUND_KINDS.show(one.fund.kind),
            "source": one.fund.source,
            "granted": one.fund.granted,
            "received": one.received,
            "spent": one.spent,
            "left": one.left,
            "state": state,
        },
    )


def _pay_row(one: OfficialPay) -> ListRow:
    cells = {
        name: getattr(one, name)
        for name in ("month", "name", "post", "basic", "merit", "allowance", "deduction")
    }
    return ListRow(one.id, {**cells, "total": _total(one)})


def _total(one: OfficialPay) -> int:
    return int(one.basic + (one.merit or 0) + (one.allowance or 0) - (one.deduction or 0))
