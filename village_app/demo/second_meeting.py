"""The second quarter's meeting: results reported, a roll call, secret papers, a book."""

from __future__ import annotations

from datetime import date

from village_app.db.records.meetings import AgendaItem, AttendanceMark, Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.resolutions import Resolution
from village_app.demo.stage import Stage
from village_app.services.meetings.vote_figures import Count

DAY = "2026-05-14"
ABSENT = frozenset({"万福来", "柯小玲"})
AGAINST = frozenset({"黄伟雄", "钟桂芳", "罗顺娣"})
ABSTAINED = frozenset({"杜小燕", "邱来发"})
SPEAKERS = (
    ("何润田", 185, "路灯二十四盏已全部亮灯，结算比预算少用1,130元"),
    ("钟桂芳", 95, "建议塘边再装两张长椅"),
)


def tell(stage: Stage) -> None:
    """Hold the meeting that opens with what became of the lamps."""
    village = stage.village
    lamps = village.resolutions.listed()[0]
    stage.clock.turn_to("2026-05-08")
    typed = {"state": "已办成", "done_on": "2026-04-28", "reason": "4月28日验收合格"}
    village.resolutions.follow(lamps, typed)
    _show_the_result(stage)
    meeting = _call(stage)
    _hold(stage, meeting)
    _keep_papers(stage, meeting)


def _show_the_result(stage: Stage) -> None:
    """Enter the last step of the matter: the spending of the lamps hangs on the wall."""
    village = stage.village
    matter = village.procedures.listed()[-1]
    posted = village.store.rows(
        village.store.select(Notice).where(Notice.heading.contains("资金使用情况"))
    )
    if posted and posted[-1].number:
        village.procedures.record_publication(matter, "result", posted[-1])
        register = village.procedures.whole_file(matter)
        stage.keep_paper("四议两公开全卷", f"四议两公开全卷 {matter.name}", register)


def _call(stage: Stage) -> Meeting:
    village = stage.village
    meeting = village.meetings.call(
        village.bodies.find("representatives"),
        {
            "name": "2026年第二次村民代表会议",
            "day": DAY,
            "starts": "9:00",
            "ends": "11:10",
            "chair": "梁秀娟",
            "recorder": "陈丽珍",
            "supervision": "村务监督委员会主任叶志坚",
        },
    )
    for facts in (
        {"name": "通报路灯项目的结果", "reporter": "何润田", "minutes": "10"},
        {
            "name": "误工补贴标准修订方案",
            "reporter": "叶志坚",
            "minutes": "30",
            "decision": "误工补贴由每天100元调整为115元，自2026年6月1日起执行。",
        },
        {
            "name": "村前塘停车位划线方案",
            "reporter": "黄伟雄",
            "minutes": "25",
            "decision": "同意在村前塘北侧划线停车位18个，预算9,600元由村集体收入列支。",
        },
        {"name": "老人活动中心修缮", "reporter": "梁秀娟", "minutes": "20"},
    ):
        village.meetings.add_item(meeting, facts)
    return meeting


def _hold(stage: Stage, meeting: Meeting) -> None:
    village = stage.village
    stage.clock.turn_to(DAY, 9)
    meeting = village.meetings.open(meeting)
    for mark in village.attendance.roster(meeting):
        if mark.name in ABSENT:
            village.attendance.mark(mark, "leave", reason="外出")
        else:
            village.attendance.mark(mark, "present")
    report, pay, cars, _ = (one.item for one in village.meetings.agenda(meeting))
    for name, seconds, content in SPEAKERS:
        typed = {"name": name, "seconds": str(seconds), "content": content}
        village.speeches.take_down(report, typed)
    village.meetings.mark_item(report, "reviewed")
    roll = {one.id: _answer(one) for one in village.votes.who_may_vote(pay)}
    vote = village.votes.close_roll(pay, roll)
    stage.say(f"点名表决误工补贴：赞成 {vote.in_favour} 票，须 {vote.votes_needed} 票，通过")
    papers = Count(33, 6, 2, issued=43, returned=42, valid=41, invalid=1)
    village.votes.close(cars, "ballot", papers)
    decided = [
        _decide(stage, pay, "李美玲", "2026-06-01"),
        _decide(stage, cars, "黄伟雄", "2026-07-15"),
    ]
    village.resolutions.follow(decided[1], {"state": "办理中"})
    village.meetings.close(village.meetings.get(meeting.id))
    numbers = "、".join(one.number for one in decided)
    stage.say(f"无记名投票发出 43 张，收回 42 张，有效 41 张；形成决议 {numbers}")


def _answer(mark: AttendanceMark) -> str:
    if mark.name in AGAINST:
        return "反对"
    return "弃权" if mark.name in ABSTAINED else "赞成"


def _decide(stage: Stage, item: AgendaItem, who: str, due: str) -> Resolution:
    village = stage.village
    typed = {"responsible": who, "due_on": due}
    return village.resolutions.decide(village.meetings.item(item.id), typed)


def _keep_papers(stage: Stage, meeting: Meeting) -> None:
    village = stage.village
    with stage.as_person("梁书记"):
        village.minutes.finalise(village.meetings.get(meeting.id))
    held = village.meetings.get(meeting.id)
    stage.keep_paper("会议材料", f"会议材料 {held.name}", village.meeting_pack.paper(held))
    tally = village.meeting_papers.tally(held)
    stage.keep_paper("表决结果", f"表决结果 {held.name}", tally)
    body = village.bodies.find("representatives")
    report = village.meeting_pack.attendance_paper(body, date(2026, 1, 1), date(2026, 5, 14))
    stage.keep_paper("到会情况", "村民代表会议成员到会情况", report)
    for name in ("村民代表会议记录簿", "值班记录簿"):
        stage.keep_paper("记录簿", f"2026年{name}", village.record_books.volume(name, 2026))
    stage.keep_paper("决议台账", "2026年决议台账", village.resolutions.ledger_paper(2026))
