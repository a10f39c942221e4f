"""The workbooks of the five stories come out with the figures known beforehand."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from tests.importing.sheets import JOURNEYS, TODAY, known_from
from village_app.errors import Refused
from village_app.importing.files.reader import read_workbook
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import Background, Plan, make_plan
from village_app.importing.plans.recognition import KnownPerson
from village_app.importing.plans.summary import summarise
from village_app.importing.subjects.residents import residents_target

pytestmark = pytest.mark.skipif(
    not (JOURNEYS / "expected.json").exists(), reason="the stories' workbooks are not here"
)


def expected(name: str) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((JOURNEYS / "expected.json").read_text("utf-8"))[name]
    return figures


def plan(name: str, known: tuple[KnownPerson, ...] = ()) -> Plan:
    workbook = read_workbook((JOURNEYS / name).read_bytes(), name)
    return make_plan(workbook, residents_target(), Background(known=known, today=TODAY))


@cache
def register() -> tuple[KnownPerson, ...]:
    return tuple(known_from(plan("三组户籍花名册.xlsx")))


def test_the_roster_of_group_three() -> None:
    figures = expected("三组户籍花名册.xlsx")
    summary = summarise(plan("三组户籍花名册.xlsx"))
    assert summary["header_rows"] == figures["header_rows"]
    assert summary["households"] == figures["households"]
    assert summary["counts"]["rows"] == figures["rows"]
    assert summary["counts"]["new"] == figures["new"]
    assert summary["counts"]["error"] == figures["error"]
    assert summary["problems"] == []
    assert summary["columns"] == {
        "A": None, "B": "household_no", "C": "name", "D": "relation", "E": "sex", "F": "birth",
        "G": "id_number", "H": "address", "I": "phone", "J": "note",
    }  # fmt: skip


def test_everyone_of_group_three_is_in_it_with_phone_and_address_of_the_household() -> None:
    people = register()
    assert {person.group for person in people} == {"三组"}
    assert all(person.phone and person.values["address"] for person in people)


def test_the_new_phones() -> None:
    figures = expected("电话更新.csv")
    counts = plan("电话更新.csv", register()).counts
    assert (counts.rows, counts.update, counts.new, counts.error) == (
        figures["rows"], figures["update"], figures["new"], figures["error"],
    )  # fmt: skip


def test_the_three_errors_of_the_new_phones_have_their_cells_and_reasons() -> None:
    problems = summarise(plan("电话更新.csv", register()))["problems"]
    assert [(p["cell"], p["code"]) for p in problems] == [
        ("C30", "wrong_check_digit"), ("C31", "wrong_check_digit"), ("C32", "damaged"),
    ]  # fmt: skip


def test_the_new_phones_are_written_once_the_user_says_overwrite() -> None:
    asked = plan("电话更新.csv", register())
    assert len(asked.questions) == 25
    decided = asked.decide(Decisions().with_rule("overwrite", "phone"))
    written = [row.applied["phone"] for row in decided.rows if row.state == "update"]
    assert written == [f"139{k:08d}" for k in range(25)]


def test_the_party_members_become_members_and_one_phone_is_asked_about() -> None:
    figures = expected("党员名册.xls")
    party = plan("党员名册.xls", register())
    assert party.counts.rows == party.counts.update == figures["rows"]
    assert [row.applied for row in party.rows] == [{"politics": "01"}] * figures["rows"]
    questions = summarise(party)["questions"]
    assert len(questions) == figures["phone_differs"]
    assert (questions[0]["field"], questions[0]["new"]) == ("phone", "13511112222")


def test_the_ledger_is_refused_as_a_register_with_the_reason() -> None:
    with pytest.raises(Refused) as caught:
        plan("2026年一季度收支流水.xlsx")
    assert caught.value.code == "ledger"
    assert "收支流水" in caught.value.message
