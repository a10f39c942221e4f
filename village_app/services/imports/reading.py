"""The file of an import and what is understood of it: sheet, header, columns, text encoding."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.files.grid import Workbook
from village_app.importing.plans.lasting import lasting_values
from village_app.importing.plans.plan import Plan
from village_app.importing.tables.table_finder import FROM_EARLIER
from village_app.importing.tables.tables import Choice
from village_app.services.imports.asked import Asked
from village_app.services.imports.source import ImportSource
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.session import Service, permitted

SEEN_LINES = 40
"""Lines of a sheet that are shown for pointing at its header."""


@dataclass(frozen=True, slots=True)
class SheetLines:
    """The first lines of the chosen sheet as they stand; `header` are the header's, from 1."""

    sheet: str
    header: tuple[int, ...]
    lines: tuple[tuple[str, ...], ...]


_LONG_NUMBER = re.compile("[0-9０-９]{11,}[Xx]?")


def _masked(text: str) -> str:
    """Show long numbers as everywhere on the screen; nobody knows yet what they are."""
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", text)


class FileReading(Service):
    """Reads a list and plans its import; every other choice gives a new plan."""

    def __init__(self, imports: SubjectImports, source: ImportSource) -> None:
        super().__init__(imports.session)
        self.imports = imports
        self.source = source
        self._workbook: Workbook | None = None
        self._choice = Choice()
        self._remember = True
        self._plan: Plan | None = None
        self._since = 0

    @property
    def name(self) -> str:
        """What people call the list: the name of its file."""
        return self.source.name

    @property
    def plan(self) -> Plan:
        assert self._plan is not None, "read() comes first"
        return self._plan

    @permitted("imports.use")
    def read(
        self,
        *,
        encoding: str | None = None,
        separator: str | None = None,
        password: str | None = None,
        report: Report = silently,
    ) -> Plan:
        """Read the file in a child process and plan; refuses in a sentence.

        `password` opens a locked workbook; it is handed to the child and kept nowhere.
        """
        with lasting_values():
            content = self.source.load()
            self._workbook = self.imports.read(
                content,
                self.name,
                encoding=encoding or self.source.how.get("encoding"),
                separator=separator or self.source.how.get("separator"),
                password=password,
                report=report,
            )
        if self.source.path is None:
            return self._make_of_pasted(report)
        return self._make(report)

    def _make_of_pasted(self, report: Report) -> Plan:
        """Plan pasted rows; where no header is found among them they are taken to have none."""
        try:
            return self._make(report)
        except Refused as refusal:
            try:
                return self._replan(Choice(header_rows=()), report)
            except Refused:
                raise refusal from None

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
            tuple(_masked(part.surface.shown(row, column)) for column in range(width))
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
    def remembered(self) -> tuple[int, str]:
        """Count the columns that were matched as in an earlier import, and name its file."""
        matching = self.plan.table.matching
        count = sum(
            match.field is not None and match.reason == FROM_EARLIER for match in matching.columns
        )
        return count, self.imports.remembered_from(matching.signature) if count else ""

    def _replan(self, choice: Choice, report: Report) -> Plan:
        """Plan under another choice; where that is refused, the plan before stays."""
        before, self._choice = self._choice, choice
        try:
            return self._make(report)
        except BaseException:
            self._choice = before
            raise

    def _make(self, report: Report) -> Plan:
        since = self.imports.moment()
        with lasting_values():
            plan = self.imports.plan(
                self.workbook(),
                self.source.content,
                self.name,
                choice=self._choice,
                remember=self._remember,
                report=report,
            )
            self._since = since
            self._planned(plan)
        return plan

    def _planned(self, plan: Plan) -> None:
        """Begin with a plan that was made anew."""
        self._plan_is(plan)

    def _plan_is(self, plan: Plan) -> None:
        """Take another plan."""
        self._plan = plan
