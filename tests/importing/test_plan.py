"""The plan as a value: states, decisions per class and row, rules per field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.importing.plan_people import CHEN, HEAD, LI, SON, changed, known, states, suspected
from tests.importing.sheets import (
    TODAY,
    book,
    known_from,
    plan_book,
    plan_of,
    sheet,
    wrong,
)
from village_app.errors import Cancelled
from village_app.importing.plans.decisions import Decisions, on_duplicate
from village_app.importing.plans.plan import (
    Background,
    Plan,
    make_plan,
)
from village_app.importing.plans.recognition import KnownPerson
from village_app.importing.subjects.residents import residents_target


def one_known(phone: str = "", note: str = "", group: str = "") -> Plan:
    return plan_of([HEAD, ["陈大文", CHEN, phone, group, note]], known=[known()])


def test_each_row_has_its_state_and_the_counts_add_up() -> None:
    plan = plan_of(
        [
            HEAD,
            ["陈大文", CHEN, "13912341234", "", ""],
            ["李小花", LI, "", "", ""],
            ["陈小明", wrong(SON), "", "", ""],
            ["李小花", LI, "", "", ""],
        ],
        known=[known()],
    )
    assert states(plan) == ["update", "new", "error", "suspected"]
    counts = plan.counts
    assert (counts.rows, counts.new, counts.update, counts.error, counts.suspected) == (
        4,
        1,
        1,
        1,
        1,
    )


def test_a_known_person_with_nothing_new_is_the_same() -> None:
    assert states(one_known(phone="138-0000-0000", group="第一村民小组")) == ["same"]


def test_a_blank_cell_never_erases() -> None:
    plan = one_known().decide(Decisions(rule="overwrite"))
    assert states(plan) == ["same"]
    assert plan.rows[0].applied == {}


def test_what_differs_is_asked_about_and_not_written_until_answered() -> None:
    plan = one_known(phone="13912341234")
    assert changed(plan) == {"phone": ("13800000000", "13912341234", "ask")}
    assert plan.rows[0].applied == {}
    assert plan.questions == (plan.rows[0],)
    answered = plan.decide(plan.decisions.with_change(0, "phone", "overwrite"))
    assert answered.rows[0].applied == {"phone": "13912341234"}
    assert answered.questions == ()


@pytest.mark.parametrize(
    ("rule", "state", "applied"),
    [
        ("overwrite", "update", {"phone": "13912341234"}),
        ("only_blank", "same", {}),
        ("keep", "same", {}),
    ],
)
def test_the_rule_of_a_field_decides_for_all_rows(
    rule: Any, state: str, applied: dict[str, str]
) -> None:
    plan = one_known(phone="13912341234")
    decided = plan.decide(plan.decisions.with_rule(rule, "phone"))
    assert states(decided) == [state]
    assert decided.rows[0].applied == applied


def test_blanks_of_the_register_are_filled_unless_the_field_is_kept() -> None:
    blank = KnownPerson(1, "陈大文", CHEN, values={})
    plan = plan_of([HEAD, ["陈大文", CHEN, "13912341234", "", ""]], known=[blank])
    assert plan.rows[0].applied["phone"] == "13912341234"
    kept = plan.decide(Decisions().with_rule("keep", "phone"))
    assert "phone" not in kept.rows[0].applied


@pytest.mark.parametrize(
    ("action", "state"),
    [("skip", "skipped"), ("update", "update"), ("add", "new"), ("merge", "update")],
)
def test_one_decision_serves_all_rows_of_a_class(action: Any, state: str) -> None:
    plan = suspected()
    assert states(plan) == ["suspected", "suspected"]
    decided = plan.decide(plan.decisions.with_class("name_birth", action))
    assert states(decided) == [state, "same" if state == "update" else state]
    assert states(plan) == ["suspected", "suspected"]


def test_a_decision_about_one_row_comes_before_its_class() -> None:
    plan = suspected()
    decided = plan.decide(plan.decisions.with_class("name_birth", "skip").with_row(0, "add"))
    assert states(decided) == ["new", "skipped"]


def test_one_of_several_candidates_is_chosen_by_its_id() -> None:
    twins = [KnownPerson(k, "陈大文", head_name="陈老") for k in (4, 5)]
    plan = plan_of([["姓名", "户主", "电话"], ["陈大文", "陈老", "13812341234"]], known=twins)
    assert [one.known.id for one in plan.rows[0].candidates] == [4, 5]
    decided = plan.decide(plan.decisions.with_row(0, "update", known_id=5))
    assert decided.rows[0].known is not None
    assert decided.rows[0].known.id == 5


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("skip", ["skipped", "skipped"]),
        ("update", ["update", "same"]),
        ("add", ["skipped", "new"]),
    ],
)
def test_one_word_for_all_duplicates(word: Any, expected: list[str]) -> None:
    people = [known(), KnownPerson(2, "李花", birth=date(1986, 5, 12))]
    rows = [["姓名", "身份证号", "出生日期", "电话"], ["陈大文", CHEN, "", "13912341234"],
            ["李花", "", "1986-05-12", ""]]  # fmt: skip
    plan = plan_of(rows, known=people).decide(on_duplicate(word, Decisions()))
    assert states(plan) == expected


def test_new_members_of_a_known_household_are_told_which_one() -> None:
    rows = [["户号", "姓名", "关系", "身份证号"], ["1", "陈大文", "户主", CHEN],
            ["1", "李小花", "妻", LI]]  # fmt: skip
    plan = plan_of(rows, known=[known(household_id=55)])
    assert plan.households[0].known_id == 55
    assert states(plan) == ["update", "new"]


def test_progress_is_told_and_the_user_can_stop() -> None:
    told: list[tuple[int, int, str]] = []

    def report(done: int, total: int, text: str) -> None:
        told.append((done, total, text))
        if len(told) > 2:
            raise Cancelled

    workbook = book(sheet([HEAD, *[["陈大文", "", "", "", str(k)] for k in range(1500)]]))
    with pytest.raises(Cancelled):
        make_plan(workbook, residents_target(), Background(today=TODAY), report=report)
    assert [done for done, _, _ in told] == [0, 500, 1000]
    assert told[0][1] == 3000


def test_importing_twice_changes_nothing() -> None:
    rows = [
        ["户号", "姓名", "关系", "身份证号", "电话", "组别", "民族"],
        ["030001", "陈大文", "户主", CHEN, "13812341234", "一组", "汉"],
        ["030001", "李小花", "妻", LI, "", "一组", "汉"],
        ["030002", "陈小明", "户主", "", "", "二组", "壮"],
    ]
    first = plan_of(rows)
    again = plan_of(rows, known=known_from(first))
    assert states(again)[:2] == ["same", "same"]
    assert again.counts.new == 0


def test_a_plan_can_be_made_of_a_workbook_without_anything_known() -> None:
    plan = plan_book(book(sheet([HEAD, ["陈大文", CHEN, "", "", ""]])))
    assert (plan.counts.new, plan.unknown_names, plan.questions) == (1, (), ())
