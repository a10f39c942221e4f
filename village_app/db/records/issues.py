"""What villagers said and what became of it: notebook, matters, steps, handlers, tasks."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.issue_course import STATE_LABELS
from village_app.domain.kinds import (
    ADDRESS,
    COUNT,
    DAY,
    FLAG,
    LONG_TEXT,
    MOMENT,
    PERSON_NAME,
    PHONE,
    TEXT,
    Choice,
    Option,
    Reference,
    options_of,
)

STATES = Choice(options_of(tuple(STATE_LABELS.items())))
SOURCES = Choice(
    (
        Option("reception", "接访日", ("来访接待日",)),
        Option("visit", "群众来访", ("来访", "上门")),
        Option("phone", "电话", ("来电", "打电话")),
        Option("home", "入户走访", ("走访",)),
        Option("patrol", "网格巡查", ("巡查",)),
        Option("volunteers", "义警、楼嫂上报", ("线索",)),
        Option("wechat", "微信群", ("微信",)),
        Option("letterbox", "意见箱"),
        Option("deputy", "代表、党员提交", ("会议", "代表")),
        Option("hotline", "12345工单", ("12345", "热线")),
        Option("town", "镇街交办"),
        Option("petition", "信访转办"),
        Option("app", "智网人人拍"),
        Option("media", "媒体、网络"),
        Option("other", "其他"),
    )
)
NATURES = Choice(
    options_of(
        (
            ("question", "咨询"),
            ("help", "求助"),
            ("complaint", "投诉"),
            ("report", "举报"),
            ("suggestion", "建议"),
            ("praise", "表扬"),
        )
    )
)
REPORTERS = Choice(
    options_of(
        (
            ("resident", "本村居民"),
            ("outsider", "非本村人"),
            ("anonymous", "匿名"),
            ("on_behalf", "代他人反映"),
        )
    )
)
OUTCOMES = Choice(
    options_of(
        (
            ("solved", "已解决"),
            ("partly", "部分解决"),
            ("explained", "解释说明"),
            ("unsolvable", "无法解决"),
            ("elsewhere", "转其他途径"),
        )
    )
)
WAYS = Choice(
    (
        Option("phone", "电话"),
        Option("face", "当面"),
        Option("wechat", "微信"),
        Option("letter", "书面"),
        Option("notice", "公示"),
    )
)
SATISFACTIONS = Choice(
    options_of(
        (
            ("very", "非常满意"),
            ("satisfied", "满意"),
            ("fairly", "基本满意"),
            ("dissatisfied", "不满意"),
            ("unreached", "无法联系"),
        )
    )
)
STEP_KINDS = Choice(
    options_of(
        (
            ("registered", "登记"),
            ("accepted", "受理"),
            ("refused", "不予受理"),
            ("merged", "并案"),
            ("assigned", "交办"),
            ("returned", "退回"),
            ("worked", "办理"),
            ("extended", "延期"),
            ("held", "挂起"),
            ("resumed", "恢复办理"),
            ("reported", "上报"),
            ("passed_on", "转其他途径"),
            ("finished", "办理结果"),
            ("answered", "反馈"),
            ("visited", "回访"),
            ("closed", "办结"),
            ("archived", "归档"),
            ("reopened", "重办"),
            ("urged", "督办"),
            ("corrected", "更正"),
            ("linked", "关联"),
            ("voided", "作废"),
            ("replied", "答复意见"),
        )
    )
)
ASSIGNED_AS = Choice(options_of((("main", "经办"), ("helper", "协办"))))
TASK_STATES = Choice(options_of((("open", "未完成"), ("done", "已完成"), ("dropped", "已取消"))))
RECURRENCES = Choice(options_of((("month", "每月"), ("quarter", "每季度"), ("year", "每年"))))
LINE_STATES = Choice(options_of((("open", "未处理"), ("taken", "已转成诉求"), ("done", "已处理"))))


class NotebookLine(Record):
    """One line of the notebook: what was heard, when, by whom; later perhaps a matter."""

    title: ClassVar[str] = "记事"

    class Meta:
        table_name = "notebook_line"

    text = column("内容", LONG_TEXT, required=True, sensitivity="personal")
    at = column("时间", MOMENT, required=True, in_form=False)
    author = column("记录人", TEXT, required=True, in_form=False)
    state = column("状态", LINE_STATES, required=True, default="open", in_form=False)
    issue_id = column("转成的诉求", Reference("issue"), in_form=False)


class Issue(Record):
    """One matter of a villager, from registering to the archive; its number never changes."""

    title: ClassVar[str] = "诉求"

    class Meta:
        table_name = "issue"

    number = column("编号", TEXT, in_form=False)
    heading = column(
        "标题", TEXT, required=True, hint="三十个字以内", synonyms=("诉求标题", "事项")
    )
    content = column("内容", LONG_TEXT, sensitivity="personal", synonyms=("诉求内容", "反映内容"))
    at = column("登记时间", MOMENT, required=True, synonyms=("受理时间", "来电时间"))
    registered_by = column("登记人", TEXT, in_form=False)
    state = column("状态", STATES, required=True, default="registered", in_form=False)
    source = column("来源", SOURCES, required=True, default="visit", synonyms=("来源渠道",))
    source_number = column("来源单号", TEXT, synonyms=("工单号", "工单编号"))
    category = column("大类", TEXT, synonyms=("类别", "诉求类别"))
    subcategory = column("小类", TEXT)
    nature = column("性质", NATURES, synonyms=("诉求类型",))
    is_urgent = column("紧急", FLAG, default=False)
    is_confidential = column("保密", FLAG, default=False)
    reporter_kind = column("反映人是", REPORTERS, required=True, default="resident")
    reporter = column("反映人", PERSON_NAME, sensitivity="personal", synonyms=("诉求人", "来电人"))
    reporter_id = column("居民档案", Reference("resident"), in_form=False)
    behalf_of = column("代谁反映", PERSON_NAME, sensitivity="personal")
    phone = column("电话", PHONE, sensitivity="personal", synonyms=("联系电话", "来电号码"))
    address = column("住址", ADDRESS, sensitivity="personal")
    household_id = column("户", Reference("household"), in_form=False)
    group_id = column("村组", Reference("place"))
    people = column("涉及人数", COUNT)
    place = column("地点", TEXT, synonyms=("发生地点", "事发地点"))
    happened_on = column("发生日期", DAY)
    concerns = column("涉及对象", TEXT, sensitivity="personal")
    handler = column("经办", TEXT, in_form=False)
    limit_count = column("期限数", COUNT, in_form=False)
    limit_unit = column("期限单位", TEXT, in_form=False)
    first_due = column("原定办结", MOMENT, in_form=False)
    due = column("应办结", MOMENT, in_form=False)
    due_estimated = column("暂估", FLAG, in_form=False)
    extensions = column("延期次数", COUNT, default=0, in_form=False)
    rule_id = column("适用规则", COUNT, in_form=False)
    hold_until = column("复查日", DAY, in_form=False)
    result = column("办理结果", LONG_TEXT, in_form=False, synonyms=("处理结果",))
    outcome = column("是否解决", OUTCOMES, in_form=False)
    answered_at = column("反馈时间", MOMENT, in_form=False)
    answer_way = column("反馈方式", WAYS, in_form=False)
    answered_by = column("反馈人", TEXT, in_form=False)
    satisfaction = column("满意度", SATISFACTIONS, in_form=False)
    no_visit_reason = column("不回访的原因", TEXT, in_form=False)
    closed_at = column("办结时间", MOMENT, in_form=False)
    reopened = column("重办次数", COUNT, default=0, in_form=False)
    merged_into = column("并入", Reference("issue"), in_form=False)
    reported_number = column("上报单号", TEXT, in_form=False)
    reported_on = column("上报日期", DAY, in_form=False)


class IssueStep(Record):
    """One step of a matter's course; added, never rewritten: a correction quotes the old one."""

    title: ClassVar[str] = "办理步骤"

    class Meta:
        table_name = "issue_step"

    text = column("内容", LONG_TEXT, required=True, sensitivity="personal")
    issue_id = column("诉求", Reference("issue"), required=True, in_form=False)
    kind = column("步骤", STEP_KINDS, required=True, in_form=False)
    at = column("时间", MOMENT, required=True, in_form=False)
    author = column("经手人", TEXT, required=True, in_form=False)
    corrects_id = column("更正", Reference("issue_step"), in_form=False)


class Assignment(Record):
    """Who had a matter from when to when, as handler or co-handler."""

    title: ClassVar[str] = "交办"

    class Meta:
        table_name = "assignment"

    handler = column("承办人", TEXT, required=True)
    issue_id = column("诉求", Reference("issue"), required=True, in_form=False)
    role = column("承办方式", ASSIGNED_AS, required=True, default="main")
    since = column("起", MOMENT, required=True, in_form=False)
    until = column("止", MOMENT, in_form=False)
    given_by = column("交办人", TEXT, in_form=False)


class FollowUp(Record):
    """A visit or call after the answer: was the person content, and if not, why."""

    title: ClassVar[str] = "回访"

    class Meta:
        table_name = "follow_up"

    satisfaction = column("满意度", SATISFACTIONS, required=True)
    issue_id = column("诉求", Reference("issue"), required=True, in_form=False)
    at = column("回访时间", MOMENT, required=True, in_form=False)
    visitor = column("回访人", TEXT, required=True, in_form=False)
    way = column("回访方式", WAYS, required=True, default="phone")
    reason = column("不满意原因", LONG_TEXT)
    no_rework_reason = column("不重办的原因", LONG_TEXT)


class SupervisionSlip(Record):
    """A numbered slip that urges a late matter (督办单): blue, yellow or red."""

    title: ClassVar[str] = "督办单"

    class Meta:
        table_name = "supervision_slip"

    number = column("编号", TEXT, in_form=False)
    issue_id = column("诉求", Reference("issue"), required=True, in_form=False)
    level = column(
        "级别",
        Choice(
            options_of((("blue", "蓝（将到期）"), ("yellow", "黄（落后）"), ("red", "红（超期）")))
        ),
        required=True,
    )
    at = column("发出时间", MOMENT, required=True, in_form=False)
    sent_by = column("发出人", TEXT, required=True, in_form=False)
    demand = column("督办要求", LONG_TEXT, required=True)
    answer_by = column("回复期限", DAY)


class Task(Record):
    """Something to be done by somebody by a day, with its evidence; it may come again."""

    title: ClassVar[str] = "任务"

    class Meta:
        table_name = "task"

    number = column("编号", TEXT, in_form=False)
    heading = column("任务", TEXT, required=True)
    owner = column("责任人", TEXT, required=True)
    helpers = column("配合", TEXT)
    due_on = column("期限", DAY, required=True)
    measures = column("措施", LONG_TEXT)
    evidence_needed = column("要交的材料", TEXT)
    state = column("状态", TASK_STATES, required=True, default="open", in_form=False)
    recurrence = column("重复", RECURRENCES)
    result = column("完成情况", LONG_TEXT, in_form=False)
    done_on = column("完成日期", DAY, in_form=False)
    source = column("来自", TEXT, in_form=False)


class Link(Record):
    """Two records that belong together: the matter and the agenda item made from it."""

    title: ClassVar[str] = "关联"

    class Meta:
        table_name = "link"

    kind = column("关系", TEXT, required=True)
    from_table = column("从", TEXT, required=True)
    from_id = column("从记录", COUNT, required=True)
    to_table = column("到", TEXT, required=True)
    to_id = column("到记录", COUNT, required=True)
