"""Splitting, merging, another head: who goes, who is head, what everybody is to him."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.residents import Household, Resident
from village_app.domain.code_tables import CodeChoice
from village_app.domain.kinds import DAY, Choice, FieldDeclaration, Option, Reference
from village_app.domain.relations import Relation
from village_app.domain.unreadable import Unreadable
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.household_moves import Split
from village_app.services.residents import GONE
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.editors import ChoiceEditor
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.register_references import RegisterReferences, place_field
from village_app.ui.theme import theme

_DAY = FieldDeclaration("day", "哪一天", DAY, required=True)


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
        self._desk = desk
        self._household = household
        self._members: list[Resident] = [
            one for one in desk.village.household_book.members(household) if one.status not in GONE
        ]
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme().px(8), 0)
        self._column.setSpacing(theme().px(10))
        self.relations = RelationRows()
        scroll = Scroll(inside)
        scroll.setMinimumHeight(max(theme().px(220), owner.window().height() - theme().px(260)))
        self.body.addWidget(scroll, 1)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        self.body.addWidget(self.refusal)

    def _finish(self, words: str) -> None:
        row = QHBoxLayout()
        row.addWidget(Button(words, icon="save", key="Ctrl+S", kind="primary", press=self.save))
        row.addStretch(1)
        row.addWidget(Button("先不办", key="Esc", press=self.reject))
        self.body.addLayout(row)

    def _person(self, key: int) -> Resident:
        return next(one for one in self._members if one.id == key)

    def _head_choice(self, people: Sequence[Resident], name: str) -> ChoiceEditor:
        editor = ChoiceEditor(_people(people), required=True)
        editor.control.setAccessibleName(name)
        return editor

    def _proposed(self, head: int | None, among: Sequence[int]) -> list[tuple[Resident, Relation]]:
        if head is None:
            return []
        moves = self._desk.village.household_moves
        found: Mapping[int, Relation] = moves.proposal(self._household, head, among)
        return [(self._person(key), found[key]) for key in among if key != head]

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


def _people(people: Sequence[Resident]) -> Choice:
    return Choice(tuple(Option(str(one.id), one.name) for one in people))


def _key(editor: ChoiceEditor) -> int | None:
    value = editor.value()
    return int(value) if value else None


class SplitDialog(HouseholdDialog):
    """Tick who leaves, choose the new head; where the old head leaves, one for those who stay."""

    def __init__(self, desk: Desk, household: Household, owner: QWidget) -> None:
        super().__init__(desk, household, f"{household.number} 分户", owner)
        self.boxes: dict[int, QCheckBox] = {}
        self._column.addWidget(Text("谁分出去", "h3"))
        self._column.addLayout(self._make_boxes())
        self.head = self._head_choice([], "新户主")
        self.staying_head = self._head_choice([], "留下的人的户主")
        self._heads = QGridLayout()
        self._column.addLayout(self._heads)
        self.head.edited.connect(self._propose)
        self.staying_head.edited.connect(self._propose)
        self._column.addWidget(self.relations)
        group = place_field(desk.village, Household.declaration("group_id"), "group")
        fields = [
            Household.declaration("number"),
            Household.declaration("address"),
            group,
            _DAY,
        ]
        self.form = RecordForm(fields, lines=[("number", "day"), ("address",), ("group_id",)])
        self.form.set_values(
            {
                "number": desk.village.household_book.next_number(household.group_id),
                "address": household.address,
                "group_id": None if household.group_id is None else str(household.group_id),
                "day": desk.village.session.today(),
            }
        )
        self._column.addWidget(Text("新户", "h3"))
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        self._offer_heads()
        self._finish("分户")

    def _make_boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(16))
        shown = Resident.declaration("relation").kind
        for at, one in enumerate(self._members):
            relation = shown.show(one.relation)
            box = QCheckBox(f"{one.name}（{relation}）" if relation else one.name)
            box.toggled.connect(lambda _on: self._offer_heads())
            self.boxes[one.id] = box
            grid.addWidget(box, at // 3, at % 3)
        return grid

    def leaving(self) -> list[int]:
        """Give who is ticked, in the order of the household."""
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def _offer_heads(self) -> None:
        """Offer as heads those who leave, and those who stay where the head is among the others."""
        empty(self._heads)
        leaving = self.leaving()
        staying = [one.id for one in self._members if one.id not in leaving]
        self._head_leaves = self._household.head_id in (None, *leaving)
        before = _key(self.head)
        self.head = self._renewed(leaving, before, "新户主")
        self._heads.addWidget(Text("新户主", "body", "ink2"), 0, 0)
        self._heads.addWidget(self.head, 0, 1)
        if leaving and staying and self._head_leaves:
            before = _key(self.staying_head)
            self.staying_head = self._renewed(staying, before, "留下的人的户主")
            self._heads.addWidget(Text("留下的人的户主", "body", "ink2"), 1, 0)
            self._heads.addWidget(self.staying_head, 1, 1)
        self._heads.setColumnStretch(1, 1)
        self._propose()

    def _renewed(self, keys: Sequence[int], before: int | None, name: str) -> ChoiceEditor:
        editor = self._head_choice([self._person(key) for key in keys], name)
        chosen = before if before in keys else (keys[0] if len(keys) == 1 else None)
        editor.set_value(None if chosen is None else str(chosen))
        editor.edited.connect(self._propose)
        return editor

    def _propose(self) -> None:
        leaving = self.leaving()
        rows = self._proposed(_key(self.head), leaving)
        if self._head_leaves and leaving:
            staying = [one.id for one in self._members if one.id not in leaving]
            rows += self._proposed(_key(self.staying_head), staying)
        self.relations.show_people(rows)

    def carry_out(self) -> Any:
        values = self.form.values()
        leaving = self.leaving()
        head = _key(self.head)
        if leaving and head is None:
            raise InvalidInput([Fault("head", "required", "请从分出去的人里选一位新户主。")])
        wish = Split(
            frozenset(leaving),
            head or 0,
            values["number"],
            values["day"],
            values["address"] or "",
            int(values["group_id"]) if values["group_id"] else None,
            _key(self.staying_head) if self._head_leaves else None,
            self.relations.codes(),
        )
        return self._desk.village.household_moves.split(self._household, wish)


class HeadDialog(HouseholdDialog):
    """Choose the new head; what the others are to him follows or is asked."""

    def __init__(self, desk: Desk, household: Household, owner: QWidget) -> None:
        super().__init__(desk, household, f"{household.number} 换户主", owner)
        others = [one for one in self._members if one.id != household.head_id]
        self.head = self._head_choice(others, "新户主")
        self.head.edited.connect(self._propose)
        self.form = RecordForm([_DAY])
        self.form.set_values({"day": desk.village.session.today()})
        row = QHBoxLayout()
        row.addWidget(Text("新户主", "body", "ink2"))
        row.addWidget(self.head, 1)
        self._column.addLayout(row)
        self._column.addWidget(self.form)
        self._column.addWidget(Text("各人与新户主的关系", "h3"))
        self._column.addWidget(self.relations)
        self._column.addStretch(1)
        self._finish("换户主")

    def _propose(self) -> None:
        self.relations.show_people(
            self._proposed(_key(self.head), [one.id for one in self._members])
        )

    def carry_out(self) -> Any:
        head, day = _key(self.head), self.form.values()["day"]
        if head is None:
            raise InvalidInput([Fault("head", "required", "请选一位新户主。")])
        moves = self._desk.village.household_moves
        return moves.change_head(self._household, head, self.relations.codes(), day)


class MergeDialog(HouseholdDialog):
    """Find the household to join, say what our head is to theirs; the others follow."""

    def __init__(self, desk: Desk, household: Household, owner: QWidget) -> None:
        super().__init__(desk, household, f"{household.number} 并到别户", owner)
        into = FieldDeclaration("into", "并到哪一户", Reference("household"), required=True)
        relation = FieldDeclaration("relation", "本户户主是那边户主的", CodeChoice("relation"))
        self.form = RecordForm([into, relation, _DAY], references=RegisterReferences(desk.village))
        self.form.set_values({"day": desk.village.session.today()})
        self.form.edited.connect(self._propose)
        self._column.addWidget(self.form)
        self._column.addWidget(Text("各人与新户主的关系", "h3"))
        self._column.addWidget(self.relations)
        self._column.addStretch(1)
        self._shown: tuple[Any, Any] = (None, None)
        self._finish("并户")

    def _propose(self) -> None:
        """Propose anew when the household or the relation became another."""
        into, relation = self._read("into"), self._read("relation")
        if (into, relation) == self._shown or into is None:
            return
        self._shown = (into, relation)
        village = self._desk.village
        other = village.household_book.get(into)
        found = village.household_moves.joining(self._household, other, relation)
        self.relations.show_people([(one, found[one.id]) for one in self._members])

    def _read(self, name: str) -> Any:
        try:
            return self.form.editor(name).value()
        except Unreadable:
            return None

    def carry_out(self) -> Any:
        values = self.form.values()
        village = self._desk.village
        other = village.household_book.get(values["into"])
        moves = village.household_moves
        return moves.merge(self._household, other, self.relations.codes(), values["day"])


Opener = Callable[[Desk, Household, QWidget], HouseholdDialog]
DIALOGS: dict[str, Opener] = {"split": SplitDialog, "head": HeadDialog, "merge": MergeDialog}
