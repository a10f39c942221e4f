"""会议记录: header, each item with report, talk, vote and decision, signatures.

The minutes follow the required content of 会议记录 (header, each item with its own 应到 and 实到,
signatures); absent, abstaining and recused are three figures and never one.
"""

from __future__ import annotations

from collections.abc import Sequence

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, TEXT
from village_app.domain.numerals import to_chinese
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    Row,
    SignLines,
    Table,
)
from village_app.papers.builders.meeting_facts import Entitled, ItemFacts, MeetingFacts
from village_app.papers.builders.meeting_votes import vote_sentence

_OUTSIDE = {"open": "未议", "postponed": "暂缓，转下次会议", "reviewed": "已审议，无表决"}


def build_minutes(facts: MeetingFacts, *, version: int = 1) -> Paper:
    """Build 会议记录: header, each item with report, talk, vote and decision, signatures."""
    blocks: list[Block] = [_header(facts), *_earlier(facts)]
    for one in facts.items:
        blocks += _item_blocks(one)
    blocks += _signatures(facts)
    title = f"{facts.name}记录" + (f"（第{to_chinese(version)}版）" if version > 1 else "")
    return Paper("notice", title, tuple(blocks), meta={"sheet": "minutes"})


def _header(facts: MeetingFacts) -> FormGrid:
    times = f"{show_day(facts.day)} {facts.starts}" + (f"至{facts.ends}" if facts.ends else "")
    excused = "；".join(
        f"{one.name}（{one.reason}）" if one.reason else one.name for one in facts.came("leave")
    )
    proxies = "；".join(f"{one.name}委托{one.proxy}" for one in facts.came("proxy"))
    pairs = (
        (("会议类别", facts.body), ("会议形式", facts.form or "现场会议")),
        (("时间", times), ("地点", facts.place)),
        (("主持人", facts.chair), ("记录人", facts.recorder)),
        (("应到", f"{len(facts.people)}人"), ("实到", f"{len(facts.attended)}人")),
    )
    wide = (
        ("请假", excused or "无"),
        ("缺席", _names(facts.came("absent"))),
        ("迟到", _names(facts.came("late"))),
        ("中途离场", _names(facts.came("left"))),
        ("委托", proxies or "无"),
        ("列席", facts.guests or "无"),
        ("监委会到会", facts.supervision or "无"),
    )
    lines = [
        tuple(cell for label, text in pair for cell in (_label(label), FormCell(text)))
        for pair in pairs
    ]
    lines += [(_label(label), FormCell(text, columns=3, align="left")) for label, text in wide]
    return FormGrid((1.5, 3, 1.5, 3), tuple(lines), row_height=8.5)


def _earlier(facts: MeetingFacts) -> list[Block]:
    """The meeting opens with what was decided before and how far it is."""
    if not facts.earlier:
        return []
    columns = tuple(
        Column(label, TEXT, width=width)
        for label, width in (("决议", 3), ("事项", 4), ("责任人", 1.5), ("时限", 2), ("落实", 1.6))
    )
    rows = tuple(
        Row(
            (
                one.number,
                one.name,
                one.responsible,
                one.due_on.isoformat() if one.due_on else "",
                one.state,
            )
        )
        for one in facts.earlier
    )
    return [Heading("以前决议的落实情况", 1), Table(columns, rows)]


def _names(people: Sequence[Entitled]) -> str:
    return "、".join(one.name for one in people) or "无"


def _item_blocks(item: ItemFacts) -> list[Block]:
    mark = "、" if item.depth == 0 else " "
    blocks: list[Block] = [Heading(f"{item.number}{mark}{item.name}", min(item.depth + 1, 3))]
    if item.proposer or item.reporter:
        said = (("提出", item.proposer), ("汇报", item.reporter))
        blocks.append(Paragraph("，".join(f"{what}：{who}" for what, who in said if who) + "。"))
    if item.report:
        blocks.append(Paragraph(f"汇报要点：{item.report}"))
    blocks += [Paragraph(f"{name}：{text}") for name, _seconds, text in item.speeches if text]
    if item.discussion:
        blocks.append(Paragraph(f"讨论：{item.discussion}"))
    if item.speeches:
        blocks.append(Paragraph(f"发言时间：{_speaking(item.speeches)}。"))
    blocks += [Paragraph(f"{name}因{reason}回避。") for name, reason in item.recused]
    if item.vote is not None:
        blocks.append(Paragraph(vote_sentence(item.vote)))
    elif item.state in _OUTSIDE:
        blocks.append(Paragraph(f"结论：{_OUTSIDE[item.state]}。"))
    if item.vote is not None and item.state == "carried":
        number = f"（{item.resolution}）" if item.resolution else ""
        blocks.append(Paragraph(f"决议内容{number}：{item.decision or item.name}"))
        blocks += _follow_up(item)
    return blocks


def _follow_up(item: ItemFacts) -> list[Block]:
    parts = [f"责任人：{item.responsible}"] if item.responsible else []
    parts += [f"完成时限：{show_day(item.due_on)}"] if item.due_on else []
    return [Paragraph("，".join(parts) + "。")] if parts else []


def _speaking(speeches: Sequence[tuple[str, int, str]]) -> str:
    totals: dict[str, int] = {}
    for name, seconds, _text in speeches:
        totals[name] = totals.get(name, 0) + seconds
    return "，".join(f"{name}{one // 60}分{one % 60:02d}秒" for name, one in totals.items())


def _signatures(facts: MeetingFacts) -> list[Block]:
    """The signatures follow a sentence that keeps with them, so that they never stand alone."""
    columns = tuple(
        Column(label, COUNT if label == "序号" else TEXT, width=width)
        for label, width in (
            *(("序号", 1), ("姓名", 2), ("身份", 2.4)),
            *(("签名", 3), ("联系电话", 3)),
        )
    )
    rows = tuple(
        Row((at, one.name, one.office, "", "")) for at, one in enumerate(facts.attended, 1)
    )
    return [
        Paragraph("以上记录经与会人员核对无误。", keep_with_next=True),
        SignLines((("主持人", ""), ("记录人", ""), ("监督", ""))),
        Heading("与会人员签名", 1),
        Table(columns, rows),
    ]


def _label(text: str) -> FormCell:
    return FormCell(text, is_label=True)
