"""Two entries made one: the chosen values stay, what named the other moves, one undo."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.family import family_of_six
from village_app.db.records.bodies import Membership
from village_app.db.records.issues import Issue
from village_app.db.records.residents import Household, Resident
from village_app.errors import Refused
from village_app.village import Village


def enter(village: Village, **typed: str) -> Resident:
    return village.residents.register(typed)


def test_the_chosen_values_stay_and_what_names_the_other_moves(village: Village) -> None:
    keep = enter(village, name="陈丽", phone="13800001111", address="一组1号")
    drop = enter(village, name="陈麗", phone="13900002222", birth="1985-06-30")
    body = village.bodies.listed()[0]
    with village.session.change("说到这个人") as change:
        seat = change.insert(
            Membership(name="陈麗", body_id=body.id, resident_id=drop.id, from_day=date(2026, 1, 1))
        )
        issue = change.insert(Issue(heading="路灯", reporter_id=drop.id, at=village.session.now()))
    assert village.merging.moved(drop) == {"成员": 1, "诉求": 1}

    kept = village.merging.merge(keep, drop, {"phone": "drop", "birth": "drop"})
    assert (kept.name, kept.phone, kept.birth) == ("陈丽", "13900002222", date(1985, 6, 30))
    assert village.store.find(Resident, drop.id) is None
    assert village.store.get(Membership, seat.id).resident_id == keep.id
    assert village.store.get(Issue, issue.id).reporter_id == keep.id

    village.undo()
    assert village.store.get(Resident, keep.id).phone == "13800001111"
    assert village.store.get(Resident, drop.id).name == "陈麗"
    assert village.store.get(Membership, seat.id).resident_id == drop.id


def test_a_blank_field_is_proposed_to_be_filled_and_numbers_are_masked(village: Village) -> None:
    keep = enter(village, name="陈丽", phone="13800001111")
    drop = enter(village, name="陈丽", id_number="44190019850630123X")
    pairs = {pair.name: pair for pair in village.merging.compare(keep, drop)}
    assert pairs["id_number"].choice == "drop"
    assert pairs["phone"].choice == "keep"
    assert pairs["id_number"].dropped == "4419**********123X"
    assert not pairs["name"].differs


def test_a_number_that_the_other_entry_had_can_be_taken(village: Village) -> None:
    keep = enter(village, name="陈丽")
    drop = enter(village, name="陈丽", id_number="44190019850630123X")
    kept = village.merging.merge(keep, drop, {"id_number": "drop"})
    assert kept.id_number == "44190019850630123X"


def test_the_household_that_the_other_headed_alone_ends(village: Village) -> None:
    family = family_of_six(village)
    alone = enter(village, name="陈志明", relation="02")
    with village.session.change("另立") as change:
        other = change.insert(Household(number="030002", head_id=alone.id))
        alone = change.update(alone, household_id=other.id)
    village.merging.merge(family.son, alone, {})
    ended = village.store.get(Household, other.id)
    assert (ended.head_id, ended.ended_on) == (None, village.session.today())
    assert village.store.get(Household, family.household.id).head_id == family.father.id


def test_a_head_is_kept_head_and_never_leaves_others_without_one(village: Village) -> None:
    family = family_of_six(village)
    twin = enter(village, name="陈国良")
    keep, _drop = village.merging.fuller(twin, family.father)
    assert keep.id == family.father.id
    with pytest.raises(Refused) as refusal:
        village.merging.merge(twin, family.father, {"household_id": "keep"})
    assert refusal.value.code == "is_head"
    village.merging.merge(twin, family.father, {"household_id": "drop", "relation": "drop"})
    assert village.store.get(Household, family.household.id).head_id == twin.id


def test_one_entry_is_not_merged_with_itself(village: Village) -> None:
    one = enter(village, name="陈丽")
    with pytest.raises(Refused) as refusal:
        village.merging.merge(one, one, {})
    assert refusal.value.code == "same_entry"
