"""Rows against the register: who is certain, who is suspected, who is somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.sheets import number, plan_of
from village_app.importing.plans.people_recognition import PeopleRecognition, name_likeness
from village_app.importing.plans.recognition import ByKeys, KnownPerson, KnownRecord, RowFacts
from village_app.importing.plans.rows import PlanRow

CHEN = number("19850630", 121)
LI = number("19860512", 122)
BIRTH = date(1985, 6, 30)


def against(known: list[KnownPerson], **cells: Any) -> PlanRow:
    """Plan one row with these cells (by column name) against known people."""
    return plan_of([list(cells), list(cells.values())], known=known).rows[0]


def person(name: str = "陈大文", **more: Any) -> KnownPerson:
    return KnownPerson(7, name, **more)


def test_the_identity_number_comes_first() -> None:
    row = against([person(identity_number=CHEN)], 姓名="陈大文", 身份证号=CHEN, 电话="13812341234")
    assert (row.state, row.code) == ("update", "number")
    assert row.known is not None
    assert row.known.id == 7


def test_a_number_of_fifteen_digits_finds_its_holder() -> None:
    row = against([person(identity_number=CHEN)], 姓名="陈大文", 身份证号="441900850630121")
    assert row.code == "number"


def test_a_known_number_under_another_name_is_asked_about() -> None:
    row = against([person(identity_number=CHEN)], 姓名="张国强", 身份证号=CHEN)
    assert (row.state, row.code) == ("suspected", "number_other_name")
    assert "陈大文" in row.candidates[0].reasons[1]


@pytest.mark.parametrize("written", ["陳大文", "陈 大文", "陈大文（户主）"])
def test_37_variant_characters_and_blanks_do_not_make_another_person(written: str) -> None:
    row = against([person(identity_number=CHEN)], 姓名=written, 身份证号=CHEN)
    assert row.code == "number"
    assert not any(change.field == "name" for change in row.changes)


def test_name_birth_and_household_are_certain_where_no_number_contradicts() -> None:
    known = [person(birth=BIRTH, head_name="陈老")]
    row = against(known, 姓名="陈大文", 出生日期="1985-06-30", 户主="陈老", 性别="男")
    assert (row.state, row.code) == ("update", "name_birth_household")


def test_name_and_birth_alone_are_only_suspected() -> None:
    row = against([person(birth=BIRTH)], 姓名="陈大文", 出生日期="1985-06-30")
    assert (row.state, row.code) == ("suspected", "name_birth")
    assert row.candidates[0].reasons == ("姓名相同", "出生日期相同")


def test_name_and_head_are_never_taken_by_themselves() -> None:
    row = against([person(head_name="陈老")], 姓名="陈大文", 户主="陈老")
    assert (row.state, row.code) == ("suspected", "name_head")


def test_a_name_alone_is_suspected_and_says_so() -> None:
    row = against([person()], 姓名="陈大文", 性别="男")
    assert (row.state, row.code) == ("suspected", "name_only")
    assert "没有别的可以核对" in row.candidates[0].reasons


def test_a_shared_phone_alone_never_counts() -> None:
    grandmother = KnownPerson(1, "黄玉兰", number("19400101", 122), phone="13812341234")
    row = against([grandmother], 姓名="陈小明", 身份证号=number("20100101", 123),
                  电话="13812341234")  # fmt: skip
    assert (row.state, row.candidates) == ("new", ())
    unnumbered = against([grandmother], 姓名="陈小明", 电话="13812341234")
    assert unnumbered.state == "new"


def test_a_like_name_with_the_same_phone_is_suspected_with_score_and_reasons() -> None:
    row = against([person("陈大明", phone="13812341234")], 姓名="陈大文", 电话="13812341234")
    assert (row.state, row.code) == ("suspected", "near_name")
    assert row.candidates[0].reasons == ("姓名相近（陈大明）", "电话相同")
    assert 0.5 <= row.candidates[0].score < 0.9


def test_43_father_and_son_with_one_name_stay_two() -> None:
    father = person(identity_number=number("19500101", 121), head_name="陈大文")
    son = against([father], 姓名="陈大文", 身份证号=CHEN, 户主="陈大文")
    assert son.state == "new"


def test_same_name_and_birth_under_another_number_is_asked_about() -> None:
    other = number("19850630", 125)
    row = against([person(identity_number=CHEN)], 姓名="陈大文", 身份证号=other)
    assert (row.state, row.code) == ("suspected", "name_birth_other_number")


def test_a_month_of_birth_that_differs_tells_namesakes_apart() -> None:
    row = against([person(birth=BIRTH)], 姓名="陈大文", 出生年月="1990.02", 性别="男")
    assert row.state == "new"


def test_namesakes_in_other_groups_are_not_suspected() -> None:
    row = against([person(group="一组")], 姓名="陈大文", 组别="第二村民小组")
    assert row.state == "new"
    same = against([person(group="二组")], 姓名="陈大文", 组别="第二村民小组")
    assert same.state == "suspected"


def test_a_lost_character_is_mended_from_the_register_where_the_number_is_sure() -> None:
    row = against([person("张䶮", identity_number=CHEN)], 姓名="张?", 身份证号=CHEN)
    assert row.state in ("same", "update")
    assert [(p.level, p.code) for p in row.problems] == [("warning", "lost_character")]


def test_a_list_of_numbers_without_names_updates_known_people_and_refuses_new_ones() -> None:
    rows = [["身份证号", "电话"], [CHEN, "13812341234"], [LI, "13712341234"]]
    plan = plan_of(rows, known=[person(identity_number=CHEN)])
    assert [row.state for row in plan.rows] == ["update", "error"]
    assert plan.rows[1].errors[0].code == "missing"


def test_looking_up_takes_the_index_and_not_the_whole_register() -> None:
    people = [KnownPerson(k, f"陈{chr(0x4E00 + k)}") for k in range(2000)]
    register = PeopleRecognition().index(iter(people))
    found = register.recognise(RowFacts({"name": f"陈{chr(0x4E00 + 1234)}"}))
    assert [one.known.id for one in found.candidates] == [1234]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("陈大文", "陈大明", True), ("陈大文", "李大文", False), ("陈大文", "陈小明", False)],
)
def test_names_are_alike_only_with_the_same_surname(one: str, other: str, *, alike: bool) -> None:
    assert (name_likeness(one, other) >= 0.6) is alike


@given(st.text(min_size=1, max_size=4), st.text(min_size=1, max_size=4))
def test_likeness_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    assert name_likeness(one, other) == name_likeness(other, one)
    assert 0.0 <= name_likeness(one, other) <= 1.0


# Records of other kinds, by keys


def test_records_are_recognised_by_the_first_complete_key() -> None:
    rule = ByKeys((("source_no",), ("day", "amount")), likely=(("title",),))
    known = [
        KnownRecord(1, "甲", {"source_no": "A1", "title": "路灯"}),
        KnownRecord(2, "乙", {"day": date(2026, 1, 8), "amount": 3600, "title": "水"}),
    ]
    register = rule.index(known)
    first = register.recognise(RowFacts({"source_no": "A1"}))
    assert first.certain is not None
    assert first.certain.known.id == 1
    second = register.recognise(RowFacts({"day": date(2026, 1, 8), "amount": 3600}))
    assert second.certain is not None
    assert second.certain.known.id == 2
    third = register.recognise(RowFacts({"title": "路灯", "day": date(2026, 1, 8)}))
    assert (third.certain, [one.known.id for one in third.candidates]) == (None, [1])


def test_a_key_that_two_records_share_is_never_certain() -> None:
    rule = ByKeys((("day", "amount"),))
    twins = [KnownRecord(k, "x", {"day": date(2026, 1, 8), "amount": 5}) for k in (1, 2)]
    found = rule.index(twins).recognise(RowFacts({"day": date(2026, 1, 8), "amount": 5}))
    assert found.certain is None
    assert len(found.candidates) == 2
