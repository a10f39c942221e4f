"""Papers about projects: what came in, what was promised, paid and kept back.

Pure functions from figures to a `Paper`; amounts in integer 分, shares in hundredths of a percent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, DAY, MONEY, TEXT
from village_app.domain.money import share_of, show_money, show_share
from village_app.domain.money_words import in_words
from village_app.papers.blocks import (
    Bar,
    BarChart,
    Block,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from village_app.papers.filling import DATE, PERIOD, place_for


@dataclass(frozen=True, slots=True)
class Signer:
    """Who issues a paper and where questions go."""

    committee: str
    supervision: str
    phone: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment as it is published."""

    day: date
    label: str
    payee: str
    receipt: str
    amount: int


@dataclass(frozen=True, slots=True)
class SpendingFacts:
    """What the notice of a project's spending says; None where that step is still to come."""

    name: str
    number: str
    basis: str
    sources: tuple[tuple[str, int], ...]
    budget: int
    firm: str
    method: str
    contract: int
    changes: int
    submitted: int | None
    approved: int | None
    accepted_on: date | None
    retention: int
    retention_share: int
    retention_due: date | None
    payments: tuple[PaymentLine, ...]

    @property
    def paid(self) -> int:
        return sum(one.amount for one in self.payments)

    @property
    def owed(self) -> int:
        """What the firm gets in all: the settlement, before it contract and changes."""
        return self.approved if self.approved is not None else self.contract + self.changes

    @property
    def left(self) -> int:
        """What is left of the budget."""
        return self.budget - self.owed


def build_spending_notice(facts: SpendingFacts, signer: Signer) -> Paper:
    """Build 项目资金使用情况公示: funding, contract and settlement, every payment, what is left.

    The posting period and the date stay open; they are filled in when the notice is posted.
    """
    blocks: tuple[Block, ...] = (
        Paragraph(_opening(facts)),
        Heading("一、资金来源", 1),
        _sources(facts),
        Heading("二、合同、变更和结算", 1),
        *(Paragraph(text) for text in _contract_sentences(facts)),
        Heading("三、付款明细", 1),
        _payments(facts),
        Heading("四、质保金和结余", 1),
        *(Paragraph(text) for text in _rest_sentences(facts)),
        budget_chart(facts.budget, facts.paid, facts.owed - facts.paid),
        Paragraph(f"公示期：{place_for(PERIOD)}。{question_sentence(signer)}"),
        Signature((signer.committee, signer.supervision), place_for(DATE)),
    )
    return Paper(
        layout="notice",
        title=f"{facts.name}项目资金使用情况公示",
        blocks=blocks,
        public=True,
        meta={"sheet": "project_spending"},
    )


def question_sentence(signer: Signer) -> str:
    """Say where questions and objections go."""
    phone = f"（电话：{signer.phone}）" if signer.phone else ""
    return (
        f"村民对公示内容有疑问或者不同意见的，请在公示期内向{signer.supervision}{phone}提出，"
        "当面、来信、来电都可以。"
    )


def budget_chart(budget: int, paid: int, unpaid: int) -> BarChart:
    """Draw where the budget stands: paid, promised and not yet paid, left."""
    parts = [("已付", paid), ("合同未付", unpaid)]
    if budget - paid - unpaid > 0:
        parts.append(("结余", budget - paid - unpaid))
    bar = Bar("预算", tuple(parts), f"{show_money(budget)}元")
    return BarChart("预算用到哪里（单位：元）", (bar,), kind=MONEY)


def _opening(facts: SpendingFacts) -> str:
    basis = f"根据{facts.basis}，" if facts.basis else ""
    number = f"（{facts.number}）" if facts.number else ""
    accepted = f"，于{show_day(facts.accepted_on)}验收合格" if facts.accepted_on else ""
    return (
        f"{basis}我村实施{facts.name}项目{number}，由{facts.firm}承建（{facts.method}）{accepted}。"
        "现将项目资金使用情况公示如下，接受村民监督。"
    )


def _sources(facts: SpendingFacts) -> Table:
    rows = tuple(
        Row((at, name, amount, show_share(share_of(amount, facts.budget))))
        for at, (name, amount) in enumerate(facts.sources, 1)
    )
    columns = (
        Column("序号", COUNT, width=1),
        Column("资金来源", TEXT, width=4),
        Column("金额（元）", MONEY, total="sum", width=3),
        Column("占比", TEXT, width=2),
    )
    return Table(columns, rows, has_total=True)


def _contract_sentences(facts: SpendingFacts) -> Iterator[str]:
    total = facts.contract + facts.changes
    if facts.changes:
        rate = show_share(share_of(facts.changes, facts.contract))
        word = "增加" if facts.changes > 0 else "减少"
        yield (
            f"合同价{show_money(facts.contract)}元；变更{word}{show_money(abs(facts.changes))}元"
            f"（变更率{rate}），变更后{show_money(total)}元。"
        )
    else:
        yield f"合同价{show_money(facts.contract)}元，没有变更。"
    if facts.approved is None or facts.submitted is None:
        yield "项目尚未结算。"
        return
    less = facts.submitted - facts.approved
    yield (
        f"送审价{show_money(facts.submitted)}元，审定价{show_money(facts.approved)}元"
        f"（{in_words(facts.approved)}），核减{show_money(less)}元"
        f"（核减率{show_share(share_of(less, facts.submitted))}）。"
    )


def _payments(facts: SpendingFacts) -> Table:
    rows = tuple(
        Row((at, one.day, one.label, one.payee, one.receipt, one.amount))
        for at, one in enumerate(facts.payments, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.2),
        Column("日期", DAY, width=2.9),
        Column("款项", TEXT, width=2.4),
        Column("收款单位", TEXT, width=4.2),
        Column("凭证号", TEXT, width=1.8),
        Column("金额（元）", MONEY, total="sum", width=2.6),
    )
    return Table(columns, rows, has_total=True, in_words=5)


def _rest_sentences(facts: SpendingFacts) -> Iterator[str]:
    if facts.retention:
        due = f"，{show_day(facts.retention_due)}到期" if facts.retention_due else ""
        yield (
            f"质保金{show_money(facts.retention)}元"
            f"（{'审定价' if facts.approved is not None else '造价'}的"
            f"{show_share(facts.retention_share)}）暂不支付{due}，期满没有质量问题再退还。"
        )
    word = "结余" if facts.left >= 0 else "超出预算"
    yield (
        f"预算{show_money(facts.budget)}元，造价{show_money(facts.owed)}元，"
        f"{word}{show_money(abs(facts.left))}元。"
    )
