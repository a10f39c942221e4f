"""A meeting: when and where, what is on its agenda, who came and who stood aside."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    COUNT,
    DAY,
    FLAG,
    LONG_TEXT,
    MOMENT,
    PERSON_NAME,
    TEXT,
    Choice,
    Reference,
    options_of,
)

MEETING_STATES = Choice(
    options_of(
        (("planned", "筹备"), ("running", "开会中"), ("closed", "已散会"), ("final", "已定稿"))
    )
)
ITEM_STATES = Choice(
    options_of(
        (
            ("open", "未议"),
            ("reviewed", "已审议"),
            ("carried", "通过"),
            ("not_carried", "未通过"),
            ("below_quorum", "未达法定人数"),
            ("postponed", "暂缓"),
        )
    )
)
MARKS = Choice(
    options_of(
        (
            ("absent", "未到"),
            ("present", "到"),
            ("late", "迟到"),
            ("leave", "请假"),
            ("proxy", "委托"),
            ("left", "离场"),
        )
    )
)


class Meeting(Record):
    """One meeting of a body on a day."""

    title: ClassVar[str] = "会议"

    class Meta:
        table_name = "meeting"

    name = column("会议名称", TEXT, required=True)
    body_id = column("组织", Reference("body"), required=True, in_form=False)
    day = column("日期", DAY, required=True)
    starts = column("开始时间", TEXT, hint="如 9:00")
    ends = column("结束时间", TEXT)
    place = column("地点", TEXT, required=True)
    chair = column("主持人", PERSON_NAME)
    recorder = column("记录人", PERSON_NAME)
    form = column("会议形式", TEXT)
    guests = column("列席", LONG_TEXT, hint="单位、职务、姓名")
    supervision = column("监委会到会", TEXT)
    state = column("状态", MEETING_STATES, required=True, default="planned", in_form=False)
    rule_id = column("适用规则", COUNT, in_form=False)
    opened_at = column("开会时间", MOMENT, in_form=False)
    closed_at = column("散会时间", MOMENT, in_form=False)
    notice_days = column("提前通知天数", COUNT, in_form=False)


class AgendaItem(Record):
    """One line of the agenda tree; numbers follow from the order and are never kept."""

    title: ClassVar[str] = "议题"

    class Meta:
        table_name = "agenda_item"

    name = column("议题", TEXT, required=True, synonyms=("议题名称", "事项"))
    meeting_id = column("会议", Reference("meeting"), required=True, in_form=False)
    parent_id = column("上级议题", Reference("agenda_item"), in_form=False)
    position = column("排序", COUNT, in_form=False)
    reporter = column("汇报人", PERSON_NAME)
    proposer = column("提出人", TEXT, synonyms=("来源",))
    minutes = column("预计分钟", COUNT, synonyms=("时长",))
    is_internal = column("内部议题", FLAG, default=False)
    report = column("汇报要点", LONG_TEXT)
    discussion = column("讨论发言", LONG_TEXT)
    decision = column("决议内容", LONG_TEXT)
    state = column("状态", ITEM_STATES, required=True, default="open", in_form=False)
    statements_until = column("户的意见截止", DAY, in_form=False)
    households = column("应签户数", COUNT, in_form=False)
    source_table = column("来自", TEXT, in_form=False)
    source_id = column("来自记录", COUNT, in_form=False)
    follows_id = column("承接议题", Reference("agenda_item"), in_form=False)


class AttendanceMark(Record):
    """One entitled person at one meeting: whether here, since when, until when, for whom."""

    title: ClassVar[str] = "签到"

    class Meta:
        table_name = "attendance_mark"

    name = column("姓名", PERSON_NAME, required=True)
    meeting_id = column("会议", Reference("meeting"), required=True, in_form=False)
    membership_id = column("成员", Reference("membership"), in_form=False)
    position = column("序号", COUNT, in_form=False)
    office = column("身份", TEXT)
    group_name = column("小组", TEXT)
    state = column("签到", MARKS, required=True, default="absent")
    arrived_at = column("到会时间", MOMENT, in_form=False)
    left_at = column("离场时间", MOMENT, in_form=False)
    proxy = column("受托人", PERSON_NAME)
    reason = column("事由", TEXT)


class Recusal(Record):
    """Who stands aside from one item, and why."""

    title: ClassVar[str] = "回避"

    class Meta:
        table_name = "recusal"

    name = column("姓名", PERSON_NAME, required=True)
    item_id = column("议题", Reference("agenda_item"), required=True, in_form=False)
    mark_id = column("签到", Reference("attendance_mark"), required=True, in_form=False)
    reason = column("原因", TEXT, required=True)


class Speech(Record):
    """One turn of speaking at an item, in whole seconds."""

    title: ClassVar[str] = "发言"

    class Meta:
        table_name = "speech"

    name = column("发言人", PERSON_NAME, required=True)
    item_id = column("议题", Reference("agenda_item"), required=True, in_form=False)
    seconds = column("秒数", COUNT, required=True)
    content = column("内容", LONG_TEXT)
