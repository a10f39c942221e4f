"""Splitting, merging, another head: who goes, who is head, what everybody is to him."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from village_app.db.records.residents import Household, Resident
from village_app.domain.code_tables import CodeChoice
from village_app.domain.kinds import FieldDeclaration, Reference
from village_app.domain.unreadable import Unreadable
from village_app.errors import Fault, InvalidInput
from village_app.services.register.household_wishes import Split
from village_app.ui.kit.editors import ChoiceEditor
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.register.household_sheet import DAY_FIELD, HouseholdDialog, chosen_key
from village_app.ui.pages.register.register_references import RegisterReferences, place_field
from village_app.ui.theme import theme


class SplitDialog(HouseholdDialog):
    """Tick who leaves, choose the new head; where the old head leaves, one for those who stay."""

    def __init__(self, desk: Desk, household: Household, owner: QWidget) -> None:
        super().__init__(desk, household, f"{household.number} 分户", owner)
        self.boxes: dict[int, QCheckBox] = {}
        self.column.addWidget(Text("谁分出去", "h3"))
        self.column.addLayout(self._make_boxes())
        self.head = self.head_choice([], "新户主")
        self.staying_head = self.head_choice([], "留下的人的户主")
        self._heads = QGridLayout()
        self.column.addLayout(self._heads)
        self.head.edited.connect(self._propose)
        self.staying_head.edited.connect(self._propose)
        self.column.addWidget(self.relations)
        self.form = self._make_form()
        self.column.addWidget(Text("新户", "h3"))
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self._offer_heads()
        self.finish("分户")

    def _make_form(self) -> RecordForm:
        """Ask for number, day, door and group of the new household, with what is likely."""
        village, old = self.desk.village, self.household
        declared = [Household.declaration(name) for name in ("number", "address")]
        group = place_field(village, Household.declaration("group_id"), "group")
        lines = [("number", "day"), ("address",), ("group_id",)]
        form = RecordForm([*declared, group, DAY_FIELD], lines=lines)
        form.set_values(
            {
                "number": village.household_book.next_number(old.group_id),
                "address": old.address,
                "group_id": None if old.group_id is None else str(old.group_id),
                "day": village.session.today(),
            }
        )
        return form

    def _make_boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(16))
        shown = Resident.declaration("relation").kind
        for at, one in enumerate(self.members):
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
        staying = [one.id for one in self.members if one.id not in leaving]
        self._head_leaves = self.household.head_id in (None, *leaving)
        before = chosen_key(self.head)
        self.head = self._renewed(leaving, before, "新户主")
        self._heads.addWidget(Text("新户主", "body", "ink2"), 0, 0)
        self._heads.addWidget(self.head, 0, 1)
        if leaving and staying and self._head_leaves:
            before = chosen_key(self.staying_head)
            self.staying_head = self._renewed(staying, before, "留下的人的户主")
            self._heads.addWidget(Text("留下的人的户主", "body", "ink2"), 1, 0)
            self._heads.addWidget(self.staying_head, 1, 1)
        self._heads.setColumnStretch(1, 1)
        self._propose()

    def _renewed(self, keys: Sequence[int], before: int | None, name: str) -> ChoiceEditor:
        editor = self.head_choice([self.person(key) for key in keys], name)
        chosen = before if before in keys else (keys[0] if len(keys) == 1 else None)
        editor.set_value(None if chosen is None else str(chosen))
        editor.edited.connect(self._propose)
        return editor

    def _propose(self) -> None:
        leaving = self.leaving()
        rows = self.proposed(chosen_key(self.head), leaving)
        if self._head_leaves and leaving:
            staying = [one.id for one in self.members if one.id not in leaving]
            rows += self.proposed(chosen_key(self.staying_head), staying)
        self.relations.show_people(rows)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go down the sheet: Qt puts what was made last at the end."""
        chain: list[QWidget] = [*self.boxes.values(), self.head.control]
        if self._heads.indexOf(self.staying_head) >= 0:
            chain.append(self.staying_head.control)
        chain += [*self.relations.controls(), self.form.editor("number").control]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def carry_out(self) -> Any:
        values = self.form.values()
        leaving = self.leaving()
        head = chosen_key(self.head)
        if leaving and head is None:
            raise InvalidInput([Fault("head", "required", "请从分出去的人里选一位新户主。")])
        wish = Split(
            frozenset(leaving),
            head or 0,
            values["number"],
            values["day"],
            values["address"] or "",
            int(values["group_id"]) if values["group_id"] else None,
            chosen_key(self.staying_head) if self._head_leaves else None,
            self.relations.codes(),
        )
        return self.desk.village.household_moves.split(self.household, wish)


class HeadDialog(HouseholdDialog):
    """Choose the new head; what the others are to him follows or is asked."""

    def __init__(self, desk: Desk, household: Household, owner: QWidget) -> None:
        super().__init__(desk, household, f"{household.number} 换户主", owner)
        others = [one for one in self.members if one.id != household.head_id]
        self.head = self.head_choice(others, "新户主")
        self.head.edited.connect(self._propose)
        self.form = RecordForm([DAY_FIELD])
        self.form.set_values({"day": desk.village.session.today()})
        row = QHBoxLayout()
        row.addWidget(Text("新户主", "body", "ink2"))
        row.addWidget(self.head, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.form)
        self.column.addWidget(Text("各人与新户主的关系", "h3"))
        self.column.addWidget(self.relations)
        self.column.addStretch(1)
        self.finish("换户主")

    def _propose(self) -> None:
        self.relations.show_people(
            self.proposed(chosen_key(self.head), [one.id for one in self.members])
        )

    def carry_out(self) -> Any:
        head, day = chosen_key(self.head), self.form.values()["day"]
        if head is None:
            raise InvalidInput([Fault("head", "required", "请选一位新户主。")])
        moves = self.desk.village.household_moves
        return moves.change_head(self.household, head, self.relations.codes(), day)


class MergeDialog(HouseholdDialog):
    """Find the household to join, say what our head is to theirs; the others follow."""

    def __init__(self, desk: Desk, household: Household, owner: QWidget) -> None:
        super().__init__(desk, household, f"{household.number} 并到别户", owner)
        into = FieldDeclaration("into", "并到哪一户", Reference("household"), required=True)
        relation = FieldDeclaration("relation", "本户户主是那边户主的", CodeChoice("relation"))
        references = RegisterReferences(desk.village)
        self.form = RecordForm([into, relation, DAY_FIELD], references=references)
        self.form.set_values({"day": desk.village.session.today()})
        self.form.edited.connect(self._propose)
        self.column.addWidget(self.form)
        self.column.addWidget(Text("各人与新户主的关系", "h3"))
        self.column.addWidget(self.relations)
        self.column.addStretch(1)
        self._shown: tuple[Any, Any] = (None, None)
        self.finish("并户")

    def _propose(self) -> None:
        """Propose anew when the household or the relation became another."""
        into, relation = self._read("into"), self._read("relation")
        if (into, relation) == self._shown or into is None:
            return
        self._shown = (into, relation)
        village = self.desk.village
        other = village.household_book.get(into)
        found = village.household_moves.joining(self.household, other, relation)
        self.relations.show_people([(one, found[one.id]) for one in self.members])

    def _read(self, name: str) -> Any:
        try:
            return self.form.editor(name).value()
        except Unreadable:
            return None

    def carry_out(self) -> Any:
        values = self.form.values()
        village = self.desk.village
        other = village.household_book.get(values["into"])
        moves = village.household_moves
        return moves.merge(self.household, other, self.relations.codes(), values["day"])


Opener = Callable[[Desk, Household, QWidget], HouseholdDialog]
DIALOGS: dict[str, Opener] = {"split": SplitDialog, "head": HeadDialog, "merge": MergeDialog}
