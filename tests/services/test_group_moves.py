"""Moves between groups with their days: who was in which group on any earlier day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Place, Resident
from village_app.errors import InvalidInput
from village_app.services.register.group_moves import moves_of
from village_app.services.register.household_wishes import Split
from village_app.services.register.resident_list import PeopleFilter
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]

TODAY = date(2026, 1, 12)
YESTERDAY = date(2026, 1, 11)


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


@pytest.fixture
def other(village: Village) -> Place:
    return village.places.find_group("一组") or village.places.add("一组")


def moves(village: Village, person: Resident) -> list[tuple[date, int | None, int | None]]:
    found = moves_of(village.store, person)
    return [(one.day, one.from_group_id, one.to_group_id) for one in found]


def groups(village: Village, day: date) -> dict[str, int]:
    return dict(village.life_events.by_group(day))


def test_a_move_of_last_month_leaves_the_counts_of_earlier_days(
    village: Village, family: Family, other: Place
) -> None:
    home = family.household.group_id
    typed = {"to_group_id": str(other.id), "day": "2025-12-10"}
    event = village.group_moves.enter(family.daughter, typed)
    assert village.group_moves.described(event) == "三组换到一组"
    assert village.residents.get(family.daughter.id).group_id == other.id
    assert groups(village, date(2025, 12, 9)) == {"三组": 6}
    assert groups(village, date(2025, 12, 10)) == {"一组": 1, "三组": 5}
    assert village.life_events.count_on(date(2025, 12, 9), home) == 6
    assert village.life_events.count_on(TODAY, home) == 5
    assert village.life_events.count_on(TODAY) == 6


def test_list_and_print_of_an_earlier_day_show_the_group_of_that_day(
    village: Village, family: Family, other: Place
) -> None:
    typed = {"to_group_id": str(other.id), "day": "2025-12-10"}
    village.group_moves.enter(family.daughter, typed)
    before = PeopleFilter(group_id=family.household.group_id, day=date(2025, 12, 9))
    listing = village.resident_list.listed(before)
    assert listing.count() == 6
    assert {row.values["group"] for row in listing.window(0, 10)} == {"三组"}
    assert village.resident_list.listed(PeopleFilter(group_id=other.id)).count() == 1
    assert village.roster.export(before, ("name", "group")).people == 6
    paper = village.roster.paper(before, ("name", "group"))
    assert "一组" not in repr(paper.blocks)


def test_the_form_dates_a_new_group_with_today_and_undo_takes_both_back(
    village: Village, family: Family, other: Place
) -> None:
    village.residents.correct(family.daughter, {"group_id": str(other.id)})
    assert moves(village, family.daughter) == [(TODAY, family.household.group_id, other.id)]
    assert groups(village, YESTERDAY) == {"三组": 6}
    village.undo()
    assert moves(village, family.daughter) == []
    assert groups(village, TODAY) == {"三组": 6}


def test_back_on_the_same_day_is_no_move_and_a_third_group_replaces_the_second(
    village: Village, family: Family, other: Place
) -> None:
    third = village.places.add("五组")
    village.residents.correct(family.daughter, {"group_id": str(other.id)})
    again = village.residents.get(family.daughter.id)
    village.residents.correct(again, {"group_id": str(third.id)})
    assert moves(village, family.daughter) == [(TODAY, family.household.group_id, third.id)]
    again = village.residents.get(family.daughter.id)
    village.residents.correct(again, {"group_id": str(family.household.group_id)})
    assert moves(village, family.daughter) == []


def test_a_blank_group_filled_in_and_a_dead_person_corrected_are_no_moves(
    village: Village, family: Family, other: Place
) -> None:
    person = village.residents.register({"name": "何伯"})
    village.residents.correct(person, {"group_id": str(other.id)})
    assert moves(village, person) == []
    village.life_events.enter(family.father, {"kind": "death", "day": "2026-01-02"})
    dead = village.residents.get(family.father.id)
    village.residents.correct(dead, {"group_id": str(other.id)})
    assert moves(village, dead) == []


def test_many_people_and_households_move_on_the_day_that_was_said(
    village: Village, family: Family, other: Place
) -> None:
    village.resident_bulk.correct_all(
        [family.son.id, family.wife.id], {"group_id": str(other.id), "day": "2025-11-01"}
    )
    assert groups(village, date(2025, 10, 31)) == {"三组": 6}
    assert groups(village, date(2025, 11, 1)) == {"一组": 2, "三组": 4}
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        village.resident_bulk.correct_all(
            [family.son.id], {"group_id": str(other.id), "day": "2026-02-01"}
        )
    village.household_moves.correct(
        family.household, {"group_id": str(other.id), "day": "2025-12-01"}
    )
    assert groups(village, date(2025, 11, 30)) == {"一组": 2, "三组": 4}
    assert groups(village, date(2025, 12, 1)) == {"一组": 6}


def test_the_dead_of_a_household_stay_in_the_group_they_died_in(
    village: Village, family: Family, other: Place
) -> None:
    village.life_events.enter(family.father, {"kind": "death", "day": "2026-01-02"})
    home = family.household.group_id
    village.household_moves.correct(family.household, {"group_id": str(other.id)})
    assert village.residents.get(family.father.id).group_id == home
    assert groups(village, date(2026, 1, 1)) == {"三组": 6}


def test_who_leaves_with_a_split_is_in_the_new_group_from_its_day(
    village: Village, family: Family, other: Place
) -> None:
    wish = Split(
        frozenset({family.daughter.id}), family.daughter.id, "030009", date(2025, 12, 20),
        group_id=other.id,
    )  # fmt: skip
    village.household_moves.split(family.household, wish)
    assert groups(village, date(2025, 12, 19)) == {"三组": 6}
    assert groups(village, date(2025, 12, 20)) == {"一组": 1, "三组": 5}


def test_a_move_between_two_known_ones_joins_the_row(
    village: Village, family: Family, other: Place
) -> None:
    home, third = family.household.group_id, village.places.add("五组")
    daughter = family.daughter
    village.group_moves.enter(daughter, {"to_group_id": str(other.id), "day": "2025-10-01"})
    daughter = village.residents.get(daughter.id)
    village.group_moves.enter(daughter, {"to_group_id": str(home), "day": "2025-12-01"})
    village.group_moves.enter(daughter, {"to_group_id": str(third.id), "day": "2025-11-01"})
    assert moves(village, daughter) == [
        (date(2025, 10, 1), home, other.id),
        (date(2025, 11, 1), other.id, third.id),
        (date(2025, 12, 1), third.id, home),
    ]
    assert village.residents.get(daughter.id).group_id == home


def test_what_the_register_says_already_is_dated_by_the_group_before(
    village: Village, family: Family, other: Place
) -> None:
    home = family.household.group_id
    with pytest.raises(InvalidInput, match="就在三组"):
        village.group_moves.enter(family.daughter, {"to_group_id": str(home), "day": "2025-12-10"})
    village.group_moves.enter(
        family.daughter,
        {"to_group_id": str(home), "from_group_id": str(other.id), "day": "2025-12-10"},
    )
    assert groups(village, date(2025, 12, 9)) == {"一组": 1, "三组": 5}
    assert groups(village, TODAY) == {"三组": 6}


def test_a_wrong_move_goes_back_and_a_mere_correction_counts_from_the_beginning(
    village: Village, family: Family, other: Place
) -> None:
    village.residents.correct(family.daughter, {"group_id": str(other.id)})
    [event] = moves_of(village.store, family.daughter)
    village.group_moves.always_there(event)
    assert groups(village, YESTERDAY) == {"一组": 1, "三组": 5}
    village.undo()
    [event] = moves_of(village.store, family.daughter)
    village.group_moves.take_back(event)
    assert groups(village, TODAY) == {"三组": 6}


def test_days_that_cannot_be_are_refused(village: Village, family: Family, other: Place) -> None:
    def enter(day: str) -> LifeEvent:
        typed = {"to_group_id": str(other.id), "day": day}
        return village.group_moves.enter(village.residents.get(family.grandson.id), typed)

    for day, word in (("2026-02-01", "晚于今天"), ("1980-01-01", "早于出生")):
        with pytest.raises(InvalidInput, match=word):
            enter(day)
    enter("2025-12-10")
    with pytest.raises(InvalidInput, match="已经登记过换小组"):
        enter("2025-12-10")
    with pytest.raises(InvalidInput, match="那张表"):
        village.life_events.enter(family.son, {"kind": "group_move", "day": "2025-12-10"})


def test_the_kept_person_keeps_his_own_moves_when_two_are_one(
    village: Village, family: Family, other: Place
) -> None:
    twin = village.residents.register(
        {"name": "陈丽华", "group_id": str(family.household.group_id)}
    )
    for one in (twin, family.daughter):
        village.group_moves.enter(one, {"to_group_id": str(other.id), "day": "2025-12-10"})
    daughter = village.residents.get(family.daughter.id)
    kept = village.merging.merge(daughter, village.residents.get(twin.id), {})
    assert len(moves(village, kept)) == 1


@dataclass
class Model:
    """An independent record of one person's groups: what holds from which day on."""

    first: int
    since: dict[date, int]

    def on(self, day: date) -> int:
        earlier = [start for start in self.since if start <= day]
        return self.since[max(earlier)] if earlier else self.first

    def move(self, day: date, group: int) -> None:
        """Write a move; a later one into the same group is none any more."""
        self.since[day] = group
        following = min((start for start in self.since if start > day), default=None)
        if following is not None and self.since[following] == group:
            del self.since[following]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    wishes=st.lists(
        st.tuples(st.integers(1, 60), st.integers(0, 2)),
        max_size=6,
        unique_by=lambda one: one[0],
    )
)
def test_any_row_of_moves_gives_the_group_of_every_day(
    village: Village, wishes: list[tuple[int, int]]
) -> None:
    names = ("一组", "二组", "四组")
    places = [village.places.find_group(one) or village.places.add(one) for one in names]
    person = village.residents.register({"name": "何伯", "group_id": str(places[0].id)})
    model = Model(places[0].id, {})
    for ago, at in wishes:
        day = TODAY - timedelta(days=ago)
        if model.on(day) == places[at].id:
            continue
        typed = {"to_group_id": str(places[at].id), "day": day.isoformat()}
        village.group_moves.enter(village.residents.get(person.id), typed)
        model.move(day, places[at].id)
    for day in {TODAY, *(start - timedelta(days=ago) for start in model.since for ago in (0, 1))}:
        for place in places:
            listed = village.resident_list.listed(PeopleFilter(group_id=place.id, day=day))
            assert (person.id in listed.ids()) == (model.on(day) == place.id)
    village.residents.remove(village.residents.get(person.id))
