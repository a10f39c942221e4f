"""The register of residents: entered, corrected, found and listed; masked unless asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.house import Attachment
from village_app.db.records.register import HouseholdHead, LifeEvent, ResidentLabel
from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.identity import birth_of, sex_of
from village_app.domain.kinds import IDENTITY_NUMBER, FieldDeclaration, Unreadable
from village_app.domain.names import pinyin_key, search_keys
from village_app.domain.relations import is_head
from village_app.domain.strokes import stroke_key
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.register.group_moves import note_group_move
from village_app.services.register.own_fields import OwnFields
from village_app.services.register.presence import GONE
from village_app.services.register.resident_search import matching
from village_app.services.session import Service, permitted

MASKED = frozenset({"id_number", "phone", "other_phones", "bank_account"})
SHOWN = frozenset(
    {
        *("sex", "birth", "ethnicity", "id_number", "phone", "other_phones"),
        *("household_id", "relation", "group_id", "grid_id", "address", "politics"),
        *("education", "marriage", "registration", "residence", "member", "status", "note"),
        *("bank", "bank_account", "shares"),
    }
)
_NAMED = {
    "household_id": (Household, "number"),
    "group_id": (Place, "name"),
    "grid_id": (Place, "name"),
}


@dataclass(frozen=True, slots=True)
class FoundResident:
    """One hit of a search, masked unless the full numbers were asked for and allowed."""

    id: int
    name: str
    id_number: str
    phone: str
    group: str
    household: str
    head: str


class Residents(Service):
    """People of the village."""

    @permitted("residents.edit")
    def register(self, typed: Mapping[str, Any]) -> Resident:
        """Enter a person from typed values; sex and birth follow from an identity number.

        Refuses with all faults by field, and an identity number that somebody has already.
        """
        values = self.completed(read_values(Resident, typed))
        values |= OwnFields(self.session).typed(typed, None)
        self._refuse_taken_number(values, None)
        with self.session.change(f"新增居民 {values['name']}") as change:
            resident: Resident = change.insert(Resident(**values))
            self._become_head(change, resident)
        return resident

    @permitted("residents.edit")
    def correct(self, resident: Resident, typed: Mapping[str, Any]) -> Resident:
        """Change some fields of a person; refuses with both versions after another save.

        A head with others in the household cannot leave it here: that is a split or a new head.
        Another group counts from today on; an earlier day is entered as a move (`group_moves`).
        """
        values = self.completed(read_values(Resident, typed, partly=True), base=resident)
        values |= OwnFields(self.session).typed(typed, resident.extra)
        self._refuse_taken_number(values, resident.id)
        moved_to = values.get("household_id", resident.household_id)
        with self.session.change(f"修改居民 {resident.name}") as change:
            if moved_to != resident.household_id:
                self._leave_household(change, resident)
            if "group_id" in values:
                today = self.session.today()
                note_group_move(self.store, change, resident, values["group_id"], today)
            corrected: Resident = change.update(resident, **values)
            self._become_head(change, corrected)
        return corrected

    @permitted("residents.delete")
    def remove(self, resident: Resident) -> None:
        """Move a person to the recycle bin with labels, events and files; undo brings all back.

        Refused while other records name him and while he is head of a household with others.
        """
        with self.session.change(f"删除居民 {resident.name}") as change:
            self._leave_household(change, resident)
            for model in (ResidentLabel, LifeEvent, HouseholdHead):
                query = self.store.select(model).where(model.resident_id == resident.id)
                for own in self.store.rows(query):
                    change.delete(own)
            for file in self.store.rows(
                self.store.select(Attachment).where(
                    Attachment.table_name == "resident", Attachment.record_id == resident.id
                )
            ):
                change.delete(file)
            change.delete(resident)

    @permitted("residents.read")
    def get(self, resident_id: int) -> Resident:
        return self.store.get(Resident, resident_id)

    @permitted("residents.read")
    def masked_facts(self, resident: Resident) -> list[tuple[str, str]]:
        """Give label and value of every filled field as anyone in the office may see it."""
        own = OwnFields(self.session)
        values = own.values(resident)
        facts = [
            (declared.label, self._shown(resident, declared))
            for declared in Resident.declarations()
            if declared.name in SHOWN and getattr(resident, declared.name) is not None
        ]
        facts += [
            (declared.label, declared.kind.show(values[declared.name]))
            for declared in own.declared()
            if declared.name in values
        ]
        return facts

    def _shown(self, resident: Resident, declared: FieldDeclaration) -> str:
        """Write a field for the screen: places and household by their names, numbers masked."""
        value = getattr(resident, declared.name)
        if declared.name in _NAMED:
            model, name = _NAMED[declared.name]
            found = self.store.find(model, value)
            return str(getattr(found, name)) if found is not None else ""
        masked = declared.name in MASKED
        return declared.kind.mask(value) if masked else declared.kind.show(value)

    @permitted("residents.read")
    def count(self) -> int:
        """Count the people who belong to the village today."""
        query = self.store.select(Resident).where(Resident.status.not_in(GONE))
        return int(query.count())

    @permitted("residents.reveal")
    def reveal(self, resident: Resident, reason: str = "") -> Mapping[str, str]:
        """Give the full numbers of one person; who looked is taken down."""
        because = f"（{reason}）" if reason else ""
        self.session.journal.note(f"查看全号：{resident.name}{because}")
        return {
            declared.name: declared.kind.show(getattr(resident, declared.name))
            for declared in Resident.declarations()
            if declared.name in MASKED
        }

    @permitted("residents.read")
    def find(self, words: str, *, limit: int = 50, anywhere: bool = True) -> list[FoundResident]:
        """Find people by part of a name, pinyin or its initials, tail of phone or number.

        A word that finds nobody so is sought in all other fields, unless `anywhere` is False.
        """
        return self._found(words, limit, anywhere=anywhere, full=False)

    @permitted("residents.reveal")
    def find_full(self, words: str, *, limit: int = 50) -> list[FoundResident]:
        """Find people with their full numbers; the look is taken down with the count."""
        found = self._found(words, limit, anywhere=True, full=True)
        self.session.journal.note(f"查看全号：找“{words}”，{len(found)} 人")
        return found

    def completed(self, values: dict[str, Any], base: Resident | None = None) -> dict[str, Any]:
        """Add what follows from the values: sex and birth from the number, the search keys."""
        number: str | None = values.get("id_number")
        kind = values.get("id_type") or (base.id_type if base else "identity_card")
        if number and kind == "identity_card":
            number = checked_identity(number)
            values["id_number"] = number
            if values.get("birth") is None and (base is None or base.birth is None):
                values["birth"] = birth_of(number)
            if values.get("sex") is None and (base is None or base.sex is None):
                values["sex"] = sex_of(number)
        name = values.get("name") or (base.name if base is not None else None)
        if name and {"name", "reading"} & set(values):
            reading = values.get("reading", base.reading if base is not None else None)
            values.update(name_columns(name, reading))
        return values

    def _become_head(self, change: Change, resident: Resident) -> None:
        """Let who is entered as 户主 be the head of a household that has none."""
        household = self.store.find(Household, resident.household_id or 0)
        if household is not None and household.head_id is None and is_head(resident.relation):
            change.update(household, head_id=resident.id)

    def _leave_household(self, change: Change, resident: Resident) -> None:
        """Let a household go on without a person; the last one leaves it without a head."""
        household = self.store.find(Household, resident.household_id or 0)
        if household is None or household.head_id != resident.id:
            return
        others = self.store.select(Resident).where(
            Resident.household_id == household.id,
            Resident.id != resident.id,
            Resident.status.not_in(GONE),
        )
        if others.count():
            raise Refused(
                "is_head",
                f"{resident.name}是 {household.number} 的户主，户里还有别人。请先换户主或分户。",
            )
        change.update(household, head_id=None)

    def _refuse_taken_number(self, values: Mapping[str, Any], own_id: int | None) -> None:
        number = values.get("id_number")
        if not number:
            return
        query = self.store.select(Resident).where(Resident.id_number == number)
        if own_id is not None:
            query = query.where(Resident.id != own_id)
        other = query.first()
        if other is not None:
            message = f"这个号码已登记在{other.name}名下。"
            raise InvalidInput([Fault("id_number", "taken", message)])

    def _joined(self) -> Any:
        return (
            self.store.select(Resident)
            .join(Household, "LEFT JOIN", on=(Resident.household_id == Household.id))
            .switch(Resident)
            .join(Place, "LEFT JOIN", on=(Resident.group_id == Place.id))
        )

    def _found(self, words: str, limit: int, *, anywhere: bool, full: bool) -> list[FoundResident]:
        query = self._joined().columns(
            Resident.id,
            Resident.name,
            Resident.id_number,
            Resident.phone,
            Place.name.alias("group_name"),
            Household.number,
            Household.head_id,
        )
        condition = matching(self.store, words, anywhere=anywhere)
        if condition is not None:
            query = query.where(condition)
        lines = self.store.rows(query.order_by(Resident.pinyin_key).limit(limit).tuples())
        heads = self._names(line[6] for line in lines)
        return [_found_resident(line, heads, full=full) for line in lines]

    def _names(self, ids: Iterable[int | None]) -> dict[int, str]:
        wanted = [one for one in ids if one is not None]
        query = self.store.select(Resident, Resident.id, Resident.name)
        return dict(self.store.rows(query.where(Resident.id.in_(wanted)).tuples()))


def checked_identity(number: str) -> str:
    """Check a citizen's number as typed (GB 11643); the fault names the digit it should be."""
    try:
        return IDENTITY_NUMBER.parse(number) or number
    except Unreadable as error:
        raise InvalidInput(
            [Fault("id_number", error.code, error.message, error.suggestion)]
        ) from error


def name_columns(name: str, reading: str | None = None) -> dict[str, str]:
    """Give the columns by which a name is found and ordered."""
    correction = reading or ""
    return {
        "spellings": f" {' '.join(search_keys(name, correction))} ",
        "pinyin_key": pinyin_key(name, correction),
        "stroke_key": stroke_key(name, "surname"),
        "name_stroke_key": stroke_key(name, "name"),
    }


def _found_resident(line: Any, heads: Mapping[int, str], *, full: bool) -> FoundResident:
    resident_id, name, number, phone, group, household, head_id = line
    shown = "show" if full else "mask"
    return FoundResident(
        id=resident_id,
        name=name,
        id_number=getattr(Resident.id_number.kind, shown)(number),
        phone=getattr(Resident.phone.kind, shown)(phone),
        group=group or "",
        household=household or "",
        head=heads.get(head_id, ""),
    )
