"""One household, one vote: what each said in writing, withdrawn until the deadline, by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from village_app.db.records.meetings import AgendaItem
from village_app.db.records.residents import Household
from village_app.db.records.votes import HouseholdStatement
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.meetings.agenda import refuse_final
from village_app.services.meetings.vote_figures import digest_of
from village_app.services.meetings.votes import VoteCounts
from village_app.services.session import Service, permitted

Standing = Literal["counts", "replaced", "withdrawn", "void"]


@dataclass(frozen=True, slots=True)
class GroupTally:
    """What the households of one group said."""

    group: str
    in_favour: int
    against: int
    abstained: int

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Said:
    """A statement and whether it counts, or why not: replaced, withdrawn, void (text changed)."""

    statement: HouseholdStatement
    standing: Standing


class HouseholdStatements(Service):
    """Statements of households on one item's text."""

    @permitted("meetings.vote")
    def announce(self, item: AgendaItem, typed: Mapping[str, Any]) -> AgendaItem:
        """Say until when statements are taken and withdrawn, and how many households there are."""
        refuse_final(self.session, item.meeting_id)
        self._refuse_counted(item)
        wanted = {name: typed.get(name) for name in ("statements_until", "households")}
        values = read_values(AgendaItem, wanted, partly=True)
        faults = [
            Fault(name, "required", f"{AgendaItem.declaration(name).label}不能空。")
            for name in wanted
            if not values[name]
        ]
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"户的意见期限 {item.name}") as change:
            announced: AgendaItem = change.update(item, **values)
        return announced

    @permitted("meetings.read")
    def known_households(self) -> int:
        """Count the households of the register, to begin with."""
        return int(self.store.select(Household).count())

    @permitted("meetings.vote")
    def take_down(self, item: AgendaItem, typed: Mapping[str, Any]) -> HouseholdStatement:
        """Take down what a household said; a later one replaces it, both stay on record.

        Refused once counted and after the deadline.
        """
        refuse_final(self.session, item.meeting_id)
        self._refuse_counted(item)
        self._refuse_late(item, "收意见")
        values = read_values(
            HouseholdStatement, {**typed, "item_id": item.id, "text_digest": digest_of(item)}
        )
        with self.session.change(f"登记户的意见 {values['household']}") as change:
            said: HouseholdStatement = change.insert(HouseholdStatement(**values))
        return said

    @permitted("meetings.vote")
    def withdraw(self, statement: HouseholdStatement) -> HouseholdStatement:
        """Withdraw a statement; refused after the deadline, once counted and a second time."""
        item = self.store.get(AgendaItem, statement.item_id)
        refuse_final(self.session, item.meeting_id)
        self._refuse_counted(item)
        self._refuse_late(item, "撤回")
        if statement.is_withdrawn:
            raise Refused("withdrawn_already", f"{statement.household}的意见已经撤回。")
        with self.session.change(f"撤回户的意见 {statement.household}") as change:
            gone: HouseholdStatement = change.update(statement, is_withdrawn=True)
        return gone

    @permitted("meetings.read")
    def listed(self, item: AgendaItem) -> list[Said]:
        """Give every statement on an item, the latest first, and whether it counts."""
        counting = {one.id for one in VoteCounts(self.session).counting_statements(item)}
        digest = digest_of(item)
        rows = self.store.rows(
            self.store.select(HouseholdStatement)
            .where(HouseholdStatement.item_id == item.id)
            .order_by(HouseholdStatement.day.desc(), HouseholdStatement.id.desc())
        )
        return [Said(one, _standing(one, counting, digest)) for one in rows]

    @permitted("meetings.read")
    def by_group(self, item: AgendaItem) -> list[GroupTally]:
        """Add up by group what counts; the groups together are the total of the vote."""
        said = VoteCounts(self.session).counting_statements(item)
        tallies = []
        for group in sorted({one.group_name or "" for one in said}):
            own = [one.choice for one in said if (one.group_name or "") == group]
            tallies.append(
                GroupTally(group, own.count("yes"), own.count("no"), own.count("abstain"))
            )
        return tallies

    def _refuse_counted(self, item: AgendaItem) -> None:
        if VoteCounts(self.session).of(item) is not None:
            raise Refused("voted", "这个议题已经计票，不能再收或撤回意见。")

    def _refuse_late(self, item: AgendaItem, what: str) -> None:
        until = self.store.get(AgendaItem, item.id).statements_until
        if until is not None and self.session.today() > until:
            raise Refused("too_late", f"{what}的期限是 {until}，已经过了。")


def _standing(statement: HouseholdStatement, counting: set[int], digest: str) -> Standing:
    if statement.id in counting:
        return "counts"
    if statement.text_digest != digest:
        return "void"
    return "withdrawn" if statement.is_withdrawn else "replaced"
