"""Births, deaths and moves with their days: who belonged to the village on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from village_app.db.records.register import LifeEvent
from village_app.errors import InvalidInput
from village_app.services.register.presence import COMING, DECIDING
from village_app.services.register.resident_list import PeopleFilter
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]

TODAY = date(2026, 1, 12)


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


def test_a_move_out_of_last_month_counts_from_its_day_on(village: Village, family: Family) -> None:
    before = village.life_events.count_on(date(2025, 12, 9))
    village.life_events.enter(
        family.daughter, {"kind": "move_out", "day": "2025-12-10", "place": "东城街道"}
    )
    assert village.residents.count() == 5
    assert village.life_events.count_on(TODAY) == 5
    assert village.life_events.count_on(date(2025, 12, 10)) == 5
    assert village.life_events.count_on(date(2025, 12, 9)) == before == 6
    assert village.residents.get(family.daughter.id).status == "moved_out"


def test_the_list_as_of_a_day_holds_whom_the_count_counts(village: Village, family: Family) -> None:
    village.life_events.enter(family.daughter, {"kind": "move_out", "day": "2025-12-10"})
    then = village.resident_list.listed(PeopleFilter(day=date(2025, 12, 9)))
    assert then.count() == 6
    assert village.resident_list.listed(PeopleFilter()).count() == 5


def test_a_wrong_day_is_corrected_and_the_counts_follow(village: Village, family: Family) -> None:
    event = village.life_events.enter(family.daughter, {"kind": "move_out", "day": "2025-12-10"})
    village.life_events.correct(event, {"day": "2025-11-10"})
    assert village.life_events.count_on(date(2025, 11, 20)) == 5
    village.life_events.correct(village.life_events.get(event.id), {"kind": "marriage"})
    again = village.residents.get(family.daughter.id)
    assert (again.status, again.marriage) == ("active", "20")
    assert village.life_events.count_on(TODAY) == 6


def test_an_event_that_never_was_gives_the_status_back(village: Village, family: Family) -> None:
    event = village.life_events.enter(family.father, {"kind": "death", "day": "2026-01-02"})
    assert village.residents.get(family.father.id).status == "deceased"
    village.life_events.take_back(event)
    assert village.residents.get(family.father.id).status == "active"
    assert village.life_events.of(family.father) == []
    village.undo()
    assert village.residents.get(family.father.id).status == "deceased"


def test_who_came_back_is_counted_again(village: Village, family: Family) -> None:
    village.life_events.enter(family.son, {"kind": "move_out", "day": "2020-03-01"})
    village.life_events.enter(family.son, {"kind": "move_in", "day": "2024-03-01"})
    days = (date(2020, 2, 29), date(2020, 3, 1), date(2024, 2, 29), date(2024, 3, 1))
    assert [village.life_events.count_on(day) for day in days] == [6, 5, 5, 6]


def test_nobody_is_counted_before_birth_or_before_moving_in(
    village: Village, family: Family
) -> None:
    child = village.life_events.newcomer(
        family.household,
        {"name": "陈乐", "sex": "1", "relation": "20", "event": "birth", "day": "2026-01-03"},
    )
    assert (child.birth, child.household_id) == (date(2026, 1, 3), family.household.id)
    assert village.life_events.count_on(date(2026, 1, 2)) == 6
    assert village.life_events.count_on(date(2026, 1, 3)) == 7
    village.life_events.newcomer(
        family.household,
        {
            "name": "周小燕",
            "birth": "1990-02-02",
            "relation": "38",
            "event": "move_in",
            "day": "2026-01-08",
            "place": "石排镇",
        },
    )
    assert village.life_events.count_on(date(2026, 1, 7)) == 7
    assert village.life_events.count_on(TODAY) == 8
    moved = village.life_events.movement(date(2025, 12, 31), TODAY)
    assert (moved.at_first, moved.at_last, moved.births, moved.moved_in) == (6, 8, 1, 1)


def test_a_newcomer_is_one_change_and_one_undo(village: Village, family: Family) -> None:
    village.life_events.newcomer(
        family.household,
        {"name": "陈乐", "relation": "20", "event": "birth", "day": "2026-01-03"},
    )
    village.undo()
    assert village.residents.count() == 6
    assert village.store.select(LifeEvent).count() == 0


@pytest.mark.parametrize(
    ("kind", "day", "code"),
    [
        ("move_out", "2026-01-13", "future"),
        ("move_out", "1940-01-01", "before_birth"),
        ("move_in", "2025-06-02", "after_death"),
        ("death", "2025-06-03", "twice"),
        ("move_out", "", "required"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    village: Village, family: Family, kind: str, day: str, code: str
) -> None:
    village.life_events.enter(family.father, {"kind": "death", "day": "2025-06-01"})
    with pytest.raises(InvalidInput) as caught:
        village.life_events.enter(family.father, {"kind": kind, "day": day})
    assert [fault.code for fault in caught.value.faults] == [code]


def test_the_groups_together_are_the_whole(village: Village, family: Family) -> None:
    village.residents.register({"name": "没组的人"})
    groups = village.life_events.by_group(TODAY)
    assert ("未分组", 1) in groups
    assert sum(count for _, count in groups) == village.life_events.count_on(TODAY) == 7


def expected(events: list[tuple[str, date]], day: date) -> bool:
    """Say by the rule, written another way, whether somebody with these events was here."""
    before = [kind for kind, on in events if on <= day]
    if before:
        return before[-1] in COMING
    return not events or events[0][0] not in COMING


@given(
    steps=st.lists(st.tuples(st.sampled_from(DECIDING), st.integers(1, 40)), max_size=5),
    asked=st.integers(0, 230),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_course_of_moves_counts_by_the_last_one_before_the_day(
    village: Village, steps: list[tuple[str, int]], asked: int
) -> None:
    start = date(2025, 1, 1)
    person = village.residents.register({"name": "走来走去"})
    events: list[tuple[str, date]] = []
    on = start
    with village.change("变动") as change:
        for kind, gap in steps:
            on += timedelta(days=gap)
            change.insert(LifeEvent(kind=kind, resident_id=person.id, day=on))
            events.append((kind, on))
    day = start + timedelta(days=asked)
    shown = village.resident_list.listed(PeopleFilter(day=day)).ids()
    assert (person.id in shown) == expected(events, day)
