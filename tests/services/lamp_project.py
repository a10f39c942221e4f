"""The project of story 1, 村前塘路灯安装, step by step; every figure is known beforehand."""

from __future__ import annotations

from tests.services.conftest import TurningClock
from tests.services.money_books import open_purses
from village_app.db.records.projects import Payment, Project
from village_app.demo.lamps import (
    ACCEPTED,
    CARD,
    CHANGE,
    CONTRACT,
    FIRM,
    OFFERS,
    SETTLED,
    SOURCES,
)
from village_app.village import Village

__all__ = ["CARD", "FIRM", "OFFERS", "SOURCES"]


def start(village: Village, clock: TurningClock) -> Project:
    """Open the purses, enter the project, take the offers, choose and sign (2026-03-27)."""
    clock.turn_to(2026, 3, 27)
    open_purses(village)
    project = village.projects.start(CARD, SOURCES)
    offers = [
        village.project_works.quote(project, {"firm": firm, "price": price, "day": "2026-03-23"})
        for firm, price in OFFERS
    ]
    village.project_works.choose(offers[0])
    village.project_works.sign(project, CONTRACT)
    return project


def pay(village: Village, project: Project, **typed: str) -> Payment:
    return village.project_payments.pay(project, {"kind": "进度款", **typed})


def build(village: Village, clock: TurningClock) -> Project:
    """Go on to the settlement (2026-05-05): a change order, two payments, the acceptance."""
    project = start(village, clock)
    clock.turn_to(2026, 4, 2)
    pay(
        village,
        project,
        kind="预付款",
        label="预付款30%",
        amount="14,940.00",
        day="2026-03-30",
        voucher="付-008",
    )
    order = village.project_works.order_change(project, {**CHANGE, "day": "2026-04-02"})
    village.project_works.approve_change(order)
    village.projects.correct(project, {"started_on": "2026-03-30", "progress": "80%"})
    clock.turn_to(2026, 4, 28)
    pay(village, project, label="进度款", amount="24,900.00", day="2026-04-20", voucher="付-011")
    village.project_works.accept(project, ACCEPTED)
    clock.turn_to(2026, 5, 5)
    village.project_works.settle(project, SETTLED)
    return project


def finish(village: Village, clock: TurningClock) -> Project:
    """Pay the last part (2026-05-05)."""
    project = build(village, clock)
    pay(
        village,
        project,
        kind="结算尾款",
        label="结算尾款",
        amount="9,503.90",
        day="2026-05-05",
        voucher="付-014",
    )
    return project
