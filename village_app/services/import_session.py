"""One import while it is being looked at: the file, the guess, the user's words, the plan.

The window's wizard holds one of these; nothing in it is written before `commit`. Every change of
mind gives a new plan from the same file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from village_app.db.records.residents import ImportBatch
from village_app.domain.reporting import Report, silently
from village_app.importing.decisions import Action
from village_app.importing.grid import Workbook
from village_app.importing.plan import Plan
from village_app.importing.plan_rows import STATE_LABELS, PlanRow, State
from village_app.importing.tables import Choice
from village_app.services.imports import Imports
from village_app.services.session import Service, Session, permitted

MASKED = frozenset({"id_number", "phone", "bank_account"})
CHANGE_WORDS = {"fill": "原来空白，补上", "overwrite": "换成新的", "ask": "两边不同，请决定"}
GridFilter = Literal["all", "open", "changed", "new", "update", "same", "suspected", "error"]


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of the file: its letters and heading, what it was taken for, three samples."""

    key: str
    letters: str
    heading: str
    field: str | None
    label: str
    reason: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of the dry run: spreadsheet row, state, shown values, doubtful fields, reason.

    `as_written` holds the full text of the wrong cells, to be put right.
    """

    number: int
    row: int
    state: State
    word: str
    values: Mapping[str, str]
    wrong: frozenset[str]
    changed: frozenset[str]
    reason: str
    as_written: Mapping[str, str]


class ImportSession(Service):
    """Reads and plans once, then follows the user's decisions."""

    def __init__(self, session: Session, content: bytes, name: str) -> None:
        super().__init__(session)
        self.name = name
        self._content = content
        self._imports = Imports(session)
        self._workbook: Workbook | None = None
        self._choice = Choice()
        self._plan: Plan | None = None

    @property
    def plan(self) -> Plan:
        assert self._plan is not None, "read() comes first"
        return self._plan

    @permitted("residents.import")
    def read(self, *, report: Report = silently) -> Plan:
        """Read the file in a child process and plan; refuses in a sentence."""
        self._workbook = self._imports.read(self._content, self.name, report=report)
        return self._make(report)

    @permitted("residents.import")
    def sheets(self) -> list[str]:
        """Name the sheets of the file that can be seen."""
        assert self._workbook is not None
        return [sheet.name for sheet in self._workbook.sheets if sheet.visibility == "visible"]

    @permitted("residents.import")
    def choose_sheet(self, name: str, *, report: Report = silently) -> Plan:
        """Take another sheet than the one that was found."""
        self._choice = Choice(sheet=name)
        return self._make(report)

    @permitted("residents.import")
    def choose_header(self, first: int, last: int, *, report: Report = silently) -> Plan:
        """Say in which rows the header stands, as the spreadsheet numbers them."""
        self._choice = replace(self._choice, header_rows=tuple(range(first, last + 1)))
        return self._make(report)

    @permitted("residents.import")
    def choose_field(self, key: str, field: str | None, *, report: Report = silently) -> Plan:
        """Say which field a column is, None for one that is left out."""
        columns = {**self._choice.columns, key: field}
        self._choice = replace(self._choice, columns=columns)
        return self._make(report)

    @permitted("residents.import")
    def decide_class(self, code: str, action: Action) -> Plan:
        """Decide for all rows of one kind of doubt (同类全部照此)."""
        self._plan = self.plan.decide(self.plan.decisions.with_class(code, action))
        return self._plan

    @permitted("residents.import")
    def decide_row(self, number: int, action: Action, known_id: int | None = None) -> Plan:
        """Decide for one row."""
        self._plan = self.plan.decide(self.plan.decisions.with_row(number, action, known_id))
        return self._plan

    @permitted("residents.import")
    def put_cell(self, number: int, field: str, text: str) -> Plan:
        """Put a cell right; only this row and its doubles are judged anew."""
        self._plan = self.plan.with_cell(number, field, text)
        return self._plan

    @permitted("residents.import")
    def commit(self, *, report: Report = silently) -> ImportBatch:
        """Write the plan as one change."""
        return self._imports.commit(self.plan, report=report)

    @permitted("residents.import")
    def columns(self) -> list[ColumnGuess]:
        """Give the columns of the file with what each was taken for."""
        labels = dict(self.fields())
        return [
            ColumnGuess(
                match.heading.key,
                match.letters,
                match.heading.text,
                match.field,
                labels.get(match.field or "", "不导入"),
                match.reason,
                tuple(self._masked(match.field, text) for text in match.examples),
            )
            for match in self.plan.table.matching.columns
        ]

    @permitted("residents.import")
    def fields(self) -> list[tuple[str, str]]:
        """Give name and label of the fields that a column can be."""
        return [(declared.name, declared.label) for declared in self.plan.target.all_fields]

    @permitted("residents.import")
    def shown_fields(self) -> list[tuple[str, str]]:
        """Give name and label of the fields that the file fills, in the target's order."""
        there = {match.field for match in self.plan.table.matching.columns}
        return [(name, label) for name, label in self.fields() if name in there]

    @permitted("residents.import")
    def rows(self, chosen: GridFilter = "all") -> list[GridRow]:
        """Give the lines of the dry run, the wrong ones first."""
        order = {"error": 0, "suspected": 1, "update": 2, "new": 3, "same": 4, "skipped": 5}
        rows = [row for row in self.plan.rows if _passes(row, chosen)]
        rows.sort(key=lambda row: (order[row.state], row.number))
        return [self._shown(row) for row in rows]

    @permitted("residents.import")
    def counts(self) -> dict[str, int]:
        """Count the rows by state, with open ones and changed ones."""
        counts = self.plan.counts
        return {
            "all": counts.rows,
            "new": counts.new,
            "update": counts.update,
            "same": counts.same,
            "suspected": counts.suspected,
            "error": counts.error,
            "open": sum(_passes(row, "open") for row in self.plan.rows),
            "changed": counts.new + counts.update,
        }

    def _masked(self, field: str | None, text: str) -> str:
        """Show a number of the file as the screen may show it."""
        if field not in MASKED:
            return text
        return str(self.plan.target.field(field).kind.mask(text))

    def _make(self, report: Report) -> Plan:
        assert self._workbook is not None
        self._plan = self._imports.plan(
            self._workbook, self._content, self.name, choice=self._choice, report=report
        )
        return self._plan

    def _shown(self, row: PlanRow) -> GridRow:
        values = {
            declared.name: declared.kind.mask(row.values[declared.name])
            if declared.name in MASKED
            else declared.kind.show(row.values[declared.name])
            for declared in self.plan.target.fields
            if row.values.get(declared.name) is not None
        }
        wrong = {problem.field for problem in row.errors if problem.field}
        values.update({name: self._masked(name, row.text(name)) for name in wrong})
        return GridRow(
            row.number,
            row.row,
            row.state,
            STATE_LABELS[row.state],
            values,
            frozenset(wrong),
            frozenset(change.field for change in row.changes),
            self._reason(row),
            {name: row.text(name) for name in wrong},
        )

    def _reason(self, row: PlanRow) -> str:
        if row.errors:
            return "；".join(self._problem(one.field, one.message) for one in row.errors)
        if row.state == "update":
            return "；".join(
                f"{self.plan.target.field(change.field).label}：{CHANGE_WORDS[change.action]}"
                for change in row.changes
                if change.action != "keep"
            )
        return "；".join(row.reasons)

    def _problem(self, field: str | None, message: str) -> str:
        return f"{self.plan.target.field(field).label}：{message}" if field else message


def _passes(row: PlanRow, chosen: GridFilter) -> bool:
    if chosen == "all":
        return True
    if chosen == "open":
        return row.state in {"error", "suspected"} or bool(row.questions)
    if chosen == "changed":
        return row.state in {"new", "update"}
    return row.state == chosen
