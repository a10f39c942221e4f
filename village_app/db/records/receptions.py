"""接访: the days on which office holders receive visitors, and the visits."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    ADDRESS,
    COUNT,
    DAY,
    FLAG,
    LONG_TEXT,
    PERSON_NAME,
    PHONE,
    TEXT,
    Choice,
    Reference,
    options_of,
)

RECEPTION_SHAPES = Choice(
    options_of((("fixed", "定点接访"), ("invited", "重点约访"), ("carried", "带案下访")))
)


class ReceptionDay(Record):
    """A day on which an office holder receives visitors (接访日)."""

    title: ClassVar[str] = "接访日"

    class Meta:
        table_name = "reception_day"

    day = column("日期", DAY, required=True)
    host = column("接访人", PERSON_NAME, required=True)
    post = column("职务", TEXT)
    duty = column("分管工作", TEXT)
    hours = column("时间", TEXT, default="9:00—11:30")
    place = column("地点", TEXT)
    shape = column("形式", RECEPTION_SHAPES, required=True, default="fixed")
    companions = column("陪同人", TEXT)
    held = column("已接访", FLAG, default=False, in_form=False)


class ReceptionVisit(Record):
    """One visit on a reception form; it makes or joins a matter."""

    title: ClassVar[str] = "接访登记"

    class Meta:
        table_name = "reception_visit"

    number = column("编号", TEXT, in_form=False)
    visitor = column("来访人", PERSON_NAME, required=True, sensitivity="personal")
    reception_day_id = column("接访日", Reference("reception_day"), in_form=False)
    issue_id = column("诉求", Reference("issue"), in_form=False)
    day = column("日期", DAY, required=True)
    host = column("接访人", PERSON_NAME, required=True)
    post = column("接访人职务", TEXT)
    place = column("接访地点", TEXT)
    companions = column("陪同人", TEXT)
    sex = column("性别", TEXT)
    age = column("年龄", COUNT, sensitivity="personal")
    address = column("住址", ADDRESS, sensitivity="personal")
    phone = column("联系电话", PHONE, sensitivity="personal")
    people = column("来访人数", COUNT, default=1)
    deputies = column("代表", TEXT, sensitivity="personal", hint="多人来访推选代表，最多五人")
    is_first = column("初访", FLAG, default=True)
    shape = column("来访形式", RECEPTION_SHAPES, default="fixed")
    category = column("反映类别", TEXT)
    problem = column("主要问题", LONG_TEXT, required=True, sensitivity="personal")
    demand = column("诉求", LONG_TEXT, sensitivity="personal")
    reply = column("现场答复", LONG_TEXT, sensitivity="personal")
    instruction = column("领导批示", LONG_TEXT)
    note = column("备注", LONG_TEXT, sensitivity="personal")
