"""Checks of table columns and form cells by what they declare: kind, sensitivity, head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from village_app.domain.identity import birth_of, is_valid
from village_app.domain.masking import STAR, keep_ends, mask_birth
from village_app.domain.masking_policies import PersonalData, must_leave_out, public_value
from village_app.domain.person_names import is_masked_name
from village_app.papers.blocks import Column, FormGrid, Paper, Row, Table
from village_app.papers.edits import LeaveOutColumn, LeaveOutRow, Rewrite
from village_app.papers.masking_faces import named_apart
from village_app.papers.places import Place
from village_app.papers.privacy.columns import (
    column_of,
    data_of,
    is_age,
    is_judged_by_column,
    is_never_public,
)
from village_app.papers.privacy.findings import Suspicion
from village_app.papers.privacy.rules import gate_rules
from village_app.papers.privacy.surroundings import Situation
from village_app.papers.table_lines import shown

_WRITTEN_DAY = re.compile(r"((?:19|20)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})")
_MOST_SHOWN = 10


def check_columns(paper: Paper, situation: Situation) -> Iterator[Suspicion]:
    """Check every column of every table against the policy of the notice."""
    for index, block in enumerate(paper.blocks):
        if isinstance(block, Table):
            for number, column in enumerate(block.columns):
                yield from _check_column(index, block, number, column, situation)
        elif isinstance(block, FormGrid):
            yield from _check_form(index, block)


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
        if is_masked_name(name) or new == name:
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
    code = {"birth": "birth", "address": "house_number"}.get(data, "unmasked")
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
    day = _written_day(text)
    if day is None or situation.policy.birth == "full":
        return None
    if situation.policy.birth == "age":
        return mask_birth(day, "age", situation.today)
    return mask_birth(day)


def _masked_address(text: str, situation: Situation) -> str | None:
    if STAR in text or not re.search(r"\d", text):
        return None
    return public_value(situation.policy, "address", text) or STAR * 3


def _check_form(index: int, grid: FormGrid) -> Iterator[Suspicion]:
    """Check the values of a form by the label before them."""
    for row, line in enumerate(grid.lines):
        for place, cell in enumerate(line[1:], start=1):
            label = line[place - 1]
            if not label.is_label or cell.is_label or not cell.text:
                continue
            where = Place("form", index, row, place)
            clear = (Rewrite(where, "", ""),)
            if _is_never(label.text) or cell.sensitivity == "sensitive":
                yield Suspicion("never_column", where, label.text, "清空这一格", clear)


def _is_never(label: str) -> bool:
    return any(word in label for word in gate_rules().columns["never"])


def check_children(paper: Paper, situation: Situation) -> Iterator[Suspicion]:
    """Find the rows of children: told by the village, by birth date, by age, by name."""
    for index, block in enumerate(paper.blocks):
        if not isinstance(block, Table):
            continue
        names = column_of(block.columns, "name")
        for number, row in enumerate(block.rows):
            if row.role != "data":
                continue
            name = shown(block.columns[names].kind, row.cells[names]) if names is not None else ""
            if name in situation.around.guardians_consent:
                continue
            yield from _check_row(index, number, block, row, name, situation)


def _check_row(
    index: int, number: int, table: Table, row: Row, name: str, situation: Situation
) -> Iterator[Suspicion]:
    leave_out = (LeaveOutRow(index, number),)
    told = (index, number) in situation.around.child_rows
    for place, column in enumerate(table.columns):
        young = _young(column, row.cells[place], situation)
        if young:
            where = Place("cell", index, number, place)
            yield Suspicion("child", where, young, "删去这一行", leave_out)
            return
    where = Place("cell", index, number, column_of(table.columns, "name") or 0)
    if told:
        yield Suspicion("child", where, "未成年人", "删去这一行", leave_out)
    elif name and name in situation.around.child_names:
        yield Suspicion("child_name", where, keep_ends(name, 1, 0), "删去这一行", leave_out)


def _young(column: Column, value: object, situation: Situation) -> str:
    """Say how a cell tells that somebody is a child; blank where it does not."""
    policy = situation.policy
    data = data_of(column)
    if data in ("birth", "identity"):
        birth = value if isinstance(value, date) else _birth_in(str(value or ""))
        return column.label if must_leave_out(policy, birth, situation.today) else ""
    if is_age(column):
        digits = re.match(r"\d{1,3}", str(value or ""))
        if digits and int(digits[0]) < policy.child_age:
            return f"{digits[0]}岁"
    return ""


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
