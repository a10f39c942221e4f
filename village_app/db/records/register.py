"""What happens to people and households over time: heads, moves, dated events, labels."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    DAY,
    FLAG,
    LONG_TEXT,
    TEXT,
    Choice,
    Reference,
    options_of,
)

HOUSEHOLD_STEPS = Choice(
    options_of(
        (
            ("founded", "立户"),
            ("split_off", "分出一户"),
            ("merged_in", "并入一户"),
            ("merged_away", "并到别户"),
            ("new_head", "换户主"),
            ("taken_in", "添人"),
            ("left", "离开"),
        )
    )
)
LIFE_EVENTS = Choice(
    options_of(
        (
            ("birth", "出生"),
            ("move_in", "迁入"),
            ("marriage", "结婚"),
            ("divorce", "离婚"),
            ("move_out", "迁出"),
            ("death", "死亡"),
            ("cancelled", "注销户口"),
            ("group_move", "换小组"),
        )
    )
)


class HouseholdHead(Record):
    """Who was head of a household from when to when; a blank start is the first registration."""

    title: ClassVar[str] = "户主任期"

    class Meta:
        table_name = "household_head"

    household_id = column("户", Reference("household"), required=True, in_form=False)
    resident_id = column("户主", Reference("resident"), required=True, in_form=False)
    from_day = column("从", DAY)
    to_day = column("到", DAY)


class HouseholdStep(Record):
    """One thing that happened to a household: founded, split, merged, a new head, who came."""

    title: ClassVar[str] = "户的变动"

    class Meta:
        table_name = "household_step"

    text = column("内容", TEXT, required=True, sensitivity="personal")
    household_id = column("户", Reference("household"), required=True, in_form=False)
    kind = column("类别", HOUSEHOLD_STEPS, required=True)
    day = column("日期", DAY, required=True)
    other_id = column("另一户", Reference("household"), in_form=False)


class LifeEvent(Record):
    """A dated event of a person's life; those that decide who belongs to the village count it.

    `status_before` is the person's status as it stood before the event was entered. Moves between
    groups follow each other: each leads out of the group that the one before led into.
    """

    title: ClassVar[str] = "人口变动"

    class Meta:
        table_name = "life_event"

    kind = column("变动", LIFE_EVENTS, required=True)
    resident_id = column("居民", Reference("resident"), required=True, in_form=False)
    day = column("日期", DAY, required=True)
    place = column("来处或去处", TEXT, sensitivity="personal", hint="迁入、迁出时写")
    note = column("说明", LONG_TEXT, sensitivity="personal")
    status_before = column("原来的状态", TEXT, in_form=False)
    # Of a move between groups; a blank one is nobody's group.
    from_group_id = column("原来的小组", Reference("place"), in_form=False)
    to_group_id = column("换到的小组", Reference("place"), in_form=False)


class ResidentLabel(Record):
    """A label or office of a person from one day to another (低保, 独居老人, 志愿者)."""

    title: ClassVar[str] = "标签"

    class Meta:
        table_name = "resident_label"

    name = column("标签", TEXT, required=True, sensitivity="personal")
    resident_id = column("居民", Reference("resident"), required=True, in_form=False)
    from_day = column("从", DAY, required=True)
    to_day = column("到", DAY, hint="空着就是一直有效")
    note = column("说明", TEXT, sensitivity="personal")
    is_sensitive = column("敏感", FLAG, default=False, in_form=False)
