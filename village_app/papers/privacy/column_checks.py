"""Checks of table columns and form cells by what they declare: kind, sensitivity, head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from village_app.domain.identity import birth_of, is_valid
from village_app.domain.kinds import TEXT
from village_app.domain.masking import STAR, keep_ends, mask_birth
from village_app.domain.masking_policies import (
    PersonalData,
    must_leave_out,
    public_name,
    public_value,
)
from village_app.domain.person_names import is_masked_name
from village_app.papers.blocks import Column, FormCell, FormGrid, Paper, Row, Table
from village_app.papers.edits import LeaveOutColumn, LeaveOutRow, Rewrite
from village_app.papers.masking_faces import named_apart
from village_app.papers.places import Place
from village_app.papers.privacy.columns import (
    column_of,
    data_of,
    is_age,
    is_judged_by_column,
    is_never_public,
    is_person,
)
from village_app.papers.privacy.findings import Suspicion
from village_app.papers.privacy.surroundings import Situation
from village_app.papers.table_lines import shown

_WRITTEN_DAY = re.compile(r"((?:19|20)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})")
_WRITTEN_MONTH = re.compile(r"((?:19|20)\d\d)[年./-]\d{1,2}")
_MOST_SHOWN = 10
_CODES = {"birth": "birth", "address": "house_number"}


def check_columns(paper: Paper, situation: Situation) -> Iterator[Suspicion]:
    """Check every column of every table against the policy of the notice."""
    for index, block in enumerate(paper.blocks):
        if isinstance(block, Table):
            for number, column in enumerate(block.columns):
                yield from _check_column(index, block, number, column, situation)
        elif isinstance(block, FormGrid):
            yield from _check_form(index, block, situation)


def _check_column(
    index: int, table: Table, number: int, column: Column, situation: Situation
) -> Iterator[Suspicion]:
    place = Place("cell", index, -1, number)
    leave_out = (LeaveOutColumn(index, number),)
    if is_never_public(column):
        yield Suspicion("never_column", place, column.label, "删去这一栏", leave_out)
        return
    data = data_of(column)
    if data is None or (data == "phone" and not is_judged_by_column(column)):
        return
    if situation.policy.hides(data):
        yield Suspicion("hidden_column", place, column.label, "删去这一栏", leave_out)
    if data == "name":
        yield from _check_names(index, table, number, situation)
    else:
        yield from _check_values(index, table, number, data, situation)


def _check_names(
    index: int, table: Table, number: int, situation: Situation
) -> Iterator[Suspicion]:
    """Find full names where the policy masks them; what is offered tells namesakes apart."""
    if situation.policy.name == "full":
        return
    offered = named_apart(table, number, situation.policy, situation.around.consenting)
    for row, name in _data_cells(table, number):
        new = offered[row]
        if is_masked_name(name) or new == name or not is_person(table.columns[number], name):
            continue
        place = Place("cell", index, row, number)
        if new is None:
            remedy, edit = "删去这一行", LeaveOutRow(index, row)
            yield Suspicion("full_name", place, keep_ends(name, 1, 0), remedy, (edit,))
        else:
            yield Suspicion("full_name", place, new, f"改为 {new}", (Rewrite(place, "", new),))


def _check_values(
    index: int, table: Table, number: int, data: PersonalData, situation: Situation
) -> Iterator[Suspicion]:
    code = _CODES.get(data, "unmasked")
    for row, text in _data_cells(table, number):
        masked = _masked(data, text, situation)
        if masked is not None and masked != text:
            place = Place("cell", index, row, number)
            yield Suspicion(code, place, masked, f"改为 {masked}", (Rewrite(place, "", masked),))


def _data_cells(table: Table, number: int) -> Iterator[tuple[int, str]]:
    kind = table.columns[number].kind
    for index, row in enumerate(table.rows):
        if row.role == "data" and row.cells[number] not in (None, ""):
            yield index, shown(kind, row.cells[number])


def _masked(data: PersonalData, text: str, situation: Situation) -> str | None:
    """Write a cell as the policy wants it; None where it stands right or says nothing."""
    policy = situation.policy
    if data == "birth":
        return _masked_birth(text, situation)
    if data == "address":
        return None if policy.address == "full" else _masked_address(text, situation)
    if getattr(policy, data) == "full" or situation.around.allows(text):
        return None
    shown_digits = sum(mark.isalnum() for mark in text)
    if shown_digits < 5 or (STAR in text and shown_digits <= _MOST_SHOWN):
        return None
    return public_value(policy, data, text) or STAR * len(text)


def _masked_birth(text: str, situation: Situation) -> str | None:
    if situation.policy.birth == "full":
        return None
    day = _written_day(text)
    if day is None:
        month = _WRITTEN_MONTH.search(text)
        return f"{month[1]}年" if month else None
    if situation.policy.birth == "age":
        return mask_birth(day, "age", situation.today)
    return mask_birth(day)


def _masked_address(text: str, situation: Situation) -> str | None:
    if STAR in text or not re.search(r"\d", text):
        return None
    return public_value(situation.policy, "address", text) or STAR * 3


def _check_form(index: int, grid: FormGrid, situation: Situation) -> Iterator[Suspicion]:
    """Check the values of a form by their kind and by the label before them."""
    for row, line in enumerate(grid.lines):
        for place, cell in enumerate(line):
            label = line[place - 1].text if place and line[place - 1].is_label else ""
            if not cell.is_label and cell.text:
                column = Column(label, cell.kind or TEXT, cell.sensitivity)
                yield from _check_value(Place("form", index, row, place), column, cell, situation)


def _check_value(
    place: Place, column: Column, cell: FormCell, situation: Situation
) -> Iterator[Suspicion]:
    if is_never_public(column):
        yield Suspicion(
            "never_column", place, column.label, "清空这一格", (Rewrite(place, "", ""),)
        )
        return
    data = data_of(column)
    if data == "name":
        masked = public_name(
            situation.policy, cell.text, consents=cell.text in situation.around.consenting
        )
        new = "" if masked is None else masked
        is_right = new == cell.text or is_masked_name(cell.text) or not is_person(column, cell.text)
        code = "full_name"
    else:
        wanted = None if data is None else _masked(data, cell.text, situation)
        new = wanted or ""
        is_right = wanted is None or wanted == cell.text
        code = _CODES.get(data or "", "unmasked")
    if not is_right:
        remedy = f"改为 {new}" if new else "清空这一格"
        yield Suspicion(code, place, new or STAR, remedy, (Rewrite(place, "", new),))


def check_children(paper: Paper, situation: Situation) -> Iterator[Suspicion]:
    """Find the rows of children: told by the village, by birth date, by age, by name."""
    for index, block in enumerate(paper.blocks):
        if not isinstance(block, Table):
            continue
        names = column_of(block.columns, "name")
        telling = [
            (place, column, is_age(column))
            for place, column in enumerate(block.columns)
            if is_age(column) or data_of(column) in ("birth", "identity")
        ]
        for number, row in enumerate(block.rows):
            if row.role != "data":
                continue
            name = shown(block.columns[names].kind, row.cells[names]) if names is not None else ""
            if name in situation.around.guardians_consent:
                continue
            where = Place("cell", index, number, names or 0)
            yield from _check_row(where, row, telling, name, situation)


def _check_row(
    where: Place,
    row: Row,
    telling: list[tuple[int, Column, bool]],
    name: str,
    situation: Situation,
) -> Iterator[Suspicion]:
    leave_out = (LeaveOutRow(where.block, where.row),)
    for place, column, tells_age in telling:
        if _is_young(row.cells[place], situation, tells_age=tells_age):
            there = replace(where, column=place)
            yield Suspicion("child", there, column.label, "删去这一行", leave_out)
            return
    if (where.block, where.row) in situation.around.child_rows:
        yield Suspicion("child", where, "未成年人", "删去这一行", leave_out)
    elif name and name in situation.around.child_names:
        yield Suspicion("child_name", where, keep_ends(name, 1, 0), "删去这一行", leave_out)


def _is_young(value: object, situation: Situation, *, tells_age: bool) -> bool:
    """Tell whether an age, a birth date or an identity number is that of a child."""
    policy = situation.policy
    if tells_age:
        digits = re.match(r"\d{1,3}", str(value or ""))
        return digits is not None and int(digits[0]) < policy.child_age
    birth = value if isinstance(value, date) else _birth_in(str(value or ""))
    return must_leave_out(policy, birth, situation.today)


def _birth_in(text: str) -> date | None:
    return birth_of(text) if is_valid(text) else _written_day(text)


def _written_day(text: str) -> date | None:
    found = _WRITTEN_DAY.search(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
