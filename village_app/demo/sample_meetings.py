"""The six meetings of 示范村: four held and kept, one this afternoon, one in a few days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from village_app.db.records.bodies import Body
from village_app.db.records.meetings import Meeting
from village_app.db.records.resolutions import Resolution
from village_app.demo.sample_scene import SECRETARY, Scene
from village_app.services.meetings.vote_figures import Count

DEPUTIES, PARTY, COMMITTEE = 45, 34, 9


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting that was held: its body, name, how long ago, who was there, what it decided."""

    body: str
    name: str
    days_ago: int
    missing: int
    items: tuple[tuple[str, str, int, int], ...]


HELD = (
    Held(
        "representatives",
        "第一次村民代表会议",
        260,
        7,
        (
            ("祠堂路沥青罩面方案", "同意罩面四百米，预算86,000元，由村集体收入列支。", 36, 1),
            ("误工补贴标准调整方案", "拟把误工补贴由每天100元调整为130元。", 18, 14),
        ),
    ),
    Held(
        "two_committees",
        "“两委”联席会议",
        24,
        1,
        (("排水沟清淤分工", "各组分段包干，七月底前清完。", 8, 0),),
    ),
    Held(
        "representatives",
        "第二次村民代表会议",
        84,
        5,
        (
            ("小广场改造方案", "同意改造，预算148,000元，其中镇级补助100,000元。", 37, 2),
            ("村规民约修订稿", "同意修订，增加电动车充电一条。", 39, 0),
        ),
    ),
    Held(
        "party_members",
        "第三季度党员大会",
        40,
        6,
        (("审议小广场改造合同", "审议同意，提交公示。", 27, 0),),
    ),
)


def make(scene: Scene) -> list[Resolution]:
    """Seat the bodies, hold what was held, prepare what comes."""
    decided: list[Resolution] = []
    with scene.village.change("示范村的会议", kind="bulk", undoable=False):
        _seat(scene)
        meetings = [_hold(scene, one, decided) for one in HELD]
        _carry_out(scene, decided)
        _coming(scene)
    with scene.as_person(SECRETARY) as village:
        for meeting in meetings[:3]:
            scene.clock.turn_to(meeting.day + timedelta(days=2))
            village.minutes.finalise(village.meetings.get(meeting.id))
    return decided


def _seat(scene: Scene) -> None:
    """Give every body its people, in office for two years by now."""
    since = scene.back(700).isoformat()
    grown = scene.grown_ups()
    scene.chance.shuffle(grown)
    names = list(dict.fromkeys(one.name for one in grown))
    party = list(dict.fromkeys(one.name for one in grown if one.politics == "01"))
    groups = {place.id: place.name for place in scene.village.places.groups()}
    home = {one.name: groups.get(one.group_id, "") for one in grown}
    for code, office, chosen in (
        ("representatives", "村民代表", names[:DEPUTIES]),
        ("party_members", "党员", (party + names[DEPUTIES:])[:PARTY]),
        ("two_committees", "委员", names[:COMMITTEE]),
    ):
        body = scene.village.bodies.find(code)
        people = [
            {"name": name, "office": office, "group_name": home[name], "from_day": since}
            for name in chosen
        ]
        scene.village.bodies.seat_all(body, people)


def _call(scene: Scene, body: Body, name: str, day: date, starts: str, ends: str) -> Meeting:
    return scene.village.meetings.call(
        body,
        {
            "name": f"{day.year}年{name}",
            "day": day.isoformat(),
            "starts": starts,
            "ends": ends,
            "chair": "梁国栋",
            "recorder": "陈丽珍",
            "supervision": "村务监督委员会主任叶志坚",
        },
    )


def _hold(scene: Scene, held: Held, decided: list[Resolution]) -> Meeting:
    """Hold one meeting from the call to the end."""
    village = scene.village
    day = scene.work_day_back(held.days_ago)
    scene.clock.turn_to(day - timedelta(days=4))
    meeting = _call(scene, village.bodies.find(held.body), held.name, day, "9:00", "11:00")
    items = [
        village.meetings.add_item(
            meeting,
            {"name": name, "proposer": "村委会", "reporter": "叶志坚", "decision": words},
        )
        for name, words, _, _ in held.items
    ]
    scene.clock.turn_to(day, 9)
    meeting = village.meetings.open(meeting)
    marks = village.attendance.roster(meeting)
    for mark in marks[: held.missing]:
        village.attendance.mark(mark, "leave", reason="外出")
    village.attendance.mark_all_present(meeting)
    there = len(marks) - held.missing
    for item, (_, _, in_favour, against) in zip(items, held.items, strict=True):
        votes = min(in_favour, there)
        rest = there - votes
        opposed = min(against, rest)
        count = Count(votes, opposed, rest - opposed)
        vote = village.votes.close(village.meetings.item(item.id), "hands", count)
        if vote.verdict == "carried":
            due = (day + timedelta(days=60)).isoformat()
            typed = {"responsible": "黄伟雄", "due_on": due}
            decided.append(village.resolutions.decide(village.meetings.item(item.id), typed))
    return village.meetings.close(village.meetings.get(meeting.id))


def _carry_out(scene: Scene, decided: list[Resolution]) -> None:
    """Carry out the decisions whose time is over; their tasks end with them."""
    for one in decided:
        if one.due_on and one.due_on < scene.today:
            done = {"state": "done", "done_on": one.due_on.isoformat()}
            scene.village.resolutions.follow(one, done)


def _coming(scene: Scene) -> None:
    """Prepare today's meeting and the one of next week."""
    village = scene.village
    scene.clock.turn_to(scene.back(3))
    body = village.bodies.find("representatives")
    today = _call(scene, body, "第三次村民代表会议", scene.today, "15:00", "16:30")
    for name in ("路灯改造工程第二次付款", "年终财务公开办法"):
        village.meetings.add_item(today, {"name": name, "proposer": "村委会", "reporter": "叶志坚"})
    day = scene.today + timedelta(days=5)
    board = village.bodies.find("two_committees")
    later = _call(scene, board, "年终工作碰头会", day, "9:30", "10:30")
    village.meetings.add_item(
        later, {"name": "年终走访慰问名单", "proposer": "村委会", "reporter": "陈丽珍"}
    )
