"""The lines of a table as every writer sets them: data, sub-totals and the total, all computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from village_app.domain.kinds import Kind
from village_app.domain.money_words import in_words
from village_app.papers.blocks import Column, Row, Table

Role = Literal["data", "subtotal", "section", "total"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line under the head; `starts_page` asks for a new page before it."""

    role: Role
    cells: tuple[Any, ...]
    starts_page: bool = False


def lines_of(table: Table) -> Iterator[Line]:
    """Give the lines of a table in order, with a sub-total after each group and the total last.

    Sub-totals and totals are computed from the data rows alone; rows that already carry the role
    of a sub-total or a section pass through and are never added up.
    """
    group: list[Row] = []
    for row in table.rows:
        if table.group_by is None or row.role != "data":
            yield Line(row.role, row.cells)
            continue
        starts_page = False
        if group and group[-1].cells[table.group_by] != row.cells[table.group_by]:
            yield _subtotal(table, group)
            group = []
            starts_page = table.page_per_group
        group.append(row)
        yield Line("data", row.cells, starts_page)
    if group:
        yield _subtotal(table, group)
    if table.has_total:
        yield Line("total", totals_of(table))


def totals_of(table: Table) -> tuple[Any, ...]:
    """Compute the total line: sums and counts by each column's rule, the label in its place."""
    data = [row for row in table.rows if row.role == "data"]
    return _labelled(table, _added_up(table.columns, data), table.total_label)


def column_total(table: Table, index: int) -> Any:
    """Compute one column's total over the data rows by the column's own rule, None without one."""
    data = [row for row in table.rows if row.role == "data"]
    return _total(table.columns[index], [row.cells[index] for row in data])


def amount_in_words(table: Table) -> str:
    """Write the line 合计金额（大写） for the money column that asks for it; blank without one."""
    if table.in_words is None:
        return ""
    total = column_total(table, table.in_words)
    return f"{table.total_label}金额（大写）：{in_words(total)}"


def shown(kind: Kind, value: Any, role: Role = "data") -> str:
    """Write a cell as it is printed; in lines that are not data a text is a label and stays."""
    if value is None:
        return ""
    if isinstance(value, str) and (role != "data" or kind.storage == "integer"):
        return value
    return kind.show(value)


def shown_in(column: Column, value: Any, role: Role = "data") -> str:
    """Write a cell of a column as it is printed; a count of rows is a plain number."""
    if role in ("subtotal", "total") and column.total == "count" and isinstance(value, int):
        return str(value)
    return shown(column.kind, value, role)


def _subtotal(table: Table, group: list[Row]) -> Line:
    assert table.group_by is not None
    column = table.columns[table.group_by]
    name = shown(column.kind, group[0].cells[table.group_by])
    return Line("subtotal", _labelled(table, _added_up(table.columns, group), f"{name}小计"))


def _added_up(columns: Sequence[Column], rows: Sequence[Row]) -> list[Any]:
    return [
        _total(column, [row.cells[index] for row in rows]) for index, column in enumerate(columns)
    ]


def _total(column: Column, values: list[Any]) -> Any:
    if column.total == "sum":
        return sum(value for value in values if value is not None)
    if column.total == "count":
        return len(values)
    return None


def _labelled(table: Table, cells: list[Any], label: str) -> tuple[Any, ...]:
    """Put the label into the first column without a total; without one it stays unsaid."""
    for index, column in enumerate(table.columns):
        if column.total is None:
            cells[index] = label
            break
    return tuple(cells)
