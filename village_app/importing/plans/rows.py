"""The values a plan is made of: rows with their state, proposed changes, households, names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from village_app.importing.files.grid import cell_address, column_letters
from village_app.importing.plans.decisions import ValueDecision
from village_app.importing.plans.recognition import Candidate, Known
from village_app.importing.rows.findings import Cleaning, Problem
from village_app.importing.rows.records import Record

State = Literal["new", "update", "same", "suspected", "error", "skipped"]

STATE_LABELS: Mapping[State, str] = {
    "new": "新增",
    "update": "更新",
    "same": "无变化",
    "suspected": "疑似重复",
    "error": "错误",
    "skipped": "跳过",
}

ChangeAction = Literal["fill", "overwrite", "ask", "keep"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a known record that the row would change: old and new, and what will be done.

    `ask` waits for the user and changes nothing until then.
    """

    field: str
    old: Any
    new: Any
    action: ChangeAction


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One record of the file in the plan.

    `number` counts the rows of the plan from 0; `row` is the line as the spreadsheet shows it.
    `values` are what would be stored, by field; `also` what could be read but has no field.
    `code` is the class of likeness that led to the state, for decisions on all rows alike.
    """

    number: int
    sheet: str
    row: int
    member: int
    state: State
    code: str
    reasons: tuple[str, ...]
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    cleaned: tuple[Cleaning, ...]
    household: int | None = None
    known: Known | None = None
    candidates: tuple[Candidate, ...] = ()
    changes: tuple[Change, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same_as: int | None = None
    record: Record | None = field(default=None, repr=False, compare=False)

    @property
    def applied(self) -> Mapping[str, Any]:
        """Give the new values that an update writes, by field, without open questions."""
        return {
            change.field: change.new
            for change in self.changes
            if change.action in ("fill", "overwrite")
        }

    @property
    def questions(self) -> tuple[Change, ...]:
        """List the fields that the user has still to decide on."""
        return tuple(change for change in self.changes if change.action == "ask")

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "error")

    def text(self, name: str) -> str:
        """Give what stood in the cell of a field, blank where there is none."""
        source = self.record.sources.get(name) if self.record else None
        return source.text if source else ""

    def column(self, name: str) -> str | None:
        """Give the letters of the column a field was read from; None where it has none."""
        place = self._place(name)
        return column_letters(place[1]) if place else None

    def address(self, name: str) -> str | None:
        """Give the address of the cell a field was read from, as the spreadsheet shows it."""
        place = self._place(name)
        return cell_address(*place) if place else None

    def _place(self, name: str) -> tuple[int, int] | None:
        if self.record is None:
            return None
        source = self.record.sources.get(name)
        if source is not None and source.column >= 0:
            return source.row, source.column
        column = self.record.columns.get(name)
        return None if column is None else (self.record.row, column)


@dataclass(frozen=True, slots=True)
class PlanHousehold:
    """The rows that form one household, with its number and head as the sheet has them.

    `head` is the plan row of the head, None where the sheet has none; `known_id` the household
    the register already has, when members are known there.
    """

    number: int
    rows: tuple[int, ...]
    household_no: str | None = None
    head_name: str | None = None
    head: int | None = None
    known_id: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name the village's list does not hold (a group, a category), with its rows."""

    field: str
    key: str
    text: str
    rows: tuple[int, ...]
    likely: tuple[str, ...] = ()
    decision: ValueDecision | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows are in each state; their sum is `rows`."""

    rows: int = 0
    new: int = 0
    update: int = 0
    same: int = 0
    suspected: int = 0
    error: int = 0
    skipped: int = 0


def count_states(rows: tuple[PlanRow, ...]) -> Counts:
    """Count the rows by state."""
    counted = dict.fromkeys(STATE_LABELS, 0)
    for row in rows:
        counted[row.state] += 1
    return Counts(rows=len(rows), **counted)
