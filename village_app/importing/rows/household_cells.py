"""Cells that place a household: its number, its village group."""

from __future__ import annotations

import re

from village_app.domain.kinds import FieldDeclaration
from village_app.domain.texts import fold_width
from village_app.importing.rows.cleaning import (
    DAMAGED_MESSAGE,
    Circumstances,
    CleanCell,
    at_once,
    became_date,
    is_damaged,
    noted_change,
)
from village_app.importing.rows.findings import Problem
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.groups import usual_group_name


def clean_group(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a group's name and write numbered groups as they are said: 第三村民小组 → 三组."""
    del record, around
    settled = at_once(declared.name, source, "warning")
    if settled:
        return settled
    text = source.text
    name = usual_group_name(text.removesuffix(".0"))
    return CleanCell(name, noted_change(declared.name, source, text, name, "统一小组的叫法"))


def clean_household_number(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a household number; a date it was turned into and lost noughts are never guessed at."""
    del record
    name, text = declared.name, source.text.removesuffix(".0")
    settled = at_once(name, source, "warning") or became_date(name, source)
    if settled:
        return settled
    if is_damaged(source.cell):
        return CleanCell(problems=(Problem(name, "error", "damaged", DAMAGED_MESSAGE),))
    number = fold_width(re.sub(r"\s+", "", text)).lstrip("'")
    width = around.padded.get(name, 0)
    problems: tuple[Problem, ...] = ()
    if source.cell.kind == "number" and len(number) < width:
        message = f"别的{declared.label}有 {width} 位，“{number}”前面的 0 可能丢了，请核对。"
        problems = (Problem(name, "warning", "zeros_lost", message),)
    return CleanCell(number, noted_change(name, source, source.text, number, ""), problems)
