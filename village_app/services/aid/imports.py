"""A list of subsidies from the town's workbook onto one list, by the one way of imports."""

from __future__ import annotations

from typing import Any, ClassVar

from village_app.db.journal import Change
from village_app.db.records.aid import AidLine, AidList
from village_app.domain.aid_checks import AidCheck, Claim
from village_app.domain.reporting import Report
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import Background, Plan
from village_app.importing.plans.recognition import KnownRecord
from village_app.importing.plans.rows import PlanRow
from village_app.importing.subjects.aid import aid_fields, aid_target
from village_app.importing.tables.targets import Target
from village_app.services.aid.lists import AidLists
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.session import Session

_FIELDS = tuple(one.name for one in aid_fields())


class AidImports(SubjectImports):
    """People with their sums onto one list; who stands there already is brought up to date."""

    key: ClassVar[str] = "aid"
    action: ClassVar[str] = "aid.edit"
    counter: ClassVar[str] = "人"
    compared: ClassVar[tuple[str, ...]] = ("aid_line",)

    def __init__(self, session: Session, aid: AidList) -> None:
        super().__init__(session)
        self._aid = aid

    def _target(self) -> Target:
        return aid_target()

    def _usual_decisions(self, plan: Plan) -> Decisions:
        return plan.decisions.with_rule("overwrite")

    def _background(self) -> Background:
        lines = AidLists(self.session).lines(self._aid)
        return Background(
            known=[
                KnownRecord(one.id, one.name, {name: getattr(one, name) for name in _FIELDS})
                for one in lines
            ]
        )

    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        check = AidLists(self.session).check()
        new = [_values(self._aid, row, check) for row in plan.rows if row.state == "new"]
        report(0, len(plan.rows), "正在登记补贴对象")
        change.insert_rows(AidLine, new)
        for row in plan.rows:
            if row.state == "update" and row.known is not None:
                change.update(self.store.get(AidLine, row.known.id), **row.applied)


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
