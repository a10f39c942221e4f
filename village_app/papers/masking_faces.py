"""The public face of a table: built by the policy of its kind, never cut out of the internal one.

Columns that the policy hides are not built at all, children have no row, names are masked and
told apart by group and last digits, never by the full name (domain rule 5.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from village_app.domain.kinds import TEXT
from village_app.domain.masking_policies import (
    MaskingPolicy,
    PersonalData,
    PersonOnPaper,
    must_leave_out,
    public_name,
    public_value,
    tell_apart,
)
from village_app.papers.blocks import Column, Row, Table
from village_app.papers.privacy.columns import (
    column_of,
    data_of,
    group_column,
    is_never_public,
    is_person,
)
from village_app.papers.table_lines import shown


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's line: values in the order of the columns, and what the mask must know.

    `birth`, `group` and `identity` are used for judging and telling apart even where no column
    shows them. `consents` is the person's own consent to a full name, `guardian_consents` the
    guardian's for a child.
    """

    cells: tuple[Any, ...]
    birth: date | None = None
    group: str = ""
    identity: str = ""
    consents: bool = False
    guardian_consents: bool = False


def public_table(
    columns: Sequence[Column],
    rows: Sequence[PersonRow],
    policy: MaskingPolicy,
    day: date,
    **rest: Any,
) -> Table:
    """Build the table that may hang on the wall on `day`; `rest` goes to `Table` as it is.

    Left out are: columns that the policy hides or no paper may carry, children below the
    policy's age, persons whom the policy leaves out without their consent. Masked values are
    text. `in_words` and `group_by` in `rest` number the columns as given and follow.
    """
    kept = [number for number, column in enumerate(columns) if _may_stand(column, policy)]
    names = column_of(tuple(columns), "name")
    lines = []
    for row in rows:
        if must_leave_out(policy, row.birth, day, guardian_consents=row.guardian_consents):
            continue
        name = None if names is None else _public_name(columns[names], row, names, policy)
        if names in kept and name is None:
            continue
        lines.append((row, name or ""))
    names_apart = _told_apart(lines)
    built = tuple(
        Row(tuple(_cell(columns[at], row, at, policy, names_apart[line]) for at in kept))
        for line, (row, _) in enumerate(lines)
    )
    moved = {old: new for new, old in enumerate(kept)}
    for key in ("in_words", "group_by"):
        if rest.get(key) is not None:
            rest[key] = moved.get(rest[key])
    return Table(tuple(_public_column(columns[at], policy) for at in kept), built, **rest)


def _may_stand(column: Column, policy: MaskingPolicy) -> bool:
    if is_never_public(column):
        return False
    data = data_of(column)
    return data is None or not policy.hides(data)


def _public_column(column: Column, policy: MaskingPolicy) -> Column:
    """Give the column as it stands on the wall: what is masked is plain text."""
    data = data_of(column)
    if data is None:
        return column
    if data == "name":
        return replace(column, kind=TEXT, sensitivity="public")
    masked = getattr(policy, data) != "full"
    return replace(column, kind=TEXT if masked else column.kind, sensitivity="public")


def _public_name(column: Column, row: PersonRow, at: int, policy: MaskingPolicy) -> str | None:
    name = shown(column.kind, row.cells[at])
    if not is_person(column, name):
        return name
    return public_name(policy, name, consents=row.consents)


def _told_apart(lines: Sequence[tuple[PersonRow, str]]) -> list[str]:
    people = [PersonOnPaper(name, row.group, row.identity) for row, name in lines]
    return tell_apart(people)


def _cell(column: Column, row: PersonRow, at: int, policy: MaskingPolicy, name: str) -> Any:
    data = data_of(column)
    if data is None:
        return row.cells[at]
    if data == "name":
        return name
    return _masked(data, row.cells[at], policy)


def _masked(data: PersonalData, value: Any, policy: MaskingPolicy) -> Any:
    if getattr(policy, data) == "full":
        return value
    return public_value(policy, data, value)


def named_apart(
    table: Table, names: int, policy: MaskingPolicy, consenting: frozenset[str]
) -> list[str | None]:
    """Offer for each row of a table the name as the policy wants it, namesakes told apart.

    The group and the identity number are taken from the table's own columns where they stand.
    None stands for somebody whom the policy leaves out.
    """
    group = group_column(table.columns)
    identity = column_of(table.columns, "identity")
    people: list[PersonOnPaper] = []
    left_out: set[int] = set()
    for index, row in enumerate(table.rows):
        full = _text(table, row, names) if row.role == "data" else ""
        is_name = is_person(table.columns[names], full)
        name = public_name(policy, full, consents=full in consenting) if is_name else full
        if name is None:
            left_out.add(index)
        people.append(
            PersonOnPaper(name or "", _text(table, row, group), _text(table, row, identity))
        )
    told = tell_apart(people)
    return [None if index in left_out else name for index, name in enumerate(told)]


def _text(table: Table, row: Row, at: int | None) -> str:
    if at is None:
        return ""
    return shown(table.columns[at].kind, row.cells[at], row.role)
