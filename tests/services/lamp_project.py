"""The project of story 1, 村前塘路灯安装, step by step; every figure is known beforehand."""

from __future__ import annotations

from typing import Any

from tests.services.conftest import TurningClock
from tests.services.money_books import open_purses
from village_app.db.records.projects import Payment, Project
from village_app.village import Village

FIRM = "东莞某照明工程有限公司"
CARD: dict[str, Any] = {
    "name": "村前塘路灯安装",
    "category": "路灯亮化",
    "place": "村前塘边",
    "content": "环塘安装路灯 24 盏",
    "reason": "三组塘边路灯损坏，夜里走路不便",
    "benefit": "三组 68 户",
    "people_served": "245人",
    "basis": "隔村代决〔2026〕1号",
    "budget": "52,000.00",
    "method": "三家比价",
    "responsible": "何志强",
    "supervisor": "黄伟雄",
    "proposed_on": "2026-01-14",
    "decided_on": "2026-03-12",
    "approved_on": "2026-03-20",
    "tendered_on": "2026-03-23",
    "chosen_on": "2026-03-25",
}
SOURCES = (
    {"name": "镇级“民生微实事”补助", "kind": "镇级补助", "amount": "30,000.00"},
    {"name": "村集体收入", "kind": "村集体收入", "amount": "22,000.00"},
)
OFFERS = (
    (FIRM, "49,800.00"),
    ("东莞某光电有限公司", "50,600.00"),
    ("东莞某机电安装有限公司", "51,200.00"),
)


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
    contract = {
        "number": "隔合〔2026〕5号",
        "signed_on": "2026-03-27",
        "terms": "签订后付 30%，过半付至 78%，结算后付清余款，质保金 3%",
        "retention_share": "3%",
        "defects_months": "24",
    }
    village.project_works.sign(project, contract)
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
    order = village.project_works.order_change(
        project, {"day": "2026-04-02", "reason": "增设转角灯 1 盏", "amount": "1,260.00"}
    )
    village.project_works.approve_change(order)
    village.projects.correct(project, {"started_on": "2026-03-30", "progress": "80%"})
    clock.turn_to(2026, 4, 28)
    pay(village, project, label="进度款", amount="24,900.00", day="2026-04-20", voucher="付-011")
    village.project_works.accept(
        project,
        {
            "day": "2026-04-28",
            "attendees": "何志强、黄伟雄、罗顺娣、陈国良",
            "villagers": "罗顺娣、陈国良",
            "supervision": "黄伟雄",
            "passed": "是",
            "volume": "路灯 25 盏",
            "conclusion": "全部亮灯，符合合同要求",
        },
    )
    clock.turn_to(2026, 5, 5)
    village.project_works.settle(
        project, {"day": "2026-05-04", "submitted": "51,060.00", "approved": "50,870.00"}
    )
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
