"""The village of the demonstration: its people, its purses, its stories."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from village_app.db.key_slots import USUAL_COST
from village_app.demo import (
    aid,
    households,
    lamps,
    matters,
    meeting,
    past,
    quarter,
    roster,
    second_meeting,
    welfare,
)
from village_app.demo.stage import SAMPLE_PASSWORD, Stage, Story, StoryClock
from village_app.domain.reporting import Report, silently
from village_app.opening import NewVillage, create_village

CLERK = "陈丽珍"
PEOPLE = (
    ("梁书记", "secretary", "梁国栋"),
    ("叶志坚", "supervisor", "叶志坚"),
    ("李会计", "accountant", "李美玲"),
)
STORIES: Sequence[Story] = (
    past.tell,
    roster.tell,
    matters.tell_beginning,
    meeting.tell,
    lamps.begin,
    quarter.tell,
    welfare.begin,
    lamps.tell,
    welfare.finish,
    aid.tell,
    past.tell_spring,
    second_meeting.tell,
    households.tell,
    matters.tell_end,
)


def make_sample_village(
    folder: Path, out: Path | None = None, *, report: Report = silently
) -> Stage:
    """Make the sample village in an empty folder and tell its stories; leaves it open."""
    clock = StoryClock()
    wish = NewVillage(
        village="隔坑村",
        town="横沥镇",
        user=CLERK,
        password=SAMPLE_PASSWORD,
        role="admin+clerk+accountant+director",
        settings={
            "is_sample": True,
            "supervision_phone": "0769-83730000",
            "town_office": "镇农业农村办",
            "town_phone": "0769-83730001",
        },
    )
    village, _ = create_village(folder, wish, clock=clock, cost=USUAL_COST)
    stage = Stage(village, clock, out, report)
    for name, role, full_name in PEOPLE:
        village.users.add(name, SAMPLE_PASSWORD, role, full_name)
    for story in STORIES:
        story(stage)
    return stage
