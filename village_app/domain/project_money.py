"""What must hold between a project's figures, as pure rules over one value.

All amounts are integer 分, all shares hundredths of a percent (300 = 3 %). The invariants follow
the village practice of whole-course project disclosure; their limits come in as `Limits` from
rule records, never from here. An error refuses what was typed; a warning asks for a look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from village_app.domain.money import portion, share_of, show_money, show_share

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the rules in force; None where the place has set none."""

    retention_share: int
    retention_excluded_by_bond: bool
    decide_again_share: int
    performance_bond_share: int
    longest_defects_months: int
    fewest_quotations: int


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """A project's figures in 分; None where that step is still to come.

    `paid` is what was paid besides returned retention, `returned` the retention given back.
    """

    budget: int
    sources: tuple[int, ...] = ()
    ceiling: int | None = None
    chosen_price: int | None = None
    quotations: int = 0
    needs_quotations: bool = False
    contract: int | None = None
    price_reason: str = ""
    bond: int = 0
    defects_months: int | None = None
    agreed_retention_share: int = 0
    changes: int = 0
    decided_again: bool = False
    paid: int = 0
    returned: int = 0
    submitted: int | None = None
    settled: int | None = None
    settled_retention_share: int = 0

    @property
    def total_due(self) -> int | None:
        """The contract with its approved changes; None before there is a contract."""
        return None if self.contract is None else self.contract + self.changes

    @property
    def owed_in_all(self) -> int | None:
        """What the firm gets in all: the approved settlement, before it contract and changes."""
        return self.settled if self.settled is not None else self.total_due

    @property
    def retention(self) -> int:
        """The retention: of the settlement, before it of contract and changes."""
        if self.settled is not None:
            return portion(self.settled, self.settled_retention_share)
        return portion(self.total_due or 0, self.agreed_retention_share)

    @property
    def still_payable(self) -> int:
        """What may still be paid now, retention left aside."""
        return (self.owed_in_all or 0) - self.retention - self.paid

    @property
    def change_share(self) -> int | None:
        """The changes in proportion to the contract."""
        return share_of(self.changes, self.contract) if self.contract else None

    @property
    def left_of_budget(self) -> int:
        """The budget less what the firm gets in all."""
        return self.budget - (self.owed_in_all or 0)

    def with_payment(self, amount: int, *, returns_retention: bool = False) -> ProjectMoney:
        """Give the figures as they would be after one more payment."""
        if returns_retention:
            return replace(self, returned=self.returned + amount)
        return replace(self, paid=self.paid + amount)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that does not hold: its code and name, how grave, a sentence with both figures."""

    code: str
    rule: str
    severity: Severity
    message: str


def findings(money: ProjectMoney, limits: Limits) -> tuple[Finding, ...]:
    """Check every rule over the figures, errors first."""
    found = [
        *_funding(money),
        *_choosing(money, limits),
        *_contract(money, limits),
        *_paying(money),
        *_settling(money, limits),
    ]
    return tuple(sorted(found, key=lambda one: one.severity != "error"))


def _funding(money: ProjectMoney) -> Iterator[Finding]:
    total = sum(money.sources)
    if money.sources and total != money.budget:
        lacking = money.budget - total
        word = "还差" if lacking > 0 else "多出"
        yield Finding(
            "funding",
            "资金来源合计等于预算",
            "error",
            f"资金来源合计 {show_money(total)} 元，预算 {show_money(money.budget)} 元，"
            f"{word} {show_money(abs(lacking))} 元。",
        )
    owed = money.owed_in_all
    if owed is not None and owed > money.budget:
        yield Finding(
            "over_budget",
            "造价不超过预算",
            "warning",
            f"造价 {show_money(owed)} 元，预算 {show_money(money.budget)} 元，"
            f"超出 {show_money(owed - money.budget)} 元，请写明原因。",
        )


def _choosing(money: ProjectMoney, limits: Limits) -> Iterator[Finding]:
    price, ceiling = money.chosen_price, money.ceiling
    if price is not None and ceiling is not None and price > ceiling:
        yield Finding(
            "over_ceiling",
            "选定价不超过最高限价",
            "error",
            f"选定价 {show_money(price)} 元高于最高限价 {show_money(ceiling)} 元，"
            f"高出 {show_money(price - ceiling)} 元。",
        )
    if money.needs_quotations and money.contract is not None:
        missing = limits.fewest_quotations - money.quotations
        if missing > 0:
            yield Finding(
                "few_quotations",
                "比价家数",
                "warning",
                f"比价至少要 {limits.fewest_quotations} 家，现在有 {money.quotations} 家，"
                f"还缺 {missing} 家。",
            )


def _contract(money: ProjectMoney, limits: Limits) -> Iterator[Finding]:
    if money.contract is None:
        return
    if money.chosen_price not in (None, money.contract) and not money.price_reason:
        yield Finding(
            "price_differs",
            "合同价等于选定价",
            "warning",
            f"合同价 {show_money(money.contract)} 元，选定价 {show_money(money.chosen_price or 0)} "
            "元，两个不一样，请写明原因。",
        )
    yield from _retention(money, money.agreed_retention_share, limits)
    most = portion(money.contract, limits.performance_bond_share)
    if money.bond > most:
        yield Finding(
            "bond",
            "履约保证金上限",
            "error",
            f"履约保证金 {show_money(money.bond)} 元，超过合同价的 "
            f"{show_share(limits.performance_bond_share)}（{show_money(most)} 元）。",
        )
    months = money.defects_months
    if months is not None and months > limits.longest_defects_months:
        yield Finding(
            "defects_months",
            "缺陷责任期上限",
            "error",
            f"缺陷责任期 {months} 个月，最长 {limits.longest_defects_months} 个月。",
        )
    most = portion(money.contract, limits.decide_again_share)
    if abs(money.changes) > most and not money.decided_again:
        yield Finding(
            "changes",
            "累计变更率",
            "warning",
            f"累计变更 {show_money(money.changes)} 元，是合同价的 "
            f"{show_share(money.change_share)}，超过 "
            f"{show_share(limits.decide_again_share)}（{show_money(most)} 元），要重新议决。",
        )


def _retention(money: ProjectMoney, share: int, limits: Limits) -> Iterator[Finding]:
    if share > limits.retention_share:
        yield Finding(
            "retention_share",
            "质保金比例上限",
            "error",
            f"质保金比例 {show_share(share)}，最多 {show_share(limits.retention_share)}。",
        )
    if share and money.bond and limits.retention_excluded_by_bond:
        yield Finding(
            "bond_and_retention",
            "履约保证金和质保金不同时收",
            "warning",
            f"已收履约保证金 {show_money(money.bond)} 元，就不再留质保金 {show_share(share)}。",
        )


def _paying(money: ProjectMoney) -> Iterator[Finding]:
    owed = money.owed_in_all
    if owed is None:
        if money.paid:
            yield Finding(
                "no_contract",
                "先有合同再付款",
                "error",
                f"还没有登记合同，已付 {show_money(money.paid)} 元。请先登记合同。",
            )
        return
    over = money.paid + money.retention - owed
    if over > 0:
        settled = money.settled is not None
        what = "审定价" if settled else "合同价加变更"
        yield Finding(
            "over_settlement" if settled else "over_contract",
            f"已付加质保金不超过{what}",
            "error",
            f"已付 {show_money(money.paid)} 元，加质保金 {show_money(money.retention)} 元，"
            f"超过{what} {show_money(owed)} 元，多出 {show_money(over)} 元。",
        )
    if money.returned > money.retention:
        yield Finding(
            "over_retention",
            "退还不超过质保金",
            "error",
            f"退还质保金 {show_money(money.returned)} 元，质保金只有 "
            f"{show_money(money.retention)} 元。",
        )


def _settling(money: ProjectMoney, limits: Limits) -> Iterator[Finding]:
    if money.settled is None:
        return
    if money.submitted is not None and money.settled > money.submitted:
        yield Finding(
            "settled_more",
            "审定价不高于送审价",
            "warning",
            f"审定价 {show_money(money.settled)} 元高于送审价 {show_money(money.submitted)} 元，"
            "请核对。",
        )
    yield from _retention(money, money.settled_retention_share, limits)
