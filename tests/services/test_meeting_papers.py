"""Papers of a meeting from the records: pages, figures, the pack, speaking time, proposals."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.meeting_story import call_meeting, check_in, put_items, seat_representatives
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.errors import Refused
from village_app.papers.blocks import FormGrid, PageBreak, Paper, Paragraph, Table
from village_app.papers.pdf import write_pdf
from village_app.services.meetings.vote_figures import Count
from village_app.village import Village

Held = tuple[Meeting, AgendaItem, AgendaItem]


@pytest.fixture
def held(village: Village, clock: TurningClock) -> Held:
    seat_representatives(village)
    clock.turn_to(2026, 3, 12)
    meeting = call_meeting(village)
    lamps, pay = put_items(village, meeting)
    meeting = village.meetings.open(meeting)
    check_in(village, meeting)
    return meeting, lamps, pay


def texts(paper: Paper) -> str:
    return "\n".join(one.text for one in paper.blocks if isinstance(one, Paragraph))


def test_a_sign_in_sheet_has_30_lines_a_page_and_15_in_large(village: Village, held: Held) -> None:
    meeting, _, _ = held
    sheet = village.meeting_papers.sign_in(meeting)
    grids = [one for one in sheet.blocks if isinstance(one, FormGrid)]
    assert [len(one.lines) - 2 for one in grids] == [30, 15]
    assert write_pdf(sheet).pages == 2
    assert write_pdf(village.meeting_papers.sign_in(meeting, large=True)).pages == 3


def test_the_minutes_say_absent_abstained_and_recused_each_by_itself(
    village: Village, held: Held
) -> None:
    meeting, _, pay = held
    roster = village.attendance.roster(meeting)
    village.attendance.mark(roster[37], "left")
    village.attendance.recuse(pay, roster[3], "本人领取误工补贴")
    village.votes.close(pay, "hands", Count(18, 12, 6))
    said = texts(village.meeting_papers.minutes(meeting))
    assert "应到45人，实到37人（须到30人），未到8人，回避1人。" in said
    assert "赞成18票，反对12票，弃权6票；须19票赞成，未通过。" in said
    assert "叶志坚因本人领取误工补贴回避。" in said


def test_speaking_time_stands_in_the_minutes(village: Village, held: Held) -> None:
    meeting, lamps, _ = held
    for name, seconds in (("何润田", "185"), ("钟桂芳", "40"), ("何润田", "130")):
        village.speeches.take_down(lamps, {"name": name, "seconds": seconds})
    assert "何润田5分15秒，钟桂芳0分40秒" in texts(village.meeting_papers.minutes(meeting))
    assert village.speeches.is_over(301)
    assert not village.speeches.is_over(300)


def test_ballot_papers_come_in_the_number_of_voters(village: Village, held: Held) -> None:
    meeting, lamps, _ = held
    village.attendance.recuse(lamps, village.attendance.roster(meeting)[0], "承包人亲属")
    paper = village.meeting_papers.ballots(lamps)
    assert sum(isinstance(one, FormGrid) for one in paper.blocks) == 37


def test_the_pack_names_the_page_of_every_part(village: Village, held: Held) -> None:
    meeting, lamps, _ = held
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    village.resolutions.decide(lamps)
    pack = village.meeting_pack.paper(meeting)
    contents = next(one for one in pack.blocks if isinstance(one, Table))
    names = [row.cells[1] for row in contents.rows]
    assert names == [
        *("会议通知", "签到表", "会议议程", "表决结果", "会议记录"),
        "决议 隔村代决〔2026〕1号",
    ]
    last_part = max(at for at, one in enumerate(pack.blocks) if isinstance(one, PageBreak))
    before = Paper(pack.layout, pack.title, pack.blocks[:last_part])
    assert contents.rows[-1].cells[2] == write_pdf(before).pages + 1


def test_the_ledger_counts_decided_against_done(village: Village, held: Held) -> None:
    _, lamps, _ = held
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    decided = village.resolutions.decide(lamps, {"responsible": "何润田", "due_on": "2026-04-30"})
    (task,) = village.tasks.listed()
    assert (task.owner, task.due_on, task.source) == ("何润田", date(2026, 4, 30), decided.number)
    assert "共议决1件，已办成0件，未办成1件。" in texts(village.resolutions.ledger_paper(2026))


def test_a_fifth_of_the_representatives_calls_the_meeting(village: Village, held: Held) -> None:
    del held
    body = village.bodies.find("representatives")
    proposal = village.proposals.propose(body, {"name": "调整巡逻路线", "day": "2026-03-12"})
    members = village.bodies.members_on(body, date(2026, 3, 12))
    for member in members[:8]:
        assert not village.proposals.support(proposal, member).must_call
    support = village.proposals.support(proposal, members[8])
    assert support.sentence() == "45 名代表的联名人数须达 9 人，已有 9 人，应当召集会议。"
    with pytest.raises(Refused, match="已经联名"):
        village.proposals.support(proposal, members[8])
