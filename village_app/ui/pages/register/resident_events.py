"""What happened to a person: births, moves, marriages, deaths, another group; each with its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from village_app.db.records.register import LIFE_EVENTS, LifeEvent
from village_app.db.records.residents import Resident
from village_app.domain.kinds import Choice, FieldDeclaration
from village_app.services.register.presence import GROUP_MOVE
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.register.register_references import place_field
from village_app.ui.pages.register.resident_detail import event_words
from village_app.ui.pages.register.resident_moves import PersonForms

_KINDS = Choice(tuple(one for one in LIFE_EVENTS.options if one.code != GROUP_MOVE))


class ResidentEvents(PersonForms):
    """The forms of dated events."""

    def enter(self, person: Resident) -> None:
        """Enter a dated event of the person."""

        def save(typed: Typed) -> None:
            event = self.desk.village.life_events.enter(person, typed)
            word = LifeEvent.declaration("kind").kind.show(event.kind)
            self.desk.say(f"已记 {person.name}{word}", self.desk.undo)

        self.open(f"记 {person.name} 的变动", _fields(), save, {"day": self.today()})

    def move_group(self, person: Resident) -> None:
        """Enter that the person is in another group since a day."""

        def save(typed: Typed) -> None:
            event = self.desk.village.group_moves.enter(person, self._coded(typed))
            words = event_words(self.desk.village, event)
            self.desk.say(f"已记 {person.name} {event.day} {words}", self.desk.undo)

        known = self.desk.village.group_moves.of(person)
        fields = self._group_fields(asks_origin=not known)
        values = {"day": self.today(), "from_group_id": _key(person.group_id)}
        self.open(f"{person.name} 换小组", fields, save, values)

    def correct(self, person: Resident) -> None:
        """Choose an event and correct it, or take it away."""
        village = self.desk.village
        events = village.life_events.of(person)
        words = {str(one.id): f"{one.day} {event_words(village, one)}" for one in events}
        key = next(iter(words)) if len(words) == 1 else self.choose("改哪一条变动", words)
        event = next((one for one in events if str(one.id) == key), None)
        if event is None:
            return
        if event.kind == GROUP_MOVE:
            self._correct_move(person, event, words[key])
            return
        how = self.choose(words[key], {"correct": "更正", "remove": "没有这回事，去掉"})
        if how == "remove":
            self.attempt(lambda: village.life_events.take_back(event), "已去掉")
        elif how == "correct":
            self._correct_event(person, event)

    def _correct_event(self, person: Resident, event: LifeEvent) -> None:
        def save(typed: Typed) -> None:
            self.desk.village.life_events.correct(event, typed)
            self.desk.say(f"已更正 {person.name} 的变动", self.desk.undo)

        self.open(f"更正 {person.name} 的变动", _fields(), save, event.values())

    def _correct_move(self, person: Resident, event: LifeEvent, words: str) -> None:
        moves = self.desk.village.group_moves
        ways = {
            "correct": "更正日期或小组",
            "always": "登记错了，一直在后面这个组",
            "remove": "没有换过，退回原来的组",
        }
        how = self.choose(words, ways)
        if how == "always":
            self.attempt(lambda: moves.always_there(event), f"{person.name} 的小组已更正")
        elif how == "remove":
            self.attempt(lambda: moves.take_back(event), f"{person.name} 已退回原来的小组")
        elif how == "correct":
            self._open_move(person, event)

    def _open_move(self, person: Resident, event: LifeEvent) -> None:
        moves = self.desk.village.group_moves

        def save(typed: Typed) -> None:
            moves.correct(event, self._coded(typed))
            self.desk.say(f"已更正 {person.name} 换小组", self.desk.undo)

        fields = self._group_fields(asks_origin=moves.of(person)[0].id == event.id)
        groups = {name: _key(getattr(event, name)) for name in ("from_group_id", "to_group_id")}
        self.open(f"更正 {person.name} 换小组", fields, save, {**event.values(), **groups})

    def _group_fields(self, *, asks_origin: bool) -> list[FieldDeclaration]:
        """Ask for the group before only where no earlier move says it."""
        names = ("from_group_id", "to_group_id") if asks_origin else ("to_group_id",)
        groups = [
            place_field(self.desk.village, LifeEvent.declaration(name), "group") for name in names
        ]
        shown = [replace(one, in_form=True, required=one.name == "to_group_id") for one in groups]
        return [*shown, LifeEvent.declaration("day"), LifeEvent.declaration("note")]

    def _coded(self, typed: Typed) -> dict[str, str | None]:
        """Let the chosen names of groups be their ids."""
        kinds = {one.name: one.kind for one in self._group_fields(asks_origin=True)}
        return {
            name: kinds[name].parse(text) if name.endswith("group_id") else text
            for name, text in typed.items()
        }


def _fields() -> Sequence[FieldDeclaration]:
    kind = replace(LifeEvent.declaration("kind"), kind=_KINDS)
    return [kind, *(LifeEvent.declaration(name) for name in ("day", "place", "note"))]


def _key(group_id: int | None) -> str | None:
    return None if group_id is None else str(group_id)
