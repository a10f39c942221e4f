"""Invented people for plans, one of them known to the register, and what a plan came to."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.importing.sheets import number, plan_of
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.recognition import KnownPerson

CHEN = number("19850630", 121)
LI = number("19860512", 122)
SON = number("20100101", 123)
HEAD = ["姓名", "身份证号", "电话", "组别", "备注"]


def known(**more: Any) -> KnownPerson:
    values = {"note": "旧备注", "sex": "1", "birth": date(1985, 6, 30)}
    return KnownPerson(
        1,
        "陈大文",
        CHEN,
        date(1985, 6, 30),
        phone="13800000000",
        group="一组",
        values=values,
        **more,
    )


def states(plan: Plan) -> list[str]:
    return [row.state for row in plan.rows]


def changed(plan: Plan) -> dict[str, tuple[Any, Any, str]]:
    return {c.field: (c.old, c.new, c.action) for c in plan.rows[0].changes}


def suspected() -> Plan:
    people = [
        KnownPerson(k, name, birth=date(1985, 6, 30)) for k, name in ((1, "陈大文"), (2, "李花"))
    ]
    rows = [["姓名", "出生日期", "电话"], ["陈大文", "1985-06-30", "13812341234"],
            ["李花", "1985-06-30", ""]]  # fmt: skip
    return plan_of(rows, known=people)
