"""Story 1, 三盏路灯, the meeting: four deliberations, one item carried, one not, one posted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.records.issues import Issue
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.db.records.resolutions import Procedure, Resolution
from village_app.demo.stage import Stage
from village_app.errors import InvalidInput
from village_app.services.meetings.vote_figures import Count

_ROLL = (
    "卢锦泉 黄伟雄 梁秀娟 叶志坚 钟桂芳 邓永康 袁惠玲 谢添福 莫少华 罗顺娣 曾庆林 陈丽珍 何润田 "
    "苏玉珍 温国华 刘带娣 冯志强 张群好 赖金水 杜小燕 林耀祖 郭秀兰 彭树根 蔡银好 欧阳志明 韩丽芬 "
    "邱来发 潘月娥 朱伟文 尹细妹 周炳坤 麦桂香 方启明 骆凤英 江海生 余瑞莲 丁添财 范惠芳 石永安 "
    "严秋月 戴润发 龙彩云 万福来 柯小玲 白志成"
)
EXCUSED = {"石永安": "外出务工", "严秋月": "就医", "戴润发": "外出", "龙彩云": "照看孙子"}
MISSING = frozenset({"万福来", "柯小玲", "白志成"})
DECISION = (
    "同意在村前塘环塘安装路灯24盏。\n预算52,000元，由镇级补助30,000元、村集体收入22,000元列支。"
)
MEETING: Mapping[str, Any] = {
    "name": "2026年第一次村民代表会议",
    "day": "2026-03-12",
    "starts": "9:00",
    "ends": "10:40",
    "chair": "梁秀娟",
    "recorder": "陈丽珍",
    "guests": "横沥镇驻村干部黎建文",
    "supervision": "村务监督委员会主任叶志坚",
}
LAMPS: Mapping[str, Any] = {
    "name": "村前塘路灯安装方案",
    "proposer": "四议两公开",
    "reporter": "何润田",
    "minutes": "20",
    "report": "塘边路灯损坏三盏，今年已修三次；环塘安装24盏，预算52,000元。",
    "discussion": "有代表问日后电费由谁出，答由村集体收入列支。",
    "decision": DECISION,
}
PAY: Mapping[str, Any] = {
    "name": "误工补贴标准调整方案",
    "proposer": "村委会",
    "reporter": "叶志坚",
    "minutes": "30",
    "report": "拟把误工补贴由每天100元调整为130元。",
}
STEPS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (
        "propose",
        {
            "day": "2026-03-02",
            "entitled": "5",
            "present": "5",
            "in_favour": "5",
            "content": "同意提议环塘安装路灯，提交村“两委”商议。",
            "paper": "提议记录表",
        },
    ),
    (
        "consult",
        {
            "day": "2026-03-04",
            "entitled": "9",
            "present": "8",
            "in_favour": "8",
            "content": "同意方案和资金来源，提交党员大会审议。",
            "paper": "商议意见",
        },
    ),
    (
        "review",
        {
            "day": "2026-03-08",
            "entitled": "34",
            "present": "26",
            "in_favour": "25",
            "against": "0",
            "abstained": "1",
            "content": "审议同意，提交村民代表会议决议。",
            "paper": "审议意见",
        },
    ),
)


def tell(stage: Stage) -> None:
    """Hold the meeting of the lamps from the notice to the decision on the wall."""
    stage.clock.turn_to("2026-03-02")
    matter = _deliberate(stage)
    meeting, lamps, pay = _prepare(stage)
    decision = _hold(stage, meeting, lamps, pay)
    _keep_papers(stage, meeting, decision)
    _publish(stage, matter, decision)


def _deliberate(stage: Stage) -> Procedure:
    procedures = stage.village.procedures
    matter = procedures.begin(
        {
            "name": "村前塘路灯安装",
            "motive": "党员群众建议",
            "content": "三组村前塘边路灯损坏，夜里走路不便，拟环塘安装路灯24盏，预算52,000元。",
        }
    )
    for code, facts in STEPS:
        if code == "review":
            _refuse_too_few(stage, matter, facts)
        procedures.record(matter, code, facts)
    stage.say("四议两公开：03-02 提议，03-04 商议，03-08 审议（党员 34 人到 26 人，须 23 人）")
    return matter


def _refuse_too_few(stage: Stage, matter: Procedure, facts: Mapping[str, Any]) -> None:
    try:
        stage.village.procedures.record(matter, "review", {**facts, "present": "22"})
    except InvalidInput as refused:
        stage.say(f"到 22 人的审议被拦下：{refused.message}")


def _prepare(stage: Stage) -> tuple[Meeting, AgendaItem, AgendaItem]:
    """Seat the representatives, call the meeting, put both items on its agenda."""
    village = stage.village
    stage.clock.turn_to("2026-03-08", 16)
    body = village.bodies.find("representatives")
    village.bodies.seat_all(
        body, [_representative(at, one) for at, one in enumerate(_ROLL.split())]
    )
    meeting = village.meetings.call(body, MEETING)
    matter = village.store.select(Issue).where(Issue.heading.contains("路灯")).first()
    lamps = village.meetings.add_item(meeting, LAMPS, source=matter)
    pay = village.meetings.add_item(meeting, PAY)
    stage.keep_paper("会议通知", f"会议通知 {meeting.name}", village.meeting_papers.notice(meeting))
    stage.keep_paper("签到表", f"签到表 {meeting.name}", village.meeting_papers.sign_in(meeting))
    return meeting, lamps, pay


def _representative(at: int, name: str) -> Mapping[str, Any]:
    return {
        "name": name,
        "office": "村民代表",
        "group_name": f"第{'一二三四五六'[at % 6]}组",
        "sex": "女" if at % 2 else "男",
        "from_day": "2024-01-10",
    }


def _hold(stage: Stage, meeting: Meeting, lamps: AgendaItem, pay: AgendaItem) -> Resolution:
    village = stage.village
    stage.clock.turn_to("2026-03-12", 9)
    meeting = village.meetings.open(meeting)
    for mark in village.attendance.roster(meeting):
        if mark.name in EXCUSED:
            village.attendance.mark(mark, "leave", reason=EXCUSED[mark.name])
        elif mark.name not in MISSING:
            village.attendance.mark(mark, "present")
    vote = village.votes.close(lamps, "hands", Count(36, 1, 1))
    stage.say(
        f"应到 {vote.entitled} 人，实到 {vote.present} 人：路灯赞成 36 票，"
        f"须 {vote.votes_needed} 票，通过"
    )
    roster = {one.name: one for one in village.attendance.roster(meeting)}
    village.attendance.mark(roster["范惠芳"], "left")
    village.attendance.recuse(pay, roster["叶志坚"], "本人领取误工补贴")
    vote = village.votes.close(pay, "hands", Count(18, 12, 6))
    stage.say(f"一人离场，一人回避：误工补贴赞成 18 票，须 {vote.votes_needed} 票，没有通过")
    decision = village.resolutions.decide(
        village.meetings.item(lamps.id), {"responsible": "何志强", "due_on": "2026-04-30"}
    )
    village.meetings.close(village.meetings.get(meeting.id))
    return decision


def _keep_papers(stage: Stage, meeting: Meeting, decision: Resolution) -> None:
    village = stage.village
    with stage.as_person("梁书记"):
        village.minutes.finalise(village.meetings.get(meeting.id))
    minutes = village.minutes.paper(village.meetings.get(meeting.id))
    stage.keep_paper("会议记录", f"会议记录 {meeting.name}", minutes)
    paper = village.resolutions.paper(decision)
    stage.keep_paper("决议", f"决议 {decision.number}", paper)


def _publish(stage: Stage, matter: Procedure, decision: Resolution) -> None:
    village = stage.village
    village.procedures.record_decision(matter, decision)
    notice = stage.to_the_wall(village.resolutions.draft_notice(decision), "2026-03-13")
    village.procedures.record_publication(matter, "publish", notice)
    stage.say(f"张贴决议 {decision.number}，公示 {notice.period_from} 至 {notice.period_to}")
    register = village.procedures.register(matter)
    stage.keep_paper("四议两公开登记表", f"四议两公开登记表 {matter.name}", register)
