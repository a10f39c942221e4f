"""Papers of a meeting by their blocks and by the printed page, from facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.papers.printed import Printed
from village_app.papers.blocks import Heading, Paragraph, Table
from village_app.papers.builders.meeting_facts import (
    Earlier,
    Entitled,
    ItemFacts,
    MeetingFacts,
    VoteFacts,
)
from village_app.papers.builders.meeting_minutes import build_minutes
from village_app.papers.builders.meeting_votes import build_tally
from village_app.papers.builders.meetings import build_agenda, build_meeting_notice
from village_app.papers.builders.resolutions import ResolutionFacts, build_resolution
from village_app.papers.pdf import write_pdf

VOTE = VoteFacts(
    kind="举手",
    entitled=45,
    present=37,
    absent=8,
    recused=1,
    in_favour=18,
    against=12,
    abstained=6,
    attendance_needed=30,
    votes_needed=19,
    word="未通过",
    rule="村民委员会组织法（村民代表会议）",
)
FACTS = MeetingFacts(
    name="2026年第一次村民代表会议",
    body="村民代表会议",
    day=date(2026, 3, 12),
    starts="9:00",
    ends="10:40",
    place="党群议事厅",
    chair="梁秀娟",
    recorder="陈丽珍",
    form="",
    guests="",
    supervision="",
    issuer="隔坑村村民委员会",
    rule="村民代表会议",
    people=tuple(Entitled(f"代表{at}", state="present") for at in range(38)),
    items=(ItemFacts("一", 0, "误工补贴标准调整方案", "not_carried", minutes=30, vote=VOTE),),
)
TALK = "有代表问日后电费由谁出，主持人答由村集体收入列支，按季公布。"


def test_the_places_to_sign_never_stand_alone_on_a_page() -> None:
    """Lengthen the minutes line by line, until the places to sign have crossed to a new page."""
    stood = []
    for lines in range(1, 22):
        talk = "".join(TALK for _ in range(lines))
        item = ItemFacts("一", 0, "村前塘路灯安装方案", "open", discussion=talk)
        pages = Printed(write_pdf(build_minutes(replace(FACTS, items=(item,)))).data).pages
        texts = ["".join(line.text for line in page.lines) for page in pages]
        at = next(at for at, text in enumerate(texts) if "监督：" in text)
        before = texts[at][: texts[at].index("主持人：")]
        assert "以上记录" in before
        assert before.replace("以上记录经与会人员核对无误。", "").strip()
        stood.append(at)
    assert stood[0] == 0
    assert stood[-1] == 1


def test_the_head_of_the_list_of_signers_stands_on_each_of_its_pages() -> None:
    pages = Printed(write_pdf(build_minutes(FACTS)).data).pages
    texts = ["".join(line.text for line in page.lines) for page in pages]
    signers = [text for text in texts if "代表1" in text or "代表37" in text]
    assert len(signers) > 1
    assert all("联系电话" in text for text in signers)


def test_absent_recused_and_abstained_are_three_columns() -> None:
    table = next(one for one in build_tally(FACTS).blocks if isinstance(one, Table))
    labels = [column.label for column in table.columns]
    cells = dict(zip(labels, table.rows[0].cells, strict=True))
    assert (cells["未到"], cells["回避"], cells["弃权"]) == (8, 1, 6)
    assert cells["结果"] == "未通过"


def test_the_minutes_open_with_earlier_decisions() -> None:
    earlier = Earlier("隔村代决〔2025〕9号", "修水渠", "何润田", date(2026, 2, 1), "办理中")
    blocks = build_minutes(replace(FACTS, earlier=(earlier,))).blocks
    table = next(one for one in blocks if isinstance(one, Table))
    assert table.rows[0].cells == (
        *("隔村代决〔2025〕9号", "修水渠", "何润田", "2026-02-01", "办理中"),
    )


def test_the_agenda_adds_up_its_minutes_and_names_its_files() -> None:
    items = (
        ItemFacts("一", 0, "路灯", "open", minutes=20, files=("报价单.pdf", "现场.jpg")),
        ItemFacts("二", 0, "补贴", "open", minutes=30),
    )
    paper = build_agenda(replace(FACTS, items=items))
    table = next(one for one in paper.blocks if isinstance(one, Table))
    assert table.rows[0].cells[4] == "报价单.pdf、现场.jpg"
    assert "50" in Printed(write_pdf(paper).data).text


def test_the_items_of_a_notice_stand_a_level_below_its_own_headings() -> None:
    below = ItemFacts("1.1", 1, "追加数量和位置", "open")
    notice = build_meeting_notice(replace(FACTS, items=(*FACTS.items, below)))
    texts = [one.text for one in notice.blocks if isinstance(one, (Heading, Paragraph))]
    at = texts.index("一、会议议题")
    assert texts[at + 1 : at + 4] == [
        "（一）误工补贴标准调整方案（约30分钟）",
        "1.1 追加数量和位置",
        "二、参加人员",
    ]
    faces = [one.face for one in notice.blocks if isinstance(one, Paragraph)]
    assert faces[1:3] == ["fangsong", "fangsong"]


def test_the_points_of_a_decision_are_running_text() -> None:
    decided = ResolutionFacts(
        "隔村代决〔2026〕1号", "村前塘路灯安装方案", "装24盏。\n由集体列支。", VOTE
    )
    paper = build_resolution(FACTS, decided, public=False)
    points = [one for one in paper.blocks if isinstance(one, Paragraph) and "、" in one.text[:2]]
    assert [(one.text, one.face) for one in points] == [
        ("一、装24盏。", "fangsong"),
        ("二、由集体列支。", "fangsong"),
    ]
