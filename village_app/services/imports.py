"""Bringing a spreadsheet of residents in: planned, looked at, written as one change, taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from village_app.db import undo
from village_app.db.records import RECORDS
from village_app.db.records.residents import ColumnMapping, Household, ImportBatch, Place, Resident
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.decisions import Decisions
from village_app.importing.grid import Workbook
from village_app.importing.plan import Background, EarlierImport, ImportedFile, Plan, make_plan
from village_app.importing.reader import read_workbook
from village_app.importing.recognition import KnownPerson
from village_app.importing.residents import resident_fields, residents_target
from village_app.importing.tables import Choice
from village_app.importing.write_errors import write_error_rows
from village_app.services.backups import Backups
from village_app.services.import_writing import ResidentWriter
from village_app.services.session import Service, permitted


class Imports(Service):
    """The way of a file into the register; nothing is written before `commit`."""

    @permitted("residents.import")
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
        return read_workbook(content, name, encoding=encoding, separator=separator, report=report)

    @permitted("residents.import")
    def plan(
        self,
        workbook: Workbook,
        content: bytes,
        name: str,
        *,
        choice: Choice | None = None,
        decisions: Decisions | None = None,
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
        plan = make_plan(
            workbook,
            residents_target(),
            self.background(),
            file=file,
            choice=choice,
            decisions=decisions,
            report=report,
        )
        return plan if decisions is not None else plan.decide(usual_decisions(plan))

    @permitted("residents.import")
    def commit(self, plan: Plan, *, report: Report = silently) -> ImportBatch:
        """Write the plan's new and updated rows as one change; all of it or nothing.

        Refused while a row's question is open or there is nothing to write.
        """
        counts = plan.counts
        if not counts.new + counts.update:
            raise Refused("nothing_to_write", "没有要新增或更新的行，台账没有动。")
        Backups(self.session).before("导入前", report=report)
        label = f"导入 {plan.file.name}：新增 {counts.new} 人，更新 {counts.update} 人"
        with self.session.change(label, kind="import") as change:
            writer = ResidentWriter(self.session, change, plan, report)
            writer.write()
            batch: ImportBatch = change.insert(
                ImportBatch(
                    file_name=plan.file.name,
                    fingerprint=plan.file.sha256,
                    target="residents",
                    at=self.session.now(),
                    user=self.session.user.name,
                    counts=json.dumps(asdict(counts)),
                )
            )
        self._remember(plan)
        return batch

    @permitted("residents.import")
    def write_errors(self, plan: Plan, target: Path) -> int:
        """Write the rows with errors to a spreadsheet in the file's own layout, with a reason.

        Returns how many rows were written; they can be put right there and imported again.
        """
        part = plan.table.parts[0]
        reasons = {
            row.row - 1: "；".join(problem.message for problem in row.errors)
            for row in plan.rows
            if row.state == "error" and row.sheet == part.sheet
        }
        heads = [row - 1 for row in plan.table.header_rows]
        write_error_rows(target, part.surface.sheet, heads, reasons)
        return len(reasons)

    @permitted("residents.read")
    def batches(self) -> list[ImportBatch]:
        """List the imports, newest first."""
        return self.store.rows(self.store.select(ImportBatch).order_by(ImportBatch.id.desc()))

    @permitted("residents.read")
    def by_number(self, number: int) -> ImportBatch:
        """Find an import by its running number, as `number_of` gives it."""
        query = self.store.select(ImportBatch).order_by(ImportBatch.id)
        found = self.store.rows(query.offset(number - 1).limit(1)) if number > 0 else []
        if not found:
            raise Refused("no_batch", f"没有第 {number} 批导入。")
        batch: ImportBatch = found[0]
        return batch

    @permitted("residents.read")
    def number_of(self, batch: ImportBatch) -> int:
        """Give the running number of an import; imports stay in the list even when taken back."""
        return int(self.store.select(ImportBatch).where(ImportBatch.id <= batch.id).count())

    @permitted("imports.undo")
    def undo(self, batch: ImportBatch) -> undo.Undone:
        """Take a whole import back, weeks later too.

        New untouched people go, updated ones get their old values back; what was edited since is
        listed in the answer and left as it is.
        """
        if batch.state == "undone":
            raise Refused("already_undone", f"“{batch.file_name}”这次导入已经撤回过了。")
        number = self._change_of(batch)
        return undo.take_back(self.session.journal, number, RECORDS, leave_edited=True)

    @permitted("residents.import")
    def background(self) -> Background:
        """Gather what the village holds, for comparing."""
        places = {place.id: place for place in self.store.rows(self.store.select(Place))}
        return Background(
            known=self._known_people(places),
            lists={
                "group": [place.name for place in places.values() if place.kind == "group"],
                "grid": [place.name for place in places.values() if place.kind == "grid"],
            },
            remembered={
                mapping.signature: json.loads(mapping.mapping)
                for mapping in self.store.rows(self.store.select(ColumnMapping))
            },
            earlier=self._earlier(),
            today=self.session.today(),
        )

    def _known_people(self, places: Mapping[int, Place]) -> list[KnownPerson]:
        households = {one.id: one for one in self.store.rows(self.store.select(Household))}
        people = self.store.rows(self.store.select(Resident))
        names = {person.id: person.name for person in people}
        return [_known(person, households, places, names) for person in people]

    def _earlier(self) -> dict[str, EarlierImport]:
        found = {}
        for batch in self.batches():
            if batch.state == "done":
                counts = json.loads(batch.counts)
                result = f"新增 {counts['new']} 人，更新 {counts['update']} 人"
                found[batch.fingerprint] = EarlierImport(batch.at, batch.file_name, result)
        return found

    def _remember(self, plan: Plan) -> None:
        """Keep how the columns were understood, for the next file with the same header."""
        signature = plan.table.matching.signature
        mapping = json.dumps(
            {match.heading.key: match.field for match in plan.table.matching.columns},
            ensure_ascii=False,
        )
        kept = self.store.select(ColumnMapping).where(ColumnMapping.signature == signature).first()
        with self.session.change("记住列对应", undoable=False) as change:
            if kept is None:
                change.insert(
                    ColumnMapping(
                        signature=signature,
                        target="residents",
                        mapping=mapping,
                        name=plan.file.name,
                    )
                )
            else:
                change.update(kept, mapping=mapping, name=plan.file.name)

    def _change_of(self, batch: ImportBatch) -> int:
        number = self.store.scalar(
            "SELECT change_id FROM change_row WHERE table_name = 'import_batch' AND record_id = ? "
            'AND "before" IS NULL',
            (batch.id,),
        )
        if number is None:
            raise Refused("no_change", "找不到这次导入的修改记录。")
        return int(number)


# Fields that say who somebody is; a list with one more field is there to bring that field.
_IDENTIFYING = {
    *("name", "id_type", "id_number", "sex", "birth", "age"),
    *("household_no", "head_name", "relation", "group"),
}


def usual_decisions(plan: Plan) -> Decisions:
    """Decide what goes without saying: a list of one thing brings it, a new group is made.

    A list of names, numbers and telephones is there to bring the telephones, so they replace the
    old ones; where telephones are one column among many, a difference is asked about.
    """
    decisions = plan.decisions
    columns = {match.field for match in plan.table.matching.columns if match.field}
    assumed = {one.field for part in plan.table.parts for one in part.assumptions}
    brought = (columns | assumed) - _IDENTIFYING
    if len(brought) == 1:
        decisions = decisions.with_rule("overwrite", brought.pop())
    for unknown in plan.unknown_names:
        if not unknown.likely:
            decisions = decisions.with_value(unknown.field, unknown.key, "create")
    return decisions


def _known(
    person: Resident,
    households: Mapping[int, Household],
    places: Mapping[int, Place],
    names: Mapping[int, str],
) -> KnownPerson:
    household = households.get(person.household_id)
    group = places.get(person.group_id)
    grid = places.get(person.grid_id)
    own = {declared.name for declared in resident_fields()}
    values = {name: value for name, value in person.values().items() if name in own}
    values["household_no"] = household.number if household else None
    values["grid"] = grid.name if grid else None
    return KnownPerson(
        id=person.id,
        name=person.name,
        identity_number=person.id_number,
        birth=person.birth,
        household_id=person.household_id,
        head_name=names.get(household.head_id) if household else None,
        phone=person.phone,
        group=group.name if group else None,
        values=values,
    )
