"""Papers before and at a meeting: 会议通知, 会议议程, 签到表; pure functions of facts."""

from __future__ import annotations

from collections.abc import Sequence

from village_app.domain.calendar import show_day, weekday_word
from village_app.domain.kinds import COUNT, TEXT
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from village_app.papers.builders.meeting_facts import Entitled, ItemFacts, MeetingFacts
from village_app.papers.filling import DATE, place_for

SIGN_IN_ROWS = 30
LARGE_ROWS = 15


def build_meeting_notice(facts: MeetingFacts) -> Paper:
    """Build 会议通知: when, where, who, which items; internal items stand on it as well."""
    when = f"{show_day(facts.day)}（{weekday_word(facts.day)}）{facts.starts}"
    # The notice's own headings are 一、 to 三、: its items stand a level below.
    items = tuple(
        Paragraph(f"{_below_heading(one)}{one.name}{_by(one)}", face="fangsong")
        for one in facts.items
    )
    return Paper(
        "notice",
        f"关于召开{facts.name}的通知",
        (
            Paragraph(f"经研究，定于{when}在{facts.place}召开{facts.name}。现将有关事项通知如下："),
            Heading("一、会议议题", 1),
            *items,
            Heading("二、参加人员", 1),
            Paragraph(f"{facts.body}组成人员，共{len(facts.people)}人。"),
            *((Paragraph(f"列席：{facts.guests}。"),) if facts.guests else ()),
            Heading("三、有关要求", 1),
            Paragraph(
                "请按时到会签到。因故不能到会的，请提前向会议记录人请假并说明事由；"
                "与议题有利害关系的，请在表决前说明并回避。"
            ),
            Signature((facts.issuer,), place_for(DATE)),
        ),
        to="各位参会人员：",
    )


def _below_heading(item: ItemFacts) -> str:
    return f"（{item.number}）" if item.depth == 0 else f"{item.number} "


def _by(item: ItemFacts) -> str:
    parts = [f"{item.reporter}汇报"] if item.reporter else []
    parts += [f"约{item.minutes}分钟"] if item.minutes else []
    return f"（{'，'.join(parts)}）" if parts else ""


def build_agenda(facts: MeetingFacts) -> Paper:
    """Build 会议议程: number, item, who reports, minutes; the files that lie beside each item."""
    columns = (
        Column("议题", TEXT, width=1.2),
        Column("内容", TEXT, width=5),
        Column("汇报人", TEXT, width=1.6),
        Column("预计（分钟）", COUNT, total="sum", width=1.4),
        Column("附件", TEXT, width=3),
    )
    rows = tuple(
        Row((one.number, one.name, one.reporter, one.minutes, "、".join(one.files)))
        for one in facts.items
    )
    when = f"{show_day(facts.day)} {facts.starts}　{facts.place}　主持：{facts.chair}"
    return Paper(
        "list",
        f"{facts.name}议程",
        (Paragraph(when, indent=0), Table(columns, rows, has_total=True)),
    )


def build_sign_in(facts: MeetingFacts, *, large: bool = False) -> Paper:
    """Build 签到表: 30 lines a page, or 15 in large lines; each page carries its own head."""
    rows = LARGE_ROWS if large else SIGN_IN_ROWS
    pages = -(-max(1, len(facts.people)) // rows)
    blocks: list[Block] = []
    for page in range(pages):
        if page:
            blocks.append(PageBreak())
        part = facts.people[page * rows : (page + 1) * rows]
        blocks.append(_sign_in_page(facts, part, page * rows, large=large))
    return Paper("list", f"{facts.name}签到表", tuple(blocks))


def _sign_in_page(
    facts: MeetingFacts, part: Sequence[Entitled], before: int, *, large: bool
) -> FormGrid:
    when = f"{show_day(facts.day)} {facts.starts}　{facts.place}　应到{len(facts.people)}人"
    head = ("序号", "姓名", "小组", "签名", "时间", "受托人")
    lines = [
        (FormCell(when, columns=len(head), align="left"),),
        tuple(FormCell(text, is_label=True) for text in head),
    ]
    for at, one in enumerate(part, before + 1):
        cells = (str(at), one.name, one.group, "", "", one.proxy)
        lines.append(tuple(FormCell(text, align="center") for text in cells))
    height = 13.5 if large else 6.9
    return FormGrid((1, 2, 2, 3, 1.6, 2), tuple(lines), row_height=height)


def _label(text: str) -> FormCell:
    return FormCell(text, is_label=True)
