"""Households: split, merged, another head; one change each, history kept, nobody left over."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from village_app.db.records.residents import Household, Resident
from village_app.errors import InvalidInput, Refused
from village_app.services.register.household_wishes import Split
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


def sons_household(village: Village, family: Family, **other: object) -> Split:
    """The son leaves with wife and child to a new door on 2 January."""
    leaving = (family.son, family.wife, family.grandson)
    proposed = village.household_moves.proposal(
        family.household, family.son.id, [one.id for one in leaving]
    )
    wish = {
        "leaving": frozenset(one.id for one in leaving),
        "head": family.son.id,
        "number": "030002",
        "day": date(2026, 1, 2),
        "address": "三组88号",
        "relations": {key: found.code for key, found in proposed.items() if found.code},
        **other,
    }
    return Split(**wish)


def names(village: Village, household: Household) -> list[str]:
    return [one.name for one in village.household_book.members(household)]


def test_a_household_of_six_is_split_into_two_and_both_are_right(
    village: Village, family: Family
) -> None:
    made = village.household_moves.split(family.household, sons_household(village, family))
    assert names(village, made) == ["陈志明", "林秀兰", "陈子轩"]
    assert names(village, family.household) == ["陈国良", "黄桂英", "陈丽华"]
    again = village.residents.get(family.wife.id)
    assert (again.relation, again.address) == ("12", "三组88号")
    assert village.residents.get(family.grandson.id).relation == "20"
    assert [term.name for term in village.household_book.heads(made)] == ["陈志明"]
    assert village.household_book.heads(made)[0].from_day == date(2026, 1, 2)
    assert [one.kind for one in village.household_book.steps(made)] == ["founded"]
    assert village.household_book.steps(family.household)[0].other_id == made.id
    assert village.household_book.doubts(made) == []
    assert village.household_book.doubts(family.household) == []


def test_a_split_is_one_change_and_one_undo(village: Village, family: Family) -> None:
    made = village.household_moves.split(family.household, sons_household(village, family))
    assert village.next_undo() == "分户 030002 陈志明等 3 人"
    village.undo()
    assert village.store.find(Household, made.id) is None
    assert len(names(village, village.household_book.get(family.household.id))) == 6
    assert village.residents.get(family.wife.id).relation == "38"
    assert village.household_book.steps(family.household) == []


def test_when_the_head_leaves_those_who_stay_get_another(village: Village, family: Family) -> None:
    leaving = frozenset({family.father.id, family.mother.id})
    wish = Split(
        leaving,
        family.father.id,
        "030003",
        date(2026, 1, 2),
        relations={family.mother.id: "12"},
    )
    with pytest.raises(InvalidInput) as caught:
        village.household_moves.split(family.household, wish)
    assert caught.value.faults[0].field == "staying_head"
    proposed = village.household_moves.proposal(
        family.household, family.son.id, [one.id for one in family.all]
    )
    codes = {key: found.code for key, found in proposed.items() if found.code}
    whole = Split(
        leaving,
        family.father.id,
        "030003",
        date(2026, 1, 2),
        staying_head=family.son.id,
        relations={**codes, family.mother.id: "12", family.wife.id: "12"},
    )
    village.household_moves.split(family.household, whole)
    old = village.household_book.get(family.household.id)
    assert village.residents.get(family.daughter.id).relation == "77"
    terms = village.household_book.heads(old)
    assert [(one.name, one.to_day) for one in terms] == [
        ("陈国良", date(2026, 1, 1)),
        ("陈志明", None),
    ]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"leaving": frozenset()}, "leaving"),
        ({"number": "030001"}, "number"),
        ({"number": " "}, "number"),
        ({"day": date(2027, 1, 1)}, "day"),
        ({"relations": {}}, None),
    ],
)
def test_a_bad_split_is_refused_and_nothing_changes(
    village: Village, family: Family, other: dict[str, object], field: str | None
) -> None:
    wish = sons_household(village, family, **other)
    with pytest.raises(InvalidInput) as caught:
        village.household_moves.split(family.household, wish)
    wanted = field or f"relation_{family.wife.id}"
    assert wanted in [fault.field for fault in caught.value.faults]
    assert len(names(village, family.household)) == 6
    assert village.household_book.count() == 1


def test_another_head_from_a_day_on_with_the_terms_of_both(
    village: Village, family: Family
) -> None:
    proposed = village.household_moves.proposal(
        family.household, family.mother.id, [one.id for one in family.all]
    )
    codes = {key: found.code for key, found in proposed.items() if found.code}
    village.household_moves.change_head(
        family.household, family.mother.id, codes, date(2026, 1, 10)
    )
    household = village.household_book.get(family.household.id)
    assert village.household_book.head_on(household, date(2026, 1, 9)) == "陈国良"
    assert village.household_book.head_on(household, date(2026, 1, 10)) == "黄桂英"
    relations = {one.name: one.relation for one in village.household_book.members(household)}
    assert relations["陈国良"] == "11"
    assert relations["陈志明"] == "20"
    village.undo()
    assert village.household_book.heads(village.household_book.get(household.id))[0].name == (
        "陈国良"
    )


def test_a_relation_that_the_sex_contradicts_is_named(village: Village, family: Family) -> None:
    codes = {one.id: "20" for one in family.all}
    with pytest.raises(InvalidInput) as caught:
        village.household_moves.change_head(
            family.household, family.son.id, codes, date(2026, 1, 10)
        )
    assert {fault.code for fault in caught.value.faults} == {"relation_against_sex"}


def test_two_households_become_one_and_the_emptied_one_is_kept(
    village: Village, family: Family
) -> None:
    made = village.household_moves.split(family.household, sons_household(village, family))
    old = village.household_book.get(family.household.id)
    proposed = village.household_moves.joining(made, old, "20")
    codes = {key: found.code for key, found in proposed.items() if found.code}
    assert codes == {family.son.id: "20", family.wife.id: "38", family.grandson.id: "41"}
    village.household_moves.merge(made, old, codes, date(2026, 1, 11))
    assert len(names(village, village.household_book.get(old.id))) == 6
    emptied = village.household_book.get(made.id)
    assert (emptied.ended_on, emptied.head_id) == (date(2026, 1, 11), None)
    assert village.household_book.count() == 1
    assert village.household_book.heads(emptied)[0].to_day == date(2026, 1, 10)
    assert village.next_undo() == "并户 030002 并到 030001"
    village.undo()
    assert len(names(village, village.household_book.get(made.id))) == 3


def test_nobody_merges_into_himself_or_into_what_is_gone(village: Village, family: Family) -> None:
    with pytest.raises(InvalidInput):
        village.household_moves.merge(family.household, family.household, {}, date(2026, 1, 2))


def test_a_head_with_others_cannot_be_deleted_or_moved_away(
    village: Village, family: Family
) -> None:
    with pytest.raises(Refused) as caught:
        village.residents.remove(family.father)
    assert caught.value.code == "is_head"
    with pytest.raises(Refused):
        village.residents.correct(family.father, {"household_id": ""})
    assert village.residents.get(family.father.id).household_id == family.household.id


def test_who_has_no_household_founds_one(village: Village) -> None:
    person = village.residents.register({"name": "何强志"})
    made = village.household_moves.found(person, "030009", date(2026, 1, 2), "三组9号")
    assert names(village, made) == ["何强志"]
    assert village.residents.get(person.id).relation == "02"
    with pytest.raises(Refused):
        village.household_moves.found(village.residents.get(person.id), "030010", date(2026, 1, 2))


def test_the_next_number_goes_on_behind_the_highest(village: Village, family: Family) -> None:
    assert village.household_book.next_number(family.household.group_id) == "030002"


def test_households_are_listed_and_found_by_head_member_and_door(
    village: Village, family: Family
) -> None:
    [found] = village.household_book.find("丽华")
    assert (found.number, found.head, found.people) == ("030001", "陈国良", 6)
    assert village.household_book.find("12号")[0].id == family.household.id
    assert village.household_book.find("czx")[0].id == family.household.id
    assert village.household_book.find("没有这户") == []


def test_a_household_whose_head_died_says_so(village: Village, family: Family) -> None:
    village.life_events.enter(family.father, {"kind": "death", "day": "2026-01-05"})
    [sentence] = village.household_book.doubts(village.household_book.get(family.household.id))
    assert "请按“换户主”" in sentence
    assert village.store.get(Resident, family.father.id).status == "deceased"
