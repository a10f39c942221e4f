"""The one way of other people's spreadsheets into the village, for whatever subject.

A subject that can be imported is one class over `SubjectImports`: it says what its lines are
(`_target`), what the village holds already (`_background`), and how rows are written (`_write`).
Reading, the dry run, the single change, the list of batches and taking back are here, once.
The window's wizard (`ui/pages/imports/page.py`) and the command line need nothing else.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import ClassVar

from village_app.db.journal import Change
from village_app.db.records import RECORDS
from village_app.db.records.residents import ImportBatch
from village_app.db.undo import Kept, Undone, take_back
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.files.grid import Workbook
from village_app.importing.files.reader import read_workbook
from village_app.importing.out.template import write_template
from village_app.importing.out.write_errors import write_rejected_rows
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import Background, ImportedFile, Plan, make_plan
from village_app.importing.tables.tables import Choice
from village_app.importing.tables.targets import Target
from village_app.services.imports.asked import Asked
from village_app.services.imports.batches import change_of, earlier_imports
from village_app.services.imports.edited import EditedRecord, edited_records
from village_app.services.imports.memory import ColumnMemory
from village_app.services.safety.backups import Backups
from village_app.services.session import Service, permitted

_REGISTER_CHANGED = "您看结果的时候，台账里又改了东西。已经重新核对过一遍，请再看一眼，然后写入。"


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
    compared: ClassVar[tuple[str, ...]] = ()
    """The tables that a plan is compared with."""
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
        """Count the rows that would be written."""
        return plan.counts.new + (plan.counts.update if self.rule_matters else 0)

    @classmethod
    def result_words(cls, batch: ImportBatch) -> str:
        """Say what an import did: 新增 3 人，更新 25 人."""
        counts = json.loads(batch.counts)
        words = [f"新增 {counts.get('new', 0)} {cls.counter}"]
        if cls.rule_matters:
            words.append(f"更新 {counts.get('update', 0)} {cls.counter}")
        return "，".join(words)

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
        password: str | None = None,
        report: Report = silently,
    ) -> Workbook:
        """Read a file of any kind in a child process; refuses in a sentence what is no list."""
        self.session.require(self.action)
        return read_workbook(
            content,
            name,
            encoding=encoding,
            separator=separator,
            password=password,
            report=report,
        )

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
        file = ImportedFile.read_as(workbook, content, name)
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
    def moment(self) -> int:
        """Give the number of the last change, to be told when a plan is written."""
        self.session.require(self.action)
        return self.session.journal.head().number

    @permitted("imports.use")
    def plan_again(self, plan: Plan, *, report: Report = silently) -> Plan:
        """Compare a plan with the register as it is now; what was decided and put right stays."""
        self.session.require(self.action)
        return plan.against(self._around(remember=False), report=report)

    @permitted("imports.use")
    def remembered_from(self, signature: str) -> str:
        """Name the file from which the columns of such a header are remembered."""
        self.session.require(self.action)
        return ColumnMemory(self.session, self.key).name_of(signature)

    @permitted("imports.use")
    def commit(
        self,
        plan: Plan,
        *,
        since: int | None = None,
        revealed: int = 0,
        report: Report = silently,
    ) -> ImportBatch:
        """Write the plan's rows as one change; suspected and faulty ones stay out.

        All of it or nothing; refused when there is nothing to write, and with `register_changed`
        where records that the plan was compared with changed after the `moment` that is named.
        `revealed` counts the long numbers that were looked at in full, which is taken down.
        """
        self.session.require(self.action)
        if not self._to_write(plan):
            raise Refused("nothing_to_write", "没有要新增或更新的行，台账没有动。")
        Backups(self.session).before("导入前", report=report)
        with self.session.change(self._label(plan, revealed), kind="import") as change:
            if since is not None and self._changed_since(since):
                raise Refused("register_changed", _REGISTER_CHANGED)
            self._write(change, plan, report)
            report(1, 1, "正在记入修改记录")
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
        ColumnMemory(self.session, self.key).keep(plan)
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
    def undo(
        self,
        batch: ImportBatch,
        *,
        leave_edited: bool = True,
        also: Collection[Kept] = (),
        report: Report = silently,
    ) -> Undone:
        """Take a whole import back, weeks later too.

        New untouched records go, updated ones get their old values back; what was edited since is
        listed in the answer and left as it is, but for those named in `also`. Without
        `leave_edited` nothing is taken back where something was edited: `EditedSince` lists it.
        """
        if batch.state == "undone":
            raise Refused("already_undone", f"“{batch.file_name}”这次导入已经撤回过了。")
        return take_back(
            self.session.journal,
            change_of(self.session, batch),
            RECORDS,
            leave_edited=leave_edited,
            also=also,
            report=report,
        )

    @permitted("imports.undo")
    def edited_since(self, batch: ImportBatch, kept: Collection[Kept]) -> list[EditedRecord]:
        """Describe the records that `EditedSince` lists, with what was changed in each."""
        return edited_records(self.session, batch, kept)

    # How it is done

    def _label(self, plan: Plan, revealed: int = 0) -> str:
        counts = plan.counts
        words = [f"新增 {counts.new} {self.counter}"]
        words += [f"更新 {counts.update} {self.counter}"] if self.rule_matters else []
        words += [f"看过全号 {revealed} 处"] if revealed else []
        return f"导入 {plan.file.name}：{'，'.join(words)}"

    def _changed_since(self, number: int) -> bool:
        """Tell whether records that a plan is compared with changed after a change."""
        touched = self.store.sql(
            "SELECT DISTINCT table_name FROM change_row WHERE change_id > ?", (number,)
        )
        return any(table in self.compared for (table,) in touched)

    def _around(self, *, remember: bool) -> Background:
        """Complete the subject's background with what all subjects share."""
        own = self._background()
        return Background(
            known=own.known,
            lists=own.lists,
            remembered=ColumnMemory(self.session, self.key).all() if remember else {},
            earlier=earlier_imports(self.session, self.key, self.result_words),
            today=self.session.today(),
        )
