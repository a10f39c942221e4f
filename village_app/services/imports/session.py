"""One import while it is being looked at: the file, the guess, the user's words, the plan.

The window's wizard holds one of these, whatever the subject; nothing in it is written before
`commit`. Every change of mind gives a new plan from the same file. What takes long is given a
`report` and is meant for a worker thread; what the window asks often is worked out with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from village_app.db.records.residents import ImportBatch
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.files.colours import ColouredRows
from village_app.importing.plans.decisions import UpdateRule
from village_app.importing.plans.lasting import lasting_values
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.replanning import Cells
from village_app.importing.plans.rows import PlanRow
from village_app.services.imports import deciding
from village_app.services.imports.deciding import UnknownGroup
from village_app.services.imports.overview import Overview, overview_of
from village_app.services.imports.reading import FileReading
from village_app.services.imports.source import ImportSource
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.imports.view import (
    ColumnGuess,
    GridFilter,
    RowView,
    Way,
    chosen_rows,
    column_guesses,
    row_view,
    ways_of,
)
from village_app.services.session import permitted

STEPS_KEPT = 20
"""Decisions that can be taken back; each keeps a plan of as many rows as the file has."""

_FILE_CHANGED = (
    "您看结果的时候，这个文件又存过一遍，里面和刚才看到的不一样了。"
    "可以重新读一遍，也可以就照刚才看过的写入。"
)


class ImportSession(FileReading):
    """Follows the user's decisions from the plan that was read to the rows that are written."""

    def __init__(self, imports: SubjectImports, source: ImportSource) -> None:
        super().__init__(imports, source)
        self._overview: Overview | None = None
        self._past: deque[Plan] = deque(maxlen=STEPS_KEPT)
        self._revealed: set[str] = set()

    def _plan_is(self, plan: Plan) -> None:
        super()._plan_is(plan)
        self._overview = overview_of(plan, self.imports)

    def _planned(self, plan: Plan) -> None:
        """Begin with a plan that was made anew: there is nothing to go back to."""
        self._past.clear()
        super()._planned(plan)

    @property
    def overview(self) -> Overview:
        """Give what was counted and gathered with the present plan."""
        assert self._overview is not None, "read() comes first"
        return self._overview

    # Decisions

    @permitted("imports.use")
    def rule(self) -> UpdateRule:
        """Give the rule for known records that holds for all fields."""
        return self.plan.decisions.rule

    @permitted("imports.use")
    def set_rule(self, rule: str, *, report: Report = silently) -> Plan:
        """Set the update rule of all fields; a blank cell never erases."""
        return self._decided(deciding.with_rule(self.plan, rule, report))

    @permitted("imports.use")
    def rules(self) -> Mapping[str, UpdateRule]:
        """Give the fields that have a rule of their own."""
        return self.plan.decisions.rules

    @permitted("imports.use")
    def set_rules(self, rules: Mapping[str, str], *, report: Report = silently) -> Plan:
        """Give fields rules of their own; a blank one goes by what holds for all."""
        return self._decided(deciding.with_rules(self.plan, rules, report))

    @permitted("imports.use")
    def unknown_groups(self) -> Sequence[UnknownGroup]:
        """List the groups and the like that the village does not have, with what is decided."""
        return self.overview.unknown

    @permitted("imports.use")
    def decide_names(self, answers: Sequence[str], *, report: Report = silently) -> Plan:
        """Create, take for one of the list, or leave out; in the order of `unknown_groups`."""
        return self._decided(deciding.with_names(self.plan, answers, report))

    @permitted("imports.use")
    def unexplained(self) -> ColouredRows | None:
        """Give the first colour of rows of which nobody has said what it means."""
        return deciding.unexplained(self.plan)

    @permitted("imports.use")
    def colour_meanings(self) -> list[tuple[str, str]]:
        """Give what a colour may mean, as code and words."""
        return deciding.colour_meanings(self.plan)

    @permitted("imports.use")
    def explain(self, colour: str, meaning: str, *, report: Report = silently) -> Plan:
        """Say what a colour of rows means, once for all of them."""
        return self._decided(deciding.with_colour(self.plan, colour, meaning, report))

    @permitted("imports.use")
    def take_way(self, number: int, field: str | None, way: str) -> Plan:
        """Go one of the ways that `ways` offered for a row and the cell with the keyboard."""
        return self._decided(deciding.with_way(self.plan, number, field, way))

    @permitted("imports.use")
    def take_way_alike(self, number: int, way: str, *, report: Report = silently) -> Plan:
        """Decide for all rows that wait for the same reason as this one (同类全部照此)."""
        return self._decided(deciding.with_way_alike(self.plan, number, way, report))

    @permitted("imports.use")
    def alike(self, number: int) -> int:
        """Count the rows that wait for the same reason as this one; 0 where it does not wait."""
        return deciding.count_alike(self.plan, number)

    @permitted("imports.use")
    def put_cells(self, changes: Cells) -> Plan:
        """Put cells right (row, field, text); only these rows and their doubles are judged anew."""
        return self._decided(self.plan.with_cells(changes))

    @permitted("imports.use")
    def step_back(self) -> bool:
        """Take the last decision or repair back; False where there is none."""
        if not self._past:
            return False
        self._plan_is(self._past.pop())
        return True

    @property
    def has_decisions(self) -> bool:
        """Tell whether something was decided or put right since the file was read."""
        return bool(self._past)

    # What is shown

    @permitted("imports.use")
    def columns(self) -> list[ColumnGuess]:
        """Give the columns of the file with what each was taken for."""
        return column_guesses(self.plan)

    @permitted("imports.use")
    def fields(self) -> list[tuple[str, str]]:
        """Give name and label of the fields that a column can be."""
        return [(declared.name, declared.label) for declared in self.plan.target.all_fields]

    @permitted("imports.use")
    def shown_fields(self) -> Sequence[tuple[str, str]]:
        """Give name and label of the fields that the file fills, in the target's order."""
        return self.overview.fields

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
    def counts(self) -> Mapping[str, int]:
        """Give the rows by state, with open ones, changed ones and those that were cleaned."""
        return self.overview.counts

    @permitted("residents.reveal")
    def reveal(self, number: int, field: str) -> str:
        """Give a long number of the file in full, to be put right.

        It stands in the user's own file, so nothing is taken down while only looking; the import
        itself says how many were looked at.
        """
        row = self.plan.rows[number]
        self._revealed.add(f"{row.sheet}!{row.row}:{field}")
        return row.text(field)

    # Writing

    @permitted("imports.use")
    def commit(self, *, as_seen: bool = False, report: Report = silently) -> ImportBatch:
        """Write the plan as one change.

        Refused with `file_changed` where the file says something else by now, unless `as_seen`;
        with `register_changed` where the register changed so that other rows would be written:
        the plan is compared anew and has to be looked at again.
        """
        if not as_seen and self.source.has_changed():
            raise Refused("file_changed", _FILE_CHANGED)
        with lasting_values():
            try:
                return self._commit(report)
            except Refused as refusal:
                if refusal.code != "register_changed" or self._comes_out_differently(report):
                    raise
            return self._commit(report)

    def _commit(self, report: Report) -> ImportBatch:
        return self.imports.commit(
            self.plan, since=self._since, revealed=len(self._revealed), report=report
        )

    def _comes_out_differently(self, report: Report) -> bool:
        """Compare with the register as it is now; tell whether anything comes out differently."""
        before = self.plan
        self._since = self.imports.moment()
        self._plan_is(self.imports.plan_again(before, report=report))
        return [_outcome(row) for row in before.rows] != [_outcome(row) for row in self.plan.rows]

    @permitted("imports.use")
    def write_errors(self, target: Path) -> int:
        """Write the rows with errors as a spreadsheet; gives how many."""
        return self.imports.write_errors(self.plan, target)

    def _decided(self, plan: Plan) -> Plan:
        self._past.append(self.plan)
        self._plan_is(plan)
        return plan


def _outcome(row: PlanRow) -> tuple[object, ...]:
    known = row.known.id if row.known is not None else None
    return row.state, known, dict(row.applied)
