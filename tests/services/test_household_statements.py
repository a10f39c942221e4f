"""One household, one vote (ME-12): deadline, withdrawal, void texts, tallies that add up."""

from __future__ import annotations

import pytest

from tests.services.conftest import TurningClock
from tests.services.meeting_story import call_meeting, put_items, seat_representatives
from village_app.db.records.meetings import AgendaItem
from village_app.errors import InvalidInput, Refused
from village_app.village import Village


@pytest.fixture
def item(village: Village, clock: TurningClock) -> AgendaItem:
    seat_representatives(village)
    clock.turn_to(2026, 3, 12)
    meeting = call_meeting(village)
    lamps, _ = put_items(village, meeting)
    village.meetings.open(meeting)
    return village.household_statements.announce(
        lamps, {"statements_until": "2026-03-15", "households": "40"}
    )


def say(village: Village, item: AgendaItem, household: str, choice: str = "赞成") -> None:
    village.household_statements.take_down(
        item,
        {"household": household, "group_name": "第一组", "choice": choice, "day": "2026-03-12"},
    )


def standings(village: Village, item: AgendaItem) -> list[tuple[str, str]]:
    said = village.household_statements.listed(village.meetings.item(item.id))
    return sorted((one.statement.household, one.standing) for one in said)


def test_until_the_deadline_a_statement_is_withdrawn_and_after_it_stands(
    village: Village, item: AgendaItem, clock: TurningClock
) -> None:
    for household in ("1号", "2号"):
        say(village, item, household)
    first, second = (one.statement for one in village.household_statements.listed(item))
    clock.turn_to(2026, 3, 15)
    village.household_statements.withdraw(first)
    with pytest.raises(Refused, match="已经撤回"):
        village.household_statements.withdraw(first)
    clock.turn_to(2026, 3, 16)
    for late in (
        lambda: village.household_statements.withdraw(second),
        lambda: say(village, item, "3号"),
    ):
        with pytest.raises(Refused) as caught:
            late()
        assert caught.value.code == "too_late"
        assert "2026-03-15" in caught.value.message
    assert standings(village, item) == [("1号", "counts"), ("2号", "withdrawn")]


def test_a_later_statement_replaces_and_a_changed_text_voids(
    village: Village, item: AgendaItem
) -> None:
    say(village, item, "1号")
    say(village, item, "1号", "反对")
    assert standings(village, item) == [("1号", "counts"), ("1号", "replaced")]
    village.meetings.correct_item(item, {"decision": "改装路灯30盏"})
    assert standings(village, item) == [("1号", "void"), ("1号", "void")]


def test_the_groups_add_up_to_the_vote(village: Village, item: AgendaItem) -> None:
    for at in range(30):
        group = "第一组" if at < 12 else "第二组"
        village.household_statements.take_down(
            item,
            {
                "household": f"{at + 1}号",
                "group_name": group,
                "choice": ("赞成", "反对", "弃权")[at % 3 if at < 9 else 0],
                "day": "2026-03-12",
            },
        )
    tallies = village.household_statements.by_group(item)
    vote = village.votes.close_households(item, item.households)
    assert sum(one.total for one in tallies) == vote.present == 30
    assert sum(one.in_favour for one in tallies) == vote.in_favour
    assert sum(one.abstained for one in tallies) == vote.abstained
    with pytest.raises(Refused, match="已经计票"):
        say(village, village.meetings.item(item.id), "31号")


def test_a_deadline_wants_a_day_and_the_number_of_households(
    village: Village, item: AgendaItem
) -> None:
    with pytest.raises(InvalidInput) as caught:
        village.household_statements.announce(item, {"statements_until": "", "households": ""})
    assert [one.field for one in caught.value.faults] == ["statements_until", "households"]
