"""What an import would do, as a value: rows with states and reasons, households, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from village_app.domain.calendar import CHINA
from village_app.domain.reporting import Report, silently
from village_app.importing.files.colours import ColouredRows
from village_app.importing.files.grid import Workbook, column_letters
from village_app.importing.out.write_errors import RejectedRows
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.engine import PlanEngine
from village_app.importing.plans.replanning import Cells, against, with_cells
from village_app.importing.plans.rows import (
    Counts,
    PlanHousehold,
    PlanRow,
    UnknownName,
    count_states,
)
from village_app.importing.tables.table_finder import Remembered, find_tables
from village_app.importing.tables.tables import Choice, SheetRefusal, Table
from village_app.importing.tables.targets import Target


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The file a plan is made from; `sha256` in hexadecimal tells whether it came before."""

    name: str
    file_type: str = ""
    encoding: str | None = None
    sha256: str = ""
    remarks: tuple[str, ...] = ()

    @classmethod
    def read_as(cls, workbook: Workbook, content: bytes, name: str) -> ImportedFile:
        """Describe a file by what its reading found."""
        print_of = sha256(content).hexdigest()
        remarks = tuple(workbook.remarks)
        return cls(name, workbook.file_type, workbook.encoding, print_of, remarks)


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """An import of the very same file, as the caller remembers it: when, and what came of it."""

    at: datetime
    name: str
    result: str

    @property
    def warning(self) -> str:
        """Say that the file was imported before (RR-24)."""
        day = self.at.astimezone(CHINA)
        when = f"{day.year}年{day.month}月{day.day}日 {day:%H:%M}"
        return f"此文件已于 {when} 导入（{self.name}，{self.result}）。"


@dataclass(frozen=True)
class Plan:
    """A dry run. Nothing is written; `rows` say what would be.

    `others` are the tables of the file that could be imported instead, `refused` its other sheets.

    Every change gives a new plan and leaves this one as it is: `with_cell` puts one cell right,
    `decide` applies decisions.
    """

    file: ImportedFile
    target: Target
    table: Table
    others: tuple[Table, ...]
    refused: tuple[SheetRefusal, ...]
    rows: tuple[PlanRow, ...]
    decisions: Decisions
    earlier: EarlierImport | None = None
    engine: PlanEngine = field(kw_only=True, repr=False, compare=False)

    @cached_property
    def counts(self) -> Counts:
        return count_states(self.rows)

    @property
    def households(self) -> tuple[PlanHousehold, ...]:
        """List the households in the order of the sheet; empty where the sheet tells of none."""
        return self.engine.households

    @cached_property
    def unknown_names(self) -> tuple[UnknownName, ...]:
        """List the groups and categories the village does not have yet, each with its rows."""
        return self.engine.unknown_names(self.decisions)

    @property
    def left_tables(self) -> tuple[Table, ...]:
        """List the tables of the file that this plan does not bring in, not even a part of one."""
        mine = {(part.sheet, part.header_rows) for part in self.table.parts}
        return tuple(
            other
            for other in self.others
            if not {(part.sheet, part.header_rows) for part in other.parts} & mine
        )

    @property
    def painted(self) -> tuple[ColouredRows, ...]:
        """List the colours that mark some rows, each with what the sheet says of it."""
        return self.engine.painted

    @cached_property
    def questions(self) -> tuple[PlanRow, ...]:
        """List the rows of which some field waits for an answer."""
        return tuple(row for row in self.rows if row.questions)

    def with_cell(self, row: int, name: str, text: str) -> Plan:
        """Put other text into the cell of a field; only this row and its doubles are judged anew.

        `row` counts the rows of the plan from 0; blank text empties the cell.
        """
        return self.with_cells([(row, name, text)])

    def with_cells(self, changes: Cells) -> Plan:
        """Put other texts into several cells at once (row, field, text)."""
        engine, touched = with_cells(self.engine, changes)
        return self._judged(engine, self.decisions, touched, silently)

    def decide(
        self, decisions: Decisions, row: int | None = None, *, report: Report = silently
    ) -> Plan:
        """Judge all rows anew under other decisions; nothing is read or looked up again.

        `row` is the only row that the new decision is about, where it is about one.
        """
        return self._judged(self.engine, decisions, None if row is None else {row}, report)

    def against(self, background: Background, *, report: Report = silently) -> Plan:
        """Compare with what the village holds now; what was decided and put right stays."""
        engine = against(self.engine, background.known, background.lists, report)
        return self._judged(engine, self.decisions, None, report)

    def _judged(
        self, engine: PlanEngine, decisions: Decisions, touched: set[int] | None, report: Report
    ) -> Plan:
        rows = engine.judge(decisions, self.rows, touched, report)
        return replace(self, rows=rows, decisions=decisions, engine=engine)

    def raw_cells(self, row: int) -> dict[str, str]:
        """Give the whole line of a plan row as it stood, by column letters, to be kept with it."""
        record = self.engine.drafts[row].record
        texts = self.table.parts[record.part].surface.texts[record.row]
        return {column_letters(place): text for place, text in enumerate(texts) if text}

    @property
    def rejected(self) -> tuple[RejectedRows, ...]:
        """Give the rows with errors sheet by sheet, as `write_rejected_rows` takes them (RR-16)."""
        reasons: dict[int, dict[int, list[str]]] = {}
        for row in self.rows:
            if row.state == "error" and row.record is not None:
                lines = reasons.setdefault(row.record.part, {})
                lines.setdefault(row.row - 1, []).extend(row.reasons)
        return tuple(
            RejectedRows(
                self.table.parts[part].surface.sheet,
                self.table.parts[part].header_rows,
                {row: "".join(dict.fromkeys(texts)) for row, texts in lines.items()},
            )
            for part, lines in reasons.items()
        )


@dataclass(frozen=True, slots=True)
class Background:
    """What the village holds already and an import is compared with.

    `known` are the register's records (`KnownPerson` for residents), `lists` the village's names
    for referring fields (groups), `remembered` the column choices of earlier files by header,
    `earlier` the imports so far by the SHA-256 of their file; `today` the day of the village.
    """

    known: Iterable[Any] = ()
    lists: Mapping[str, Iterable[str]] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=dict)
    earlier: Mapping[str, EarlierImport] = field(default_factory=dict)
    today: date | None = None


def make_plan(
    workbook: Workbook,
    target: Target,
    background: Background | None = None,
    *,
    file: ImportedFile | None = None,
    choice: Choice | None = None,
    decisions: Decisions | None = None,
    report: Report = silently,
) -> Plan:
    """Find the list in a workbook and plan its import.

    Refuses (`Refused`) a workbook without a list, naming the reason for each of its sheets.
    """
    background = background or Background()
    search = find_tables(workbook, target, choice, background.remembered)
    file = file or ImportedFile("", workbook.file_type, workbook.encoding)
    plan = plan_table(
        search.best, target, background, file=file, decisions=decisions, report=report
    )
    return replace(plan, others=search.tables[1:], refused=search.refused)


def plan_table(
    table: Table,
    target: Target,
    background: Background,
    *,
    file: ImportedFile,
    decisions: Decisions | None = None,
    report: Report = silently,
) -> Plan:
    """Plan the import of one table that was found (or chosen) before."""
    today = background.today or datetime.now(CHINA).date()
    engine = PlanEngine.start(table, target, background.known, background.lists, today, report)
    decided = decisions or Decisions()
    rows = engine.judge(decided, (), None, report)
    earlier = background.earlier.get(file.sha256) if file.sha256 else None
    return Plan(file, target, table, (), (), rows, decided, earlier, engine=engine)
