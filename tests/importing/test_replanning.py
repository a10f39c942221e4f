"""A plan worked out again: several cells at once, another register, and the user's stop."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.sheets import TODAY, number, plan_of, wrong
from village_app.errors import Cancelled
from village_app.importing.plans.plan import Background, Plan
from village_app.importing.plans.recognition import KnownPerson

CHEN = number("19850630", 121)
LI = number("19860512", 122)
HEAD = ["姓名", "身份证号", "电话", "户号", "与户主关系"]
ROWS = [
    ["陈大文", wrong(CHEN), "", "1", "户主"],
    ["李花", LI, "", "1", "妻"],
    ["陈小", "", "", "2", "户主"],
]


def told(plan: Plan) -> list[object]:
    rows = [(row.state, dict(row.values), row.reasons, row.household) for row in plan.rows]
    return [*rows, plan.counts, plan.households]


def chen() -> KnownPerson:
    birth = date(1985, 6, 30)
    return KnownPerson(1, "陈大文", CHEN, birth, values={"name": "陈大文", "birth": birth})


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([
    "name", "id_number", "phone", "household_no"]), st.sampled_from(["", CHEN, LI, "1", "何三"])),
    min_size=1, max_size=6))  # fmt: skip
def test_several_cells_at_once_come_to_the_same_as_one_after_another(
    changes: list[tuple[int, str, str]],
) -> None:
    plan = plan_of([HEAD, *ROWS])
    single = plan
    for change in changes:
        single = single.with_cell(*change)
    assert told(plan.with_cells(changes)) == told(single)


def test_a_register_that_changed_is_compared_with_and_cells_put_right_stay() -> None:
    mended = plan_of([HEAD, *ROWS]).with_cell(0, "id_number", CHEN)
    assert [row.state for row in mended.rows] == ["new", "new", "new"]
    again = mended.against(Background(known=[chen()], today=TODAY))
    right = [["陈大文", CHEN, "", "1", "户主"], *ROWS[1:]]
    fresh = plan_of([HEAD, *right], known=[chen()])
    assert [row.state for row in again.rows] == [row.state for row in fresh.rows]
    assert again.rows[0].known is not None
    assert again.rows[0].values["id_number"] == CHEN


def test_decisions_stay_when_the_register_changed() -> None:
    plan = plan_of([HEAD, *ROWS])
    skipped = plan.decide(plan.decisions.with_row(1, "skip"))
    assert skipped.against(Background(today=TODAY)).rows[1].state == "skipped"


def test_the_user_can_stop_while_all_rows_are_judged_anew() -> None:
    plan = plan_of([HEAD, *ROWS])

    def stop(done: int, total: int, text: str) -> None:
        del done, total, text
        raise Cancelled

    with pytest.raises(Cancelled):
        plan.decide(plan.decisions.with_rule("overwrite"), report=stop)
