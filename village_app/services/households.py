"""One household, one vote: what each said in writing, withdrawn until the deadline, by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.records.meetings import AgendaItem
from village_app.db.records.votes import HouseholdStatement
from village_app.errors import Refused
from village_app.services.checking import read_values
from village_app.services.meetings import refuse_final
from village_app.services.session import Service, permitted
from village_app.services.votes import VoteCounts, digest_of


@dataclass(frozen=True, slots=True)
class GroupTally:
    """What the households of one group said."""

    group: str
    in_favour: int
    against: int
    abstained: int


class HouseholdStatements(Service):
    """Statements of households on one item's text."""

    @permitted("meetings.vote")
    def take_down(self, item: AgendaItem, typed: Mapping[str, Any]) -> HouseholdStatement:
        """Take down what a household said; a later one replaces it, both stay on record."""
        refuse_final(self.session, item.meeting_id)
        self._refuse_counted(item)
        values = read_values(
            HouseholdStatement, {**typed, "item_id": item.id, "text_digest": digest_of(item)}
        )
        with self.session.change(f"登记户的意见 {values['household']}") as change:
            said: HouseholdStatement = change.insert(HouseholdStatement(**values))
        return said

    @permitted("meetings.vote")
    def withdraw(self, statement: HouseholdStatement, deadline: date) -> HouseholdStatement:
        """Withdraw a statement; refused after the deadline."""
        self._refuse_counted(self.store.get(AgendaItem, statement.item_id))
        if self.session.today() > deadline:
            raise Refused("too_late", f"撤回的期限是 {deadline}，已经过了。")
        with self.session.change(f"撤回户的意见 {statement.household}") as change:
            gone: HouseholdStatement = change.update(statement, is_withdrawn=True)
        return gone

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
