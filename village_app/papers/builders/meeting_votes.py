"""Votes on paper: the sentence of the minutes, the tally of a meeting, the ballot papers."""

from __future__ import annotations

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, TEXT
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    PageBreak,
    Paper,
    Row,
    SignLines,
    Spacer,
    Table,
)
from village_app.papers.builders.meeting_facts import ItemFacts, MeetingFacts, VoteFacts


def vote_sentence(vote: VoteFacts) -> str:
    """Say one vote: who could vote, every figure by itself, what was needed, the result."""
    lead = f"应到{vote.entitled}人，实到{vote.present}人（须到{vote.attendance_needed}人）"
    aside = f"，回避{vote.recused}人" if vote.recused else ""
    absent = f"，未到{vote.absent}人" if vote.absent else ""
    if vote.in_favour is None:
        return f"{lead}{absent}，未达法定人数，没有表决。依据：{vote.rule}。"
    papers = ""
    if vote.issued is not None and vote.returned is not None:
        papers = (
            f"发出表决票{vote.issued}张，收回{vote.returned}张，"
            f"未收回{vote.issued - vote.returned}张；有效{vote.valid}张，无效{vote.invalid}张。"
        )
    return (
        f"{lead}{absent}{aside}。{vote.kind}表决：{papers}赞成{vote.in_favour}票，"
        f"反对{vote.against}票，弃权{vote.abstained}票；须{vote.votes_needed}票赞成，{vote.word}。"
    )


def build_tally(facts: MeetingFacts) -> Paper:
    """Build 表决结果: a line an item; 未到, 回避 and 弃权 are three columns and never one."""
    columns = (
        Column("议题", TEXT, width=1.1),
        Column("内容", TEXT, width=4),
        Column("方式", TEXT, width=1.8),
        *(
            Column(label, COUNT, width=1)
            for label in ("应到", "实到", "未到", "回避", "赞成", "反对", "弃权", "须赞成")
        ),
        Column("结果", TEXT, width=1.6),
    )
    rows = tuple(_tally_row(one, one.vote) for one in facts.items if one.vote is not None)
    notes = ("未到：没有到会；回避：到会但不参加表决；弃权：到会参加表决，不表示赞成或反对。",)
    return Paper(
        "list",
        f"{facts.name}表决结果",
        (
            Table(columns, rows, notes=notes),
            SignLines((("监票人", ""), ("计票人", ""), ("主持人", ""))),
        ),
        landscape=True,
    )


def _tally_row(item: ItemFacts, vote: VoteFacts) -> Row:
    return Row(
        (
            item.number,
            item.name,
            vote.kind,
            *(vote.entitled, vote.present, vote.absent, vote.recused),
            *(vote.in_favour, vote.against, vote.abstained, vote.votes_needed),
            vote.word,
        )
    )


def build_ballots(facts: MeetingFacts, item: ItemFacts, count: int) -> Paper:
    """Build `count` numbered-less ballot papers for one item, three on a page."""
    blocks: list[Block] = []
    for at in range(count):
        if at and at % 3 == 0:
            blocks.append(PageBreak())
        elif at:
            blocks.append(Spacer(1))
        blocks.append(_ballot(facts, item))
    return Paper("form", f"{facts.body}表决票", tuple(blocks), page_numbers=False)


def _ballot(facts: MeetingFacts, item: ItemFacts) -> FormGrid:
    lines = (
        (FormCell(f"{facts.name}表决票　{show_day(facts.day)}", is_label=True, columns=3),),
        (FormCell(f"议题{item.number}：{item.decision or item.name}", columns=3, height=16),),
        tuple(FormCell(word, is_label=True) for word in ("赞成", "反对", "弃权")),
        tuple(FormCell("", height=14) for _ in range(3)),
        (
            FormCell(
                "请在一个意见下面的空格里打“√”；不打或多打的为无效票。", columns=3, align="left"
            ),
        ),
    )
    return FormGrid((1, 1, 1), lines)


def _label(text: str) -> FormCell:
    return FormCell(text, is_label=True)
