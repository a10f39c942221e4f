"""What a paper says, line by line without any layout: the one source of all its voices.

Loudspeaker, WeChat, board and large print are all made from these lines, so that no figure can
come out differently in one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from village_app.papers.blocks import (
    BarChart,
    Block,
    Column,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    PhotoGrid,
    Signature,
    Table,
)
from village_app.papers.chart_text import value_text
from village_app.papers.table_lines import Role, lines_of, shown_in

Sort = Literal["title", "number", "to", "heading", "text", "row", "total", "note", "signed"]

_RUNNING_NUMBER = "序号"
_UNIT = re.compile(r"（(元|万元|人|户|亩|平方米|宗|件|份|小时|分|次|天|岁|盏|公斤)）$")
_SAID_WITHOUT_LABEL = ("person_name", "text", "long_text", "choice")


@dataclass(frozen=True, slots=True)
class Saying:
    """One line of what a paper says, and what sort of line it is."""

    sort: Sort
    text: str


def sayings_of(paper: Paper) -> Iterator[Saying]:
    """Give title, number, 主送 and every block's lines in order; lines to be signed stay out."""
    yield Saying("title", paper.title)
    if paper.number:
        yield Saying("number", paper.number)
    if paper.to:
        yield Saying("to", f"{paper.to.rstrip(' :：')}：")
    for block in paper.blocks:
        yield from _said_by(block)


def _said_by(block: Block) -> Iterator[Saying]:
    match block:
        case Heading(text):
            yield Saying("heading", text)
        case Paragraph(text):
            yield from (Saying("text", line) for line in text.split("\n") if line.strip())
        case Table():
            yield from _said_by_table(block)
        case FormGrid():
            yield from _said_by_form(block)
        case BarChart():
            yield from _said_by_chart(block)
        case PhotoGrid(photos):
            yield from (Saying("note", photo.caption) for photo in photos if photo.caption)
        case Signature():
            yield from (Saying("signed", issuer) for issuer in block.issuers)
            yield Saying("signed", block.date)


def _said_by_table(table: Table) -> Iterator[Saying]:
    if table.caption:
        yield Saying("heading", table.caption)
    for line in lines_of(table):
        text = _line_text(table.columns, line.cells, line.role)
        if text:
            yield Saying("total" if line.role in ("subtotal", "total") else "row", text)
    yield from (Saying("note", note) for note in table.notes)


def _line_text(columns: tuple[Column, ...], cells: tuple[Any, ...], role: Role) -> str:
    """Write one line of a table as words: names alone, figures with their heads and units."""
    number = ""
    parts = []
    for column, value in zip(columns, cells, strict=True):
        shown = shown_in(column, value, role)
        if not shown:
            continue
        if column.label == _RUNNING_NUMBER and role == "data":
            number = f"{shown}、"
        else:
            parts.append(shown if _stands_alone(column, value, role) else _named(column, shown))
    return number + "，".join(parts) if parts else ""


def _stands_alone(column: Column, value: Any, role: Role) -> bool:
    """Tell whether a cell needs no head before it: names, words, and labels of totals."""
    is_word = isinstance(value, str)
    return is_word and (role != "data" or column.kind.name in _SAID_WITHOUT_LABEL)


def _named(column: Column, shown: str) -> str:
    """Put the column's head before a cell and its unit behind: 月保障金780.00元."""
    unit = _UNIT.search(column.label)
    label = _UNIT.sub("", column.label).replace("\n", "")
    suffix = unit[1] if unit else "元" if column.kind.name == "money" else ""
    return f"{label}{shown}{suffix}"


def _said_by_form(grid: FormGrid) -> Iterator[Saying]:
    for line in grid.lines:
        label = ""
        for cell in line:
            if cell.is_label:
                label = cell.text.replace("\n", "")
            elif cell.text:
                yield Saying("row", f"{label}：{cell.text}" if label else cell.text)
                label = ""


def _said_by_chart(chart: BarChart) -> Iterator[Saying]:
    yield Saying("heading", chart.title)
    for bar in chart.bars:
        parts = "，".join(f"{name}{value_text(chart.kind, value)}" for name, value in bar.parts)
        figure = f"{bar.figure}，" if bar.figure and bar.figure != parts else ""
        yield Saying("row", f"{bar.label}：{figure}{parts}")
