"""Bodies, agenda, attendance and what comes back, each with what it refuses."""

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
from village_app.errors import InvalidInput, Refused
from village_app.services.meetings.vote_figures import Count
from village_app.village import Village


@pytest.fixture
def seated(village: Village) -> Village:
    seat_representatives(village)
    return village


def test_a_new_village_has_the_usual_bodies_with_rules(village: Village) -> None:
    names = [one.name for one in village.bodies.listed()]
    assert names[0] == "村民代表会议"
    assert {"村民会议", "党员大会", "村务监督委员会", "党群议事厅"} <= set(names)
    for body in village.bodies.listed():
        assert village.bodies.rule_on(body, date(2026, 3, 12)).rule.label


def test_an_old_meeting_shows_the_members_of_its_day(seated: Village, clock: TurningClock) -> None:
    body = seated.bodies.find("representatives")
    old = call_meeting(seated, day="2024-06-01")
    for member in seated.bodies.members_on(body, date(2026, 1, 1))[:3]:
        seated.bodies.end_seat(member, date(2026, 1, 31), "换届")
    seated.bodies.seat(body, {"name": "吴新来", "from_day": "2026-02-01"})
    clock.turn_to(2026, 3, 12)
    new = call_meeting(seated)
    assert len(seated.attendance.roster(old)) == 45
    assert "吴新来" in {one.name for one in seated.attendance.roster(new)}
    assert len(seated.attendance.roster(new)) == 43
    assert seated.attendance.roster(old)[0].name == NAMES[0]


def test_a_member_is_not_seated_twice_at_the_same_time(seated: Village) -> None:
    body = seated.bodies.find("representatives")
    with pytest.raises(InvalidInput, match="第 2 行"):
        seated.bodies.seat_all(
            body,
            [
                {"name": "吴新来", "from_day": "2026-02-01"},
                {"name": NAMES[0], "from_day": "2026-02-01"},
            ],
        )
    assert len(seated.bodies.members_on(body, date(2026, 3, 1))) == 45


def test_too_few_women_are_named(village: Village) -> None:
    body = village.bodies.find("representatives")
    village.bodies.seat_all(
        body,
        [
            {"name": name, "from_day": "2024-01-01", "sex": "女" if at < 2 else "男"}
            for at, name in enumerate(NAMES[:9])
        ],
    )
    (warning,) = village.bodies.composition_warnings(body, date(2026, 1, 1))
    assert warning == "妇女代表 2 人，不到 9 人的三分之一，至少要 3 人。"


def test_the_agenda_is_numbered_by_its_order_and_has_no_loop(seated: Village) -> None:
    meeting = call_meeting(seated)
    lamps, pay = put_items(seated, meeting)
    inner = seated.meetings.add_item(meeting, {"name": "数量和位置"}, under=lamps)
    numbers = {one.item.name: one.number for one in seated.meetings.agenda(meeting)}
    assert numbers == {
        "村前塘路灯安装方案": "一",
        "数量和位置": "1.1",
        "误工补贴标准调整方案": "二",
    }
    seated.meetings.move_item(pay, None, 1)
    assert [one.number for one in seated.meetings.agenda(meeting)] == ["一", "二", "2.1"]
    with pytest.raises(Refused) as refused:
        seated.meetings.move_item(seated.meetings.item(lamps.id), inner, 1)
    assert refused.value.code == "agenda_loop"


def test_unfinished_items_come_back_once(seated: Village, clock: TurningClock) -> None:
    clock.turn_to(2026, 3, 12)
    meeting = call_meeting(seated)
    put_items(seated, meeting)
    seated.meetings.close(seated.meetings.open(meeting))
    after = call_meeting(seated, name="第二次会议", day="2026-06-10")
    brought = seated.meetings.bring_back(after)
    assert [one.name for one in brought] == ["村前塘路灯安装方案", "误工补贴标准调整方案"]
    with pytest.raises(Refused, match="没有留下"):
        seated.meetings.bring_back(after)


def test_a_copy_has_the_skeleton_and_the_members_of_its_own_day(
    seated: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 3, 12)
    meeting = seated.meetings.open(call_meeting(seated))
    lamps, _ = put_items(seated, meeting)
    seated.meetings.add_item(meeting, {"name": "数量和位置"}, under=lamps)
    check_in(seated, meeting)
    seated.votes.close(lamps, "hands", Count(36, 1, 1))
    body = seated.bodies.find("representatives")
    gone = seated.bodies.members_on(body, date(2026, 3, 12))[0]
    seated.bodies.end_seat(gone, date(2026, 5, 1), "迁出")
    new = seated.meetings.copy(meeting, {"name": "第二次会议", "day": "2026-06-10"})
    items = seated.meetings.agenda(new)
    assert [one.number for one in items] == ["一", "1.1", "二"]
    assert all(one.item.state == "open" for one in items)
    assert seated.votes.of(items[0].item) is None
    assert len(seated.attendance.roster(new)) == 44
    assert seated.attendance.counts(new).present == 0


def test_one_person_stands_for_one_other_at_most(seated: Village) -> None:
    roster = seated.attendance.roster(call_meeting(seated))
    seated.attendance.mark(roster[0], "委托", proxy="黄伟雄")
    with pytest.raises(InvalidInput, match="最多受 1 人委托"):
        seated.attendance.mark(roster[2], "委托", proxy="黄伟雄")
    with pytest.raises(InvalidInput, match="写明受托人"):
        seated.attendance.mark(roster[2], "委托")
    assert seated.attendance.roster(call_meeting(seated))[2].state == "absent"


def test_the_household_concerned_is_suggested_to_stand_aside(seated: Village) -> None:
    meeting = call_meeting(seated)
    item = seated.meetings.add_item(meeting, {"name": "叶志坚申请鱼塘续租"})
    assert [one.name for one in seated.attendance.suggested_recusals(item)] == ["叶志坚"]


def test_attendance_counts_since_the_seat_began(seated: Village, clock: TurningClock) -> None:
    body = seated.bodies.find("representatives")
    seated.bodies.seat(body, {"name": "吴新来", "from_day": "2026-06-01"})
    for month in range(1, 13):
        clock.turn_to(2026, month, 15)
        meeting = call_meeting(seated, name=f"{month}月会议", day=f"2026-{month:02d}-15")
        for mark in seated.attendance.roster(meeting):
            if mark.name == "吴新来" and month not in {8, 12}:
                seated.attendance.mark(mark, "present")
        seated.meetings.close(seated.meetings.open(meeting))
    report = seated.attendance.report(body, date(2026, 1, 1), date(2026, 11, 30))
    new = next(one for one in report if one.name == "吴新来")
    assert (new.held, new.attended, new.share) == (6, 5, 8333)


def test_the_quarterly_meeting_reminds_14_days_before(seated: Village, clock: TurningClock) -> None:
    clock.turn_to(2026, 3, 12)
    seated.meetings.open(call_meeting(seated))
    for day, state in (((5, 28), "later"), ((5, 29), "soon"), ((6, 12), "soon"), ((6, 13), "late")):
        clock.turn_to(2026, *day)
        (due,) = seated.meetings.due()
        assert (due.due_on, due.state) == (date(2026, 6, 12), state)


def test_the_last_statement_of_a_household_counts(seated: Village) -> None:
    meeting = call_meeting(seated)
    item, _ = put_items(seated, meeting)
    meeting = seated.meetings.open(meeting)
    say = seated.household_statements.take_down
    for at in range(30):
        say(
            item,
            {
                "household": f"{at + 1}号",
                "group_name": "第一组" if at < 12 else "第二组",
                "choice": "赞成",
                "day": "2026-01-10",
            },
        )
    say(item, {"household": "1号", "group_name": "第一组", "choice": "反对", "day": "2026-01-11"})
    last = say(
        item, {"household": "2号", "group_name": "第一组", "choice": "赞成", "day": "2026-01-11"}
    )
    seated.household_statements.withdraw(last)
    tallies = {one.group: one for one in seated.household_statements.by_group(item)}
    assert (tallies["第一组"].in_favour, tallies["第一组"].against) == (10, 1)
    assert tallies["第二组"].in_favour == 18
    vote = seated.votes.close_households(item, 40)
    assert (vote.in_favour, vote.against, vote.present) == (28, 1, 29)


def test_a_changed_text_voids_what_households_said(seated: Village) -> None:
    meeting = call_meeting(seated)
    item, _ = put_items(seated, meeting)
    seated.household_statements.take_down(
        item, {"household": "1号", "choice": "赞成", "day": "2026-01-10"}
    )
    assert len(seated.votes.counting_statements(item)) == 1
    seated.meetings.correct_item(item, {"decision": "改装路灯30盏"})
    assert seated.votes.counting_statements(item) == []


def test_a_revised_rule_holds_for_meetings_from_its_day_on(
    seated: Village, clock: TurningClock
) -> None:
    stricter = {"attendance": {"share": [4, 5], "over": False, "of": "entitled"}}
    seated.rules.revise("quorum_representatives", date(2026, 6, 1), stricter)
    clock.turn_to(2026, 6, 10)
    for day, needed in (("2026-03-12", 30), ("2026-06-10", 36)):
        meeting = call_meeting(seated, day=day)
        item, _ = put_items(seated, meeting)
        assert seated.votes.standing(item).attendance_needed == needed


def test_a_finalised_meeting_takes_no_imported_agenda(seated: Village) -> None:
    meeting = call_meeting(seated)
    imports = seated.agenda_imports(meeting)
    content = "议题,汇报人\n后加的议题,何润田\n".encode()
    plan = imports.plan(imports.read(content, "议程.csv"), content, "议程.csv")
    seated.meetings.close(seated.meetings.open(meeting))
    seated.minutes.finalise(seated.meetings.get(meeting.id))
    with pytest.raises(Refused) as refused:
        imports.commit(plan)
    assert refused.value.code == "final"
    assert seated.meetings.agenda(meeting) == []
