"""What fields of the register point to: households and people, named and found while typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from village_app.db.records.residents import Household, Resident
from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.services.register.residents import FoundResident

MOST = 20


class RegisterReferences:
    """Names and finds households by number, head or member, and people by name or number."""

    def __init__(self, village: Any) -> None:
        self._village = village

    def name(self, record: str, key: int) -> str:
        """Give what a record is called on screen; blank where it is gone."""
        if record == "household":
            found = self._village.store.find(Household, key)
            return "" if found is None else self._household(found)
        person = self._village.store.find(Resident, key) if record == "resident" else None
        return "" if person is None else person.name

    def find(self, record: str, text: str) -> Sequence[tuple[int, str]]:
        """Find records that a typed text may mean."""
        if record == "household":
            found = self._village.household_book.find(text, limit=MOST)
            return [(one.id, f"{one.number} {one.head}户".strip()) for one in found]
        if record != "resident":
            return ()
        # While somebody types, only the quick ways: nobody is picked by a note or a plate.
        people = self._village.residents.find(text, limit=MOST, anywhere=False)
        return [(one.id, _told_apart(one)) for one in people]

    def _household(self, household: Household) -> str:
        head = self._village.store.find(Resident, household.head_id or 0)
        return f"{household.number} {head.name if head is not None else '无户主'}户"


def _told_apart(one: FoundResident) -> str:
    """Say enough of a person to tell namesakes apart: group, household, masked number."""
    household = f"{one.household} {one.head}户" if one.head else one.household
    return "　".join(part for part in (one.name, one.group, household, one.id_number) if part)


def place_field(village: Any, declared: FieldDeclaration, kind: str) -> FieldDeclaration:
    """Let a place be chosen from the few there are instead of being typed."""
    options = tuple(Option(str(one.id), one.name) for one in village.places.of_kind(kind))
    return FieldDeclaration(declared.name, declared.label, Choice(options), hint=declared.hint)
