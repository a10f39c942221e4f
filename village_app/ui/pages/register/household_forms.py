"""What can be done with a household besides splitting and merging: a newcomer, door and group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Household, Resident
from village_app.domain.kinds import DAY, Choice, FieldDeclaration, Option
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.register.register_references import place_field

_EVENTS = Choice((Option("birth", "出生"), Option("move_in", "迁入")))
_NEWCOMER = ("name", "sex", "birth", "id_number", "relation", "phone")
_NEWCOMER_LINES = (("event", "day"), ("name", "sex"), ("relation",), ("id_number",))


class HouseholdForms:
    """The forms of a household; the page shows it again when something was kept."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk = desk
        self._owner = owner
        self.dialog: FormDialog | None = None

    def add_person(self, household: Household) -> None:
        """Enter who is born into the household or moves in, with the day."""
        village = self._desk.village

        def save(typed: Typed) -> None:
            person = village.life_events.newcomer(household, _coded(typed))
            self._desk.say(f"{household.number} 已添 {person.name}", self._desk.undo)

        fields = [
            FieldDeclaration("event", "怎么来的", _EVENTS, required=True),
            FieldDeclaration("day", "哪一天", DAY, required=True, hint="出生日期或迁入日期"),
            *(Resident.declaration(name) for name in _NEWCOMER),
            LifeEvent.declaration("place"),
        ]
        values = {"day": village.session.today()}
        self._open(f"{household.number} 添人", fields, save, values, _NEWCOMER_LINES)

    def correct(self, household: Household) -> None:
        """Change number, door, group or note of the household, and since when the group."""
        village = self._desk.village
        groups = place_field(village, Household.declaration("group_id"), "group")

        def save(typed: Typed) -> None:
            given = {**typed, "group_id": groups.kind.parse(typed["group_id"])}
            village.household_moves.correct(household, given)
            self._desk.say(f"已改好 {typed['number']}", self._desk.undo)

        since = FieldDeclaration(
            "day", "换小组从", DAY, hint="只在改小组时管用，早些日子的人数不变"
        )
        fields = [
            *(Household.declaration(name) for name in ("number", "address")),
            groups,
            since,
            Household.declaration("note"),
        ]
        group = household.group_id
        values = {
            **household.values(),
            "group_id": None if group is None else str(group),
            "day": village.session.today(),
        }
        self._open(f"改 {household.number}", fields, save, values, ())

    def _open(
        self,
        title: str,
        fields: Sequence[FieldDeclaration],
        save: Callable[[Typed], None],
        values: Mapping[str, Any],
        lines: Sequence[Sequence[str]],
    ) -> None:
        window = self._owner.window()
        self.dialog = FormDialog(title, fields, save, window, values=values, lines=lines)
        self.dialog.open()


def _coded(typed: Typed) -> dict[str, Any]:
    """Let the chosen words be what the service asks for: the code of the event."""
    given: dict[str, Any] = {name: text for name, text in typed.items() if text}
    return {
        **given,
        "event": _EVENTS.parse(typed["event"]),
        "relation": Resident.declaration("relation").kind.parse(typed["relation"]),
    }
