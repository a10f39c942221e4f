"""Story 1, the meeting: from the roster to the decision on the wall, the refused vote included."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.meeting_story import (
    NAMES,
    call_meeting,
    check_in,
    put_items,
    seat_representatives,
)
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.errors import InvalidInput, Refused
from village_app.services.meetings.vote_figures import Count
from village_app.village import Village

Story = tuple[Meeting, AgendaItem, AgendaItem]


@pytest.fixture
def story(village: Village, clock: TurningClock) -> Story:
    seat_representatives(village)
    clock.turn_to(2026, 3, 12)
    meeting = call_meeting(village)
    lamps, pay = put_items(village, meeting)
    meeting = village.meetings.open(meeting)
    check_in(village, meeting)
    return meeting, lamps, pay


def test_the_lamps_are_carried_and_the_allowances_are_not(village: Village, story: Story) -> None:
    meeting, lamps, pay = story
    standing = village.votes.standing(lamps)
    assert (standing.heads.entitled, standing.heads.present) == (45, 38)
    assert (standing.attendance_needed, standing.votes_needed) == (30, 20)
    vote = village.votes.close(lamps, "hands", Count(36, 1, 1))
    assert (vote.verdict, vote.base, vote.absent) == ("carried", 38, 7)
    roster = village.attendance.roster(meeting)
    assert village.attendance.mark(roster[37], "absent").state == "left"
    village.attendance.recuse(pay, roster[3], "本人领取误工补贴")
    assert village.votes.standing(pay).votes_needed == 19
    second = village.votes.close(pay, "hands", Count(18, 12, 6))
    assert (second.present, second.recused, second.base) == (37, 1, 37)
    assert second.verdict == "not_carried"
    standings = [one.standing for one in village.votes.voters(second)]
    assert (standings.count("voter"), standings.count("recused")) == (36, 1)
    with pytest.raises(Refused, match="没有表决通过"):
        village.resolutions.decide(pay)


def test_with_29_present_the_vote_is_recorded_only_as_below_quorum(
    village: Village, story: Story
) -> None:
    meeting, lamps, _ = story
    for mark in village.attendance.roster(meeting)[29:38]:
        village.attendance.mark(mark, "absent")
    with pytest.raises(Refused) as refused:
        village.votes.close(lamps, "hands", Count(29, 0))
    assert refused.value.code == "below_quorum"
    assert "还差 1 人" in refused.value.message
    assert "村民代表会议" in refused.value.message
    vote = village.votes.record_below_quorum(lamps)
    assert (vote.verdict, vote.present, vote.in_favour) == ("below_quorum", 29, None)
    assert village.meetings.item(lamps.id).state == "below_quorum"


def test_a_quorate_meeting_is_not_recorded_as_below(village: Village, story: Story) -> None:
    with pytest.raises(Refused, match="人数已够"):
        village.votes.record_below_quorum(story[1])


def test_a_vote_that_does_not_balance_stays_open(village: Village, story: Story) -> None:
    _, lamps, _ = story
    with pytest.raises(InvalidInput) as refused:
        village.votes.close(lamps, "hands", Count(36, 1, 0))
    assert "少 1 票" in refused.value.message
    assert village.votes.of(lamps) is None


def test_31_papers_from_30_given_out_are_refused(village: Village, story: Story) -> None:
    _, lamps, _ = story
    count = Count(31, 0, 0, issued=30, returned=31, valid=31, invalid=0)
    with pytest.raises(InvalidInput) as refused:
        village.votes.close(lamps, "ballot", count)
    assert "比发出 30 张多 1 张" in refused.value.message
    good = Count(31, 3, 2, issued=38, returned=37, valid=36, invalid=1)
    assert village.votes.close(lamps, "ballot", good).verdict == "carried"


def test_a_roll_call_asks_everyone_who_may_vote(village: Village, story: Story) -> None:
    meeting, lamps, _ = story
    here = village.attendance.roster(meeting)[:38]
    choices = {mark.id: "赞成" for mark in here[:-1]}
    with pytest.raises(InvalidInput, match=NAMES[37]):
        village.votes.close_roll(lamps, choices)
    vote = village.votes.close_roll(lamps, {**choices, here[-1].id: "反对"})
    assert (vote.in_favour, vote.against, vote.kind) == (37, 1, "roll")
    stranger = village.attendance.roster(meeting)[40]
    assert stranger.name not in {one.name for one in village.votes.voters(vote)}


def test_a_carried_item_becomes_a_decision_on_the_wall(
    village: Village, story: Story, clock: TurningClock
) -> None:
    _, lamps, _ = story
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    decision = village.resolutions.decide(lamps, {"responsible": "何润田", "due_on": "2026-04-30"})
    assert decision.number == "隔村代决〔2026〕1号"
    notice = village.resolutions.draft_notice(decision)
    clock.turn_to(2026, 3, 13)
    assert not village.notices.findings(notice).holds_back
    notice = village.notices.approve(village.notices.check(notice, agrees=True))
    notice = village.notices.publish(notice)
    assert (notice.period_from, notice.period_to) == (date(2026, 3, 13), date(2026, 3, 19))
    with pytest.raises(Refused, match="已经起草"):
        village.resolutions.draft_notice(village.resolutions.get(decision.id))


def test_an_internal_item_is_never_drafted_for_the_wall(village: Village, story: Story) -> None:
    _, lamps, _ = story
    village.meetings.correct_item(lamps, {"is_internal": "是"})
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    decision = village.resolutions.decide(lamps)
    with pytest.raises(Refused, match="内部议题"):
        village.resolutions.draft_notice(decision)


def test_the_six_steps_open_one_after_the_other(village: Village, story: Story) -> None:
    _, lamps, _ = story
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    decision = village.resolutions.decide(lamps)
    matter = village.procedures.begin(
        {"name": "村前塘路灯安装", "motive": "党员群众建议", "content": "环塘安装路灯24盏"}
    )
    with pytest.raises(Refused, match="“提议”还没有日期"):
        village.procedures.record_decision(matter, decision)
    record = village.procedures.record
    record(matter, "propose", {"day": "2026-03-02"})
    with pytest.raises(Refused, match="“提议”还没有留存的材料"):
        record(matter, "consult", {"day": "2026-03-04", "paper": "商议记录"})
    record(matter, "propose", {"paper": "提议记录表"})
    with pytest.raises(InvalidInput, match="不能早于提议"):
        record(matter, "consult", {"day": "2026-03-01", "paper": "商议记录"})
    record(matter, "consult", {"day": "2026-03-04", "paper": "商议记录"})
    facts = {"day": "2026-03-08", "entitled": "34", "paper": "审议意见"}
    with pytest.raises(InvalidInput, match="须到 23 人"):
        record(matter, "review", {**facts, "present": "22"})
    record(matter, "review", {**facts, "present": "26", "in_favour": "26", "against": "0"})
    step = village.procedures.record_decision(matter, decision)
    assert (step.day, step.paper) == (date(2026, 3, 12), "隔村代决〔2026〕1号")
    assert (step.entitled, step.present, step.in_favour) == (45, 38, 36)


def test_minutes_are_locked_and_reopened_as_the_next_version(
    village: Village, story: Story
) -> None:
    meeting, lamps, _ = story
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    meeting = village.meetings.close(village.meetings.get(meeting.id))
    first = village.minutes.finalise(meeting)
    meeting = village.meetings.get(meeting.id)
    for refused in (
        lambda: village.meetings.add_items(meeting, [{"name": "后加的议题"}]),
        lambda: village.attendance.mark(village.attendance.roster(meeting)[0], "leave"),
        lambda: village.meetings.correct(meeting, {"place": "别处"}),
    ):
        with pytest.raises(Refused) as caught:
            refused()
        assert caught.value.code == "final"
    meeting = village.minutes.reopen(meeting, "汇报要点漏写")
    village.meetings.correct_item(
        village.meetings.item(lamps.id), {"report": "塘边路灯损坏三盏，夜间行走不便"}
    )
    second = village.minutes.finalise(village.meetings.get(meeting.id))
    assert (first.number, second.number) == (1, 2)
    assert village.minutes.paper_of(first) != village.minutes.paper_of(second)
    assert village.minutes.versions(meeting)[0].reopened_reason == "汇报要点漏写"
