"""Cells put right in the plan (RR-15): the row, its doubles and the counts follow at once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.plan_people import CHEN, HEAD, LI, SON, known, states, suspected
from tests.importing.sheets import (
    plan_of,
    wrong,
)


def test_a_cell_put_right_changes_its_row_and_the_counts_at_once() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["李小花", wrong(LI), "", "", ""]])
    assert plan.counts.error == 1
    mended = plan.with_cell(1, "id_number", LI)
    assert (plan.counts.error, mended.counts.error, mended.counts.new) == (1, 0, 2)
    assert mended.rows[0] is plan.rows[0]
    assert mended.rows[1].values["id_number"] == LI
    assert mended.rows[1].address("id_number") == "B3"


def test_a_cell_put_right_may_make_the_row_a_known_person_or_a_double() -> None:
    plan = plan_of(
        [HEAD, ["陈大文", wrong(CHEN), "", "", ""], ["李小花", LI, "", "", ""]], known=[known()]
    )
    assert states(plan.with_cell(0, "id_number", CHEN)) == ["same", "new"]
    doubles = plan.with_cell(0, "id_number", LI).with_cell(0, "name", "李小花")
    assert states(doubles) == ["new", "suspected"]
    assert states(doubles.with_cell(0, "id_number", CHEN)) == ["suspected", "new"]


def test_a_cell_can_be_emptied_and_a_blank_one_filled() -> None:
    plan = plan_of([HEAD, ["陈大文", "4.419E+17", "", "", ""]])
    emptied = plan.with_cell(0, "id_number", "")
    assert states(emptied) == ["new"]
    filled = emptied.with_cell(0, "phone", "13812341234")
    assert filled.rows[0].values["phone"] == "13812341234"
    assert filled.rows[0].address("phone") == "C2"


def test_a_wrong_number_that_stands_on_the_card_can_be_confirmed() -> None:
    plan = plan_of([HEAD, ["陈大文", wrong(CHEN), "", "", ""]])
    confirmed = plan.decide(plan.decisions.with_confirmed(0, "id_number"))
    assert states(confirmed) == ["new"]
    assert confirmed.rows[0].values["id_number"] == wrong(CHEN)
    assert [p.level for p in confirmed.rows[0].problems] == ["warning"]


def test_a_damaged_number_cannot_be_confirmed() -> None:
    plan = plan_of([HEAD, ["陈大文", 4.41900198506301e17, "", "", ""]])
    assert states(plan.decide(plan.decisions.with_confirmed(0, "id_number"))) == ["error"]


def test_decisions_stay_when_a_cell_is_put_right() -> None:
    plan = suspected()
    decided = plan.decide(plan.decisions.with_class("name_birth", "add"))
    assert states(decided.with_cell(1, "phone", "13712341234")) == ["new", "new"]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["", CHEN, LI, wrong(SON), "4.4E+17"]), min_size=2, max_size=6),
       st.integers(0, 5), st.sampled_from(["", CHEN, SON]))  # fmt: skip
def test_repairing_a_cell_comes_to_the_same_as_reading_it_so(
    numbers: list[str], place: int, text: str
) -> None:
    place %= len(numbers)
    names = [f"陈{chr(0x5927 + k)}" for k in range(len(numbers))]
    before = [HEAD, *[[n, i, "", "", ""] for n, i in zip(names, numbers, strict=True)]]
    after = [*numbers[:place], text, *numbers[place + 1 :]]
    fresh = plan_of([HEAD, *[[n, i, "", "", ""] for n, i in zip(names, after, strict=True)]])
    mended = plan_of(before).with_cell(place, "id_number", text)
    assert states(mended) == states(fresh)
    assert mended.counts == fresh.counts
    assert [row.values for row in mended.rows] == [row.values for row in fresh.rows]
