"""Every text of a paper with its place, in reading order; and a paper with one text changed.

The privacy gate, the comparison of two papers and the tests of the writers walk papers this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from village_app.domain.kinds import Kind, Sensitivity
from village_app.papers.blocks import (
    BarChart,
    Block,
    Column,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    PhotoGrid,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.table_lines import shown

Part = Literal[
    "letterhead", "number", "title", "to", "footer", "meta",
    "heading", "text",
    "caption", "unit", "total_label", "note", "group", "label", "cell",
    "form", "issuer", "date", "what", "signer", "photo", "chart", "bar", "part", "figure",
]  # fmt: skip

_ATTRIBUTES: tuple[Part, ...] = ("letterhead", "number", "title", "to", "footer")
_ON_TOP = {
    "letterhead": "发文机关标志",
    "number": "编号",
    "title": "标题",
    "to": "主送",
    "footer": "页脚",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: which part of which block, and there which row and column, from 0."""

    part: Part
    block: int = -1
    row: int = -1
    column: int = -1
    key: str = ""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text as printed, its place, the value behind it, and what its column declares."""

    place: Place
    text: str
    value: Any = None
    kind: Kind | None = None
    sensitivity: Sensitivity = "public"
    label: str = ""


def texts_of(paper: Paper) -> Iterator[PlacedText]:
    """Give every text of a paper that is not blank, in reading order.

    Computed totals are left out, since they have no place of their own.
    """
    for part in _ATTRIBUTES:
        text = getattr(paper, part)
        if text:
            yield PlacedText(Place(part), text)
    for key, text in paper.meta.items():
        if text:
            yield PlacedText(Place("meta", key=key), text)
    for index, block in enumerate(paper.blocks):
        for placed in _texts_in(index, block):
            if placed.text:
                yield placed


def _texts_in(index: int, block: Block) -> Iterator[PlacedText]:
    match block:
        case Heading(text):
            yield PlacedText(Place("heading", index), text)
        case Paragraph(text):
            yield PlacedText(Place("text", index), text)
        case Table():
            yield from _texts_in_table(index, block)
        case FormGrid():
            yield from _texts_in_form(index, block)
        case Signature() | SignLines():
            yield from _texts_in_signing(index, block)
        case PhotoGrid(photos):
            for number, photo in enumerate(photos):
                yield PlacedText(Place("photo", index, number), photo.caption)
        case BarChart():
            yield from _texts_in_chart(index, block)


def _texts_in_table(index: int, table: Table) -> Iterator[PlacedText]:
    yield PlacedText(Place("caption", index), table.caption)
    yield PlacedText(Place("unit", index), table.unit)
    for number, column in enumerate(table.columns):
        yield PlacedText(Place("group", index, column=number), column.group)
        yield PlacedText(Place("label", index, column=number), column.label)
    for number, row in enumerate(table.rows):
        yield from row_texts(index, table.columns, number, row)
    if table.has_total:
        yield PlacedText(Place("total_label", index), table.total_label)
    for number, note in enumerate(table.notes):
        yield PlacedText(Place("note", index, number), note)


def row_texts(
    index: int, columns: tuple[Column, ...], number: int, row: Row
) -> Iterator[PlacedText]:
    """Give the cells of one table row, blank ones too."""
    for place, (column, value) in enumerate(zip(columns, row.cells, strict=True)):
        yield PlacedText(
            Place("cell", index, number, place),
            shown(column.kind, value, row.role),
            value,
            column.kind,
            column.sensitivity,
            column.label,
        )


def _texts_in_form(index: int, grid: FormGrid) -> Iterator[PlacedText]:
    for number, line in enumerate(grid.lines):
        label = ""
        for place, cell in enumerate(line):
            where = Place("form", index, number, place)
            yield PlacedText(where, cell.text, cell.text, cell.kind, cell.sensitivity, label)
            label = cell.text if cell.is_label else ""


def _texts_in_signing(index: int, block: Signature | SignLines) -> Iterator[PlacedText]:
    if isinstance(block, Signature):
        for number, issuer in enumerate(block.issuers):
            yield PlacedText(Place("issuer", index, number), issuer)
        yield PlacedText(Place("date", index), block.date)
        return
    for number, (what, name) in enumerate(block.entries):
        yield PlacedText(Place("what", index, number), what)
        yield PlacedText(Place("signer", index, number), name)


def _texts_in_chart(index: int, chart: BarChart) -> Iterator[PlacedText]:
    yield PlacedText(Place("chart", index), chart.title)
    for number, bar in enumerate(chart.bars):
        yield PlacedText(Place("bar", index, number), bar.label)
        yield PlacedText(Place("figure", index, number), bar.figure)
        for position, (name, _) in enumerate(bar.parts):
            yield PlacedText(Place("part", index, number, position), name)


def where(paper: Paper, place: Place) -> str:
    """Say in words where a text stands: 标题, 第 3 段, 表 1 第 3 行 电话."""
    if place.block < 0:
        return _ON_TOP.get(place.part, "文件属性")
    block = paper.blocks[place.block]
    number = sum(type(other) is type(block) for other in paper.blocks[: place.block + 1])
    match block:
        case Table():
            return f"表 {number}{_in_table(block, place)}"
        case FormGrid():
            return f"表格 {number} 第 {place.row + 1} 行{_after_label(block, place)}"
        case PhotoGrid():
            return f"第 {number} 组照片 第 {place.row + 1} 张"
        case _:
            return _IN_BLOCK[type(block)].format(number)


_IN_BLOCK: dict[type, str] = {
    Heading: "第 {} 个小标题",
    Paragraph: "第 {} 段",
    BarChart: "图 {}",
    Signature: "落款",
    SignLines: "签名栏",
}
_IN_TABLE = {
    "caption": " 表名",
    "unit": " 单位",
    "note": " 附注",
    "group": " 表头",
    "total_label": " 合计栏",
}


def _in_table(table: Table, place: Place) -> str:
    row = f" 第 {place.row + 1} 行" if place.part == "cell" and place.row >= 0 else ""
    column = f" {table.columns[place.column].label}" if place.column >= 0 else ""
    return _IN_TABLE.get(place.part, row + column)


def _after_label(grid: FormGrid, place: Place) -> str:
    """Name a value by the label before it."""
    line = grid.lines[place.row]
    before = line[place.column - 1] if place.column > 0 else None
    return f" {before.text}" if before is not None and before.is_label else ""
