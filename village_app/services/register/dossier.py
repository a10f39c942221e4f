"""Everything about one person or one household, each line with the page and record it opens.

What is linked to the record of the person is certain; what is kept by name alone (a payee, a
notice that names somebody) is found by the name and says so. Rights decide what is looked for at
all: what somebody may not see is neither shown nor counted. A subject adds its finder to the
group it belongs to.
"""

from __future__ import annotations

from datetime import date

import peewee

from village_app.db.records.register import HouseholdStep, LifeEvent
from village_app.db.records.residents import Household, Resident
from village_app.domain.permissions import may
from village_app.services.register import dossier_civic, dossier_money, dossier_roles
from village_app.services.register.dossier_lines import About, DossierLine, Lines, PartFinder
from village_app.services.register.group_moves import GroupMoves
from village_app.services.register.household_book import HouseholdBook
from village_app.services.register.presence import GROUP_MOVE
from village_app.services.session import Service, Session, permitted


class Dossier(Service):
    """Gathers what is kept about somebody."""

    @permitted("residents.read")
    def of_person(self, person: Resident) -> list[DossierLine]:
        """List everything about one person that this user may see, the newest first."""
        return self._lines(self._about([person], None))

    @permitted("residents.read")
    def of_household(self, household: Household) -> list[DossierLine]:
        """List everything about a household and its people, the newest first."""
        members = HouseholdBook(self.session).members(household)
        return self._lines(self._about(members, household))

    def _about(self, people: list[Resident], household: Household | None) -> About:
        names = tuple(dict.fromkeys(one.name for one in people))
        query = (
            self.store.select(Resident, Resident.name)
            .where(Resident.name.in_(names))
            .group_by(Resident.name)
            .having(peewee.fn.count(Resident.id) > 1)
        )
        shared = frozenset(name for (name,) in self.store.rows(query.tuples()))
        return About(tuple(one.id for one in people), names, shared, household)

    def _lines(self, about: About) -> list[DossierLine]:
        found = [
            line
            for finder in FINDERS
            if may(self.session.user.role, finder.action)
            for line in finder.find(self.session, about)
        ]
        unique = list(dict.fromkeys(found))
        return sorted(unique, key=lambda one: one.day or date.min, reverse=True)


def _life(session: Session, about: About) -> Lines:
    kind, moves = LifeEvent.declaration("kind").kind, GroupMoves(session)
    names = dict(
        session.store.rows(
            session.store.select(Resident, Resident.id, Resident.name)
            .where(Resident.id.in_(about.ids))
            .tuples()
        )
    )
    events = session.store.select(LifeEvent).where(LifeEvent.resident_id.in_(about.ids))
    for one in session.store.rows(events):
        who, note = names.get(one.resident_id, ""), one.place or one.note or ""
        if one.kind == GROUP_MOVE:
            note = "，".join(part for part in (moves.described(one), one.note) if part)
        yield DossierLine(
            one.day, "变动", f"{who}{kind.show(one.kind)}", note, "residents", one.resident_id
        )
    if about.household is not None:
        steps = session.store.select(HouseholdStep).where(
            HouseholdStep.household_id == about.household.id
        )
        for one in session.store.rows(steps):
            label = HouseholdStep.declaration("kind").kind.show(one.kind)
            yield DossierLine(one.day, "户", one.text, label, "households", one.household_id)


FINDERS: tuple[PartFinder, ...] = (
    *dossier_civic.FINDERS,
    *dossier_money.FINDERS,
    *dossier_roles.FINDERS,
    PartFinder("residents.read", _life),
)
