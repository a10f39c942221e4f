"""Residents out of a spreadsheet: what the register holds already, and how rows are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from village_app.db.journal import Change
from village_app.db.records.residents import Household, ImportBatch, Place, Resident
from village_app.domain.reporting import Report
from village_app.errors import Refused
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import Background, Plan
from village_app.importing.plans.recognition import KnownPerson
from village_app.importing.subjects.residents import resident_fields, residents_target
from village_app.importing.tables.targets import Target
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.imports.writing import ResidentWriter
from village_app.services.register.own_fields import OwnFieldReader, OwnFields
from village_app.services.session import permitted


class Imports(SubjectImports):
    """Lists of residents into the register."""

    key: ClassVar[str] = "residents"
    action: ClassVar[str] = "residents.import"
    counter: ClassVar[str] = "人"
    compared: ClassVar[tuple[str, ...]] = ("resident", "household", "place")
    own_fields: ClassVar[bool] = True

    @permitted("residents.read")
    def batches_of(self, key: str) -> list[ImportBatch]:
        """List the imports of a subject, newest first."""
        query = self.store.select(ImportBatch).where(ImportBatch.target == key)
        return self.store.rows(query.order_by(ImportBatch.id.desc()))

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

    def _target(self) -> Target:
        return residents_target(extra=OwnFields(self.session).declared())

    def _usual_decisions(self, plan: Plan) -> Decisions:
        return usual_decisions(plan)

    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        ResidentWriter(self.session, change, plan, report).write()

    def _background(self) -> Background:
        places = {place.id: place for place in self.store.rows(self.store.select(Place))}
        return Background(
            known=self._known_people(places),
            lists={
                "group": [place.name for place in places.values() if place.kind == "group"],
                "grid": [place.name for place in places.values() if place.kind == "grid"],
            },
        )

    def _known_people(self, places: Mapping[int, Place]) -> list[KnownPerson]:
        households = {one.id: one for one in self.store.rows(self.store.select(Household))}
        people = self.store.rows(self.store.select(Resident))
        own = OwnFieldReader(OwnFields(self.session).declared())
        names = {person.id: person.name for person in people}
        return [_known(person, households, places, names, own.values(person)) for person in people]


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
    own_values: Mapping[str, Any],
) -> KnownPerson:
    household = households.get(person.household_id)
    group = places.get(person.group_id)
    grid = places.get(person.grid_id)
    own = {declared.name for declared in resident_fields()}
    values = {name: value for name, value in person.values().items() if name in own}
    values |= own_values
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
