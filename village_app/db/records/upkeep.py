"""How the register is kept up: the village's own fields of people, and pairs that are not one."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import COUNT, DAY, LONG_TEXT, TEXT, Choice, Reference, options_of

OWN_KINDS = Choice(
    options_of(
        (
            ("text", "文字"),
            ("count", "数字"),
            ("day", "日期"),
            ("money", "金额"),
            ("flag", "是或否"),
            ("choice", "几项里选一项"),
        )
    )
)


class OwnField(Record):
    """A field that the village added to its people (宅基地证号); kept under its id in `extra`.

    `ended_on` takes it out of form, import and export; what was written stays.
    """

    title: ClassVar[str] = "自设项目"

    class Meta:
        table_name = "own_field"

    name = column("项目名称", TEXT, required=True, hint="如：宅基地证号")
    kind = column("填什么", OWN_KINDS, required=True, default="text")
    choices = column("可选的几项", LONG_TEXT, hint="选“几项里选一项”时写，用顿号隔开")
    position = column("排序", COUNT, in_form=False)
    ended_on = column("停用日期", DAY, in_form=False)


class NotSamePerson(Record):
    """Two people of whom somebody said that they are not one; never offered again."""

    title: ClassVar[str] = "不是同一人"

    class Meta:
        table_name = "not_same_person"

    first_id = column("一人", Reference("resident"), required=True, in_form=False)
    second_id = column("另一人", Reference("resident"), required=True, in_form=False)
