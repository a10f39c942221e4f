"""What happens to households: founded, split, merged, another head; each one change, one undo.

Nobody is left without a household by these, and no household with people without a head. What
everybody is to the new head is proposed (`domain/relation_change.py`) and must be complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.register import HouseholdHead, HouseholdStep
from village_app.db.records.residents import Household, Resident
from village_app.domain.relation_change import Member, relations_to
from village_app.domain.relations import HEAD, Relation
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.imports.writing import door_key
from village_app.services.register.group_moves import note_group_move, since_when
from village_app.services.register.household_book import HouseholdBook
from village_app.services.register.household_wishes import (
    Split,
    code_of,
    member_of,
    refuse_leavers,
    refuse_relations,
)
from village_app.services.register.presence import GONE
from village_app.services.session import Service, permitted

# What the other household's head is to ours, seen from the other side.
_INVERSE = {
    "spouse": {"1": "11", "2": "12"},
    "child": {"1": "51", "2": "52"},
    "parent": {"1": "20", "2": "30"},
    "sibling": {"1": "71", "2": "75"},
    "child_in_law": {"1": "55", "2": "56"},
    "parent_in_law": {"1": "28", "2": "38"},
    "grandchild": {"1": "61", "2": "62"},
    "grandparent": {"1": "41", "2": "42"},
}


class HouseholdMoves(Service):
    """Splits, merges and founds households and changes their heads."""

    @permitted("residents.read")
    def proposal(
        self, household: Household, head: int, among: Iterable[int]
    ) -> dict[int, Relation]:
        """Propose what the people of `among` are to another head; blanks are for the family."""
        people = [member_of(one) for one in HouseholdBook(self.session).members(household)]
        new_head = next((one for one in people if one.id == head), None)
        if new_head is None:
            return {}
        wanted = {*among, head}
        return {
            key: found for key, found in relations_to(new_head, people).items() if key in wanted
        }

    @permitted("residents.read")
    def joining(
        self, household: Household, into: Household, relation: str | None
    ) -> dict[int, Relation]:
        """Propose what a household's people are to the head of another one.

        `relation` is what their own head is to him; the others follow from it.
        """
        people = HouseholdBook(self.session).members(household)
        other = self.store.find(Resident, into.head_id or 0)
        if other is None:
            return {one.id: Relation(None) for one in people}
        place = Member(0, relation).place
        seen = _INVERSE.get(place, {}).get(other.sex or "")
        strangers = [member_of(one) for one in people]
        them = Member(other.id, seen, other.sex, other.birth)
        found = relations_to(them, [*strangers, them])
        return {
            one.id: Relation(relation) if one.id == household.head_id else found[one.id]
            for one in people
        }

    @permitted("residents.edit")
    def split(self, household: Household, wish: Split) -> Household:
        """Let some people found a household of their own; both households keep their history."""
        members = HouseholdBook(self.session).members(household)
        leaving = [one for one in members if one.id in wish.leaving]
        staying = [one for one in members if one.id not in wish.leaving]
        self._refuse_split(household, wish, leaving, staying)
        relations = dict(wish.relations or {})
        head = next(one for one in leaving if one.id == wish.head)
        with self.session.change(f"分户 {wish.number} {head.name}等 {len(leaving)} 人") as change:
            made = self._insert(change, wish, household)
            for one in leaving:
                self._settle(change, one, made, code_of(one, wish.head, relations), wish.day)
            if wish.staying_head is not None and wish.staying_head != household.head_id:
                self._begin_head(change, household, wish.staying_head, wish.day)
                for one in staying:
                    code = code_of(one, wish.staying_head, relations)
                    change.update(one, relation=code)
            names = "、".join(one.name for one in leaving)
            self._note(
                change, household, "split_off", f"{names}分出，另立 {wish.number}", wish.day, made
            )
            self._note(
                change, made, "founded", f"从 {household.number} 分出：{names}", wish.day, household
            )
        return made

    @permitted("residents.edit")
    def merge(
        self, household: Household, into: Household, relations: Mapping[int, str], day: date
    ) -> Household:
        """Let all people of a household join another; the emptied one stays in the history."""
        if household.id == into.id:
            raise InvalidInput([Fault("into", "same", "要并到的是同一户，请另选一户。")])
        if into.ended_on is not None:
            raise Refused("ended", f"{into.number} 已经并走了，不能再并进去。")
        self._refuse_day(day)
        members = HouseholdBook(self.session).members(household)
        refuse_relations([(one, into.head_id) for one in members], relations)
        with self.session.change(f"并户 {household.number} 并到 {into.number}") as change:
            for one in members:
                self._settle(change, one, into, relations.get(one.id) or one.relation, day)
            self._end_head(change, household, day)
            change.update(household, ended_on=day, head_id=None)
            names = "、".join(one.name for one in members)
            self._note(change, household, "merged_away", f"{names}并到 {into.number}", day, into)
            self._note(
                change, into, "merged_in", f"{household.number} 并入：{names}", day, household
            )
        return into

    @permitted("residents.edit")
    def change_head(
        self, household: Household, head: int, relations: Mapping[int, str], day: date
    ) -> Household:
        """Make another member head from a day on; refused for somebody of another household."""
        members = HouseholdBook(self.session).members(household)
        chosen = next((one for one in members if one.id == head), None)
        if chosen is None:
            raise InvalidInput([Fault("head", "not_member", "新户主要是本户的人。")])
        if head == household.head_id:
            raise InvalidInput([Fault("head", "same", f"{chosen.name}已经是户主。")])
        self._refuse_day(day)
        refuse_relations([(one, head) for one in members], relations)
        with self.session.change(f"换户主 {household.number} {chosen.name}") as change:
            self._begin_head(change, household, head, day)
            for one in members:
                change.update(one, relation=code_of(one, head, relations))
            self._note(change, household, "new_head", f"户主改为{chosen.name}", day)
        return household

    @permitted("residents.edit")
    def found(self, person: Resident, number: str, day: date, address: str = "") -> Household:
        """Found a household of one: a person who belongs to none becomes its head."""
        if person.household_id is not None:
            raise Refused("has_household", f"{person.name}已在一户里，请用“分户”。")
        wish = Split(frozenset({person.id}), person.id, number.strip(), day, address)
        self._refuse_number(wish.number)
        self._refuse_day(day)
        with self.session.change(f"立户 {wish.number} {person.name}") as change:
            made = self._insert(change, wish, None, group_id=person.group_id)
            self._settle(change, person, made, HEAD, day)
            self._note(change, made, "founded", f"{person.name}立户", day)
        return made

    @permitted("residents.edit")
    def correct(self, household: Household, typed: Mapping[str, Any]) -> Household:
        """Change number, door, group or note; the people of the household move along with it.

        `day` is since when they are in another group; without it today.
        """
        values = read_values(Household, typed, partly=True)
        day = since_when(typed.get("day"), self.session.today())
        if values.get("number", household.number) != household.number:
            self._refuse_number(values["number"])
        if "address" in values:
            values["door_key"] = door_key(values["address"])
        changed = {
            name: values[name]
            for name in ("address", "group_id")
            if values.get(name) and values[name] != getattr(household, name)
        }
        with self.session.change(f"修改户 {household.number}") as change:
            corrected: Household = change.update(household, **values)
            for one in HouseholdBook(self.session).members(household, with_gone=False):
                self._bring_along(change, one, changed, day)
        return corrected

    # Inside

    def _insert(
        self,
        change: Change,
        wish: Split,
        old: Household | None,
        group_id: int | None = None,
    ) -> Household:
        address = wish.address.strip() or (old.address if old is not None else None)
        group = wish.group_id or (old.group_id if old is not None else group_id)
        made: Household = change.insert(
            Household(
                number=wish.number,
                group_id=group,
                address=address,
                head_id=wish.head,
                door_key=door_key(address),
            )
        )
        change.insert(HouseholdHead(household_id=made.id, resident_id=wish.head, from_day=wish.day))
        return made

    def _settle(
        self,
        change: Change,
        person: Resident,
        household: Household,
        relation: str | None,
        day: date,
    ) -> None:
        """Move a person into a household: relation, group and address go along.

        Who is gone keeps the group and the door that he had.
        """
        values: dict[str, Any] = {"household_id": household.id, "relation": relation}
        if household.group_id is not None and person.status not in GONE:
            values["group_id"] = household.group_id
        if household.address and person.status not in GONE:
            values["address"] = household.address
        self._bring_along(change, person, values, day)

    def _bring_along(
        self, change: Change, person: Resident, values: Mapping[str, Any], day: date
    ) -> None:
        if "group_id" in values:
            note_group_move(self.store, change, person, values["group_id"], day)
        change.update(person, **values)

    def _begin_head(self, change: Change, household: Household, head: int, day: date) -> None:
        self._end_head(change, household, day)
        change.insert(HouseholdHead(household_id=household.id, resident_id=head, from_day=day))
        change.update(household, head_id=head)

    def _end_head(self, change: Change, household: Household, day: date) -> None:
        """Close the term of the present head with the day before; write it down if it is new."""
        last = day - timedelta(days=1)
        open_terms = self.store.rows(
            self.store.select(HouseholdHead).where(
                HouseholdHead.household_id == household.id, HouseholdHead.to_day.is_null()
            )
        )
        for term in open_terms:
            change.update(term, to_day=max(last, term.from_day or last))
        if not open_terms and household.head_id is not None:
            change.insert(
                HouseholdHead(household_id=household.id, resident_id=household.head_id, to_day=last)
            )

    def _note(
        self,
        change: Change,
        household: Household,
        kind: str,
        text: str,
        day: date,
        other: Household | None = None,
    ) -> None:
        change.insert(
            HouseholdStep(
                text=text,
                household_id=household.id,
                kind=kind,
                day=day,
                other_id=other.id if other is not None else None,
            )
        )

    def _refuse_split(
        self,
        household: Household,
        wish: Split,
        leaving: Sequence[Resident],
        staying: Sequence[Resident],
    ) -> None:
        refuse_leavers(household, wish, leaving, staying)
        self._refuse_number(wish.number)
        self._refuse_day(wish.day)
        asked: list[tuple[Resident, int | None]] = [(one, wish.head) for one in leaving]
        if wish.staying_head is not None and wish.staying_head != household.head_id:
            asked += [(one, wish.staying_head) for one in staying]
        refuse_relations(asked, wish.relations or {})

    def _refuse_number(self, number: str) -> None:
        if not number.strip():
            raise InvalidInput([Fault("number", "required", "新户号不能空。")])
        query = self.store.select(Household).where(Household.number == number.strip())
        if query.first() is not None:
            raise InvalidInput([Fault("number", "taken", f"户号 {number} 已经有了，请换一个。")])

    def _refuse_day(self, day: date) -> None:
        if day > self.session.today():
            raise InvalidInput([Fault("day", "future", "日期不能晚于今天。")])
