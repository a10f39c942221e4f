"""The agenda tree: put under, taken out, what comes back, and what is refused unchanged."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.meeting_story import call_meeting, check_in, put_items, seat_representatives
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.errors import Refused
from village_app.services.meetings.vote_figures import Count
from village_app.village import Village

Called = tuple[Meeting, AgendaItem, AgendaItem]


@pytest.fixture
def called(village: Village, clock: TurningClock) -> Called:
    seat_representatives(village)
    clock.turn_to(2026, 3, 12)
    meeting = call_meeting(village)
    return (meeting, *put_items(village, meeting))


def numbers(village: Village, meeting: Meeting) -> list[str]:
    return [f"{one.number} {one.item.name}" for one in village.meetings.agenda(meeting)]


def test_an_item_goes_under_the_one_above_and_out_again(village: Village, called: Called) -> None:
    meeting, lamps, pay = called
    other = village.meetings.add_item(meeting, {"name": "其他事项"})
    village.meetings.indent_item(pay)
    village.meetings.indent_item(other)
    assert numbers(village, meeting) == [
        "一 村前塘路灯安装方案",
        "1.1 误工补贴标准调整方案",
        "1.2 其他事项",
    ]
    village.meetings.outdent_item(village.meetings.item(pay.id))
    assert numbers(village, meeting) == [
        "一 村前塘路灯安装方案",
        "1.1 其他事项",
        "二 误工补贴标准调整方案",
    ]
    with pytest.raises(Refused, match="没有同级"):
        village.meetings.indent_item(village.meetings.item(lamps.id))
    with pytest.raises(Refused, match="最上一级"):
        village.meetings.outdent_item(village.meetings.item(lamps.id))


def test_a_loop_is_refused_and_nothing_moves(village: Village, called: Called) -> None:
    meeting, lamps, pay = called
    under = village.meetings.indent_item(pay)
    before = numbers(village, meeting)
    with pytest.raises(Refused) as caught:
        village.meetings.move_item(village.meetings.item(lamps.id), under, 1)
    assert caught.value.code == "agenda_loop"
    assert numbers(village, meeting) == before


def test_an_item_with_a_vote_stays_on_the_agenda(village: Village, called: Called) -> None:
    meeting, lamps, pay = called
    village.meetings.open(meeting)
    check_in(village, meeting)
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    with pytest.raises(Refused):
        village.meetings.remove_item(village.meetings.item(lamps.id))
    village.meetings.remove_item(pay)
    assert numbers(village, meeting) == ["一 村前塘路灯安装方案"]


def test_what_was_decided_and_is_not_done_comes_back_until_it_is(
    village: Village, called: Called, clock: TurningClock
) -> None:
    meeting, lamps, _ = called
    village.meetings.open(meeting)
    check_in(village, meeting)
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    decided = village.resolutions.decide(
        village.meetings.item(lamps.id), {"responsible": "何润田", "due_on": "2026-04-30"}
    )
    village.meetings.close(village.meetings.get(meeting.id))
    clock.turn_to(2026, 6, 10)
    after = call_meeting(village, name="第二次会议", day="2026-06-10")
    body = village.bodies.get(after.body_id)
    waiting = village.meetings.coming_back(body, after)
    assert [one.name for one in waiting] == ["村前塘路灯安装方案", "误工补贴标准调整方案"]
    brought = village.meetings.bring_back(after, waiting[:1])
    assert brought[0].name == "村前塘路灯安装方案落实情况"
    assert brought[0].decision is None
    assert [one.number for one in village.resolutions.unfinished_before(after)] == [decided.number]
    village.resolutions.follow(decided, {"state": "已办成", "done_on": "2026-05-01"})
    assert village.resolutions.unfinished_before(after) == []


def test_a_decision_that_is_done_ends_its_task_and_a_done_task_is_told(
    village: Village, called: Called, clock: TurningClock
) -> None:
    meeting, lamps, pay = called
    village.meetings.open(meeting)
    check_in(village, meeting)
    typed = {"responsible": "何润田", "due_on": "2026-04-30"}
    for item in (lamps, pay):
        village.votes.close(item, "hands", Count(36, 1, 1))
        village.resolutions.decide(village.meetings.item(item.id), typed)
    first, second = reversed(village.resolutions.listed())
    village.resolutions.follow(first, {"state": "已办成", "done_on": "2026-04-01"})
    (task,) = village.tasks.listed()
    assert task.source == second.number
    clock.turn_to(2026, 4, 20)
    village.tasks.finish(task, "发了新标准")
    assert village.resolutions.progress(second) == "待办，任务已完成（2026-04-20）"
    clock.turn_to(2026, 6, 10)
    after = call_meeting(village, name="第二次会议", day="2026-06-10")
    states = [one.state for one in village.meeting_papers.facts(after).earlier]
    assert states == ["待办，任务已完成（2026-04-20）"]


def test_a_meeting_that_was_only_prepared_is_taken_back_whole(
    village: Village, called: Called
) -> None:
    meeting, lamps, pay = called
    village.meetings.move_item(pay, lamps, 1)
    village.meetings.discard(meeting)
    assert village.meetings.listed() == []
    village.undo()
    assert numbers(village, meeting)[1] == "1.1 误工补贴标准调整方案"
    assert len(village.attendance.roster(meeting)) == 45
    village.meetings.open(village.meetings.get(meeting.id))
    with pytest.raises(Refused, match="不能删除"):
        village.meetings.discard(village.meetings.get(meeting.id))


def test_the_next_meeting_opens_with_the_state_of_what_was_decided(
    village: Village, called: Called, clock: TurningClock
) -> None:
    meeting, lamps, _ = called
    village.meetings.open(meeting)
    check_in(village, meeting)
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    village.resolutions.decide(village.meetings.item(lamps.id), {"responsible": "何润田"})
    village.meetings.close(village.meetings.get(meeting.id))
    clock.turn_to(2026, 6, 10)
    after = call_meeting(village, name="第二次会议", day="2026-06-10")
    (earlier,) = village.meeting_papers.facts(after).earlier
    assert (earlier.responsible, earlier.state) == ("何润田", "待办")
    assert village.meeting_papers.facts(meeting).earlier == ()


@pytest.mark.parametrize(
    ("typed", "ended"),
    [
        ({"state": "已办成", "done_on": "2026-04-28"}, ("done", date(2026, 4, 28))),
        ({"state": "不再办", "reason": "镇里已统一安装"}, ("dropped", date(2026, 5, 6))),
    ],
)
def test_the_task_of_a_decision_ends_with_it_and_comes_back_with_one_undo(
    village: Village,
    called: Called,
    clock: TurningClock,
    typed: dict[str, str],
    ended: tuple[str, date],
) -> None:
    meeting, lamps, _ = called
    village.meetings.open(meeting)
    check_in(village, meeting)
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    decided = village.resolutions.decide(
        village.meetings.item(lamps.id), {"responsible": "何润田", "due_on": "2026-04-30"}
    )
    (task,) = village.tasks.started_by(decided)
    clock.turn_to(2026, 5, 6)
    village.resolutions.follow(decided, typed)
    settled = village.tasks.get(task.id)
    assert (settled.state, settled.done_on) == ended
    village.undo()
    assert [one.id for one in village.tasks.started_by(decided)] == [task.id]
    assert village.resolutions.get(decided.id).state == "open"
