"""One import while it is being looked at: the file, the guess, the user's words, the plan.

The window's wizard holds one of these, whatever the subject; nothing in it is written before
`commit`. Every change of mind gives a new plan from the same file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from village_app.db.records.residents import ImportBatch
from village_app.domain.kinds import Choice as KindChoice
from village_app.domain.reporting import Report, silently
from village_app.importing.files.colours import ColouredRows
from village_app.importing.files.grid import Workbook
from village_app.importing.plans.decisions import (
    RULE_LABELS,
    Action,
    Decisions,
    UpdateRule,
    ValueAction,
)
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.rows import PlanRow, UnknownName
from village_app.importing.tables.table_finder import FROM_EARLIER
from village_app.importing.tables.tables import Choice
from village_app.services.imports.subject_imports import Asked, SubjectImports
from village_app.services.imports.view import (
    ColumnGuess,
    GridFilter,
    RowView,
    Way,
    chosen_rows,
    column_guesses,
    is_open,
    row_view,
    shown_fields,
    ways_of,
)
from village_app.services.session import Service, permitted

SEEN_LINES = 40
"""Lines of a sheet that are shown for pointing at its header."""


_ACTIONS: Mapping[str, Action] = {
    "skip": "skip",
    "update": "update",
    "merge": "merge",
    "add": "add",
}


_RULES: Mapping[str, UpdateRule] = {rule: rule for rule in RULE_LABELS}


@dataclass(frozen=True, slots=True)
class UnknownGroup:
    """A name the village does not have: of which field, in how many rows, what it may be.

    `answer` is create, skip, or the name of the list that it is taken for.
    """

    label: str
    text: str
    rows: int
    listed: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class SheetLines:
    """The first lines of the chosen sheet as they stand; `header` are the header's, from 1."""

    sheet: str
    header: tuple[int, ...]
    lines: tuple[tuple[str, ...], ...]


class ImportSession(Service):
    """Reads and plans once, then follows the user's decisions."""

    def __init__(self, imports: SubjectImports, content: bytes, name: str) -> None:
        super().__init__(imports.session)
        self.name = name
        self.imports = imports
        self._content = content
        self._workbook: Workbook | None = None
        self._choice = Choice()
        self._remember = True
        self._plan: Plan | None = None

    @property
    def plan(self) -> Plan:
        assert self._plan is not None, "read() comes first"
        return self._plan

    # The file and what was understood of it

    @permitted("imports.use")
    def read(
        self,
        *,
        encoding: str | None = None,
        separator: str | None = None,
        report: Report = silently,
    ) -> Plan:
        """Read the file in a child process and plan; refuses in a sentence."""
        self._workbook = self.imports.read(
            self._content, self.name, encoding=encoding, separator=separator, report=report
        )
        return self._make(report)

    @permitted("imports.use")
    def workbook(self) -> Workbook:
        """Give the file as it was read."""
        assert self._workbook is not None, "read() comes first"
        return self._workbook

    @permitted("imports.use")
    def asked(self) -> Asked | None:
        """Say what the subject asks beside the columns."""
        return self.imports.asked()

    @permitted("imports.use")
    def answer(self, answer: str) -> None:
        """Take the answer to what the subject asked."""
        self.imports.answer(answer)

    @permitted("imports.use")
    def sheets(self) -> list[str]:
        """Name the sheets of the file; hidden ones are marked by the caller's words."""
        return [sheet.name for sheet in self.workbook().sheets]

    @permitted("imports.use")
    def sheet_lines(self) -> SheetLines:
        """Show the first lines of the chosen sheet, for pointing at its header."""
        part = self.plan.table.parts[0]
        texts = part.surface.texts[:SEEN_LINES]
        width = max((len(line) for line in texts), default=0)
        lines = tuple(
            tuple(part.surface.shown(row, column) for column in range(width))
            for row in range(len(texts))
        )
        return SheetLines(part.sheet, tuple(row + 1 for row in part.header_rows), lines)

    @permitted("imports.use")
    def choose_sheet(self, name: str, *, report: Report = silently) -> Plan:
        """Take another sheet than the one that was found."""
        return self._replan(Choice(sheet=name), report)

    @permitted("imports.use")
    def choose_header(self, first: int, last: int, *, report: Report = silently) -> Plan:
        """Say in which rows the header stands, as the spreadsheet numbers them.

        Who names one row of a header of several wants this one alone.
        """
        rows = tuple(range(first, last + 1))
        sheet = self.plan.table.parts[0].sheet
        alone = first in self.plan.table.header_rows
        return self._replan(Choice(sheet=sheet, header_rows=rows, alone=alone), report)

    @permitted("imports.use")
    def choose_field(self, key: str, field: str | None, *, report: Report = silently) -> Plan:
        """Say which field a column is, None for one that is left out.

        A column that was taken for the field before is let go.
        """
        columns = dict(self._choice.columns)
        if field is not None:
            for match in self.plan.table.matching.columns:
                if match.field == field and match.heading.key != key:
                    columns[match.heading.key] = None
        columns[key] = field
        return self._replan(replace(self._choice, columns=columns), report)

    @permitted("imports.use")
    def others(self) -> list[tuple[str, Choice]]:
        """Name the other tables of the file that could be brought in, with how to choose each."""
        found = []
        for other in self.plan.left_tables:
            rows = "、".join(map(str, other.header_rows)) or "无"
            words = f"“{other.sheet}”第 {rows} 行起，{other.records} 行"
            found.append((words, Choice(other.parts[0].sheet, other.header_rows)))
        return found

    @permitted("imports.use")
    def choose_other(self, choice: Choice, *, report: Report = silently) -> Plan:
        """Take one of the other tables."""
        return self._replan(choice, report)

    @permitted("imports.use")
    def forget(self, *, report: Report = silently) -> Plan:
        """Look at the columns anew, whatever was decided for such a header before."""
        self._remember = False
        return self._replan(Choice(), report)

    @permitted("imports.use")
    def remembered(self) -> int:
        """Count the columns that were matched as in an earlier import."""
        return sum(
            match.field is not None and match.reason == FROM_EARLIER
            for match in self.plan.table.matching.columns
        )

    @permitted("imports.use")
    def columns(self) -> list[ColumnGuess]:
        """Give the columns of the file with what each was taken for."""
        return column_guesses(self.plan)

    @permitted("imports.use")
    def fields(self) -> list[tuple[str, str]]:
        """Give name and label of the fields that a column can be."""
        return [(declared.name, declared.label) for declared in self.plan.target.all_fields]

    # Decisions

    @permitted("imports.use")
    def rule(self) -> UpdateRule:
        """Give the rule for known records that holds for all fields."""
        return self.plan.decisions.rule

    @permitted("imports.use")
    def set_rule(self, rule: UpdateRule, field: str | None = None) -> Plan:
        """Set the update rule of all fields, or of one; a blank cell never erases."""
        decisions = self.plan.decisions
        if field is None:
            decisions = replace(decisions, rules={}, changes={})
        return self._decide(decisions.with_rule(rule, field))

    @permitted("imports.use")
    def rules(self) -> Mapping[str, UpdateRule]:
        """Give the fields that have a rule of their own."""
        return self.plan.decisions.rules

    @permitted("imports.use")
    def set_rules(self, rules: Mapping[str, str]) -> Plan:
        """Give fields rules of their own; a blank one goes by what holds for all."""
        own = {name: _RULES[rule] for name, rule in rules.items() if rule}
        return self._decide(replace(self.plan.decisions, rules=own))

    @permitted("imports.use")
    def unknown_groups(self) -> list[UnknownGroup]:
        """List the groups and the like that the village does not have, with what is decided."""
        return [self._unknown(one) for one in self.plan.unknown_names]

    def _unknown(self, one: UnknownName) -> UnknownGroup:
        listed = self.plan.engine.names.lists.get(one.field, ())
        others = [name for name in listed if name not in one.likely]
        answer: str | None = one.likely[0] if one.likely else "create"
        if one.decision is not None:
            answer = one.decision.to if one.decision.action == "map" else one.decision.action
        label = self.plan.target.field(one.field).label
        return UnknownGroup(
            label, one.text, len(one.rows), (*one.likely, *others), answer or "create"
        )

    @permitted("imports.use")
    def decide_names(self, answers: Sequence[str]) -> Plan:
        """Create, take for one of the list, or leave out; in the order of `unknown_groups`."""
        decisions = self.plan.decisions
        for one, answer in zip(self.plan.unknown_names, answers, strict=True):
            if answer in ("create", "skip"):
                action: ValueAction = "create" if answer == "create" else "skip"
                decisions = decisions.with_value(one.field, one.key, action)
            else:
                decisions = decisions.with_value(one.field, one.key, "map", answer)
        return self._decide(decisions)

    @permitted("imports.use")
    def unexplained(self) -> ColouredRows | None:
        """Give the first colour of rows of which nobody has said what it means."""
        decided = self.plan.decisions.colours
        return next((one for one in self.plan.painted if one.colour not in decided), None)

    @permitted("imports.use")
    def colour_meanings(self) -> list[tuple[str, str]]:
        """Give what a colour may mean, as code and words; skip and nothing at the end."""
        painted = self.plan.target.painted
        kind = self.plan.target.field(painted).kind if painted else None
        options = kind.options if isinstance(kind, KindChoice) else ()
        said = [(one.code, one.label) for one in options if one.code != "active"]
        return [*said, ("skip", "这些行不导入"), ("plain", "没有意思，照常导入")]

    @permitted("imports.use")
    def explain(self, colour: str, meaning: str) -> Plan:
        """Say what a colour of rows means, once for all of them."""
        said = "" if meaning == "plain" else meaning
        return self._decide(self.plan.decisions.with_colour(colour, said))

    @permitted("imports.use")
    def decide_class(self, code: str, action: Action) -> Plan:
        """Decide for all rows of one kind of doubt (同类全部照此)."""
        return self._decide(self.plan.decisions.with_class(code, action))

    @permitted("imports.use")
    def decide_row(self, number: int, action: Action, known_id: int | None = None) -> Plan:
        """Decide for one row."""
        return self._decide(self.plan.decisions.with_row(number, action, known_id), number)

    @permitted("imports.use")
    def take_way(self, number: int, field: str | None, way: str) -> Plan:
        """Go one of the ways that `ways` offered for a row and the cell with the keyboard."""
        kind, _, rest = way.partition(":")
        decisions = self.plan.decisions
        if kind == "put" and field is not None:
            return self.put_cells([(number, field, rest)])
        if kind == "confirm" and field is not None:
            return self._decide(decisions.with_confirmed(number, field), number)
        if kind in {"new", "old"}:
            rule: UpdateRule = "overwrite" if kind == "new" else "keep"
            return self._decide(decisions.with_change(number, rest, rule), number)
        if kind == "back":
            kept = {row: made for row, made in decisions.by_row.items() if row != number}
            return self._decide(replace(decisions, by_row=kept), number)
        return self.decide_row(number, _ACTIONS[kind])

    @permitted("imports.use")
    def take_way_alike(self, number: int, way: str) -> Plan:
        """Decide for all rows that wait for the same reason as this one (同类全部照此)."""
        kind, _, field = way.partition(":")
        if kind in {"new", "old"}:
            return self._decide(
                self.plan.decisions.with_rule("overwrite" if kind == "new" else "keep", field)
            )
        code = self.plan.rows[number].code
        return self._decide(self.plan.decisions.with_class(code, _ACTIONS[kind]))

    @permitted("imports.use")
    def alike(self, number: int) -> int:
        """Count the rows that wait for the same reason as this one; 0 where it does not wait."""
        row = self.plan.rows[number]
        if row.state == "suspected":
            return sum(one.state == "suspected" and one.code == row.code for one in self.plan.rows)
        asked = {change.field for change in row.questions[:1]}
        if not asked:
            return 0
        return sum(
            asked <= {change.field for change in one.questions} for one in self.plan.questions
        )

    @permitted("imports.use")
    def put_cells(self, changes: Sequence[tuple[int, str, str]]) -> Plan:
        """Put cells right (row, field, text); only these rows and their doubles are judged anew."""
        for number, field, text in changes:
            self._plan = self.plan.with_cell(number, field, text)
        return self.plan

    # What is shown

    @permitted("imports.use")
    def shown_fields(self) -> list[tuple[str, str]]:
        """Give name and label of the fields that the file fills, in the target's order."""
        return shown_fields(self.plan)

    @permitted("imports.use")
    def rows(self, chosen: GridFilter = "all") -> list[PlanRow]:
        """Give the rows that a filter shows, the wrong ones first."""
        return chosen_rows(self.plan, chosen)

    @permitted("imports.use")
    def view(self, row: PlanRow) -> RowView:
        """Give one line as the grid shows it."""
        return row_view(self.plan, row)

    @permitted("imports.use")
    def ways(self, number: int, field: str | None) -> list[Way]:
        """Give the ways out for a row and the cell with the keyboard."""
        return ways_of(self.plan, self.plan.rows[number], field)

    @permitted("imports.use")
    def counts(self) -> dict[str, int]:
        """Count the rows by state, with open ones, changed ones and those that were cleaned."""
        counts = self.plan.counts
        return {
            "all": counts.rows,
            "new": counts.new,
            "update": counts.update,
            "same": counts.same,
            "suspected": counts.suspected,
            "error": counts.error,
            "skipped": counts.skipped,
            "open": sum(map(is_open, self.plan.rows)),
            "changed": counts.new + counts.update,
            "writes": self.imports.count_to_write(self.plan),
            "cleaned": sum(bool(row.cleaned) for row in self.plan.rows),
        }

    # Writing

    @permitted("imports.use")
    def commit(self, *, report: Report = silently) -> ImportBatch:
        """Write the plan as one change."""
        return self.imports.commit(self.plan, report=report)

    @permitted("imports.use")
    def write_errors(self, target: Path) -> int:
        """Write the rows with errors as a spreadsheet; gives how many."""
        return self.imports.write_errors(self.plan, target)

    def _decide(self, decisions: Decisions, row: int | None = None) -> Plan:
        self._plan = self.plan.decide(decisions, row)
        return self._plan

    def _replan(self, choice: Choice, report: Report) -> Plan:
        """Plan under another choice; where that is refused, the plan before stays."""
        before, self._choice = self._choice, choice
        try:
            return self._make(report)
        except BaseException:
            self._choice = before
            raise

    def _make(self, report: Report) -> Plan:
        self._plan = self.imports.plan(
            self.workbook(),
            self._content,
            self.name,
            choice=self._choice,
            remember=self._remember,
            report=report,
        )
        return self._plan
