"""What can be done with a person besides correcting him: labels, a household, one of two entries.

What happened to him is in `resident_events`; both share how a form is opened and a choice asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog

from village_app.db.records.register import ResidentLabel
from village_app.db.records.residents import Household, Resident
from village_app.domain.kinds import DAY, FLAG, TEXT, Choice, FieldDeclaration, Option
from village_app.errors import InvalidInput, Refused
from village_app.services.register.labels import Held
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import Question
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.register.merge_person import MergePersonDialog


class PersonForms:
    """How a form about a person is opened over the page, and a choice asked before it."""

    def __init__(self, desk: Desk, owner: Page) -> None:
        self.desk = desk
        self.owner = owner
        self.dialog: QDialog | None = None

    def today(self) -> Any:
        return self.desk.village.session.today()

    def choose(self, title: str, words: Mapping[str, str]) -> str:
        """Ask which one of some; blank where none was taken."""
        answers = [Answer(key, word) for key, word in words.items()]
        return self.desk.asking.ask(Question(title, (), [*answers, Answer("", "先不改")], "new"))

    def attempt(self, work: Callable[[], object], said: str) -> None:
        """Do it at once and say so with the way back, or say why not."""
        try:
            work()
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(said, self.desk.undo)

    def open(
        self,
        title: str,
        fields: Sequence[FieldDeclaration],
        save: Callable[[Typed], None],
        values: Mapping[str, Any],
    ) -> None:
        """Open a form with what is likely."""
        dialog = FormDialog(title, fields, save, self.owner.window(), values=values)
        self.dialog = dialog
        dialog.open()


class ResidentMoves(PersonForms):
    """Labels and offices, a household of one's own, one person of two entries."""

    def give_label(self, person: Resident) -> None:
        """Give a label or a seat from a day on."""
        kinds = self.desk.village.labels.kinds()
        offered = Choice(tuple(Option(one.key, one.word) for one in kinds))
        fields = [
            FieldDeclaration("key", "职务或标签", offered),
            FieldDeclaration("own", "别的标签", TEXT, hint="列表里没有时，在这里写"),
            FieldDeclaration("is_sensitive", "涉及隐私", FLAG, hint="只在写别的标签时管用"),
            FieldDeclaration("from_day", "从", DAY, required=True),
            FieldDeclaration("to_day", "到", DAY, hint="空着就是一直有效"),
            FieldDeclaration("note", "说明", TEXT, hint="村民代表等职务写在这里"),
        ]

        def save(typed: Typed) -> None:
            given = {name: text for name, text in typed.items() if name not in ("key", "own")}
            own_word = typed["own"].strip()
            key = f"label:{own_word}" if own_word else offered.parse(typed["key"]) or "label:"
            held = self.desk.village.labels.give(person, key, given)
            self.desk.say(f"{person.name} 已加 {held.word}", self.desk.undo)

        self.open(f"给 {person.name} 加职务或标签", fields, save, {"from_day": self.today()})

    def change_label(self, person: Resident) -> None:
        """Choose a label and end it, correct its days, or take it away."""
        labels = [one for one in self.desk.village.labels.of(person) if one.kind == "label"]
        words = {str(one.id): one.word for one in labels}
        key = next(iter(words)) if len(words) == 1 else self.choose("改哪一个标签", words)
        label = next((one for one in labels if str(one.id) == key), None)
        if label is None:
            return
        ways = {"end": "写结束日期", "remove": "加错了，去掉"}
        how = self.choose(f"{person.name}：{label.word}", ways)
        if how == "remove":
            self.attempt(lambda: self.desk.village.labels.take_away(label.id), "已去掉")
        elif how == "end":
            self._end_label(person, label)

    def _end_label(self, person: Resident, label: Held) -> None:
        def save(typed: Typed) -> None:
            self.desk.village.labels.correct(label.id, typed)
            self.desk.say(f"已改 {person.name} 的 {label.word}", self.desk.undo)

        fields = [
            ResidentLabel.declaration("from_day"),
            FieldDeclaration("to_day", "到", DAY, hint="这一天还算，第二天起不算"),
            ResidentLabel.declaration("note"),
        ]
        ends = label.to_day or self.today()
        values = {"from_day": label.from_day, "to_day": ends, "note": label.note}
        self.open(f"{person.name}：{label.word}", fields, save, values)

    def found_household(self, person: Resident) -> None:
        """Let somebody of no household found one."""
        village = self.desk.village

        def save(typed: Typed) -> None:
            day = DAY.parse(typed["day"])
            made = village.household_moves.found(person, typed["number"], day, typed["address"])
            self.desk.say(f"{person.name} 已立户 {made.number}", self.desk.undo)

        fields = [
            Household.declaration("number"),
            Household.declaration("address"),
            FieldDeclaration("day", "日期", DAY, required=True),
        ]
        number = village.household_book.next_number(person.group_id)
        values = {"number": number, "address": person.address, "day": self.today()}
        self.open(f"{person.name} 单独立户", fields, save, values)

    def merge_with(self, person: Resident, other: Resident | None = None) -> None:
        """Make one person of two entries; the other one is sought where it is not given."""
        dialog = MergePersonDialog(self.desk, person, self.owner, other)
        self.dialog = dialog
        dialog.open()
