"""示范村 as it is opened from the window: made once by the services, with a fixed seed.

It lives in a folder of its own beside the village's data, so nothing of it ever reaches the
village's records, counts or number series; removing it removes the folder.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from village_app.db.key_slots import Cost
from village_app.db.records.residents import Resident
from village_app.demo import sample_matters, sample_meetings, sample_papers, sample_projects
from village_app.demo.sample_cast import Cast, roster
from village_app.demo.sample_scene import CLERK, PEOPLE, SampleClock, Scene
from village_app.demo.stage import SAMPLE_PASSWORD
from village_app.domain.calendar import CHINA
from village_app.domain.reporting import Report, silently
from village_app.opening import DATABASE, NewVillage, create_village, open_village
from village_app.village import Village

SEED = 20260112
STEPS = 6
# The password stands in the program and guards invented people: a guess may be cheap.
_READY = "ready"
_CHEAP = Cost(passes=1, memory_kib=1024)


def make_village(
    folder: Path, *, now: datetime | None = None, report: Report = silently
) -> Village:
    """Make the sample village in an empty folder as it stands at `now`; leaves it open."""
    clock = SampleClock(now or datetime.now(UTC))
    today = clock.end.astimezone(CHINA).date()
    village = _found(folder, clock, today)
    scene = Scene(village, clock, Random(SEED), today, report)
    report(1, STEPS, "正在登记三百位居民")
    _bring_people(scene)
    report(2, STEPS, "正在记三年的账，做五个项目")
    projects = sample_projects.make(scene)
    report(3, STEPS, "正在开六次会议")
    decided = sample_meetings.make(scene)
    report(4, STEPS, "正在登记四十件诉求")
    sample_matters.make(scene)
    report(5, STEPS, "正在写十五份公示")
    sample_papers.make(scene, decided, projects)
    clock.turn_to(today, 23)
    return village


def _found(folder: Path, clock: SampleClock, today: date) -> Village:
    """Make the empty village and its four users."""
    wish = NewVillage(
        village="隔坑村",
        town="横沥镇",
        user=CLERK,
        password=SAMPLE_PASSWORD,
        role="admin+clerk+accountant+director",
        settings={
            "is_sample": True,
            "letterhead": "横沥镇隔坑村民委员会",
            "supervision_phone": "0769-83730000",
            "town_office": "镇农业农村办",
            "town_phone": "0769-83730001",
            "disclosure_since": today.replace(day=1).isoformat(),
        },
    )
    village, _ = create_village(folder, wish, clock=clock, cost=_CHEAP)
    for name, role, full_name in PEOPLE:
        village.users.add(name, SAMPLE_PASSWORD, role, full_name)
    return village


def _bring_people(scene: Scene) -> None:
    """Import the roster as a clerk would on the first day."""
    content = roster(Cast(scene.chance, scene.today).members())
    name = "全村户籍花名册.csv"
    imports = scene.village.imports
    workbook = imports.read(content, name, report=scene.report)
    imports.commit(imports.plan(workbook, content, name), report=scene.report)
    store = scene.village.store
    scene.people = store.rows(store.select(Resident).order_by(Resident.id))
    scene.village.residents.correct(scene.people[0], {"note": "已与本人核对"})


def open_sample_village(folder: Path, report: Report = silently) -> Village:
    """Open the sample village, made anew where it is not there yet or was left half made."""
    ready = folder / _READY
    if not ready.exists():
        shutil.rmtree(folder, ignore_errors=True)
        make_village(folder, report=report).close()
        ready.touch()
    return open_village(folder, CLERK, SAMPLE_PASSWORD)


def remove_sample_village(folder: Path) -> None:
    """Remove the sample village's own folder; no other village is touched."""
    if (folder / DATABASE).exists():
        shutil.rmtree(folder)
