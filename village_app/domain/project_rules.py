"""Rules of a project that need its days: how it must be bought, the bid bond, the wages account.

Limits come from rule records: 《必须招标的工程项目规定》第五条, 《招标投标法实施条例》第二十六条、
第五十七条, 《工程建设领域农民工工资专用账户管理暂行办法》. Amounts in 分, shares in hundredths of a
percent, days as counted days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from village_app.domain.money import portion, show_money, show_share
from village_app.domain.project_money import Finding

TENDERED = frozenset({"open_tender", "invited_tender", "platform"})


@dataclass(frozen=True, slots=True)
class BuyingLimits:
    """The limits in force; None where the town has set none, then nothing is said."""

    must_tender_from: int | None
    town_up_to: int | None
    village_up_to: int | None
    bid_share: int
    bid_return_days: int
    wages_notice_days: int


@dataclass(frozen=True, slots=True)
class Buying:
    """What is judged of a project; `method` is the code of 采购方式."""

    method: str
    estimate: int
    bid_bond: int = 0
    signed_on: date | None = None
    bond_returned_on: date | None = None
    accepted_on: date | None = None
    wages_notice_on: date | None = None
    wages_closed_on: date | None = None


def buying_findings(buying: Buying, limits: BuyingLimits, today: date) -> Iterator[Finding]:
    """Say what does not hold in how a project was bought and its deposits were kept."""
    yield from _way(buying, limits)
    yield from _bid_bond(buying, limits, today)
    yield from _wages(buying, limits, today)


def _way(buying: Buying, limits: BuyingLimits) -> Iterator[Finding]:
    method, estimate = buying.method, buying.estimate
    if not method or method == "urgent":
        return
    shown = show_money(estimate)
    steps = (
        (limits.must_tender_from, {"open_tender", "invited_tender"}, "必须招标"),
        (limits.town_up_to, TENDERED, "要公开招标"),
        (limits.village_up_to, TENDERED, "要到镇级平台交易"),
    )
    for limit, allowed, words in steps:
        if limit is not None and estimate >= limit:
            if method not in allowed:
                yield Finding(
                    "must_tender",
                    "采购方式的金额界线",
                    "warning",
                    f"估算 {shown} 元，达到 {show_money(limit)} 元，{words}，"
                    "现在的采购方式不是，请核对。",
                )
            return


def _bid_bond(buying: Buying, limits: BuyingLimits, today: date) -> Iterator[Finding]:
    if not buying.bid_bond:
        return
    most = portion(buying.estimate, limits.bid_share)
    if buying.bid_bond > most:
        yield Finding(
            "bid_bond",
            "投标保证金上限",
            "error",
            f"投标保证金 {show_money(buying.bid_bond)} 元，超过估算的 "
            f"{show_share(limits.bid_share)}（{show_money(most)} 元）。",
        )
    if buying.signed_on is None:
        return
    until = buying.bond_returned_on or today
    days = (until - buying.signed_on).days
    if days > limits.bid_return_days:
        state = "才退还" if buying.bond_returned_on else "还没有退还"
        yield Finding(
            "bid_bond_late",
            "投标保证金按时退还",
            "warning",
            f"合同签订后 {days} 天{state}投标保证金 {show_money(buying.bid_bond)} 元，"
            f"规定 {limits.bid_return_days} 天内退。",
        )


def _wages(buying: Buying, limits: BuyingLimits, today: date) -> Iterator[Finding]:
    notice, closed = buying.wages_notice_on, buying.wages_closed_on
    if closed is None:
        return
    if notice is None or buying.accepted_on is None or notice < buying.accepted_on:
        yield Finding(
            "wages_notice",
            "农民工工资专户先公示再注销",
            "warning",
            f"专户 {closed} 注销，完工以后没有公示，规定要公示 {limits.wages_notice_days} 天。",
        )
        return
    days = (min(closed, today) - notice).days
    if days < limits.wages_notice_days:
        yield Finding(
            "wages_notice",
            "农民工工资专户先公示再注销",
            "warning",
            f"专户公示 {days} 天就注销，规定要公示 {limits.wages_notice_days} 天。",
        )
