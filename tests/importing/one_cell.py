"""One person with one more column: what a cell comes to, its changes, what is said of it."""

from __future__ import annotations

from typing import Any

from tests.importing.sheets import number, plan_of
from village_app.importing.plans.rows import PlanRow

CHEN = number("19850630", 121)
LI = number("19860512", 122)


def read(field: str, head: str, value: Any, id_number: Any = CHEN) -> PlanRow:
    """Plan one person with one more column and give the row."""
    plan = plan_of([["姓名", "身份证号", head], ["陈大文", id_number, value], ["李小花", LI, ""]])
    assert plan.table.matching.column_of(field) == 2
    return plan.rows[0]


def read_id(value: Any, beside: Any = LI) -> PlanRow:
    return plan_of([["姓名", "身份证号"], ["陈大文", value], ["李小花", beside]]).rows[0]


def changes(row: PlanRow, field: str) -> list[tuple[str, str, str]]:
    return [(c.before, c.after, c.reason) for c in row.cleaned if c.field == field]


def found(row: PlanRow, field: str) -> list[tuple[str, str]]:
    return [(problem.level, problem.code) for problem in row.problems if problem.field == field]
