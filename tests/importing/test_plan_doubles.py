"""The same person twice in one file (pattern 43), and groups the village does not have (RR-21)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.plan_people import CHEN, HEAD, LI, SON, states
from tests.importing.sheets import (
    column,
    plan_of,
)
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import (
    Plan,
)


def doubled() -> Plan:
    return plan_of(
        [HEAD, ["陈大文", CHEN, "", "一组", ""], ["陈大文", CHEN, "13812341234", "", "低保"]]
    )


def test_43_a_person_twice_in_the_file_is_suspected_and_named() -> None:
    plan = doubled()
    assert states(plan) == ["new", "suspected"]
    assert plan.rows[1].reasons == ("与第 2 行证件号码相同",)


def test_43_merging_fills_the_first_row_and_skips_the_second() -> None:
    plan = doubled()
    merged = plan.decide(plan.decisions.with_class("duplicate_in_file", "merge"))
    assert states(merged) == ["new", "skipped"]
    assert merged.rows[0].values["phone"] == "13812341234"
    assert merged.rows[0].values["group"] == "一组"
    assert ("phone", "由第 3 行补上") in [(c.field, c.reason) for c in merged.rows[0].cleaned]
    back = merged.decide(Decisions())
    assert "phone" not in back.rows[0].values


def test_one_number_under_two_names_is_an_error_that_names_both() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["李小花", CHEN, "", "", ""]])
    assert states(plan) == ["new", "error"]
    assert plan.rows[1].errors[0].code == "key_taken"
    assert "陈大文" in plan.rows[1].errors[0].message


def test_namesakes_with_other_numbers_are_two_people() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["陈大文", SON, "", "", ""]])
    assert states(plan) == ["new", "new"]


def grouped() -> Plan:
    rows = [HEAD, ["陈大文", CHEN, "", "3", ""], ["李小花", LI, "", "陈屋", ""],
            ["陈小明", SON, "", "陈屋", ""]]  # fmt: skip
    return plan_of(rows, lists={"group": ["第三村民小组", "陈家屋"]})


def test_a_known_group_takes_the_spelling_of_the_register() -> None:
    assert grouped().rows[0].values["group"] == "第三村民小组"


def test_unknown_groups_are_listed_with_their_rows_and_what_may_be_meant() -> None:
    plan = grouped()
    (unknown,) = plan.unknown_names
    assert (unknown.text, unknown.rows, unknown.likely) == ("陈屋", (1, 2), ("陈家屋",))
    assert plan.rows[1].values["group"] == "陈屋"


@pytest.mark.parametrize(
    ("action", "to", "group"),
    [("create", None, "陈屋"), ("map", "陈家屋", "陈家屋"), ("skip", None, None)],
)
def test_unknown_groups_are_created_mapped_or_left_out(
    action: Any, to: str | None, group: str | None
) -> None:
    plan = grouped()
    decided = plan.decide(plan.decisions.with_value("group", "陈屋", action, to))
    assert column(decided, "group")[1:] == [group, group]
    assert (decided.unknown_names[0].decision is None) is False
