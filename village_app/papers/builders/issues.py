"""Papers of matters: ledger inside and public, slips, and the whole file of one matter.

Pure functions from facts to a `Paper`; a public ledger names no person and no house.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, DAY, MOMENT, PERSON_NAME, PHONE, TEXT
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Photo,
    PhotoGrid,
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
    content: int
    visited: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a matter's course."""

    at: object
    kind: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Everything that the file of one matter (一事一档) shows."""

    village: str
    number: str
    heading: str
    facts: tuple[tuple[str, str], ...]
    content: str
    steps: tuple[StepLine, ...]
    chain: tuple[tuple[str, str, str], ...]
    answer: str
    visits: tuple[str, ...]
    photos: tuple[Photo, ...] = ()


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
    in_time = share_words(totals.closed_in_time, totals.closed)
    content = share_words(totals.content, totals.visited)
    return (
        f"{period}共受理民情诉求{totals.taken}件，办结{totals.closed}件，"
        f"其中按期办结{totals.closed_in_time}件{in_time}；"
        f"回访{totals.visited}件，满意{totals.content}件{content}。"
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
    blocks: tuple[Block, ...] = (
        FormGrid((2, 2, 2, 2, 2, 2), lines),
        Spacer(0.5),
        SignLines(tuple((sign, "") for sign in facts.signs)),
        Signature((facts.issuer,), show_day(facts.day)),
    )
    return Paper(
        layout="form",
        title=facts.title,
        number=facts.number,
        blocks=blocks,
        page_numbers=False,
        meta={"sheet": "issue_slip"},
    )


FILE_PARTS = ("一、诉求登记", "二、来龙去脉", "三、办理过程", "四、答复和回访", "五、照片")


def file_parts(facts: FileFacts) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """Give the parts of a matter's file, each with its heading; photos only where there are any."""
    register = FormGrid(
        (2, 6),
        (
            *((label(name), FormCell(text, align="left")) for name, text in facts.facts),
            (label("反映内容"), value(facts.content, 1, 30)),
        ),
    )
    chain = Table(
        (
            Column("环节", TEXT, width=2),
            Column("编号或名称", TEXT, width=6),
            Column("日期", TEXT, width=3),
        ),
        tuple(Row(line) for line in facts.chain),
    )
    parts: list[tuple[str, tuple[Block, ...]]] = [
        (FILE_PARTS[0], (register,)),
        (FILE_PARTS[1], (chain,)),
        (FILE_PARTS[2], (_steps(facts.steps),)),
        (FILE_PARTS[3], tuple(_answer(facts))),
    ]
    if facts.photos:
        parts.append((FILE_PARTS[4], (PhotoGrid(facts.photos, 2),)))
    return tuple(parts)


def build_part(title: str, blocks: Iterable[Block]) -> Paper:
    """Set one part alone, to count its pages."""
    return Paper(layout="notice", title="", blocks=(Heading(title, 1), *blocks))


def build_file(facts: FileFacts, pages: Sequence[int], made_on: date) -> Paper:
    """Build 一事一档: cover, contents with page numbers, then every part on a page of its own.

    `pages` counts the pages of each part of `file_parts`; cover and contents take one each.
    """
    parts = file_parts(facts)
    first, rows = 3, []
    for (name, _), count in zip(parts, pages, strict=True):
        last = first + count - 1
        rows.append(Row((name, str(first) if last == first else f"{first}—{last}")))
        first += count
    contents = Table((Column("内容", TEXT, width=8), Column("页码", TEXT, width=2)), tuple(rows))
    blocks: list[Block] = [
        Spacer(4),
        Paragraph(facts.heading, indent=0, align="center", face="title", size=22),
        Spacer(2),
        Paragraph(f"编号：{facts.number}", indent=0, align="center"),
        Spacer(5),
        Paragraph(facts.village, indent=0, align="center"),
        Paragraph(show_day(made_on), indent=0, align="center"),
        PageBreak(),
        Paragraph("目录", indent=0, align="center", face="hei"),
        contents,
    ]
    for name, inside in parts:
        blocks += [PageBreak(), Heading(name, 1), *inside]
    return Paper(
        layout="notice",
        title="民情事项一事一档",
        blocks=tuple(blocks),
        meta={"sheet": "issue_file"},
    )


def _steps(steps: Sequence[StepLine]) -> Table:
    columns = (
        Column("时间", MOMENT, width=3),
        Column("步骤", TEXT, width=2),
        Column("内容", TEXT, width=7),
        Column("经手人", TEXT, width=2),
    )
    return Table(columns, tuple(Row((one.at, one.kind, one.text, one.author)) for one in steps))


def _answer(facts: FileFacts) -> Iterable[Block]:
    yield Paragraph(facts.answer or "尚未答复。")
    if not facts.visits:
        yield Paragraph("尚未回访。")
    for line in facts.visits:
        yield Paragraph(line)
