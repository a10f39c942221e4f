"""Sheets of a project: 三家比价表, 验收单, 全过程一览表, stage notices, and the wall poster.

Pure functions from figures to a `Paper`; amounts in integer 分, shares in hundredths of a percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, MONEY, TEXT
from village_app.domain.money import show_money
from village_app.domain.money_words import in_words
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    Paper,
    Paragraph,
    Photo,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.builders.projects import Signer, budget_chart, question_sentence
from village_app.papers.filling import DATE, PERIOD, place_for

OPEN_DAY = "　　年　月　日"


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One firm's offer."""

    firm: str
    price: int
    day: date | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage in the overview: what happened and which papers are there or lack."""

    label: str
    day: date | None
    said: str
    papers: str


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What every sheet of a project names."""

    name: str
    number: str
    place: str = ""
    content: str = ""
    scale: str = ""
    reason: str = ""
    benefit: str = ""
    basis: str = ""
    method: str = ""
    budget: int = 0
    sources: tuple[tuple[str, int], ...] = ()
    firm: str = ""
    contract: int | None = None
    changes: int = 0
    owed: int | None = None
    paid: int = 0
    responsible: str = ""
    supervisor: str = ""
    monitor: str = ""
    starts: date | None = None
    ends: date | None = None
    retention_due: date | None = None
    photos: tuple[Photo, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class AcceptanceFacts:
    """The acceptance; None where the sheet is printed blank, to be written by hand."""

    day: date
    attendees: str
    volume: str
    conclusion: str
    remedy: str
    passed: bool


def build_comparison(card: CardFacts, offers: Sequence[OfferLine], reason: str) -> Paper:
    """Build 三家比价表: the offers in order of price, which was chosen and why, to be signed."""
    ranked = sorted(offers, key=lambda one: (one.price, one.firm))
    rows = tuple(
        Row(
            (
                rank,
                one.firm,
                one.price,
                show_day(one.day) if one.day else "",
                "选定" if one.chosen else "",
            )
        )
        for rank, one in enumerate(ranked, 1)
    )
    columns = (
        Column("名次", COUNT, width=1),
        Column("报价单位", TEXT, width=4),
        Column("报价（元）", MONEY, width=2.4),
        Column("报价日期", TEXT, width=2.6),
        Column("结果", TEXT, width=1.4),
    )
    chosen = next((one for one in ranked if one.chosen), None)
    blocks: list[Block] = [
        Paragraph(f"项目：{card.name}（{card.number}）　预算{show_money(card.budget)}元", indent=0),
        Table(columns, rows, unit="单位：元"),
    ]
    if chosen is not None:
        blocks.append(
            Paragraph(
                f"经比较，选定{chosen.firm}，报价{show_money(chosen.price)}元"
                f"（{in_words(chosen.price)}）。理由：{reason}。"
            )
        )
    signers = (("比价人", ""), ("村委会主任", ""), ("监委会", ""), ("村民代表", ""))
    blocks += [SignLines(signers, 2), Signature((), OPEN_DAY)]
    return Paper("table", f"{card.name}项目比价表", tuple(blocks), meta={"sheet": "comparison"})


def build_acceptance(card: CardFacts, facts: AcceptanceFacts | None) -> Paper:
    """Build 项目验收单; without facts it is the blank form that comes back written."""
    said = facts or AcceptanceFacts(date.min, "", "", "", "", passed=True)
    day = show_day(said.day) if facts is not None else OPEN_DAY
    result = ("☑合格　☐不合格" if said.passed else "☐合格　☑不合格") if facts else "☐合格　☐不合格"
    price = f"{show_money(card.contract)}元" if card.contract is not None else ""
    lines = (
        pair("项目名称", card.name, "项目编号", card.number),
        pair("建设地点", card.place, "承包人", card.firm),
        pair("合同价", price, "变更", f"{show_money(card.changes)}元" if card.changes else "无"),
        pair("开工日期", show_day(card.starts) if card.starts else "", "验收日期", day),
        wide("建设内容", card.content, 16),
        wide("完成工程量", said.volume, 16),
        wide("参加人", said.attendees, 16),
        wide("验收结论", said.conclusion, 30),
        wide("验收结果", result, 10),
        wide("整改要求和完成情况", said.remedy, 24),
    )
    signers = (
        *(("承包人", ""), ("村委会", ""), ("监委会", "")),
        *(("村民代表", ""), ("村民监督员", ""), ("镇级部门", "")),
    )
    blocks = (FormGrid((1.4, 2.6, 1.4, 2.6), lines), SignLines(signers, 3))
    return Paper("form", "村级项目验收单", blocks, meta={"sheet": "acceptance"})


def build_course(card: CardFacts, stages: Sequence[StageLine], signer: Signer) -> Paper:
    """Build 项目全过程一览表: every stage with its day, what was decided or paid, its papers."""
    rows = tuple(
        Row(
            (
                number,
                one.label,
                show_day(one.day) if one.day else "",
                one.said,
                one.papers,
            )
        )
        for number, one in enumerate(stages, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.2),
        Column("环节", TEXT, width=1.6),
        Column("日期", TEXT, width=2.8),
        Column("主要内容", TEXT, width=6),
        Column("材料", TEXT, width=3),
    )
    blocks: list[Block] = [
        Paragraph(f"{card.number}　{card.place}　{card.benefit}", indent=0),
        Table(columns, rows),
    ]
    if card.owed is not None:
        blocks.append(budget_chart(card.budget, card.paid, max(0, card.owed - card.paid)))
    blocks += [
        Paragraph(question_sentence(signer)),
        Signature((signer.committee,), place_for(DATE)),
    ]
    return Paper(
        "table",
        f"{card.name}项目全过程一览表",
        tuple(blocks),
        public=True,
        landscape=True,
        meta={"sheet": "course"},
    )


def build_stage_notice(
    card: CardFacts, title: str, sentences: Sequence[str], signer: Signer
) -> Paper:
    """Build the notice of one stage (立项公示 … 质保金退还公示) from its sentences."""
    blocks: list[Block] = [
        Paragraph(
            f"{'根据' + card.basis + '，' if card.basis else ''}现将{card.name}项目"
            f"（{card.number}）{title.removesuffix('公示')}情况公示如下，接受村民监督。"
        ),
        *(Paragraph(text) for text in sentences),
        Paragraph(f"公示期：{place_for(PERIOD)}。{question_sentence(signer)}"),
        Signature((signer.committee, signer.supervision), place_for(DATE)),
    ]
    return Paper(
        "notice",
        f"{card.name}项目{title}",
        tuple(blocks),
        public=True,
        meta={"sheet": "project_stage"},
    )


def pair(one: str, text: str, other: str, more: str) -> tuple[FormCell, ...]:
    """Give a line of a form with two labels and their texts."""
    return (
        FormCell(one, is_label=True),
        FormCell(text),
        FormCell(other, is_label=True),
        FormCell(more),
    )


def wide(label: str, text: str, height: float) -> tuple[FormCell, ...]:
    """Give a line of a form with one label and a text of some height (mm)."""
    return (FormCell(label, is_label=True), FormCell(text, columns=3, height=height))
