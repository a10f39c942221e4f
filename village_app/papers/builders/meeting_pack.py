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


@dataclass(frozen=True, slots=True)
class Material:
    """One file beside an agenda item: number and name of the item, file, bytes, shown or named."""

    number: str
    item: str
    name: str
    size: int
    is_shown: bool


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


def build_materials(title: str, files: Sequence[Material], pictures: Sequence[Photo]) -> Paper:
    """Build the list of the files beside the items; pictures follow it, two by two."""
    columns = (
        Column("议题", TEXT, width=1),
        Column("内容", TEXT, width=4),
        Column("附件", TEXT, width=4),
        Column("大小（KB）", COUNT, width=1.5),
        Column("说明", TEXT, width=2),
    )
    rows = tuple(
        Row(
            (
                one.number,
                one.item,
                one.name,
                -(-one.size // 1024),
                "见下图" if one.is_shown else "另附原件",
            )
        )
        for one in files
    )
    blocks: list[Block] = [Table(columns, rows)]
    if pictures:
        blocks.append(PhotoGrid(tuple(pictures), columns=2))
    return Paper("list", title, tuple(blocks))


def build_photos(title: str, photos: Sequence[Photo]) -> Paper:
    """Build the page of photos, two by two, each with its caption."""
    return Paper("list", title, (PhotoGrid(tuple(photos), columns=2),))
