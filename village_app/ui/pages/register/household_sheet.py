"""What the sheets of households share: relations proposed or asked, heads, two ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.residents import Household, Resident
from village_app.domain.code_tables import CodeChoice
from village_app.domain.kinds import DAY, Choice, FieldDeclaration, Option
from village_app.domain.relations import Relation
from village_app.domain.unreadable import Unreadable
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.register.presence import GONE
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.editors import ChoiceEditor
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.theme import theme

DAY_FIELD = FieldDeclaration("day", "哪一天", DAY, required=True)


class RelationRows(QWidget):
    """What each person will be to the head: proposed, or to be chosen where it is not certain."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnStretch(2, 1)
        self._editors: dict[int, ChoiceEditor] = {}

    def show_people(self, people: Sequence[tuple[Resident, Relation]]) -> None:
        """Show other people with what is proposed for each."""
        empty(self._grid)
        self._editors = {}
        shown = Resident.declaration("relation").kind
        for row, (person, relation) in enumerate(people):
            editor = ChoiceEditor(_offered(relation.asks), required=False)
            editor.set_value(relation.code)
            editor.control.setAccessibleName(f"{person.name}与户主关系")
            self._editors[person.id] = editor
            was = shown.show(person.relation)
            self._grid.addWidget(Text(person.name), row, 0)
            self._grid.addWidget(Text(f"原来是{was}" if was else "", "small", "ink3"), row, 1)
            self._grid.addWidget(editor, row, 2)
            if relation.code is None:
                ask = "、".join(shown.show(code) for code in relation.asks)
                words = f"请问家里：{ask}？" if ask else "请选一项"
                self._grid.addWidget(Text(words, "small", "amber"), row, 3)

    def controls(self) -> list[QWidget]:
        """Give the controls from top to bottom."""
        return [editor.control for editor in self._editors.values()]

    def codes(self) -> dict[int, str]:
        """Give what was chosen, by person; raises `Unreadable` for words that nobody knows."""
        found = {key: editor.value() for key, editor in self._editors.items()}
        return {key: code for key, code in found.items() if code}


def _offered(asks: Sequence[str]) -> Choice:
    """Offer all relations, those that are likely first."""
    options = CodeChoice("relation").options
    likely = tuple(one for one in options if one.code in asks)
    return Choice((*likely, *(one for one in options if one.code not in asks)))


class HouseholdDialog(Sheeted):
    """What the three sheets share: a form, rows of relations, the refusal, two ways on."""

    saved = Signal(object)

    def __init__(self, desk: Desk, household: Household, title: str, owner: QWidget) -> None:
        super().__init__(title, "new", owner.window())
        self.desk = desk
        self.household = household
        self.members: list[Resident] = [
            one for one in desk.village.household_book.members(household) if one.status not in GONE
        ]
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, theme().px(8), 0)
        self.column.setSpacing(theme().px(10))
        self.relations = RelationRows()
        scroll = Scroll(inside)
        scroll.setMinimumHeight(max(theme().px(220), owner.window().height() - theme().px(260)))
        self.body.addWidget(scroll, 1)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        self.body.addWidget(self.refusal)

    def finish(self, words: str) -> None:
        row = QHBoxLayout()
        row.addWidget(Button(words, icon="save", key="Ctrl+S", kind="primary", press=self.save))
        row.addStretch(1)
        row.addWidget(Button("先不办", key="Esc", press=self.reject))
        self.body.addLayout(row)

    def person(self, key: int) -> Resident:
        return next(one for one in self.members if one.id == key)

    def head_choice(self, people: Sequence[Resident], name: str) -> ChoiceEditor:
        editor = ChoiceEditor(choice_of(people), required=True)
        editor.control.setAccessibleName(name)
        return editor

    def proposed(self, head: int | None, among: Sequence[int]) -> list[tuple[Resident, Relation]]:
        if head is None:
            return []
        moves = self.desk.village.household_moves
        found: Mapping[int, Relation] = moves.proposal(self.household, head, among)
        return [(self.person(key), found[key]) for key in among if key != head]

    def save(self) -> None:
        """Hand everything to the service; the sheet stays open with what it refuses."""
        self.refusal.hide()
        try:
            made = self.carry_out()
        except InvalidInput as error:
            self._refuse(error.faults)
            return
        except Unreadable as error:
            self._say(error.message)
            return
        except Refused as refusal:
            self._say(refusal.message)
            return
        self.accept()
        self.saved.emit(made)

    def carry_out(self) -> Any:
        """Do it; raises `InvalidInput` or `Refused`."""
        raise NotImplementedError

    def _refuse(self, faults: Sequence[Fault]) -> None:
        self._say("；".join(fault.message.rstrip("。") for fault in faults) + "。")

    def _say(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()


def choice_of(people: Sequence[Resident]) -> Choice:
    """Let one of some people be chosen."""
    return Choice(tuple(Option(str(one.id), one.name) for one in people))


def chosen_key(editor: ChoiceEditor) -> int | None:
    """Give the id of who is chosen."""
    value = editor.value()
    return int(value) if value else None
