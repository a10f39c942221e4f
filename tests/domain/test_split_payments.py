"""Payments just under a limit, and debts by age."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.debt_ages import DebtMovement, aged
from village_app.domain.split_payments import Paid, suspicions

START = date(2026, 3, 1)


def paid(*lines: tuple[str, int, int]) -> list[Paid]:
    return [
        Paid(number, party, START + timedelta(days=day), amount)
        for number, (party, day, amount) in enumerate(lines)
    ]


def look(payments: list[Paid]) -> list[tuple[str, int, tuple[int, ...]]]:
    found = suspicions(payments, [500000], within_days=30, near_share=7000, fewest=2)
    return [(one.party, one.total, tuple(p.id for p in one.payments)) for one in found]


def test_two_payments_just_under_the_limit_within_thirty_days_are_told() -> None:
    assert look(paid(("甲店", 0, 490000), ("甲店", 30, 480000))) == [("甲店", 970000, (0, 1))]


def test_further_apart_far_below_or_to_others_they_are_not() -> None:
    assert look(paid(("甲店", 0, 490000), ("甲店", 31, 480000))) == []
    assert look(paid(("甲店", 0, 490000), ("甲店", 3, 349999))) == []
    assert look(paid(("甲店", 0, 490000), ("乙店", 3, 490000))) == []
    assert look(paid(("甲店", 0, 500001), ("甲店", 3, 490000))) == []


def test_a_window_inside_another_is_not_told_again() -> None:
    lines = [("甲店", day, 400000) for day in (0, 10, 20)]
    assert look(paid(*lines)) == [("甲店", 1200000, (0, 1, 2))]


ON = date(2026, 6, 30)


def test_a_payment_settles_the_oldest_part_first() -> None:
    movements = [
        DebtMovement("陈某", date(2022, 1, 1), 1000),
        DebtMovement("陈某", date(2024, 1, 1), 500),
        DebtMovement("陈某", date(2026, 1, 1), 200),
        DebtMovement("陈某", date(2026, 2, 1), -1100),
    ]
    (debt,) = aged(movements, ON)
    assert debt.by_class == (200, 0, 400, 0)
    assert debt.formed_on == date(2024, 1, 1)


def test_a_debt_of_exactly_a_year_is_still_of_the_first_class() -> None:
    (debt,) = aged([DebtMovement("甲", date(2025, 6, 30), 100)], ON)
    assert debt.by_class == (100, 0, 0, 0)
    (debt,) = aged([DebtMovement("甲", date(2025, 6, 29), 100)], ON)
    assert debt.by_class == (0, 100, 0, 0)


def test_a_settled_party_is_left_out_and_overpaid_money_stays_visible() -> None:
    movements = [
        DebtMovement("甲", date(2025, 1, 1), 100),
        DebtMovement("甲", date(2025, 2, 1), -100),
        DebtMovement("乙", date(2025, 1, 1), -30),
    ]
    assert [(one.party, one.total) for one in aged(movements, ON)] == [("乙", -30)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["甲", "乙", "丙"]),
            st.integers(0, 2000),
            st.integers(-(10**9), 10**9),
        )
    )
)
def test_the_ages_always_add_up_to_the_balance(lines: list[tuple[str, int, int]]) -> None:
    movements = [DebtMovement(party, ON - timedelta(days=day), fen) for party, day, fen in lines]
    assert sum(one.total for one in aged(movements, ON)) == sum(one.amount for one in movements)
