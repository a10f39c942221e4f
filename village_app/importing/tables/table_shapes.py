"""What shape a found table has, and which sheets belong together because each is one group."""

from __future__ import annotations

from dataclasses import replace

from village_app.importing.tables.groups import group_in_title, is_place_name, without_group
from village_app.importing.tables.layouts import Layout
from village_app.importing.tables.tables import Table, TablePart
from village_app.importing.tables.targets import Target


def layouts_of(parts: list[TablePart], target: Target) -> tuple[Layout, ...]:
    """Name the shapes that a table has; a plain list has one, a stacked block list several."""
    first = parts[0]
    kinds = {target.field(name).kind.name for name in first.matching.fields}
    signed = any(match.role == "signature" for match in first.matching.columns)
    sheets = {part.sheet for part in parts}
    latin = [heading for heading in first.headings if heading.leaf and heading.leaf.isascii()]
    features = {
        Layout.MEMBERS_IN_COLUMNS: first.members is not None,
        Layout.HOUSEHOLD_BLOCKS: first.members is None and _has_blocks(first),
        Layout.STACKED_HEADER: len(first.header_rows) > 1,
        Layout.SHEET_PER_GROUP: len(sheets) > 1,
        Layout.SIDE_BY_SIDE: len(sheets) == 1 and len(parts) > 1,
        Layout.PAGED: any(part.paged for part in parts),
        Layout.PAYMENT_LIST: "bank_account" in kinds or ("money" in kinds and signed),
        Layout.SYSTEM_EXPORT: len(latin) * 2 > len(first.headings) > 0,
    }
    found = tuple(layout for layout, present in features.items() if present)
    by_line = {Layout.MEMBERS_IN_COLUMNS, Layout.HOUSEHOLD_BLOCKS}.isdisjoint(found)
    return (Layout.PERSON_ROWS, *found) if by_line else found


def _has_blocks(part: TablePart) -> bool:
    """Tell whether cells are merged downwards over several records."""
    rows = frozenset(part.records)
    merges = part.surface.sheet.merges
    return any(
        merge.last_row > merge.first_row and merge.first_row in rows and merge.last_row in rows
        for merge in merges
    )


def join_group_sheets(tables: list[Table]) -> list[Table]:
    """Offer sheets that are named after groups as one list, before each by itself.

    Their headers may differ a little. Of a sheet with several tables the best one counts. Where a
    group has several sheets (一组户籍, 一组党员), each kind of sheet makes a list of its own.
    """
    best: dict[str, Table] = {}
    for table in sorted(tables, key=lambda table: -table.score):
        if _group_of(table):
            best.setdefault(table.sheet, table)
    named = [table for table in tables if best.get(table.sheet) is table]
    groups = {_group_of(table) for table in named}
    lists: dict[str, list[Table]] = {}
    for table in named:
        kind = without_group(table.sheet) if len(groups) < len(named) else ""
        lists.setdefault(kind, []).append(table)
    joined = [_joined(alike) for alike in lists.values() if len(alike) > 1]
    return [*joined, *tables]


def _group_of(table: Table) -> str | None:
    return group_in_title(table.sheet) or (table.sheet if is_place_name(table.sheet) else None)


def _joined(tables: list[Table]) -> Table:
    parts = tuple(part for table in tables for part in table.parts)
    layouts = dict.fromkeys(layout for table in tables for layout in table.layouts)
    reasons = (f"{len(tables)} 张表各是一个小组，一起导入", *tables[0].reasons)
    score = round(max(table.score for table in tables) + len(tables), 2)
    return replace(
        tables[0],
        parts=parts,
        layouts=(*layouts, Layout.SHEET_PER_GROUP),
        score=score,
        reasons=reasons,
    )
