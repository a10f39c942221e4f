"""Matters from other lists in: planned, looked at, written as one change, taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from village_app.db import undo
from village_app.db.journal import Change
from village_app.db.records import RECORDS
from village_app.db.records.issues import Issue
from village_app.db.records.residents import ImportBatch
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.decisions import Decisions
from village_app.importing.grid import Workbook
from village_app.importing.issues import STATE, issue_target
from village_app.importing.plan import Background, EarlierImport, ImportedFile, Plan, make_plan
from village_app.importing.plan_rows import PlanRow
from village_app.importing.reader import read_workbook
from village_app.importing.recognition import KnownRecord
from village_app.importing.tables import Choice
from village_app.services.backups import Backups
from village_app.services.issues import Issues
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

TARGET = "issues"
_COMPARED = (
    *("source_number", "heading", "content", "at", "category"),
    *("reporter", "phone", "address", "place", "result"),
)


class IssueImports(Service):
    """The way of a list into the log; nothing is written before `commit`."""

    @permitted("issues.import")
    def read(self, content: bytes, name: str, *, report: Report = silently) -> Workbook:
        """Read a file of any kind in a child process; refuses in a sentence what is no list."""
        return read_workbook(content, name, report=report)

    @permitted("issues.import")
    def plan(
        self,
        workbook: Workbook,
        content: bytes,
        name: str,
        *,
        choice: Choice | None = None,
        report: Report = silently,
    ) -> Plan:
        """Say row by row what an import would do; changes nothing."""
        file = ImportedFile(
            name,
            workbook.file_type,
            workbook.encoding,
            sha256(content).hexdigest(),
            tuple(workbook.remarks),
        )
        return make_plan(
            workbook,
            issue_target(),
            self._background(),
            file=file,
            choice=choice,
            decisions=Decisions(rule="overwrite"),
            report=report,
        )

    @permitted("issues.import")
    def commit(self, plan: Plan, *, source: str = "hotline") -> ImportBatch:
        """Write new matters with numbers and bring known ones up to date, as one change.

        Suspected and faulty rows stay out. Refused when nothing would be written.
        """
        rows = [row for row in plan.rows if row.state in ("new", "update")]
        if not rows:
            raise Refused("nothing_to_write", "没有新的诉求，也没有要更新的，台账没有动。")
        Backups(self.session).before("导入前")
        label = f"导入 {plan.file.name}：{len(rows)} 件"
        with self.session.change(label, kind="import") as change:
            for row in rows:
                self._write(change, row, source)
            batch: ImportBatch = change.insert(
                ImportBatch(
                    file_name=plan.file.name,
                    fingerprint=plan.file.sha256,
                    target=TARGET,
                    at=self.session.now(),
                    user=self.session.user.name,
                    counts=json.dumps(asdict(plan.counts)),
                )
            )
        return batch

    @permitted("imports.undo")
    def undo(self, batch: ImportBatch) -> undo.Undone:
        """Take a whole import back; matters that were worked at since stay and are listed."""
        if batch.state == "undone":
            raise Refused("already_undone", f"“{batch.file_name}”这次导入已经撤回过了。")
        number = self.store.scalar(
            "SELECT change_id FROM change_row WHERE table_name = 'import_batch' "
            'AND record_id = ? AND "before" IS NULL',
            (batch.id,),
        )
        return undo.take_back(self.session.journal, int(number or 0), RECORDS, leave_edited=True)

    def _write(self, change: Change, row: PlanRow, source: str) -> None:
        if row.state == "update" and row.known is not None:
            issue = self.store.get(Issue, row.known.id)
            applied = {name: new for name, new in row.applied.items() if name in _COMPARED}
            change.update(issue, **applied)
            Issues(self.session).note(change, issue, "worked", "按来源单更新")
            return
        values, state = self._values(row.values, source)
        issue = Issues(self.session).enter(change, values)
        if state != "registered":
            self._bring_to(change, issue, state, row.values)

    def _values(self, said: Mapping[str, Any], source: str) -> tuple[dict[str, Any], str]:
        """Give the fields of a new matter; a long title goes into the content too."""
        longest = Rules(self.session).on("issue_course")["longest_heading"]
        whole = str(said["heading"])
        content = said.get("content") or (whole if len(whole) > longest else None)
        names = ("source_number", "reporter", "phone", "address", "place")
        values = {name: said.get(name) for name in names}
        category = Issues(self.session).category(said.get("category"))
        values |= {
            "heading": whole[:longest],
            "content": content,
            "at": said.get("at") or self.session.now(),
            "category": category.name if category else None,
            "state": "registered",
            "source": source,
            "reporter_kind": "outsider" if said.get("reporter") else "anonymous",
        }
        return values, str(said.get(STATE) or "registered")

    def _bring_to(self, change: Change, issue: Issue, state: str, said: Mapping[str, Any]) -> None:
        """Stand an imported matter where the other list says it stands."""
        closed: datetime | None = self.session.now() if state in ("closed", "archived") else None
        change.update(issue, state=state, result=said.get("result"), closed_at=closed)
        word = Issue.declaration("state").kind.show(state)
        Issues(self.session).note(change, issue, "worked", f"来源单上的状态：{word}")

    def _background(self) -> Background:
        query = self.store.select(Issue).where(Issue.state != "merged")
        return Background(
            known=[
                KnownRecord(
                    one.id,
                    one.heading,
                    {STATE: one.state, **{name: getattr(one, name) for name in _COMPARED}},
                )
                for one in self.store.rows(query)
            ],
            earlier=self._earlier(),
            today=self.session.today(),
        )

    def _earlier(self) -> dict[str, EarlierImport]:
        query = self.store.select(ImportBatch).where(
            ImportBatch.target == TARGET, ImportBatch.state == "done"
        )
        return {
            one.fingerprint: EarlierImport(
                one.at, one.file_name, f"新增 {json.loads(one.counts)['new']} 件"
            )
            for one in self.store.rows(query)
        }
