"""Sheets made by hand for the tests of understanding: rows of plain values, merges by address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from village_app.domain.identity import check_digit
from village_app.importing.files.grid import Cell, Merge, Sheet, Workbook
from village_app.importing.plans.plan import Background, Plan, make_plan
from village_app.importing.plans.recognition import KnownPerson
from village_app.importing.subjects.residents import residents_target

TODAY = date(2026, 3, 12)
JOURNEYS = Path(__file__).parents[2].parent / "shared" / "journeys"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


def cell(value: Any) -> Cell:
    """Make a cell as a reader would: None blank, numbers number cells, days date cells."""
    if value is None or value == "":
        return Cell()
    if isinstance(value, Cell):
        return value
    if isinstance(value, bool):
        return Cell("flag", str(value).upper())
    if isinstance(value, (int, float)):
        return Cell("number", repr(value))
    if isinstance(value, date):
        return Cell("date", value.isoformat())
    return Cell("text", value)


def merge(address: str) -> Merge:
    """Make a merged rectangle from an address such as B3:D4."""
    found = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", address)
    assert found, address
    return Merge(int(found[2]) - 1, _column(found[1]), int(found[4]) - 1, _column(found[3]))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def sheet(
    rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), name: str = "Sheet1", **more: Any
) -> Sheet:
    """Make a sheet from rows of values."""
    return Sheet(
        name, [[cell(value) for value in row] for row in rows], [*map(merge, merges)], **more
    )


def book(*sheets: Sheet, date_1904: bool = False) -> Workbook:
    return Workbook("xlsx", None, [*sheets], date_1904=date_1904)


def number(birth: str, order: int) -> str:
    """Make a valid identity number of an invented person: birth 19850630, order 123 (odd: male)."""
    first = f"441900{birth}{order:03d}"
    return first + check_digit(first)


def wrong(valid: str) -> str:
    """Spoil the check digit of a valid number."""
    return valid[:17] + ("1" if valid[17] != "1" else "2")


def plan_of(
    rows: Sequence[Sequence[Any]],
    merges: Sequence[str] = (),
    known: Sequence[KnownPerson] = (),
    lists: Mapping[str, Sequence[str]] | None = None,
    name: str = "Sheet1",
) -> Plan:
    """Plan the import of residents from one sheet of rows."""
    return plan_book(book(sheet(rows, merges, name)), known, lists)


def plan_book(
    workbook: Workbook,
    known: Sequence[KnownPerson] = (),
    lists: Mapping[str, Sequence[str]] | None = None,
    **more: Any,
) -> Plan:
    background = Background(known=known, lists=lists or {}, today=TODAY)
    return make_plan(workbook, residents_target(), background, **more)


def names(plan: Plan) -> list[Any]:
    return [row.values.get("name") for row in plan.rows]


def column(plan: Plan, field: str) -> list[Any]:
    return [row.values.get(field) for row in plan.rows]


def codes(plan: Plan, row: int, level: str | None = None) -> set[str]:
    """Collect the codes of what was found about a row."""
    return {p.code for p in plan.rows[row].problems if level is None or p.level == level}


def households(plan: Plan) -> list[list[Any]]:
    """Give the names in each household."""
    return [[plan.rows[row].values.get("name") for row in home.rows] for home in plan.households]


def known_from(plan: Plan) -> list[KnownPerson]:
    """Make the register that would stand after a plan's new rows were imported."""
    people = []
    for row in plan.rows:
        home = plan.households[row.household] if row.household is not None else None
        values = row.values
        people.append(
            KnownPerson(
                row.number + 1,
                values["name"],
                values.get("id_number"),
                values.get("birth"),
                row.household,
                home.head_name if home else None,
                values.get("phone"),
                values.get("group"),
                values,
            )
        )
    return people
