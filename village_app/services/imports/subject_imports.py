"""The one way of other people's spreadsheets into the village, for whatever subject.

A subject that can be imported is one class over `SubjectImports`: it says what its lines are
(`_target`), what the village holds already (`_background`), and how rows are written (`_write`).
Reading, the dry run, the single change, the list of batches and taking back are here, once.
The window's wizard (`ui/pages/imports/page.py`) and the command line need nothing else.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from village_app.db import undo
from village_app.db.journal import Change
from village_app.db.records import RECORDS
from village_app.db.records.residents import ColumnMapping, ImportBatch
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.files.grid import Workbook
from village_app.importing.files.reader import read_workbook
from village_app.importing.out.template import write_template
from village_app.importing.out.write_errors import write_rejected_rows
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import (
    Background,
    EarlierImport,
    ImportedFile,
    Plan,
    make_plan,
)
from village_app.importing.tables.table_finder import Remembered
from village_app.importing.tables.tables import Choice
from village_app.importing.tables.targets import Target
from village_app.services.safety.backups import Backups
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a subject asks beside the columns: its label, its answers, the one taken.

    Example: `Asked("这是哪个账户的流水", (("12", "银行存款"), ("13", "现金")), "12")`.
    """

    label: str
    answers: tuple[tuple[str, str], ...]
    chosen: str


class SubjectImports(Service, ABC):
    """Reads, plans, writes and takes back the lists of one subject.

    `key` is kept with each batch, `action` is the right that is needed, `counter` counts what a
    line is (人, 件, 笔). Nothing is written before `commit`.
    """

    key: ClassVar[str] = ""
    action: ClassVar[str] = "imports.use"
    counter: ClassVar[str] = "行"
    rule_matters: ClassVar[bool] = True
    """Whether known records take new values; False where what is booked is never changed."""
    own_fields: ClassVar[bool] = False
    """Whether the village may add a field of its own for a column that has none."""

    # What a subject says

    @abstractmethod
    def _target(self) -> Target:
        """Describe what a line of such a list may say."""

    @abstractmethod
    def _background(self) -> Background:
        """Gather the known records and lists of names; memory and day are added here."""

    @abstractmethod
    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        """Write the plan's rows within the open change; refuses what must not be written."""

    def _usual_decisions(self, plan: Plan) -> Decisions:
        """Decide what goes without saying for a new plan."""
        return plan.decisions

    def _to_write(self, plan: Plan) -> int:
        """Count the rows that would be written; a subject that never updates counts new ones."""
        return plan.counts.new + plan.counts.update

    # What people do

    @permitted("imports.use")
    def asked(self) -> Asked | None:
        """Say what the subject asks beside the columns; most ask nothing."""
        self.session.require(self.action)
        return None

    @permitted("imports.use")
    def answer(self, answer: str) -> None:
        """Take the answer to what was asked."""
        self.session.require(self.action)
        raise Refused("nothing_asked", f"这种表格不用选“{answer}”。")

    @permitted("imports.use")
    def read(
        self,
        content: bytes,
        name: str,
        *,
        encoding: str | None = None,
        separator: str | None = None,
        report: Report = silently,
    ) -> Workbook:
        """Read a file of any kind in a child process; refuses in a sentence what is no list."""
        self.session.require(self.action)
        return read_workbook(content, name, encoding=encoding, separator=separator, report=report)

    @permitted("imports.use")
    def plan(
        self,
        workbook: Workbook,
        content: bytes,
        name: str,
        *,
        choice: Choice | None = None,
        decisions: Decisions | None = None,
        remember: bool = True,
        report: Report = silently,
    ) -> Plan:
        """Say line by line what an import would do; changes nothing.

        `remember` False leaves out how the columns of such a header were understood before.
        """
        self.session.require(self.action)
        file = ImportedFile(
            name,
            workbook.file_type,
            workbook.encoding,
            sha256(content).hexdigest(),
            tuple(workbook.remarks),
        )
        plan = make_plan(
            workbook,
            self._target(),
            self._around(remember=remember),
            file=file,
            choice=choice,
            decisions=decisions,
            report=report,
        )
        return plan if decisions is not None else plan.decide(self._usual_decisions(plan))

    @permitted("imports.use")
    def commit(self, plan: Plan, *, report: Report = silently) -> ImportBatch:
        """Write the plan's rows as one change; suspected and faulty ones stay out.

        All of it or nothing; refused when there is nothing to write.
        """
        self.session.require(self.action)
        if not self._to_write(plan):
            raise Refused("nothing_to_write", "没有要新增或更新的行，台账没有动。")
        Backups(self.session).before("导入前", report=report)
        with self.session.change(self._label(plan), kind="import") as change:
            self._write(change, plan, report)
            batch: ImportBatch = change.insert(
                ImportBatch(
                    file_name=plan.file.name,
                    fingerprint=plan.file.sha256,
                    target=self.key,
                    at=self.session.now(),
                    user=self.session.user.name,
                    counts=json.dumps(asdict(plan.counts)),
                )
            )
        self._remember(plan)
        return batch

    @permitted("imports.use")
    def write_template(self, path: Path) -> None:
        """Write an empty spreadsheet to be filled in, with hints, drop-downs and two samples."""
        self.session.require(self.action)
        target = self._target()
        title = f"{target.label}导入表"
        fields = [one for one in target.fields if one.name not in target.computed]
        write_template(path, title, fields)

    @permitted("imports.use")
    def count_to_write(self, plan: Plan) -> int:
        """Count the rows that would be written now."""
        self.session.require(self.action)
        return self._to_write(plan)

    @permitted("imports.use")
    def write_errors(self, plan: Plan, target: Path) -> int:
        """Write the rows with errors to a spreadsheet in the file's own layout, with reasons.

        One sheet for each sheet of the file. Returns how many rows were written; they can be put
        right there and imported again.
        """
        self.session.require(self.action)
        write_rejected_rows(target, plan.rejected)
        return sum(len(rejected.reasons) for rejected in plan.rejected)

    @permitted("imports.undo")
    def undo(self, batch: ImportBatch) -> undo.Undone:
        """Take a whole import back, weeks later too.

        New untouched records go, updated ones get their old values back; what was edited since is
        listed in the answer and left as it is.
        """
        if batch.state == "undone":
            raise Refused("already_undone", f"“{batch.file_name}”这次导入已经撤回过了。")
        number = self._change_of(batch)
        return undo.take_back(self.session.journal, number, RECORDS, leave_edited=True)

    # How it is done

    def _label(self, plan: Plan) -> str:
        counts = plan.counts
        words = [f"新增 {counts.new} {self.counter}"]
        words += [f"更新 {counts.update} {self.counter}"] if self.rule_matters else []
        return f"导入 {plan.file.name}：{'，'.join(words)}"

    def _around(self, *, remember: bool) -> Background:
        """Complete the subject's background with what all subjects share."""
        own = self._background()
        return Background(
            known=own.known,
            lists=own.lists,
            remembered=self._remembered() if remember else {},
            earlier=self._earlier(),
            today=self.session.today(),
        )

    def _remembered(self) -> Remembered:
        query = self.store.select(ColumnMapping).where(ColumnMapping.target == self.key)
        return {kept.signature: json.loads(kept.mapping) for kept in self.store.rows(query)}

    def _earlier(self) -> dict[str, EarlierImport]:
        query = self.store.select(ImportBatch).where(
            ImportBatch.target == self.key, ImportBatch.state == "done"
        )
        return {
            batch.fingerprint: EarlierImport(
                batch.at, batch.file_name, result_words(type(self), batch)
            )
            for batch in self.store.rows(query)
        }

    def _remember(self, plan: Plan) -> None:
        """Keep how the columns were understood, for the next file with the same header."""
        for part in plan.table.parts[:1]:
            self._remember_header(part.matching.signature, part.matching.remembered, plan.file.name)

    def _remember_header(self, signature: str, columns: dict[str, str | None], name: str) -> None:
        kept = (
            self.store.select(ColumnMapping)
            .where(ColumnMapping.signature == signature, ColumnMapping.target == self.key)
            .first()
        )
        mapping = json.dumps(columns, ensure_ascii=False)
        with self.session.change("记住列对应", undoable=False) as change:
            if kept is None:
                change.insert(
                    ColumnMapping(signature=signature, target=self.key, mapping=mapping, name=name)
                )
            else:
                change.update(kept, mapping=mapping, name=name)

    def _change_of(self, batch: ImportBatch) -> int:
        number = self.store.scalar(
            "SELECT change_id FROM change_row WHERE table_name = 'import_batch' AND record_id = ? "
            'AND "before" IS NULL',
            (batch.id,),
        )
        if number is None:
            raise Refused("no_change", "找不到这次导入的修改记录。")
        return int(number)


def result_words(subject: type[SubjectImports], batch: ImportBatch) -> str:
    """Say what an import did: 新增 3 人，更新 25 人."""
    counts = json.loads(batch.counts)
    words = [f"新增 {counts.get('new', 0)} {subject.counter}"]
    if subject.rule_matters:
        words.append(f"更新 {counts.get('update', 0)} {subject.counter}")
    return "，".join(words)
