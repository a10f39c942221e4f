"""A paper's text as people type it, and back: one line a paragraph, tables with ｜ between cells.

What cannot be typed (a chart, photographs, a table that a builder computed) stands as a line of
its own (【表1：付款明细】) and stays as it is; the signature is not part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from village_app.domain.kinds import (
    BANK_ACCOUNT,
    COUNT,
    DAY,
    IDENTITY_NUMBER,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
    Kind,
    Sensitivity,
    Unreadable,
)
from village_app.papers.blocks import (
    BarChart,
    Block,
    Column,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    PhotoGrid,
    Row,
    Signature,
    SignLines,
    Spacer,
    Table,
)
from village_app.papers.table_lines import shown

BAR = "｜"
_LINE = re.compile(r"^[｜|].*[｜|]?$")
_MOST_TYPED_ROWS = 300
_NAMES: dict[type, str] = {
    Table: "表",
    FormGrid: "表格",
    BarChart: "图",
    PhotoGrid: "照片",
    SignLines: "签名处",
    Spacer: "空行",
    PageBreak: "换页",
}
# What a column of a typed table holds, by its label; the first that fits.
_KINDS: tuple[tuple[str, Kind, Sensitivity], ...] = (
    (r"身份证|证件号", IDENTITY_NUMBER, "sensitive"),
    (r"银行|卡号|账号", BANK_ACCOUNT, "sensitive"),
    (r"电话|手机", PHONE, "sensitive"),
    (r"姓名|户主|接访人", PERSON_NAME, "personal"),
    (r"元|金额", MONEY, "public"),
    (r"日期|时间", DAY, "public"),
    (r"^序号$|人数|户数|数量|份数|票数", COUNT, "public"),
)


def write_body(paper: Paper) -> str:
    """Write a paper's blocks as text to be edited; see the module's first lines."""
    typed = _types_tables(paper)
    lines: list[str] = []
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Signature):
            continue
        if isinstance(block, Heading | Paragraph):
            lines.append(_one_line(block.text))
        elif isinstance(block, Table) and typed and _is_plain(block):
            lines += _table_lines(block)
        else:
            lines.append(_mark(paper, number))
    return "\n".join(lines)


def read_body(text: str, before: Paper) -> Paper:
    """Take typed text into a paper; blocks that were not touched stay the very same.

    A block whose line was deleted is left out. Table lines make a table with totals for its
    amounts; cells that cannot be read as their column's kind are kept as text.
    """
    marks = {
        _mark(before, at): block for at, block in enumerate(before.blocks) if type(block) in _NAMES
    }
    texts = {
        _one_line(block.text): block
        for block in before.blocks
        if isinstance(block, Heading | Paragraph)
    }
    tables = iter([block for block in before.blocks if isinstance(block, Table)])
    blocks: list[Block] = []
    for lines in _gathered(text):
        if _LINE.match(lines[0]):
            blocks.append(_read_table(lines, next(tables, None)))
            continue
        line = lines[0]
        blocks.append(marks.get(line) or texts.get(line) or Paragraph(line))
    blocks += [block for block in before.blocks if isinstance(block, Signature)]
    return replace(before, blocks=tuple(blocks))


def issuers_of(paper: Paper) -> tuple[str, ...]:
    """Give who signs a paper."""
    for block in paper.blocks:
        if isinstance(block, Signature):
            return block.issuers
    return ()


def with_issuers(paper: Paper, issuers: tuple[str, ...]) -> Paper:
    """Let others sign; a paper without a signature stays without one."""
    return replace(
        paper,
        blocks=tuple(
            replace(block, issuers=issuers) if isinstance(block, Signature) else block
            for block in paper.blocks
        ),
    )


def _types_tables(paper: Paper) -> bool:
    """Tell whether tables may be typed over: never those that a builder made from records."""
    return "sheet" not in paper.meta


def _is_plain(table: Table) -> bool:
    return (
        len(table.rows) <= _MOST_TYPED_ROWS
        and table.group_by is None
        and not table.notes
        and all(row.role == "data" for row in table.rows)
        and not any(column.group for column in table.columns)
    )


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _mark(paper: Paper, at: int) -> str:
    block = paper.blocks[at]
    name = _NAMES[type(block)]
    number = sum(type(one) is type(block) for one in paper.blocks[: at + 1])
    about = ""
    if isinstance(block, Table):
        about = block.caption or f"{len(block.rows)}行"
    elif isinstance(block, BarChart):
        about = block.title
    elif isinstance(block, PhotoGrid):
        about = f"{len(block.photos)}张"
    return f"【{name}{number}：{about}】" if about else f"【{name}{number}】"


def _table_lines(table: Table) -> Iterator[str]:
    yield _bars(column.label for column in table.columns)
    for row in table.rows:
        yield _bars(
            _one_line(shown(column.kind, cell)).replace(BAR, " ")
            for column, cell in zip(table.columns, row.cells, strict=True)
        )


def _bars(cells: Any) -> str:
    return BAR + BAR.join(cells) + BAR


def _gathered(text: str) -> Iterator[list[str]]:
    """Give the lines, those of one table together; empty lines part tables and say no more."""
    table: list[str] = []
    for raw in text.splitlines():
        line = raw.strip()
        if line and ("\t" in raw or _LINE.match(line)):
            table.append(BAR + line.replace("\t", BAR) + BAR if "\t" in raw else line)
            continue
        if table:
            yield table
            table = []
        if line:
            yield [line]
    if table:
        yield table


def _cells(line: str) -> list[str]:
    inner = line.replace("|", BAR)
    inner = inner.removeprefix(BAR).removesuffix(BAR)
    return [cell.strip() for cell in inner.split(BAR)]


def _read_table(lines: list[str], before: Table | None) -> Table:
    labels = _cells(lines[0])
    known = {column.label: column for column in before.columns} if before else {}
    columns = [known.get(label) or _column(label) for label in labels]
    rows = [_fitted(_cells(line), len(labels)) for line in lines[1:]]
    columns = [_readable(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    values = tuple(
        Row(tuple(_value(column, cell) for column, cell in zip(columns, row, strict=True)))
        for row in rows
    )
    money = [at for at, column in enumerate(columns) if column.kind.name == MONEY.name]
    columns = [replace(c, total="sum") if at in money else c for at, c in enumerate(columns)]
    return Table(
        tuple(columns),
        values,
        caption=before.caption if before else "",
        has_total=bool(money),
        in_words=money[0] if len(money) == 1 else None,
    )


def _fitted(cells: list[str], count: int) -> list[str]:
    """Give exactly one text a column; what is too much is joined to the last."""
    if len(cells) > count:
        cells = [*cells[: count - 1], " ".join(cells[count - 1 :])]
    return cells + [""] * (count - len(cells))


def _column(label: str) -> Column:
    for pattern, kind, sensitivity in _KINDS:
        if re.search(pattern, label):
            return Column(label, kind, sensitivity)
    return Column(label, TEXT)


def _readable(column: Column, cells: list[str]) -> Column:
    """Keep a column's kind only where every cell can be read as it."""
    try:
        for cell in cells:
            column.kind.parse(cell)
    except Unreadable:
        return replace(column, kind=TEXT, total=None)
    return column


def _value(column: Column, cell: str) -> Any:
    return column.kind.parse(cell) if cell else None
