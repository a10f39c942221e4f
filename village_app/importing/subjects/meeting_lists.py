"""Agenda lines and members of a body as targets of imports."""

from __future__ import annotations

from village_app.domain.code_tables import CodeChoice
from village_app.domain.kinds import (
    COUNT,
    DAY,
    FLAG,
    PERSON_NAME,
    PHONE,
    FieldDeclaration,
    LongText,
    Text,
)
from village_app.importing.plans.recognition import ByKeys
from village_app.importing.tables.targets import Target


def agenda_target() -> Target:
    """Describe the lines of an agenda; the same item twice on one agenda is the same item."""
    return Target(
        name="agenda",
        label="议题",
        counter="项",
        fields=(
            FieldDeclaration(
                "name",
                "议题",
                Text(200),
                required=True,
                synonyms=("议题名称", "议题内容", "会议议题", "事项", "议程", "讨论事项", "议案"),
            ),
            FieldDeclaration(
                "reporter", "汇报人", PERSON_NAME, synonyms=("汇报", "主讲人", "报告人")
            ),
            FieldDeclaration("proposer", "提出人", Text(60), synonyms=("来源", "提议人", "提案人")),
            FieldDeclaration(
                "minutes", "预计分钟", COUNT, synonyms=("时长", "分钟", "用时", "预计时长")
            ),
            FieldDeclaration("is_internal", "内部议题", FLAG, synonyms=("内部", "是否内部")),
            FieldDeclaration(
                "report", "汇报要点", LongText(4000), synonyms=("要点", "说明", "背景")
            ),
            FieldDeclaration(
                "decision", "决议内容", LongText(4000), synonyms=("拟决议", "建议决议")
            ),
        ),
        needed=(frozenset({"name"}),),
        keys=frozenset({"name"}),
        recognition=ByKeys(certain=(("name",),), labels={"name": "议题"}),
        grave=frozenset({"name"}),
    )


def members_target() -> Target:
    """Describe the members of a body; a name already seated is a seated member or a namesake."""
    return Target(
        name="members",
        label="成员名单",
        counter="人",
        fields=(
            FieldDeclaration("name", "姓名", PERSON_NAME, required=True, sensitivity="personal"),
            FieldDeclaration("office", "身份", Text(40), synonyms=("职务", "身份职务", "担任职务")),
            FieldDeclaration(
                "group_name", "小组", Text(40), synonyms=("村民小组", "组别", "所属小组")
            ),
            FieldDeclaration("sex", "性别", CodeChoice("sex")),
            FieldDeclaration(
                "phone", "联系电话", PHONE, sensitivity="personal", synonyms=("电话", "手机")
            ),
            FieldDeclaration(
                "from_day", "任期从", DAY, synonyms=("当选日期", "任职日期", "任职时间", "当选时间")
            ),
            FieldDeclaration("to_day", "任期到", DAY, synonyms=("任期届满", "届满日期")),
            FieldDeclaration("position", "排名", COUNT, synonyms=("排序",)),
        ),
        needed=(frozenset({"name"}),),
        keys=frozenset({"name"}),
        recognition=ByKeys(
            certain=(("name", "phone"),),
            likely=(("name",),),
            labels={"name": "姓名", "phone": "电话"},
        ),
        grave=frozenset({"name", "from_day"}),
    )
