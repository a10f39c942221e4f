"""Households written down in every layout and mess come back as the same people and households."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.rosters import LAYOUTS, Written, make_homes
from tests.importing.sheets import known_from, plan_book
from village_app.importing.plans.plan import Plan

ROUNDS = 25


def people(plan: Plan) -> list[tuple[str, str]]:
    return sorted((row.values["name"], row.values["id_number"]) for row in plan.rows)


def homes(plan: Plan) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset(plan.rows[row].values["id_number"] for row in home.rows)
        for home in plan.households
    )


def written(layout: int, seed: int) -> Written:
    random = Random(seed)
    return LAYOUTS[layout](random, make_homes(random, random.randint(2, 12)))


@pytest.mark.parametrize("layout", range(len(LAYOUTS)), ids=[made.__name__ for made in LAYOUTS])
@settings(max_examples=ROUNDS, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_layout_gives_the_same_people_and_households(layout: int, seed: int) -> None:
    roster = written(layout, seed)
    plan = plan_book(roster.workbook)
    assert people(plan) == sorted(roster.people)
    assert homes(plan) == roster.homes
    assert plan.counts.new == len(roster.people)


@settings(max_examples=ROUNDS, deadline=None)
@given(layout=st.sampled_from(range(len(LAYOUTS))), seed=st.integers(0, 2**32))
def test_the_same_people_in_another_layout_are_known_and_not_new(layout: int, seed: int) -> None:
    random = Random(seed)
    invented = make_homes(random, 6)
    known = known_from(plan_book(LAYOUTS[0](random, invented).workbook))
    again = plan_book(LAYOUTS[layout](random, invented).workbook, known)
    assert again.counts.new == again.counts.suspected == again.counts.error == 0
    assert [row.known.id for row in again.rows if row.known] != []
