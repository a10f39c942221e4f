"""Bodies that meet and who sits in them from when to when."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.code_tables import CodeChoice
from village_app.domain.kinds import COUNT, DAY, FLAG, PERSON_NAME, PHONE, TEXT, Reference


class Body(Record):
    """A body of the village; `rule_code` names the rule set of its quorum and majority."""

    title: ClassVar[str] = "议事组织"

    class Meta:
        table_name = "body"

    name = column("名称", TEXT, required=True)
    code = column("代码", TEXT, in_form=False)
    rule_code = column("议事规则", TEXT, required=True, in_form=False)
    chair = column("召集人", PERSON_NAME)
    interval_months = column("几个月开一次", COUNT, hint="村民代表会议每季度一次，填3")
    position = column("排序", COUNT, in_form=False)


class Membership(Record):
    """One person's seat in a body; it ends with a day and stays in the list of that time."""

    title: ClassVar[str] = "成员"

    class Meta:
        table_name = "membership"

    name = column("姓名", PERSON_NAME, required=True, sensitivity="personal")
    body_id = column("组织", Reference("body"), required=True, in_form=False)
    resident_id = column("居民", Reference("resident"), in_form=False)
    office = column("身份", TEXT, synonyms=("职务", "身份职务"))
    group_name = column("小组", TEXT, synonyms=("村民小组", "组别"))
    sex = column("性别", CodeChoice("sex"))
    phone = column("联系电话", PHONE, sensitivity="personal", synonyms=("电话",))
    is_representative = column("村民代表", FLAG, default=True)
    from_day = column("任期从", DAY, required=True, synonyms=("当选日期", "任职日期"))
    to_day = column("任期到", DAY)
    end_reason = column("离任原因", TEXT, in_form=False)
    position = column("序号", COUNT)
