"""What the wizard shows of a plan: columns with samples, rows with the state of every cell.

Pure functions from a plan to values; long numbers are masked as everywhere on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from village_app.importing.plans.plan import Plan
from village_app.importing.plans.rows import STATE_LABELS, Change, PlanRow, State
from village_app.importing.rows.findings import Cleaning, Problem
from village_app.importing.rows.identity_cells import CONFIRMABLE
from village_app.importing.tables.column_matches import ColumnMatch

MASKED_KINDS = frozenset({"identity_number", "phone", "phones", "bank_account"})
CellState = Literal["plain", "fault", "doubt", "update", "new"]
GridFilter = Literal["all", "open", "changed", "cleaned", "new", "update", "same", "suspected",
                     "error", "skipped"]  # fmt: skip
_ORDER: Mapping[State, int] = {
    "error": 0, "suspected": 1, "update": 2, "new": 3, "same": 4, "skipped": 5
}  # fmt: skip
_NAMED = re.compile("^列名“[^”]*”是常用写法")
_DAMAGED = re.compile(r"[0-9](\.[0-9]{1,6})?E\+[0-9]{2}")
"""What a spreadsheet leaves of a long number: nobody is told by it, and it has to be seen."""
_FILL = "原来空白，补上"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of the file: its letters and heading, what it was taken for, three samples.

    `sure` is False where nobody knows what it is although there is something in it.
    """

    key: str
    letters: str
    heading: str
    field: str | None
    label: str
    reason: str
    examples: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of the dry run as it is shown: masked text, state, and why."""

    text: str
    state: CellState = "plain"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way out for a row: its key and the words of its button (改成 X, 本行不导入)."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of the dry run: its number in the plan and in the spreadsheet, state, cells, why."""

    number: int
    row: int
    sheet: str
    state: State
    word: str
    cells: Mapping[str, CellView]
    reason: str


def column_guesses(plan: Plan) -> list[ColumnGuess]:
    """Give the columns of the file with what each was taken for."""
    labels = {declared.name: declared.label for declared in plan.target.all_fields}
    unmatched = {
        match.heading.key for part in plan.table.parts for match in part.matching.unmatched
    }
    return [
        ColumnGuess(
            match.heading.key,
            match.letters,
            _heading_words(match),
            match.field,
            labels.get(match.field or "", "不导入"),
            _why(match),
            tuple(masked(plan, match.field, text) for text in match.examples),
            match.heading.key not in unmatched or match.chosen,
        )
        for match in plan.table.columns
    ]


def _why(match: ColumnMatch) -> str:
    if not (match.field or match.chosen or match.role):
        return "没认出来，要您定" if match.filled else "空的一列"
    return _NAMED.sub("常用列名", match.reason)


def _heading_words(match: ColumnMatch) -> str:
    """Write a column's own name first, what stands above it behind."""
    above = "／".join(match.heading.parts[:-1])
    return f"{match.heading.leaf}（{above}）" if above else match.heading.text


def shown_fields(plan: Plan) -> list[tuple[str, str]]:
    """Give name and label of the fields that the file fills, in the target's order."""
    there: set[str] = set()
    for row in plan.rows:
        there.update(row.values)
        there.update(problem.field for problem in row.errors)
        if row.record is not None:
            there.update(row.record.sources)
    return [(one.name, one.label) for one in plan.target.all_fields if one.name in there]


def chosen_rows(plan: Plan, chosen: GridFilter) -> list[PlanRow]:
    """Give the rows that a filter shows, the wrong ones first."""
    rows = [row for row in plan.rows if passes(row, chosen)]
    return sorted(rows, key=lambda row: (_ORDER[row.state], row.number))


def passes(row: PlanRow, chosen: GridFilter) -> bool:
    """Tell whether a filter shows a row."""
    if chosen == "all":
        return True
    if chosen == "open":
        return is_open(row)
    if chosen == "changed":
        return row.state in {"new", "update"}
    if chosen == "cleaned":
        return bool(row.cleaned)
    return row.state == chosen


def is_open(row: PlanRow) -> bool:
    """Tell whether a row waits for the user."""
    return row.state in {"error", "suspected"} or bool(row.questions)


def row_view(plan: Plan, row: PlanRow) -> RowView:
    """Give one line as the grid shows it."""
    cells = {}
    for declared in plan.target.all_fields:
        cell = _cell(plan, row, declared.name)
        if cell is not None:
            cells[declared.name] = cell
    return RowView(
        row.number, row.row, row.sheet, row.state, STATE_LABELS[row.state], cells,
        _reason(plan, row),
    )  # fmt: skip


def _cell(plan: Plan, row: PlanRow, name: str) -> CellView | None:
    found = [problem for problem in row.problems if problem.field == name]
    errors = [problem for problem in found if problem.level == "error"]
    value = row.values.get(name)
    text = _shown(plan, name, value) if value is not None else ""
    if errors:
        text = masked(plan, name, row.text(name))
        return CellView(text, "fault", "；".join(problem.message for problem in errors))
    change = next((one for one in row.changes if one.field == name), None)
    if change is not None and change.action == "ask":
        return CellView(text, "doubt", _question(plan, change))
    if found:
        text = text or masked(plan, name, row.text(name))
        return CellView(text, "doubt", "；".join(problem.message for problem in found))
    if change is not None and change.action in {"fill", "overwrite"} and row.state == "update":
        return CellView(text, "update", _change(plan, change))
    cleaned = [one for one in row.cleaned if one.field == name]
    if value is None and not cleaned:
        return None
    return CellView(text, "plain", "；".join(_cleaning(plan, one) for one in cleaned))


def _cleaning(plan: Plan, one: Cleaning) -> str:
    before, after = masked(plan, one.field, one.before), masked(plan, one.field, one.after)
    return f"“{before}” → “{after}”（{one.reason}）"


def _question(plan: Plan, change: Change) -> str:
    old = _shown(plan, change.field, change.old)
    return f"台账里是“{old}”，表里是“{_shown(plan, change.field, change.new)}”"


def _change(plan: Plan, change: Change) -> str:
    if change.action == "fill":
        return _FILL
    old, new = _shown(plan, change.field, change.old), _shown(plan, change.field, change.new)
    return f"{old} → {new}"


def _reason(plan: Plan, row: PlanRow) -> str:
    labels = {declared.name: declared.label for declared in plan.target.all_fields}
    if row.errors:
        return "；".join(_with_label(labels, one.field, one.message) for one in row.errors)
    if row.state == "update" or row.questions:
        told = [
            f"{labels[change.field]}：{_told(plan, change)}"
            for change in sorted(row.changes, key=lambda one: one.action != "ask")
            if change.action != "keep"
        ]
        if told:
            return "；".join(told)
    doubts = [_with_label(labels, one.field, one.message) for one in row.problems]
    if row.state in {"suspected", "skipped"}:
        return "；".join((*row.reasons, *doubts))
    return "；".join(doubts)


def _told(plan: Plan, change: Change) -> str:
    return _question(plan, change) if change.action == "ask" else _change(plan, change)


def _with_label(labels: Mapping[str, str], field: str | None, message: str) -> str:
    return f"{labels[field]}：{message}" if field is not None and field in labels else message


def ways_of(plan: Plan, row: PlanRow, field: str | None) -> list[Way]:
    """Give the ways out for a row, of the cell with the keyboard first."""
    ways = []
    for problem in row.problems:
        if problem.field == field and problem.suggestion:
            ways.append(Way(f"put:{problem.suggestion}", _put_words(plan, row, problem)))
        if problem.field == field and problem.level == "error" and problem.code in CONFIRMABLE:
            ways.append(Way("confirm", "证件上就是这样"))
    change = next((one for one in row.changes if one.field == field and one.action == "ask"), None)
    if change is None and row.questions:
        change = next(iter(row.questions))
    if change is not None:
        label = plan.target.field(change.field).label
        ways.append(Way(f"new:{change.field}", f"{label}用表里的"))
        ways.append(Way(f"old:{change.field}", f"{label}不动"))
    if row.state == "suspected":
        ways += _suspected_ways(row)
    if row.state == "skipped":
        return [*ways, Way("back", "还是导入")]
    return [*ways, Way("skip", "本行不导入")]


def _put_words(plan: Plan, row: PlanRow, problem: Problem) -> str:
    """Say what a cell would become; of a long number only what would be another."""
    right = problem.suggestion or ""
    if is_masked(plan, problem.field):
        if right[:-1] == row.text(problem.field).strip()[:-1]:
            return f"末位改成 {right[-1:]}"
        right = masked(plan, problem.field, right)
    return f"改成 {right}"


def _suspected_ways(row: PlanRow) -> list[Way]:
    if row.same_as is not None:
        return [Way("update", "并入前面那行"), Way("add", "是另一个，新增")]
    return [Way("update", "当作同一人更新"), Way("merge", "只补空白"), Way("add", "是另一个，新增")]


def is_masked(plan: Plan, name: str) -> bool:
    """Tell whether a field holds long numbers that the screen does not show in full."""
    return plan.target.field(name).kind.name in MASKED_KINDS


def masked(plan: Plan, name: str | None, text: str) -> str:
    """Show a number of the file as the screen may show it."""
    if name is None or not is_masked(plan, name) or _DAMAGED.fullmatch(text):
        return text
    return str(plan.target.field(name).kind.mask(text))


def _shown(plan: Plan, name: str, value: object) -> str:
    kind = plan.target.field(name).kind
    if value is None:
        return ""
    return str(kind.mask(value) if kind.name in MASKED_KINDS else kind.show(value))
