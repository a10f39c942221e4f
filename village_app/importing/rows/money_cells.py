"""Cells with amounts of money, in the unit that the column's name or the sheet's head states."""

from __future__ import annotations

import re

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.domain.money import parse_money
from village_app.importing.rows.cleaning import (
    Circumstances,
    CleanCell,
    at_once,
    noted,
    noted_change,
    problem_of,
    raw_of,
)
from village_app.importing.rows.findings import Level
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.tables import Table
from village_app.importing.tables.targets import Target

_IN_HEAD = re.compile(r"单位[:：]\s*(?:人民币)?\s*(亿元|万元|千元|百元)")
_IN_NAME = re.compile(r"[(（【\[]?(?:单位[:：])?(亿元|万元|千元|百元)[)）】\]]?$")
_FACTORS = {"亿元": 10**8, "万元": 10**4, "千元": 10**3, "百元": 10**2}


def money_units(table: Table, target: Target) -> dict[tuple[int, int], tuple[str, int]]:
    """Give the unit of each money column that is not in 元, by part and column of the table."""
    money = {field.name for field in target.fields if field.kind.name == "money"}
    units = {}
    for number, part in enumerate(table.parts):
        in_head = next((found for text in part.titles if (found := _IN_HEAD.search(text))), None)
        for match in part.matching.columns:
            stated = _IN_NAME.search(match.heading.text) or in_head
            if match.field in money and stated:
                units[number, match.column] = (stated[1], _FACTORS[stated[1]])
    return units


def clean_money(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read an amount in 分; what is not an amount to the 分 is never rounded.

    An unreadable amount is an error: a sum of money that is passed over makes every total wrong.
    """
    level: Level = "error"
    settled = at_once(declared.name, source, level)
    if settled:
        return settled
    unit, factor = around.units.get((record.part, source.column), ("元", 1))
    try:
        fen = parse_money(raw_of(source.cell), factor)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, level),))
    if factor == 1 or fen is None:
        return CleanCell(fen, noted(declared, source, fen) if fen is not None else ())
    shown = declared.kind.show(fen)
    reason = f"表头写明单位是{unit}"
    return CleanCell(fen, noted_change(declared.name, source, source.text, shown, reason))
