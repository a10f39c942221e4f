"""What a meeting's papers cost: the whole file with contents, against its papers one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bench.issues import fresh_village
from bench.registry import Measured, alternate, ratio
from village_app.db.records.meetings import Meeting
from village_app.papers.pdf import write_pdf
from village_app.services.meetings.pack import MeetingPack
from village_app.services.meetings.vote_figures import Count
from village_app.village import Village

ITEMS = 56
ROUNDS = 5
_TALK = "有代表问日后费用由谁出，主持人答由村集体收入列支，按季公布，监委会到时核对单据。"


@contextmanager
def long_meeting() -> Iterator[tuple[Village, Meeting]]:
    """Hold a meeting whose file has about sixty pages."""
    with fresh_village() as village:
        village.session.user = type(village.session.user)(
            "陈丽珍", "陈丽珍", "admin+secretary+clerk"
        )
        body = village.bodies.find("representatives")
        today = village.session.today().isoformat()
        names = [family + given for family in "陈黄梁叶钟邓袁谢莫" for given in "兰强芳珍明"]
        people = [{"name": name, "from_day": "2020-01-01"} for name in names]
        village.bodies.seat_all(body, people)
        meeting = village.meetings.call(body, {"name": "长会", "day": today, "starts": "9:00"})
        items = [
            village.meetings.add_item(
                meeting, {"name": f"第{at}项方案", "discussion": _TALK * 12, "decision": _TALK}
            )
            for at in range(ITEMS)
        ]
        meeting = village.meetings.open(meeting)
        village.attendance.mark_all_present(meeting)
        for item in items[: ITEMS // 2]:
            village.votes.close(item, "hands", Count(len(names), 0))
            village.resolutions.decide(village.meetings.item(item.id))
        yield village, village.meetings.close(village.meetings.get(meeting.id))


@ratio("meeting-pack")
def pack() -> Measured:
    """一次会议六十页整套材料（目录、页码），对照同样几份材料一份一份各印一次."""
    with long_meeting() as (village, meeting):
        papers = [part.paper for part in MeetingPack(village.session).parts(meeting)]

        def ours() -> None:
            village.meeting_pack.pdf(meeting)

        def other() -> None:
            for paper in papers:
                write_pdf(paper)

        return alternate(ours, other, rounds=ROUNDS)
