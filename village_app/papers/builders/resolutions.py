"""决议 and 决议台账: one decision as a paper, a year of them as a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, TEXT
from village_app.domain.numerals import to_chinese
from village_app.papers.blocks import (
    Column,
    Paper,
    Paragraph,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.builders.meeting_facts import MeetingFacts, VoteFacts
from village_app.papers.filling import DATE, PERIOD, place_for


@dataclass(frozen=True, slots=True)
class ResolutionFacts:
    """One decision: its number, subject, text and vote."""

    number: str
    name: str
    text: str
    vote: VoteFacts
    is_published: bool = True


def build_resolution(facts: MeetingFacts, decided: ResolutionFacts, *, public: bool) -> Paper:
    """Build 决议; the public one carries the posting period, filled in when it is posted."""
    vote = decided.vote
    beside = f"，{facts.supervision}列席" if facts.supervision else ""
    recused = f"，回避{vote.recused}人" if vote.recused else ""
    period = f"，公示期{place_for(PERIOD)}" if public else ""
    lines = [one.strip() for one in decided.text.splitlines() if one.strip()]
    texts = lines if len(lines) == 1 else [f"{to_chinese(n)}、{t}" for n, t in enumerate(lines, 1)]
    return Paper(
        "notice",
        f"{facts.body}关于{decided.name}的决议",
        (
            Paragraph(decided.number, indent=0, align="center"),
            Paragraph(
                f"{show_day(facts.day)}，{facts.issuer}在{facts.place}召开{facts.body}。"
                f"应到{vote.entitled}人，表决时实到{vote.present}人，符合法定人数{recused}。"
                f"会议由{facts.chair}主持{beside}。会议审议了{decided.name}，经{vote.kind}表决，"
                f"赞成{vote.in_favour}票，反对{vote.against}票，弃权{vote.abstained}票，"
                "形成决议如下："
            ),
            # What was decided is running text, however many points it has; it is no heading.
            *(Paragraph(text, face="fangsong" if len(texts) > 1 else None) for text in texts),
            Paragraph(f"本决议自通过之日起生效{period}。"),
            Signature((facts.issuer,), place_for(DATE) if public else show_day(facts.day)),
        ),
        public=public,
        meta={"sheet": "resolution"},
    )


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of 决议台账."""

    number: str
    day: date
    name: str
    votes: str
    responsible: str
    due_on: date | None
    state: str
    done_on: date | None
    reason: str


def build_resolution_ledger(title: str, lines: Sequence[LedgerLine], issuer: str) -> Paper:
    """Build 决议台账: decided against done, the reason beside what is not done."""
    columns = tuple(
        Column(label, TEXT if label != "序号" else COUNT, width=width)
        for label, width in (
            *(("序号", 0.8), ("决议编号", 3.2), ("日期", 1.9), ("决议事项", 4)),
            *(("表决", 3), ("责任人", 1.6), ("时限", 1.9), ("落实", 1.5), ("说明", 2.6)),
        )
    )
    rows = tuple(
        Row(
            (
                at,
                one.number,
                one.day.isoformat(),
                one.name,
                one.votes,
                one.responsible,
                one.due_on.isoformat() if one.due_on else "",
                one.state,
                one.reason or (one.done_on.isoformat() if one.done_on else ""),
            )
        )
        for at, one in enumerate(lines, 1)
    )
    done = sum(one.state == "已办成" for one in lines)
    return Paper(
        "list",
        title,
        (
            Paragraph(f"共议决{len(lines)}件，已办成{done}件，未办成{len(lines) - done}件。"),
            Table(columns, rows),
            SignLines((("填表人", ""), ("审核人", ""), ("日期", ""))),
        ),
        number=issuer,
        landscape=True,
    )
