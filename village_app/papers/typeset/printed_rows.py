"""The rows that are printed: the data, with sub-totals, sections and the total computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from village_app.papers.blocks import Column, Row, Table
from village_app.papers.typeset.columns import shown

PrintedRole = Literal["data", "subtotal", "section", "total", "words"]
SUBTOTAL_LABEL = "小计"


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One printed row: texts of its cells; for totals the first `label_span` cells are one."""

    texts: tuple[str, ...]
    role: PrintedRole = "data"
    label_span: int = 1
    starts_page: bool = False


@dataclass(slots=True)
class _Sum:
    """Running totals of the columns that have one; only rows of data count."""

    columns: tuple[Column, ...]
    sums: dict[int, int] = field(default_factory=dict)
    count: int = 0

    def add(self, row: Row) -> None:
        self.count += 1
        for index, column in enumerate(self.columns):
            value = row.cells[index]
            if column.total == "sum" and value is not None:
                self.sums[index] = self.sums.get(index, 0) + value

    def row(self, label: str, role: PrintedRole) -> PrintedRow:
        span = next((i for i, column in enumerate(self.columns) if column.total), 1) or 1
        texts = [label] + [""] * (len(self.columns) - 1)
        for index, column in enumerate(self.columns):
            if column.total == "sum":
                texts[index] = shown(column, self.sums.get(index, 0))
            elif column.total == "count":
                texts[index] = str(self.count)
        return PrintedRow(tuple(texts), role, label_span=span)


def printed_rows(table: Table) -> Iterator[PrintedRow]:
    """Stream what is printed row by row; totals are sums of the values, never typed."""
    total, group = _Sum(table.columns), _Sum(table.columns)
    current: object = None
    for row in table.rows:
        starts_page = False
        if row.role == "data" and table.group_by is not None:
            key = row.cells[table.group_by]
            if group.count and key != current:
                yield group.row(_group_label(table, current), "subtotal")
                group = _Sum(table.columns)
                starts_page = table.page_per_group
            current = key
        yield PrintedRow(_texts(table, row), row.role, starts_page=starts_page)
        if row.role == "data":
            total.add(row)
            group.add(row)
    if table.group_by is not None and group.count:
        yield group.row(_group_label(table, current), "subtotal")
    if table.has_total:
        yield total.row(table.total_label, "total")


def column_sum(table: Table, index: int) -> int:
    """Add up one column over the rows of data."""
    values = (row.cells[index] for row in table.rows if row.role == "data")
    return sum(value for value in values if value is not None)


def _texts(table: Table, row: Row) -> tuple[str, ...]:
    if row.role == "section":
        return (str(row.cells[0]),)
    return tuple(
        shown(column, value) for column, value in zip(table.columns, row.cells, strict=True)
    )


def _group_label(table: Table, value: object) -> str:
    assert table.group_by is not None
    text = shown(table.columns[table.group_by], value)
    return f"{text}{SUBTOTAL_LABEL}"
