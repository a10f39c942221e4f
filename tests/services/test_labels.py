"""Labels from one day to another; seats of bodies beside them, never kept twice; sensitive ones."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from village_app.db.records.bodies import Membership
from village_app.db.records.register import ResidentLabel
from village_app.errors import InvalidInput, Refused
from village_app.services.register.resident_list import PeopleFilter
from village_app.services.session import User
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]

ALONE = "label:独居老人"


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


def found(village: Village, *labels: str, group: int | None = None) -> list[str]:
    chosen = PeopleFilter(group_id=group, labels=labels)
    return [row.values["name"] for row in village.resident_list.listed(chosen).window(0, 50)]


def test_a_label_and_a_group_together_find_who_is_both(village: Village, family: Family) -> None:
    other = village.places.find_group("一组") or village.places.add("一组")
    stranger = village.residents.register({"name": "何伯", "group_id": str(other.id)})
    for person in (family.father, stranger):
        village.labels.give(person, ALONE, {"from_day": "2025-01-01"})
    assert set(found(village, ALONE)) == {"陈国良", "何伯"}
    assert found(village, ALONE, group=family.household.group_id) == ["陈国良"]


def test_the_last_day_still_counts_and_from_tomorrow_it_is_gone(
    village: Village, family: Family, clock: TurningClock
) -> None:
    held = village.labels.give(family.father, ALONE, {"from_day": "2025-01-01"})
    village.labels.correct(held.id, {"to_day": "2026-01-12"})
    assert found(village, ALONE) == ["陈国良"]
    clock.turn_to(2026, 1, 13)
    assert found(village, ALONE) == []
    assert [one.word for one in village.labels.of(family.father)] == ["独居老人"]
    then = PeopleFilter(labels=(ALONE,), day=date(2026, 1, 12))
    assert village.resident_list.listed(then).count() == 1


def test_all_labels_asked_for_must_hold(village: Village, family: Family) -> None:
    village.labels.give(family.father, ALONE, {"from_day": "2025-01-01"})
    village.labels.give(family.father, "label:志愿者", {"from_day": "2025-01-01"})
    village.labels.give(family.mother, "label:志愿者", {"from_day": "2025-01-01"})
    assert found(village, ALONE, "label:志愿者") == ["陈国良"]


def test_a_seat_is_kept_with_the_body_and_found_with_the_labels(
    village: Village, family: Family
) -> None:
    body = village.bodies.find("representatives")
    key = f"body:{body.id}"
    village.labels.give(family.son, key, {"from_day": "2025-03-01", "note": "村民代表"})
    assert found(village, key) == ["陈志明"]
    assert village.store.select(ResidentLabel).count() == 0
    [seat] = village.store.rows(village.store.select(Membership))
    assert (seat.resident_id, seat.office) == (family.son.id, "村民代表")
    [held] = village.labels.of(family.son)
    assert (held.kind, held.word) == ("seat", "村民代表会议村民代表")


def test_party_members_are_known_by_their_politics(village: Village, family: Family) -> None:
    village.residents.correct(family.wife, {"politics": "01"})
    assert found(village, "party") == ["林秀兰"]
    assert village.labels.of(village.residents.get(family.wife.id))[0].kind == "party"


def test_the_same_label_twice_at_a_time_is_refused(village: Village, family: Family) -> None:
    village.labels.give(family.father, ALONE, {"from_day": "2025-01-01", "to_day": "2025-06-30"})
    village.labels.give(family.father, ALONE, {"from_day": "2025-07-01"})
    with pytest.raises(InvalidInput) as caught:
        village.labels.give(family.father, ALONE, {"from_day": "2025-12-01"})
    assert caught.value.faults[0].code == "held"
    with pytest.raises(InvalidInput):
        village.labels.give(
            family.mother, ALONE, {"from_day": "2025-12-01", "to_day": "2025-11-01"}
        )


def test_who_may_not_see_sensitive_labels_neither_sees_nor_counts_nor_finds_them(
    village: Village, family: Family
) -> None:
    held = village.labels.give(family.father, "label:低保", {"from_day": "2025-01-01"})
    assert [one.word for one in village.labels.in_use()] == ["低保"]
    village.session.user = User("网格", "网格员", "grid")
    assert village.labels.of(family.father) == []
    assert village.labels.in_use() == []
    assert found(village, "label:低保") == []
    assert "低保" not in [one.word for one in village.labels.kinds()]
    village.session.user = User("文书", "文书", "clerk")
    village.labels.take_away(held.id)
    assert village.labels.of(family.father) == []


def test_a_label_of_the_villages_own_is_offered_the_next_time(
    village: Village, family: Family
) -> None:
    village.labels.give(
        family.father, "label:失独家庭", {"from_day": "2025-01-01", "is_sensitive": "是"}
    )
    kinds = {one.word: one.is_sensitive for one in village.labels.kinds()}
    assert kinds["失独家庭"] is True


def test_labels_and_events_go_to_the_bin_with_the_person_and_come_back(
    village: Village, family: Family
) -> None:
    village.labels.give(family.daughter, ALONE, {"from_day": "2025-01-01"})
    village.residents.remove(family.daughter)
    assert village.store.select(ResidentLabel).count() == 0
    village.undo()
    assert found(village, ALONE) == ["陈丽华"]


def test_a_seat_of_another_desk_is_refused_to_who_may_not_edit_meetings(
    village: Village, family: Family
) -> None:
    body = village.bodies.find("representatives")
    village.session.user = User("只读", "只读", "reader")
    with pytest.raises(Refused):
        village.labels.give(family.son, f"body:{body.id}", {"from_day": "2025-03-01"})
