"""Cells that say how somebody is related to the head of the household."""

from __future__ import annotations

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.domain.relations import HEAD, read_relation
from village_app.importing.rows.cleaning import (
    Circumstances,
    CleanCell,
    at_once,
    noted,
    problem_of,
    raw_of,
)
from village_app.importing.rows.findings import Problem
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.line_texts import compact

YES = frozenset({"是", "√", "✓", "✔"})
CHILDREN = frozenset({"子女", "儿女", "孩子", "小孩"})
"""Words for a child of either sex; the sex settles them."""


def clean_relation(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a relation in words or code; what needs the ages of both (媳妇) is left open.

    An open word is handed on under `also`; the household settles it.
    """
    del record
    settled = at_once(declared.name, source, "warning")
    if settled:
        return settled
    text = source.text
    if compact(text) in YES:  # a column 是否户主
        return CleanCell(HEAD, noted(declared, source, HEAD))
    if compact(text) in CHILDREN:
        return _left_open(declared.name, text, f"“{text}”没有分子或女，请选一个。")
    two_digits = declared.name in around.two_digit_codes
    try:
        relation = read_relation(raw_of(source.cell), two_digit_codes=two_digits)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "warning"),))
    if relation is None or relation.code is None:
        choices = "、".join(
            declared.kind.show(code) for code in (relation.asks if relation else ())
        )
        return _left_open(declared.name, text, f"“{text}”可能是{choices}，请选一个。")
    return CleanCell(relation.code, noted(declared, source, relation.code))


def _left_open(name: str, text: str, message: str) -> CleanCell:
    problem = Problem(name, "warning", "ambiguous_relation", message)
    return CleanCell(problems=(problem,), also=(text,))
