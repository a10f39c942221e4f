"""Cells with telephone numbers: several in one, between words, damaged."""

from __future__ import annotations

import re

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.domain.phones import read_phone, split_phones
from village_app.domain.texts import fold_width
from village_app.importing.rows.cleaning import (
    DAMAGED_MESSAGE,
    Circumstances,
    CleanCell,
    at_once,
    is_damaged,
    noted_change,
    problem_of,
    raw_of,
)
from village_app.importing.rows.findings import Problem
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source

_PLAIN_MOBILE = re.compile(r"1[3-9]\d{9}")
_BETWEEN_WORDS = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?[2-8]\d{6,7}(?!\d)")


def clean_phone(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read one or several numbers of a cell: the first good one is kept, the others handed on."""
    del record, around
    text, name = source.text, declared.name
    if _PLAIN_MOBILE.fullmatch(text):
        return CleanCell(text, noted_change(name, source, text, text, ""))
    settled = at_once(name, source, "warning")
    if settled:
        return settled
    if is_damaged(source.cell):
        return CleanCell(problems=(Problem(name, "error", "damaged", DAMAGED_MESSAGE),))
    numbers, troubles = _phones(raw_of(source.cell))
    problems = [problem_of(name, trouble, "warning") for trouble in troubles]
    if not numbers:
        return CleanCell(problems=tuple(problems))
    first = next((number for number in numbers if len(number) == 11), numbers[0])
    others = tuple(number for number in numbers if number != first)
    if others:
        message = f"一格里有 {len(numbers)} 个号码，先收 {first}，另有 {'、'.join(others)}。"
        problems.append(Problem(name, "warning", "several_phones", message))
    return CleanCell(
        first, noted_change(name, source, text, first, ""), tuple(problems), also=others
    )


def _phones(raw: object) -> tuple[list[str], list[Unreadable]]:
    """Read all numbers of a cell: as one, else split, else picked out from between words."""
    try:
        alone = read_phone(raw)
    except Unreadable as unreadable:
        if not isinstance(raw, str):
            return [], [unreadable]
        numbers, troubles = _split_phones(raw)
        if troubles:
            picked = _BETWEEN_WORDS.findall(re.sub(r"(?<=\d)[ -](?=\d)", "", fold_width(raw)))
            if picked and not numbers:
                return list(dict.fromkeys(picked)), []
        return numbers, troubles
    return [alone] if alone else [], []


def _split_phones(text: str) -> tuple[list[str], list[Unreadable]]:
    numbers: dict[str, None] = {}
    troubles: list[Unreadable] = []
    for part in split_phones(text):
        try:
            number = read_phone(part)
        except Unreadable as unreadable:
            troubles.append(unreadable)
        else:
            if number:
                numbers[number] = None
    return list(numbers), troubles
