"""One person beside the list: facts masked, what he is, what happened, his papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Resident
from village_app.services.register.labels import Held
from village_app.services.register.presence import GROUP_MOVE
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.timeline import Event
from village_app.ui.page import Desk
from village_app.ui.pages.register.register_detail import History, RegisterDetail
from village_app.ui.pages.wishes import Wish


class ResidentDetail(RegisterDetail):
    """Shows a person; what can be done with him is the page's."""

    def __init__(
        self,
        desk: Desk,
        *,
        edit: Callable[[], object],
        reveal: Callable[[], object],
        dossier: Callable[[], object],
        wishes: Callable[[], Sequence[Wish]],
    ) -> None:
        self.edit_button = Button("修改", press=edit)
        self.reveal_button = Button("看全号", press=reveal)
        self.file_button = Button("往来", press=dossier)
        super().__init__(desk, (self.edit_button, self.reveal_button, self.file_button), wishes)
        self.held = History("职务和标签")
        self.events = History("人口变动")
        self.add_parts(self.held, self.events)

    def show_person(self, person: Resident | None) -> None:
        """Show a person, or that nobody is chosen."""
        self.begin(person, person.name if person is not None else "还没有选人")
        village = self.desk.village
        if person is not None:
            self.facts.set_facts(village.residents.masked_facts(person))
        self._show_held(village.labels.of(person) if person is not None else ())
        self._show_events(village.life_events.of(person) if person is not None else ())

    def _show_held(self, held: Iterable[Held]) -> None:
        today = self.desk.village.session.today()
        self.held.show_events(
            Event(one.word, _term(one), "done" if one.holds_on(today) else "hold") for one in held
        )

    def _show_events(self, events: Iterable[LifeEvent]) -> None:
        self.events.show_events(
            Event(
                f"{one.day} {event_words(self.desk.village, one)}",
                "，".join(part for part in (one.place, one.note) if part),
            )
            for one in events
        )


def event_words(village: Any, event: LifeEvent) -> str:
    """Say what an event is: 迁出, 一组换到三组."""
    if event.kind == GROUP_MOVE:
        return str(village.group_moves.described(event))
    return LifeEvent.declaration("kind").kind.show(event.kind)


def _term(held: Held) -> str:
    begins = f"{held.from_day} 起" if held.from_day is not None else ""
    ends = f"到 {held.to_day}" if held.to_day is not None else ""
    return "，".join(part for part in (f"{begins}{ends}", held.note) if part)
