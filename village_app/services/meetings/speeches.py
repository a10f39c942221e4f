"""Who spoke and for how long; the totals stand in the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.records.meetings import AgendaItem, Speech
from village_app.services.checking import read_values
from village_app.services.meetings.agenda import refuse_final
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted


class Speeches(Service):
    """Turns of speaking."""

    @permitted("meetings.vote")
    def take_down(self, item: AgendaItem, typed: Mapping[str, Any]) -> Speech:
        """Take down one turn: name, whole seconds, what was said."""
        refuse_final(self.session, item.meeting_id)
        values = read_values(Speech, {**typed, "item_id": item.id})
        with self.session.change(f"{values['name']}发言") as change:
            speech: Speech = change.insert(Speech(**values))
        return speech

    @permitted("meetings.read")
    def of(self, item: AgendaItem) -> list[Speech]:
        """Give the turns on an item in their order."""
        return self.store.rows(
            self.store.select(Speech).where(Speech.item_id == item.id).order_by(Speech.id)
        )

    @permitted("meetings.read")
    def totals(self, item: AgendaItem) -> list[tuple[str, int]]:
        """Add up the seconds of each speaker on an item."""
        found: dict[str, int] = {}
        for one in self.of(item):
            found[one.name] = found.get(one.name, 0) + one.seconds
        return list(found.items())

    @permitted("meetings.read")
    def is_over(self, seconds: int) -> bool:
        """Tell whether a turn is longer than the rule allows."""
        return seconds > int(Rules(self.session).on("meeting_speaking")["most_seconds"])
