"""一事一档: the whole file of one matter, with cover, contents and page numbers.

Pure functions from facts to a `Paper`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import MOMENT, TEXT
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
    Spacer,
    Table,
)
from village_app.papers.builders.issues import label, value


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
