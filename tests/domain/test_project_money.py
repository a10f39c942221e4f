"""The rules between a project's figures, as tables and properties."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.project_course import DatedStep, StageRule, course, disorders
from village_app.domain.project_money import Limits, ProjectMoney, findings

LIMITS = Limits(
    retention_share=300,
    retention_excluded_by_bond=True,
    decide_again_share=1000,
    performance_bond_share=1000,
    longest_defects_months=24,
    fewest_quotations=3,
)
AMOUNT = st.integers(1, 10**11)


def codes(money: ProjectMoney) -> list[str]:
    return [one.code for one in findings(money, LIMITS)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"sources": (60, 39)}, ["funding"]),
        ({"sources": (60, 41)}, ["funding"]),
        ({"ceiling": 89}, ["over_ceiling"]),
        ({"contract": 80}, ["price_differs"]),
        ({"contract": 80, "price_reason": "让利"}, []),
        ({"bond": 10}, ["bond"]),
        ({"bond": 9, "agreed_retention_share": 300}, ["bond_and_retention"]),
        ({"agreed_retention_share": 301}, ["retention_share"]),
        ({"defects_months": 25}, ["defects_months"]),
        ({"changes": 9}, []),
        ({"changes": 10}, ["changes"]),
        ({"changes": -10}, ["changes"]),
        ({"changes": 10, "decided_again": True}, []),
        ({"changes": 11, "decided_again": True}, ["over_budget"]),
        ({"needs_quotations": True, "quotations": 2}, ["few_quotations"]),
        ({"paid": 91}, ["over_contract"]),
        ({"settled": 90, "submitted": 89}, ["settled_more"]),
        ({"settled": 80, "submitted": 90, "paid": 81}, ["over_settlement"]),
        ({"settled": 80, "submitted": 80, "returned": 1}, ["over_retention"]),
    ],
)
def test_each_rule_speaks_alone(changed: dict[str, object], expected: list[str]) -> None:
    right: dict[str, object] = {
        "budget": 100,
        "sources": (60, 40),
        "chosen_price": 90,
        "contract": 90,
    }
    assert codes(ProjectMoney(**{**right, **changed})) == expected  # type: ignore[arg-type]


@given(AMOUNT, st.integers(0, 300), st.integers(0, 10**11))
def test_what_may_still_be_paid_passes_and_a_fen_more_does_not(
    contract: int, share: int, paid: int
) -> None:
    money = ProjectMoney(budget=contract, contract=contract, agreed_retention_share=share, paid=0)
    most = money.still_payable
    assert most >= 0
    assert "over_contract" not in codes(money.with_payment(min(paid, most)))
    assert "over_contract" in codes(money.with_payment(most + 1))


@given(AMOUNT, st.integers(0, 300))
def test_everything_paid_and_the_retention_make_the_settlement(settled: int, share: int) -> None:
    money = ProjectMoney(
        budget=settled,
        contract=settled,
        submitted=settled,
        settled=settled,
        settled_retention_share=share,
    )
    whole = money.with_payment(money.still_payable)
    assert whole.paid + whole.retention == settled
    back = whole.with_payment(whole.retention, returns_retention=True)
    assert "over_retention" not in codes(back)
    assert "over_retention" in codes(back.with_payment(1, returns_retention=True))


def test_an_error_stands_before_a_warning() -> None:
    money = ProjectMoney(budget=100, sources=(90,), chosen_price=80, contract=85)
    assert [one.severity for one in findings(money, LIMITS)] == ["error", "warning"]


def test_only_the_step_that_lies_too_early_is_named() -> None:
    steps = [
        DatedStep("a", "立项", date(2026, 3, 1)),
        DatedStep("b", "比价", None),
        DatedStep("c", "合同", date(2026, 2, 1)),
        DatedStep("d", "开工", date(2026, 3, 2)),
    ]
    (found,) = disorders(steps)
    assert found.field == "c"
    assert found.message == "合同 2026-02-01 早于立项 2026-03-01，请核对。"


def test_a_stage_that_was_passed_by_asks_for_its_day_and_papers() -> None:
    rules = [StageRule("a", "提出", ("申请",)), StageRule("b", "议事"), StageRule("c", "立项")]
    stages = course(rules, {"b": date(2026, 3, 1)}, {"申请": "申请 1 份"})
    assert [one.state for one in stages] == ["missing", "done", "current"]
    assert stages[0].missing == ("提出日期", "申请 1 份")
