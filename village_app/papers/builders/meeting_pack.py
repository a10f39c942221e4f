"""A meeting's whole file as one paper: cover with contents, then every part on a new page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from village_app.domain.kinds import COUNT, TEXT
from village_app.papers.blocks import (
    Block,
    Column,
    Heading,
    PageBreak,
    Paper,
    Photo,
    PhotoGrid,
    Row,
    Table,
)


@dataclass(frozen=True, slots=True)
class PackPart:
    """One part: its name in the contents, the paper, its first page in the pack (from 1)."""

    label: str
    paper: Paper
    first_page: int = 0


def alone(part: PackPart) -> Paper:
    """Give a part as it is set within the pack, for counting its pages."""
    return Paper("list", part.paper.title, part.paper.blocks)


def numbered(parts: Sequence[PackPart], pages: Sequence[int]) -> tuple[PackPart, ...]:
    """Give each part its first page; `pages` are the pages of the parts, the cover takes one."""
    found, first = [], 2
    for part, count in zip(parts, pages, strict=True):
        found.append(replace(part, first_page=first))
        first += count
    return tuple(found)


def build_pack(title: str, parts: Sequence[PackPart]) -> Paper:
    """Build the pack: a contents table with page numbers, then the parts."""
    columns = (
        Column("序号", COUNT, width=1),
        Column("材料", TEXT, width=6),
        Column("页码", COUNT, width=1.4),
    )
    rows = tuple(Row((at, one.label, one.first_page)) for at, one in enumerate(parts, 1))
    blocks: list[Block] = [Table(columns, rows, caption="目录")]
    for one in parts:
        blocks += [PageBreak(), Heading(one.paper.title), *one.paper.blocks]
    return Paper("list", title, tuple(blocks))


def build_photos(title: str, photos: Sequence[Photo]) -> Paper:
    """Build the page of photos, two by two, each with its caption."""
    return Paper("list", title, (PhotoGrid(tuple(photos), columns=2),))
