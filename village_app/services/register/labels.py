"""标签和职务: what somebody is from one day to another, and who is it on a day.

Labels (低保, 独居老人, 志愿者) are kept here. Who sits in a body (村民代表会议) is kept with the
bodies, party membership with the person: both are shown and sought together with the labels, and
never kept a second time. Sensitive labels are neither shown nor counted to those whose role may
not see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import peewee

from village_app.db.records.bodies import Body, Membership
from village_app.db.records.register import ResidentLabel
from village_app.db.records.residents import Resident
from village_app.domain.permissions import may
from village_app.errors import Fault, InvalidInput
from village_app.services.checking import read_values
from village_app.services.meetings.bodies import Bodies
from village_app.services.register.presence import GONE, present_on
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

PARTY = "party"
# GB/T 4762: 中共党员 and 中共预备党员.
_PARTY_CODES = ("01", "02")
SEE_SENSITIVE = "residents.read_sensitive"


@dataclass(frozen=True, slots=True)
class LabelKind:
    """A label that can be given: key (label:低保, body:7), word, whether it is sensitive."""

    key: str
    word: str
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody is or was: a label, a seat in a body, or party member; days may be open."""

    kind: Literal["label", "seat", "party"]
    id: int
    word: str
    from_day: date | None
    to_day: date | None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day, both ends included."""
        return (self.from_day is None or self.from_day <= day) and (
            self.to_day is None or day <= self.to_day
        )


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A label in use: its key, its word, how many people of the village hold it on the day."""

    key: str
    word: str
    count: int


class Labels(Service):
    """Gives and ends labels, and says who holds which."""

    @permitted("residents.read")
    def kinds(self) -> list[LabelKind]:
        """List what can be given, as far as this user may see it: labels, then bodies."""
        found = {
            one["name"]: LabelKind(f"label:{one['name']}", one["name"], one["sensitive"])
            for one in Rules(self.session).on("resident_labels")["labels"]
        }
        own = self.store.select(ResidentLabel, ResidentLabel.name, ResidentLabel.is_sensitive)
        for name, sensitive in self.store.rows(own.distinct().tuples()):
            found.setdefault(name, LabelKind(f"label:{name}", name, bool(sensitive)))
        bodies = self.store.rows(self.store.select(Body).order_by(Body.position, Body.id))
        seats = [LabelKind(f"body:{one.id}", f"{one.name}成员") for one in bodies]
        sees = self._sees_sensitive()
        return [one for one in (*found.values(), *seats) if sees or not one.is_sensitive]

    @permitted("residents.edit")
    def give(self, person: Resident, key: str, typed: Mapping[str, Any]) -> Held:
        """Give a label, or a seat in a body, from a day on; refuses what overlaps in time.

        `typed` holds from_day, to_day, note and, for a label of the village's own, is_sensitive.
        """
        sort, _, rest = key.partition(":")
        if sort == "body":
            return self._seat(person, int(rest), typed)
        name = (rest if sort == "label" else key).strip()
        known = {one.word: one.is_sensitive for one in self._all_kinds()}
        values = read_values(ResidentLabel, {**typed, "name": name, "resident_id": str(person.id)})
        values["is_sensitive"] = known.get(name, bool(values.get("is_sensitive")))
        if values["is_sensitive"]:
            self.session.require(SEE_SENSITIVE)
        self._refuse_overlap(person, values, None)
        with self.session.change(f"{person.name}加标签") as change:
            made: ResidentLabel = change.insert(ResidentLabel(**values))
        return _held(made)

    @permitted("residents.edit")
    def correct(self, label_id: int, typed: Mapping[str, Any]) -> Held:
        """Change the days or the note of a label; `to_day` is the last day on which it holds."""
        label = self._label(label_id)
        person = self.store.get(Resident, label.resident_id)
        values = read_values(ResidentLabel, typed, partly=True)
        self._refuse_overlap(person, {**label.values(), **values}, label.id)
        with self.session.change(f"改{person.name}的标签") as change:
            return _held(change.update(label, **values))

    @permitted("residents.edit")
    def take_away(self, label_id: int) -> None:
        """Take away a label that was given by mistake."""
        label = self._label(label_id)
        person = self.store.get(Resident, label.resident_id)
        with self.session.change(f"去掉{person.name}的标签") as change:
            change.delete(label)

    @permitted("residents.read")
    def of(self, person: Resident) -> list[Held]:
        """List what somebody is and was, what holds today first."""
        labels = self.store.rows(
            self.store.select(ResidentLabel).where(ResidentLabel.resident_id == person.id)
        )
        sees = self._sees_sensitive()
        found = [_held(one) for one in labels if sees or not one.is_sensitive]
        found += self._seats(person)
        if person.politics in _PARTY_CODES:
            word = Resident.declaration("politics").kind.show(person.politics)
            found.append(Held("party", 0, word, None, None))
        today = self.session.today()
        return sorted(found, key=lambda one: (not one.holds_on(today), one.from_day or date.min))

    @permitted("residents.read")
    def in_use(self, day: date | None = None) -> list[LabelUse]:
        """Count, of those who belong to the village, who holds what on a day; unused left out."""
        here = Resident.status.not_in(GONE) if day is None else present_on(day)
        day = day or self.session.today()
        found = []
        party = LabelKind(PARTY, "党员")
        given = self._ever_given()
        for kind in (party, *(one for one in self.kinds() if one.key in given)):
            query = self.store.select(Resident).where(self.condition(kind.key, day), here)
            count = int(query.count())
            if count:
                found.append(LabelUse(kind.key, kind.word, count))
        return found

    def _ever_given(self) -> set[str]:
        """Give the keys of labels and bodies that anybody ever held; most never are."""
        labels = self.store.sql("SELECT DISTINCT name FROM resident_label")
        bodies = self.store.sql("SELECT DISTINCT body_id FROM membership")
        return {*(f"label:{name}" for (name,) in labels), *(f"body:{one}" for (one,) in bodies)}

    @permitted("residents.read")
    def condition(self, key: str, day: date) -> Any:
        """Give the condition under which a person holds a label, a seat or the party card."""
        sort, _, rest = key.partition(":")
        if sort == PARTY:
            return Resident.politics.in_(_PARTY_CODES)
        if sort == "body":
            seats = Membership.select(Membership.resident_id).where(
                Membership.body_id == int(rest),
                Membership.resident_id.is_null(False),
                _on(Membership, day),
            )
            return Resident.id.in_(seats)
        held = ResidentLabel.select(ResidentLabel.resident_id).where(
            ResidentLabel.name == rest, _on(ResidentLabel, day)
        )
        if not self._sees_sensitive():
            held = held.where(~_sensitive())
        return Resident.id.in_(held)

    def _seats(self, person: Resident) -> list[Held]:
        if not may(self.session.user.role, "meetings.read"):
            return []
        query = (
            self.store.select(Membership, Membership, Body.name.alias("body_name"))
            .join(Body, on=(Membership.body_id == Body.id))
            .where(Membership.resident_id == person.id)
        )
        return [
            Held(
                "seat",
                one.id,
                f"{one.body_name}{one.office or '成员'}",
                one.from_day,
                one.to_day,
                one.end_reason or "",
            )
            for one in self.store.rows(query.objects())
        ]

    def _seat(self, person: Resident, body_id: int, typed: Mapping[str, Any]) -> Held:
        body = self.store.get(Body, body_id)
        given = {
            "name": person.name,
            "resident_id": person.id,
            "sex": person.sex,
            "phone": person.phone,
            "from_day": typed.get("from_day"),
            "to_day": typed.get("to_day"),
            "office": typed.get("note"),
        }
        seat = Bodies(self.session).seat(body, given)
        word = f"{body.name}{seat.office or '成员'}"
        return Held("seat", seat.id, word, seat.from_day, seat.to_day)

    def _label(self, label_id: int) -> ResidentLabel:
        label = self.store.get(ResidentLabel, label_id)
        if label.is_sensitive:
            self.session.require(SEE_SENSITIVE)
        return label

    def _all_kinds(self) -> list[LabelKind]:
        return [
            LabelKind(f"label:{one['name']}", one["name"], one["sensitive"])
            for one in Rules(self.session).on("resident_labels")["labels"]
        ]

    def _sees_sensitive(self) -> bool:
        return may(self.session.user.role, SEE_SENSITIVE)

    def _refuse_overlap(self, person: Resident, values: Mapping[str, Any], own: int | None) -> None:
        start, end = values["from_day"], values.get("to_day")
        if end is not None and end < start:
            raise InvalidInput([Fault("to_day", "before_start", "结束日期不能早于开始日期。")])
        query = self.store.select(ResidentLabel).where(
            ResidentLabel.resident_id == person.id, ResidentLabel.name == values["name"]
        )
        for other in self.store.rows(query):
            if (
                other.id != own
                and (other.to_day is None or start <= other.to_day)
                and (end is None or other.from_day <= end)
            ):
                sentence = f"{person.name}这段时间已经有“{values['name']}”，不能重复。"
                raise InvalidInput([Fault("from_day", "held", sentence)])


def _held(label: ResidentLabel) -> Held:
    return Held("label", label.id, label.name, label.from_day, label.to_day, label.note or "")


def _on(model: Any, day: date) -> Any:
    return (model.from_day <= day) & (model.to_day.is_null() | (model.to_day >= day))


def _sensitive() -> Any:
    return peewee.fn.coalesce(ResidentLabel.is_sensitive, 0) == 1
