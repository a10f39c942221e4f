"""A list of subsidies from the town's workbook: planned, looked at, written as one change."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from village_app.db.records.aid import AidLine, AidList
from village_app.db.records.residents import ImportBatch
from village_app.domain.aid_checks import AidCheck, Claim
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.aid import aid_fields, aid_target
from village_app.importing.decisions import Decisions
from village_app.importing.grid import Workbook
from village_app.importing.plan import Background, EarlierImport, ImportedFile, Plan, make_plan
from village_app.importing.plan_rows import PlanRow
from village_app.importing.reader import read_workbook
from village_app.importing.recognition import KnownRecord
from village_app.importing.tables import Choice
from village_app.services.aid_lists import AidLists
from village_app.services.backups import Backups
from village_app.services.session import Service, permitted

TARGET = "aid"
_FIELDS = tuple(one.name for one in aid_fields())


class AidImports(Service):
    """The way of a workbook into a list; nothing is written before `commit`."""

    @permitted("aid.edit")
    def read(self, content: bytes, name: str, *, report: Report = silently) -> Workbook:
        """Read a file of any kind in a child process; refuses in a sentence what is no list."""
        return read_workbook(content, name, report=report)

    @permitted("aid.edit")
    def plan(
        self,
        aid: AidList,
        workbook: Workbook,
        content: bytes,
        name: str,
        *,
        choice: Choice | None = None,
        report: Report = silently,
    ) -> Plan:
        """Say row by row what would come onto this list; changes nothing."""
        file = ImportedFile(
            name,
            workbook.file_type,
            workbook.encoding,
            sha256(content).hexdigest(),
            tuple(workbook.remarks),
        )
        return make_plan(
            workbook,
            aid_target(),
            self._background(aid),
            file=file,
            choice=choice,
            decisions=Decisions(rule="overwrite"),
            report=report,
        )

    @permitted("aid.edit")
    def commit(self, aid: AidList, plan: Plan) -> ImportBatch:
        """Write new lines and changed ones as one change; suspected and faulty rows stay out.

        Refused when nothing would be written.
        """
        rows = [row for row in plan.rows if row.state in ("new", "update")]
        if not rows:
            raise Refused("nothing_to_write", "没有新的人，也没有要更新的，名单没有动。")
        Backups(self.session).before("导入前")
        check = AidLists(self.session).check()
        new = [_values(aid, row, check) for row in rows if row.state == "new"]
        label = f"导入 {plan.file.name}：{len(rows)} 人"
        with self.session.change(label, kind="import") as change:
            change.insert_rows(AidLine, new)
            for row in rows:
                if row.state == "update" and row.known is not None:
                    line = self.store.get(AidLine, row.known.id)
                    change.update(line, **row.applied)
            batch: ImportBatch = change.insert(
                ImportBatch(
                    file_name=plan.file.name,
                    fingerprint=plan.file.sha256,
                    target=f"{TARGET}:{aid.id}",
                    at=self.session.now(),
                    user=self.session.user.name,
                    counts=json.dumps(asdict(plan.counts)),
                )
            )
        return batch

    def _background(self, aid: AidList) -> Background:
        lines = AidLists(self.session).lines(aid)
        return Background(
            known=[
                KnownRecord(one.id, one.name, {name: getattr(one, name) for name in _FIELDS})
                for one in lines
            ],
            earlier=self._earlier(aid),
            today=self.session.today(),
        )

    def _earlier(self, aid: AidList) -> dict[str, EarlierImport]:
        query = self.store.select(ImportBatch).where(
            ImportBatch.target == f"{TARGET}:{aid.id}", ImportBatch.state == "done"
        )
        return {
            one.fingerprint: EarlierImport(
                one.at, one.file_name, f"新增 {json.loads(one.counts)['new']} 人"
            )
            for one in self.store.rows(query)
        }


def _values(aid: AidList, row: PlanRow, check: AidCheck) -> dict[str, Any]:
    values = {name: row.values.get(name) for name in _FIELDS}
    claim = Claim(0, str(values["name"]), values["id_number"] or "", values["group_name"] or "")
    person = check.person_of(claim)
    return {
        **values,
        "list_id": aid.id,
        "is_out": False,
        "resident_id": person.key if person is not None else None,
    }
