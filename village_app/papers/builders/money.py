"""Papers about the village's money: 财务收支公开表, income and expense line by line.

Pure functions from figures to a `Paper`; amounts in integer 分. The layouts follow the tables of
《农村集体经济组织财务公开规定》（农经发〔2011〕13号）: 逐项逐笔, totals in 大写, three signatures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from village_app.domain.charts import MonthSum, income_and_expense
from village_app.domain.kinds import COUNT, DAY, MONEY, TEXT
from village_app.domain.ledgers import Turnover
from village_app.domain.money import show_money
from village_app.domain.periods import Period
from village_app.papers.blocks import (
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.builders.projects import Signer
from village_app.papers.chart_blocks import chart_block
from village_app.papers.filling import DATE, place_for

UNIT = "单位：元"
SIGNATURES = (
    *(("村党组织书记", ""), ("村委会主任", ""), ("经联社理事长", "")),
    *(("会计", ""), ("出纳", ""), ("民主理财小组", "")),
)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account over the period and over the year to its end."""

    name: str
    period: Turnover
    year: Turnover


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of the ledger as it is published."""

    day: date
    voucher: str
    summary: str
    party: str
    account: str
    amount: int
    method: str = ""
    receipt: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """The figures of a period, read from the ledger in one go.

    `between` is what moved in 内部往来 and other accounts that are neither income nor expense,
    as it changes the purses (positive: more in the purses).
    """

    period: Period
    income: tuple[AccountLine, ...]
    expense: tuple[AccountLine, ...]
    purses: tuple[AccountLine, ...]
    claims: tuple[AccountLine, ...]
    debts: tuple[AccountLine, ...]
    income_lines: tuple[EntryLine, ...]
    expense_lines: tuple[EntryLine, ...]
    months: tuple[MonthSum, ...] = ()

    @property
    def total_income(self) -> int:
        return sum(_net(one.period) for one in self.income)

    @property
    def total_expense(self) -> int:
        return sum(_net(one.period) for one in self.expense)

    @property
    def opening(self) -> int:
        return sum(one.period.opening for one in self.purses)

    @property
    def closing(self) -> int:
        return sum(one.period.closing for one in self.purses)

    @property
    def between(self) -> int:
        return self.closing - self.opening - self.total_income + self.total_expense


def build_money_summary(figures: MoneyFigures, signer: Signer) -> Paper:
    """Build 财务收支公开表: income and expense by account, the purses, claims and debts."""
    blocks: tuple[Block, ...] = (
        _income_and_expense(figures),
        _purses(figures, signer),
        Paragraph(equation(figures), indent=0),
        *_balances("三、债权", figures.claims),
        *_balances("四、债务", figures.debts),
        *_chart(figures),
        *_signing(signer),
    )
    return _paper(figures, signer, "财务收支公开表", "money_summary", blocks)


def build_income_details(figures: MoneyFigures, signer: Signer) -> Paper:
    """Build 收入明细表: every line of income, its total in 大写."""
    columns = (
        *_first_columns("缴款人"),
        Column("收款方式", TEXT, width=1.6),
        Column("票据号", TEXT, width=2),
        Column("金额（元）", MONEY, total="sum", width=2.4),
    )
    rows = _entry_rows(figures.income_lines, lambda one: (one.method, one.receipt, one.amount))
    table = Table(
        columns,
        rows,
        unit=UNIT,
        has_total=True,
        in_words=len(columns) - 1,
        notes=_phone_note(signer),
    )
    blocks = (table, *_signing(signer, len(SIGNATURES)))
    return _paper(figures, signer, "收入明细表", "money_income", blocks, landscape=True)


def build_expense_details(figures: MoneyFigures, signer: Signer) -> Paper:
    """Build 支出明细表: every line of expense with who handled, witnessed and approved it."""
    columns = (
        *_first_columns("收款人"),
        Column("经手人", TEXT, width=1.4),
        Column("证明人", TEXT, width=1.4),
        Column("审批人", TEXT, width=1.4),
        Column("金额（元）", MONEY, total="sum", width=2.4),
    )
    rows = _entry_rows(
        figures.expense_lines,
        lambda one: (one.handler, one.witness, one.approver, one.amount),
    )
    table = Table(
        columns,
        rows,
        unit=UNIT,
        has_total=True,
        in_words=len(columns) - 1,
        notes=_phone_note(signer),
    )
    blocks = (table, *_signing(signer, len(SIGNATURES)))
    return _paper(figures, signer, "支出明细表", "money_expense", blocks, landscape=True)


def equation(figures: MoneyFigures) -> str:
    """Write how the purses come out: 上期结余 + 收入 - 支出 ± 往来 = 期末结余."""
    between = ""
    if figures.between:
        sign = "＋" if figures.between > 0 else "－"
        between = f"{sign}往来变动{show_money(abs(figures.between))}"
    return (
        f"上期结余{show_money(figures.opening)}＋本期收入{show_money(figures.total_income)}"
        f"－本期支出{show_money(figures.total_expense)}{between}"
        f"＝期末结余{show_money(figures.closing)}。"
    )


def _chart(figures: MoneyFigures) -> tuple[Block, ...]:
    """Draw income and expense by month where the period has several."""
    if len(figures.months) < 2:
        return ()
    return (chart_block(income_and_expense(figures.months)),)


def _paper(
    figures: MoneyFigures,
    signer: Signer,
    name: str,
    sheet: str,
    blocks: tuple[Block, ...],
    *,
    landscape: bool = False,
) -> Paper:
    period = figures.period
    meta = {"sheet": sheet, "period": period.kind, "from": period.first.isoformat()}
    return Paper(
        layout="table",
        title=f"{signer.village}{period.show()}{name}",
        blocks=blocks,
        public=True,
        landscape=landscape,
        meta=meta,
    )


def _net(turnover: Turnover) -> int:
    """Give what an account of income or expense really came to: what was booked back is off."""
    return turnover.gained - turnover.lost


def _income_and_expense(figures: MoneyFigures) -> Table:
    rows: list[Row] = []
    for title, label, lines in (
        ("一、收入", "收入合计", figures.income),
        ("二、支出", "支出合计", figures.expense),
    ):
        rows.append(Row((title, None, None, ""), "section"))
        rows += [Row((one.name, _net(one.period), _net(one.year), "")) for one in lines]
        sums = (
            sum(_net(one.period) for one in lines),
            sum(_net(one.year) for one in lines),
        )
        rows.append(Row((label, *sums, ""), "subtotal"))
    columns = (
        Column("项目", TEXT, width=3),
        Column("本期发生", MONEY, width=2.4),
        Column("本年累计", MONEY, width=2.4),
        Column("备注", TEXT, width=2),
    )
    return Table(columns, tuple(rows), caption="收入和支出", unit=UNIT)


def _purses(figures: MoneyFigures, signer: Signer) -> Table:
    rows = tuple(
        Row((one.name, one.period.opening, one.period.gained, one.period.lost, one.period.closing))
        for one in figures.purses
    )
    columns = (
        Column("存放", TEXT, width=3),
        Column("上期结余", MONEY, total="sum", width=2.4),
        Column("本期增加", MONEY, total="sum", width=2.4),
        Column("本期减少", MONEY, total="sum", width=2.4),
        Column("期末结余", MONEY, total="sum", width=2.4),
    )
    notes = (
        "注：现金和银行之间的转款（如提取备用金）列在增加和减少里，不算收入和支出。",
        *_phone_note(signer),
    )
    return Table(
        columns, rows, caption="期末结余", unit=UNIT, has_total=True, in_words=4, notes=notes
    )


def _balances(title: str, lines: tuple[AccountLine, ...]) -> Iterator[Block]:
    if not lines:
        return
    rows = tuple(
        Row((one.name, one.period.opening, one.period.gained, one.period.lost, one.period.closing))
        for one in lines
    )
    columns = (
        Column("项目", TEXT, width=3),
        Column("期初余额", MONEY, total="sum", width=2.4),
        Column("本期增加", MONEY, total="sum", width=2.4),
        Column("本期减少", MONEY, total="sum", width=2.4),
        Column("期末余额", MONEY, total="sum", width=2.4),
    )
    yield Table(columns, rows, caption=title, unit=UNIT, has_total=True)


def _first_columns(party: str) -> tuple[Column, ...]:
    return (
        Column("序号", COUNT, width=1.1),
        Column("日期", DAY, width=2.2),
        Column("凭证号", TEXT, width=1.7),
        Column("摘要", TEXT, width=4.4),
        Column(party, TEXT, width=3.4),
        Column("科目", TEXT, width=1.9),
    )


Rest = tuple[str | int, ...]


def _entry_rows(lines: Sequence[EntryLine], rest: Callable[[EntryLine], Rest]) -> tuple[Row, ...]:
    return tuple(
        Row((at, one.day, one.voucher, one.summary, one.party, one.account, *rest(one)))
        for at, one in enumerate(lines, 1)
    )


def _signing(signer: Signer, per_line: int = 3) -> tuple[Block, ...]:
    return (
        SignLines(SIGNATURES, per_line),
        Signature((signer.committee,), place_for(DATE)),
    )


def _phone_note(signer: Signer) -> tuple[str, ...]:
    return (f"监督电话：{signer.phone}",) if signer.phone else ()


Sheet = Literal["money_summary", "money_income", "money_expense"]
BUILDERS: dict[str, Callable[[MoneyFigures, Signer], Paper]] = {
    "money_summary": build_money_summary,
    "money_income": build_income_details,
    "money_expense": build_expense_details,
}
