"""What can be done with a person besides correcting him: events, labels, a household, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.db.records.register import LifeEvent, ResidentLabel
from village_app.db.records.residents import Household, Resident
from village_app.domain.kinds import DAY, FLAG, TEXT, Choice, FieldDeclaration, Option
from village_app.errors import InvalidInput, Refused
from village_app.services.register.labels import Held
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import Question
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed

_EVENT_FIELDS = ("kind", "day", "place", "note")


class ResidentMoves:
    """The forms of a person; the page shows the person again when something was kept."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk = desk
        self._owner = owner
        self.dialog: FormDialog | None = None

    def choices(self, person: Resident) -> list[Answer]:
        """List what can be done, the usual first."""
        village = self._desk.village
        answers = [Answer("event", "记出生、迁移、婚姻、死亡"), Answer("label", "加职务或标签")]
        if any(one.kind == "label" for one in village.labels.of(person)):
            answers.append(Answer("end_label", "结束或改标签"))
        if village.life_events.of(person):
            answers.append(Answer("correct_event", "更正人口变动"))
        answers.append(
            Answer("household", "看这一户")
            if person.household_id is not None
            else Answer("found", "单独立户")
        )
        answers += [Answer("duplicates", "查重合并"), Answer("own", "自设项目")]
        return [*answers, Answer("remove", "删除"), Answer("", "先不办")]

    def do(self, code: str, person: Resident) -> None:
        """Open the form of a move."""
        moves: dict[str, Callable[[Resident], None]] = {
            "event": self.enter_event,
            "label": self.give_label,
            "end_label": self.change_label,
            "correct_event": self.correct_event,
            "household": lambda one: self._desk.go("households", one.household_id),
            "found": self.found_household,
            "duplicates": lambda _one: self._desk.go("duplicates", None),
            "own": lambda _one: self._desk.go("own-fields", None),
        }
        moves[code](person)

    # Events

    def enter_event(self, person: Resident) -> None:
        """Enter a dated event of the person."""

        def save(typed: Typed) -> None:
            event = self._desk.village.life_events.enter(person, typed)
            word = LifeEvent.declaration("kind").kind.show(event.kind)
            self._desk.say(f"已记 {person.name}{word}", self._desk.undo)

        fields = [LifeEvent.declaration(name) for name in _EVENT_FIELDS]
        self._open(f"记 {person.name} 的变动", fields, save, {"day": self._today()})

    def correct_event(self, person: Resident) -> None:
        """Choose an event and correct it, or take it away."""
        events = self._desk.village.life_events.of(person)
        kind = LifeEvent.declaration("kind").kind
        words = {str(one.id): f"{one.day} {kind.show(one.kind)}" for one in events}
        key = self._choose("改哪一条变动", words)
        event = next((one for one in events if str(one.id) == key), None)
        if event is None:
            return
        how = self._choose(words[key], {"correct": "更正", "remove": "没有这回事，去掉"})
        if how == "remove":
            self._attempt(lambda: self._desk.village.life_events.take_back(event), "已去掉")
        elif how == "correct":
            self._correct_event(person, event)

    def _correct_event(self, person: Resident, event: LifeEvent) -> None:
        def save(typed: Typed) -> None:
            self._desk.village.life_events.correct(event, typed)
            self._desk.say(f"已更正 {person.name} 的变动", self._desk.undo)

        fields = [LifeEvent.declaration(name) for name in _EVENT_FIELDS]
        self._open(f"更正 {person.name} 的变动", fields, save, event.values())

    # Labels and seats

    def give_label(self, person: Resident) -> None:
        """Give a label or a seat from a day on."""
        kinds = self._desk.village.labels.kinds()
        offered = Choice(tuple(Option(one.key, one.word) for one in kinds))
        own = "列表里没有时，在这里写"
        fields = [
            FieldDeclaration("key", "职务或标签", offered),
            FieldDeclaration("own", "别的标签", TEXT, hint=own),
            FieldDeclaration("is_sensitive", "涉及隐私", FLAG, hint="只在写别的标签时管用"),
            FieldDeclaration("from_day", "从", DAY, required=True),
            FieldDeclaration("to_day", "到", DAY, hint="空着就是一直有效"),
            FieldDeclaration("note", "说明", TEXT, hint="村民代表等职务写在这里"),
        ]

        def save(typed: Typed) -> None:
            given = {name: text for name, text in typed.items() if name not in ("key", "own")}
            own_word = typed["own"].strip()
            key = f"label:{own_word}" if own_word else offered.parse(typed["key"]) or "label:"
            held = self._desk.village.labels.give(person, key, given)
            self._desk.say(f"{person.name} 已加 {held.word}", self._desk.undo)

        self._open(f"给 {person.name} 加职务或标签", fields, save, {"from_day": self._today()})

    def change_label(self, person: Resident) -> None:
        """Choose a label and end it, correct its days, or take it away."""
        labels = [one for one in self._desk.village.labels.of(person) if one.kind == "label"]
        words = {str(one.id): one.word for one in labels}
        key = next(iter(words)) if len(words) == 1 else self._choose("改哪一个标签", words)
        label = next((one for one in labels if str(one.id) == key), None)
        if label is None:
            return
        ways = {"end": "写结束日期", "remove": "加错了，去掉"}
        how = self._choose(f"{person.name}：{label.word}", ways)
        if how == "remove":
            self._attempt(lambda: self._desk.village.labels.take_away(label.id), "已去掉")
        elif how == "end":
            self._end_label(person, label)

    def _end_label(self, person: Resident, label: Held) -> None:
        def save(typed: Typed) -> None:
            self._desk.village.labels.correct(label.id, typed)
            self._desk.say(f"已改 {person.name} 的 {label.word}", self._desk.undo)

        fields = [
            ResidentLabel.declaration("from_day"),
            FieldDeclaration("to_day", "到", DAY, hint="这一天还算，第二天起不算"),
            ResidentLabel.declaration("note"),
        ]
        ends = label.to_day or self._today()
        values = {"from_day": label.from_day, "to_day": ends, "note": label.note}
        self._open(f"{person.name}：{label.word}", fields, save, values)

    # A household of one's own

    def found_household(self, person: Resident) -> None:
        """Let somebody of no household found one."""
        village = self._desk.village

        def save(typed: Typed) -> None:
            day = DAY.parse(typed["day"])
            made = village.household_moves.found(person, typed["number"], day, typed["address"])
            self._desk.say(f"{person.name} 已立户 {made.number}", self._desk.undo)

        fields = [
            Household.declaration("number"),
            Household.declaration("address"),
            FieldDeclaration("day", "日期", DAY, required=True),
        ]
        number = village.household_book.next_number(person.group_id)
        values = {"number": number, "address": person.address, "day": self._today()}
        self._open(f"{person.name} 单独立户", fields, save, values)

    # Inside

    def _today(self) -> Any:
        return self._desk.village.session.today()

    def _choose(self, title: str, words: Mapping[str, str]) -> str:
        answers = [Answer(key, word) for key, word in words.items()]
        return self._desk.asking.ask(Question(title, (), [*answers, Answer("", "先不改")], "new"))

    def _attempt(self, work: Callable[[], object], said: str) -> None:
        try:
            work()
        except (InvalidInput, Refused) as refusal:
            self._desk.say(refusal.message, None)
            return
        self._desk.say(said, self._desk.undo)

    def _open(
        self,
        title: str,
        fields: list[FieldDeclaration],
        save: Callable[[Typed], None],
        values: Mapping[str, Any],
    ) -> None:
        self.dialog = FormDialog(title, fields, save, self._owner.window(), values=values)
        self.dialog.open()
