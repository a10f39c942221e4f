"""What was decided and what became of it: resolutions, procedures, minutes, proposals."""

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

RESOLUTION_STATES = Choice(
    options_of((("open", "待办"), ("doing", "办理中"), ("done", "已办成"), ("stopped", "不再办")))
)
MOTIVES = Choice(
    options_of(
        (
            ("people", "党员群众建议"),
            ("officers", "村干部提议"),
            ("superior", "上级党委政府安排"),
        )
    )
)


class Resolution(Record):
    """One decision with its number, followed until it is carried out."""

    title: ClassVar[str] = "决议"

    class Meta:
        table_name = "resolution"

    name = column("决议事项", TEXT, required=True)
    number = column("决议编号", TEXT, in_form=False)
    meeting_id = column("会议", Reference("meeting"), required=True, in_form=False)
    item_id = column("议题", Reference("agenda_item"), required=True, in_form=False)
    vote_id = column("表决", Reference("vote"), required=True, in_form=False)
    text = column("决议内容", LONG_TEXT, required=True)
    day = column("决议日期", DAY, required=True, in_form=False)
    responsible = column("责任人", PERSON_NAME)
    due_on = column("完成时限", DAY)
    state = column("落实情况", RESOLUTION_STATES, required=True, default="open")
    done_on = column("办成日期", DAY)
    reason = column("说明", LONG_TEXT, hint="没有办成的写明原因")
    notice_id = column("公示", Reference("notice"), in_form=False)


class Procedure(Record):
    """One matter on its way through 四议两公开; its steps are a template of the rules."""

    title: ClassVar[str] = "四议两公开"

    class Meta:
        table_name = "procedure"

    name = column("决策事项", TEXT, required=True)
    motive = column("动议事由", MOTIVES, required=True)
    content = column("内容", LONG_TEXT, required=True)
    template = column("步骤模板", TEXT, required=True, in_form=False)
    is_merged = column("提议和商议合并", FLAG, default=False, hint="书记、主任一肩挑时可以合并")
    resolution_id = column("决议", Reference("resolution"), in_form=False)


class ProcedureStep(Record):
    """One step of a matter: its day, roster, counts and the paper that is on file."""

    title: ClassVar[str] = "议决步骤"

    class Meta:
        table_name = "procedure_step"

    label = column("步骤", TEXT, required=True, in_form=False)
    procedure_id = column("事项", Reference("procedure"), required=True, in_form=False)
    position = column("第几步", COUNT, required=True, in_form=False)
    code = column("代码", TEXT, required=True, in_form=False)
    day = column("日期", DAY)
    form = column("会议形式", TEXT)
    entitled = column("应到", COUNT)
    present = column("实到", COUNT)
    in_favour = column("赞成", COUNT)
    against = column("反对", COUNT)
    abstained = column("弃权", COUNT)
    content = column("意见", LONG_TEXT)
    paper = column("材料", TEXT, hint="留存的记录、公告的名称或编号")
    supervision = column("监督意见", TEXT)
    rule_id = column("规则", COUNT, in_form=False)
    meeting_id = column("会议", Reference("meeting"), in_form=False)
    notice_id = column("公示", Reference("notice"), in_form=False)


class MinutesVersion(Record):
    """The minutes as they were finalised; a reopened meeting makes the next version."""

    title: ClassVar[str] = "会议记录"

    class Meta:
        table_name = "minutes_version"

    number = column("版本", COUNT, required=True)
    meeting_id = column("会议", Reference("meeting"), required=True, in_form=False)
    paper = column("定稿内容", LONG_TEXT, required=True, in_form=False)
    fingerprint = column("内容指纹", TEXT, required=True, in_form=False)
    finalised_at = column("定稿时间", MOMENT, required=True, in_form=False)
    finalised_by = column("定稿人", PERSON_NAME, required=True, in_form=False)
    reopened_reason = column("重开原因", TEXT, in_form=False)


class Proposal(Record):
    """A wish that a body should meet, with those who support it."""

    title: ClassVar[str] = "联名提议"

    class Meta:
        table_name = "proposal"

    name = column("提议事项", TEXT, required=True)
    body_id = column("组织", Reference("body"), required=True, in_form=False)
    day = column("提出日期", DAY, required=True)
    content = column("理由", LONG_TEXT)


class ProposalSupporter(Record):
    """One member who put the name under a proposal."""

    title: ClassVar[str] = "联名人"

    class Meta:
        table_name = "proposal_supporter"

    name = column("姓名", PERSON_NAME, required=True)
    proposal_id = column("提议", Reference("proposal"), required=True, in_form=False)
    membership_id = column("成员", Reference("membership"), required=True, in_form=False)
