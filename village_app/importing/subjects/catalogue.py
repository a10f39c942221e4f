"""The county's 村务公开目录 as a target of imports: what is published, by which rule, how often."""

from __future__ import annotations

import re

from village_app.domain.kinds import FieldDeclaration, Text
from village_app.importing.plans.recognition import ByKeys
from village_app.importing.tables.targets import Target

# How counties word 公开时限, the rarest first: 每半年 is no 每年, 每季度 no 每月.
_FREQUENCIES = (
    ("event", re.compile(r"随时|即时|及时|变动|变更|修订|发生|日内|实时|长期|动态|每批|批次|节点")),
    ("half_year", re.compile(r"半年")),
    ("quarter", re.compile(r"季")),
    ("month", re.compile(r"每月|按月|月度|逐月|一月一")),
    ("year", re.compile(r"年")),
)
_LEVELS = (
    ("party", re.compile(r"党")),
    ("money", re.compile(r"财")),
    ("village", re.compile(r"村务|政务|事务|服务")),
)


def catalogue_target() -> Target:
    """Describe the items of a catalogue, with the headings that counties use."""
    return Target(
        name="catalogue",
        label="公开目录",
        counter="项",
        fields=(
            FieldDeclaration("code", "代号", Text(12), synonyms=("目录代号", "目录编码", "代码")),
            FieldDeclaration(
                "name",
                "公开事项",
                Text(200),
                required=True,
                synonyms=("公开内容", "事项名称", "公开项目", "公开事项名称", "内容", "事项"),
            ),
            FieldDeclaration(
                "level", "类别", Text(40), synonyms=("公开类别", "目录类别", "公开分类", "类型")
            ),
            FieldDeclaration(
                "basis", "公开依据", Text(400), synonyms=("依据", "法律依据", "政策依据")
            ),
            FieldDeclaration(
                "timing",
                "公开时限",
                Text(100),
                synonyms=("公开频次", "公开时间", "频次", "时限", "公开周期"),
            ),
            FieldDeclaration(
                "body", "公开主体", Text(100), synonyms=("责任主体", "公开单位", "责任单位")
            ),
            FieldDeclaration(
                "place",
                "公开渠道",
                Text(100),
                synonyms=("公开形式", "公开方式", "公开地点", "公开渠道和载体", "公开载体"),
            ),
        ),
        needed=(frozenset({"name"}),),
        keys=frozenset({"name"}),
        recognition=ByKeys(certain=(("name",),), labels={"name": "公开事项"}),
        grave=frozenset({"name"}),
    )


def frequency_of(timing: str) -> str:
    """Read a frequency out of a county's words; what names none is published as it happens."""
    return next((code for code, words in _FREQUENCIES if words.search(timing)), "event")


def level_of(text: str) -> str:
    """Read 党务, 村务 or 财务 out of a county's words; 村务 where they say neither."""
    return next((code for code, words in _LEVELS if words.search(text)), "village")
