"""十本记录簿: what stands in a year's volume besides the papers that exist: lists, ruled pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.kinds import COUNT, TEXT
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Table,
)

# Ruled lines a page: 210 mm of writing space in lines of 11 mm.
RULED_LINES = 18
_LINE = 11.0


@dataclass(frozen=True, slots=True)
class PostedLine:
    """One posted notice: number, heading, first and last day, how it stands."""

    number: str
    heading: str
    first: date | None
    last: date | None
    state: str


def build_posted_list(title: str, lines: Sequence[PostedLine]) -> Paper:
    """Build the list of what was posted in a year, in the order of the days."""
    columns = (
        Column("序号", COUNT, width=0.9),
        Column("编号", TEXT, width=3),
        Column("公开事项", TEXT, width=5),
        Column("公示开始", TEXT, width=2),
        Column("公示截止", TEXT, width=2),
        Column("情况", TEXT, width=1.8),
    )
    rows = tuple(
        Row((at, one.number, one.heading, _day(one.first), _day(one.last), one.state))
        for at, one in enumerate(lines, 1)
    )
    return Paper("list", title, (Paragraph(f"共张贴{len(rows)}件。"), Table(columns, rows)))


def build_nothing(title: str, sentence: str) -> Paper:
    """Build the one page of a book in which nothing was written that year."""
    return Paper("list", title, (Paragraph(sentence),))


def build_ruled(title: str, sentence: str, columns: Sequence[str], pages: int) -> Paper:
    """Build ruled pages to be written by hand, saying why they are empty."""
    blocks: list[Block] = [Paragraph(sentence)]
    for page in range(pages):
        blocks += [PageBreak()] if page else []
        blocks.append(_ruled(columns, RULED_LINES if page else RULED_LINES - 1))
    return Paper("list", title, tuple(blocks))


def _ruled(columns: Sequence[str], lines: int) -> FormGrid:
    head = tuple(FormCell(label, is_label=True) for label in columns)
    empty = tuple(FormCell() for _ in columns)
    return FormGrid((1.0,) * len(columns), (head, *(empty for _ in range(lines))), _LINE)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
