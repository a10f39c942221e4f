"""Matters from other lists as a target of imports: 12345 转办表, exports of WeChat groups or OA.

A matter is the same when its source number is; then a new import brings it up to date. A state
that is no word of the course is refused with the row, never guessed.
"""

from __future__ import annotations

from village_app.domain.issue_course import STATE_LABELS
from village_app.domain.kinds import (
    ADDRESS,
    PERSON_NAME,
    PHONE,
    FieldDeclaration,
    LongText,
    Moment,
    Text,
)
from village_app.domain.texts import compact
from village_app.importing.plans.recognition import ByKeys
from village_app.importing.rows.cleaning import Circumstances, CleanRow, RowCheck
from village_app.importing.rows.records import Record
from village_app.importing.tables.content import ContentTest, readable_by
from village_app.importing.tables.targets import Target

STATE = "said_state"
_STATE_WORDS = {
    "": "registered",
    "新工单": "registered",
    "待签收": "registered",
    "待处理": "registered",
    "已签收": "accepted",
    "待交办": "accepted",
    "处理中": "working",
    "在办": "working",
    "办理": "working",
    "待回复": "answering",
    "已回复": "visiting",
    "已完成": "closed",
    "已完结": "closed",
    "办结": "closed",
    **{label: code for code, label in STATE_LABELS.items() if code not in {"merged", "held"}},
}

_EXAMPLES = "待处理、处理中、待回复、已回复、已办结"


def issue_fields() -> tuple[FieldDeclaration, ...]:
    """Declare what a line of such a list may say, with the headings that they use."""
    return (*_what(), *_who_and_where(), *_course())


def _what() -> tuple[FieldDeclaration, ...]:
    return (
        FieldDeclaration(
            "source_number",
            "来源单号",
            Text(60),
            synonyms=("工单编号", "工单号", "单号", "转办单号", "受理编号", "事项编号", "编号"),
        ),
        FieldDeclaration(
            "at",
            "登记时间",
            Moment(),
            synonyms=("受理时间", "来电时间", "转办时间", "派单时间", "创建时间", "时间"),
        ),
        FieldDeclaration(
            "heading",
            "标题",
            Text(200),
            required=True,
            synonyms=("诉求标题", "工单标题", "事项", "反映事项", "主题", "问题标题"),
        ),
        FieldDeclaration(
            "content",
            "内容",
            LongText(4000),
            synonyms=("诉求内容", "工单内容", "反映内容", "问题描述", "详细内容", "来电内容"),
        ),
    )


def _who_and_where() -> tuple[FieldDeclaration, ...]:
    return (
        FieldDeclaration(
            "reporter",
            "反映人",
            PERSON_NAME,
            sensitivity="personal",
            synonyms=("诉求人", "来电人", "市民姓名", "联系人", "来电人姓名"),
        ),
        FieldDeclaration(
            "phone",
            "联系电话",
            PHONE,
            sensitivity="personal",
            synonyms=("电话", "来电号码", "联系方式", "手机"),
        ),
        FieldDeclaration(
            "address", "住址", ADDRESS, sensitivity="personal", synonyms=("联系地址",)
        ),
        FieldDeclaration(
            "place", "地点", Text(100), synonyms=("发生地点", "事发地点", "事发地址", "诉求地址")
        ),
    )


def _course() -> tuple[FieldDeclaration, ...]:
    return (
        FieldDeclaration(
            "category", "大类", Text(40), synonyms=("类别", "诉求类别", "问题分类", "一级分类")
        ),
        FieldDeclaration("result", "办理结果", LongText(4000), synonyms=("处理结果", "回复内容")),
        FieldDeclaration(STATE, "状态", Text(20), synonyms=("办理状态", "工单状态", "当前状态")),
    )


def check_state(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Turn the list's own word for the state into ours; an unknown word refuses the row."""
    del record, around
    said = compact(str(row.values.get(STATE) or ""))
    code = _STATE_WORDS.get(said)
    if code is None:
        row.refuse(STATE, "unknown_state", f"“{said}”不是认得的办理状态，可以写：{_EXAMPLES}。")
        return
    if code == "closed" and not row.values.get("result"):
        row.refuse("result", "no_result", "写着已办结，却没有办理结果，请补上结果再导入。")
        return
    row.values[STATE] = code


ISSUE_CHECKS: tuple[RowCheck, ...] = (check_state,)


def issue_target() -> Target:
    """Describe matters as a target of imports."""
    return Target(
        name="issues",
        label="诉求",
        counter="件",
        fields=issue_fields(),
        needed=(frozenset({"heading"}),),
        keys=frozenset({"heading", "source_number"}),
        recognition=ByKeys(
            certain=(("source_number",),),
            likely=(("heading", "reporter"), ("heading", "place")),
            labels={
                "source_number": "来源单号",
                "heading": "标题",
                "reporter": "反映人",
                "place": "地点",
            },
        ),
        checks=ISSUE_CHECKS,
        grave=frozenset({"heading", STATE}),
        # Where a matter stands the village knows better than the list it came from.
        equal={STATE: lambda _old, _new: True},
        tests={"at": ContentTest(readable_by(Moment()), "时间", doubt=0.3)},
    )
