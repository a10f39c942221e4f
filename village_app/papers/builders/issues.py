"""Papers of matters: ledger inside and public, and slips.

Pure functions from facts to a `Paper`; a public ledger names no person and no house.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, DAY, PERSON_NAME, PHONE, TEXT
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
    SignLines,
    Spacer,
    Table,
)
from village_app.papers.filling import DATE, PERIOD, place_for

Grid = tuple[tuple[FormCell, ...], ...]


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter in a ledger; the public one leaves person, telephone and handler out."""

    number: str
    day: date
    category: str
    heading: str
    group: str
    state: str
    result: str
    days: int | None = None
    reporter: str = ""
    phone: str = ""
    source: str = ""
    handler: str = ""
    satisfaction: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a period: each share stands beside the two numbers it comes from."""

    taken: int
    closed: int
    closed_in_time: int
    due: int
    content: int
    visited: int


def build_public_ledger(
    lines: Sequence[MatterLine], totals: Totals, period: str, issuer: str, supervision: str
) -> Paper:
    """Build 民情台账 for the wall: number, day, category, matter, group, result; nobody's name."""
    columns = (
        Column("序号", COUNT, width=1),
        Column("编号", TEXT, width=3.4),
        Column("登记日期", DAY, width=2.4),
        Column("类别", TEXT, width=2.4),
        Column("反映事项", TEXT, width=5),
        Column("村组", TEXT, width=1.6),
        Column("办理情况", TEXT, width=2),
        Column("办理结果", TEXT, width=6),
    )
    rows = tuple(
        Row((at, one.number, one.day, one.category, one.heading, one.group, one.state, one.result))
        for at, one in enumerate(lines, 1)
    )
    blocks: tuple[Block, ...] = (
        Paragraph(_totals_sentence(totals, period)),
        Table(columns, rows),
        Paragraph(
            f"公示期：{place_for(PERIOD)}。对办理情况有意见的，请向{supervision}提出。", indent=2
        ),
        Signature((issuer,), place_for(DATE)),
    )
    return Paper(
        layout="table",
        title=f"{period}民情诉求办理情况公示",
        blocks=blocks,
        public=True,
        landscape=True,
        meta={"sheet": "issues_public"},
    )


def build_internal_ledger(
    lines: Sequence[MatterLine], totals: Totals, period: str, issuer: str
) -> Paper:
    """Build 民情台账 for the office, with persons, telephones and handlers."""
    columns = (
        Column("序号", COUNT, width=1),
        Column("编号", TEXT, width=3),
        Column("登记日期", DAY, width=2.2),
        Column("来源", TEXT, width=1.8),
        Column("反映人", PERSON_NAME, "personal", width=1.8),
        Column("联系电话", PHONE, "personal", width=2.6),
        Column("反映事项", TEXT, width=4.6),
        Column("类别", TEXT, width=2),
        Column("承办人", TEXT, width=1.8),
        Column("办理结果", TEXT, width=5),
        Column("状态", TEXT, width=1.6),
        Column("满意度", TEXT, width=1.6),
    )
    rows = tuple(
        Row(
            (
                at,
                *(one.number, one.day, one.source, one.reporter, one.phone or None, one.heading),
                *(one.category, one.handler, one.result, one.state, one.satisfaction),
            )
        )
        for at, one in enumerate(lines, 1)
    )
    note = Paragraph(f"{_totals_sentence(totals, period)}本表含个人信息，只供内部办理使用。")
    return Paper(
        layout="table",
        title=f"{issuer}民情台账（{period}）",
        blocks=(note, Table(columns, rows)),
        landscape=True,
        meta={"sheet": "issues_internal"},
    )


def _totals_sentence(totals: Totals, period: str) -> str:
    in_time = share_words(totals.closed_in_time, totals.due)
    content = share_words(totals.content, totals.visited)
    return (
        f"{period}共受理民情诉求{totals.taken}件，办结{totals.closed}件；"
        f"应办结{totals.due}件，按期办结{totals.closed_in_time}件{in_time}；"
        f"回访{totals.visited}件，满意{totals.content}件{content}。"
    )


def build_figures(
    title: str,
    side: str,
    rows: Sequence[tuple[str, tuple[int, ...]]],
    shares: Sequence[tuple[str, int, int]],
) -> Paper:
    """Build a year's table of matters by side and month, with the rates and their numbers."""
    columns = (
        Column(side, TEXT, width=4),
        *(Column(f"{month}月", COUNT, total="sum", width=1.3) for month in range(1, 13)),
        Column("合计", COUNT, total="sum", width=1.6),
    )
    body = tuple(
        Row((name, *(count or None for count in counts), sum(counts))) for name, counts in rows
    )
    rates = "；".join(
        f"{name}{part}/{whole}{share_words(part, whole)}" for name, part, whole in shares
    )
    return Paper(
        layout="table",
        title=title,
        blocks=(Table(columns, body, has_total=True), Paragraph(f"{rates}。")),
        landscape=True,
        meta={"sheet": "issue_figures"},
    )


def share_words(part: int, whole: int) -> str:
    """Write a share with one decimal in brackets; blank without a base."""
    if not whole:
        return ""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"（{tenths // 10}.{tenths % 10}%）"


def label(text: str, columns: int = 1, rows: int = 1) -> FormCell:
    """Make a label cell."""
    return FormCell(text, is_label=True, columns=columns, rows=rows)


def value(text: str = "", columns: int = 1, height: float | None = None) -> FormCell:
    """Make a value cell; blank is to be written by hand."""
    return FormCell(text, columns=columns, height=height, align="left" if height else None)


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a slip about a matter says (督办单, 交办单, 反馈单, 回访单, 延期审批表)."""

    title: str
    number: str
    issuer: str
    day: date
    matter: str
    heading: str
    content: str
    to: str
    due: str
    rows: tuple[tuple[str, str], ...]
    signs: tuple[str, ...]


def build_slip(facts: SlipFacts) -> Paper:
    """Build a one-page slip: the matter above, what is asked and answered below, signatures."""
    return Paper(
        layout="form",
        title=facts.title,
        number=facts.number,
        blocks=_slip_blocks(facts),
        page_numbers=False,
        meta={"sheet": "issue_slip"},
    )


def build_slips(slips: Sequence[SlipFacts]) -> Paper:
    """Build several slips as one paper, each on a page of its own with its title and number."""
    blocks: list[Block] = []
    for one in slips:
        if blocks:
            blocks += [PageBreak(), Heading(one.title)]
            blocks.append(Paragraph(one.number, indent=0, align="right"))
        blocks += _slip_blocks(one)
    first = slips[0]
    return Paper(
        layout="form",
        title=first.title,
        number=first.number,
        blocks=tuple(blocks),
        page_numbers=False,
        meta={"sheet": "issue_slips"},
    )


def _slip_blocks(facts: SlipFacts) -> tuple[Block, ...]:
    lines: Grid = (
        (
            label("诉求编号"),
            value(facts.matter, 2),
            label("发出日期"),
            value(show_day(facts.day), 2),
        ),
        (label("承办人"), value(facts.to, 2), label("办理期限"), value(facts.due, 2)),
        (label("事项"), value(facts.heading, 5)),
        (label("内容"), value(facts.content, 5, 28)),
        *((label(name), value(text, 5, 30)) for name, text in facts.rows),
    )
    return (
        FormGrid((2, 2, 2, 2, 2, 2), lines),
        Spacer(0.5),
        SignLines(tuple((sign, "") for sign in facts.signs)),
        Signature((facts.issuer,), show_day(facts.day)),
    )
