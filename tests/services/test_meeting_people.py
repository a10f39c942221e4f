"""Members and proposals: seats that cannot end before a meeting, names that call a meeting."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.meeting_story import NAMES, call_meeting, check_in, seat_representatives
from village_app.db.records.meetings import Meeting
from village_app.errors import InvalidInput, Refused
from village_app.village import Village


@pytest.fixture
def running(village: Village, clock: TurningClock) -> Meeting:
    seat_representatives(village)
    clock.turn_to(2026, 3, 12)
    meeting = village.meetings.open(call_meeting(village))
    check_in(village, meeting)
    return meeting


def test_a_member_removed_in_the_middle_stays_in_the_count(
    village: Village, running: Meeting
) -> None:
    body = village.bodies.find("representatives")
    member = village.bodies.members_on(body, date(2026, 3, 12))[0]
    with pytest.raises(InvalidInput) as caught:
        village.bodies.end_seat(member, date(2026, 3, 11), "辞职")
    assert caught.value.faults[0].code == "attended_later"
    assert "2026-03-12" in caught.value.faults[0].message
    assert village.bodies.member(member.id).to_day is None
    village.bodies.end_seat(member, date(2026, 3, 12), "辞职")
    counts = village.attendance.counts(running)
    assert (counts.entitled, counts.present) == (45, 38)
    assert village.attendance.roster(running)[0].name == NAMES[0]


def test_a_share_is_said_with_one_decimal(village: Village, running: Meeting) -> None:
    village.meetings.close(running)
    body = village.bodies.find("representatives")
    report = village.attendance.report(body, date(2026, 1, 1), date(2026, 3, 31))
    assert report[0].percent() == "100.0%"
    assert report[-1].percent() == "0.0%"


def test_exactly_the_ticked_names_support_and_call_a_meeting(
    village: Village, running: Meeting, clock: TurningClock
) -> None:
    del running
    body = village.bodies.find("representatives")
    members = village.bodies.members_on(body, date(2026, 3, 12))
    proposal = village.proposals.propose(body, {"name": "调整巡逻路线", "day": "2026-03-12"})
    assert not village.proposals.set_supporters(proposal, members[:8]).must_call
    assert village.proposals.to_call() == []
    assert village.proposals.set_supporters(proposal, members[1:10]).must_call
    names = [one.name for one in village.proposals.supporters(proposal)]
    assert NAMES[0] not in names
    assert len(names) == 9
    assert [one.id for one in village.proposals.to_call()] == [proposal.id]
    assert ("调整巡逻路线", "安排会议") in [(one.title, one.verb) for one in village.today.items()]
    clock.turn_to(2026, 3, 20)
    call_meeting(village, name="临时会议", day="2026-03-25")
    assert village.proposals.to_call() == []


def test_a_bodys_own_facts_are_corrected(village: Village) -> None:
    body = village.bodies.find("association")
    codes = [code for code, _ in village.bodies.rules()]
    assert "quorum_simple" in codes
    changed = village.bodies.correct(body, {"chair": "梁秀娟", "interval_months": "6"})
    assert (changed.chair, changed.interval_months) == ("梁秀娟", 6)
    founded = village.bodies.found({"name": "老人协会"}, "quorum_simple")
    assert village.bodies.find("老人协会").id == founded.id
    with pytest.raises(Refused):
        village.bodies.found({"name": "别的"}, "no_such_rule")
