"""One household beside the list: who belongs to it, who was head when, what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.register import HouseholdStep
from village_app.db.records.residents import Household, Place, Resident
from village_app.services.register.household_book import HeadTerm
from village_app.services.register.presence import GONE
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text
from village_app.ui.kit.timeline import Event
from village_app.ui.page import Desk
from village_app.ui.pages.register.register_detail import History, RegisterDetail
from village_app.ui.pages.wishes import Wish
from village_app.ui.theme import theme


class HouseholdDetail(RegisterDetail):
    """Shows a household; what can be done with it is the page's."""

    def __init__(
        self,
        desk: Desk,
        *,
        split: Callable[[], object],
        change_head: Callable[[], object],
        dossier: Callable[[], object],
        wishes: Callable[[], Sequence[Wish]],
    ) -> None:
        self.split_button = Button("分户", press=split)
        self.head_button = Button("换户主", press=change_head)
        self.file_button = Button("往来", press=dossier)
        super().__init__(desk, (self.split_button, self.head_button, self.file_button), wishes)
        self.doubts = Text("", "small", "amber", wrap=True)
        self.members_title = Text("家庭成员", "h3")
        holder = QWidget()
        self.members = QVBoxLayout(holder)
        self.members.setContentsMargins(0, 0, 0, 0)
        self.members.setSpacing(theme().px(2))
        self.heads = History("历任户主")
        self.steps = History("户的变动")
        self.add_parts(self.doubts, self.members_title, holder, self.heads, self.steps)

    def show_household(self, household: Household | None) -> None:
        """Show a household, or that none is chosen."""
        book = self.desk.village.household_book
        people = book.members(household) if household is not None else []
        self.begin(household, "还没有选户" if household is None else self._heading(household))
        self._show_doubts(book.doubts(household) if household is not None else [])
        if household is not None:
            self.facts.set_facts(self._facts(household))
        here = sum(one.status not in GONE for one in people)
        self.members_title.setText(f"家庭成员 {here} 人")
        self.members_title.setVisible(household is not None)
        self._show_members(people, household.head_id if household is not None else None)
        self._show_heads(book.heads(household) if household is not None else [])
        self._show_steps(book.steps(household) if household is not None else [])

    def _heading(self, household: Household) -> str:
        head = self.desk.village.store.find(Resident, household.head_id or 0)
        return household.number if head is None else f"{household.number} {head.name}户"

    def _show_doubts(self, doubts: Sequence[str]) -> None:
        self.doubts.setText("\n".join(doubts))
        self.doubts.setVisible(bool(doubts))

    def _facts(self, household: Household) -> list[tuple[str, str]]:
        group = self.desk.village.store.find(Place, household.group_id or 0)
        facts = [
            ("村民小组", group.name if group is not None else ""),
            ("门牌地址", household.address or ""),
            ("备注", household.note or ""),
            ("并走日期", str(household.ended_on or "")),
        ]
        return [(name, value) for name, value in facts if value]

    def _show_members(self, people: Sequence[Resident], head_id: int | None) -> None:
        empty(self.members)
        for one in people:
            self.members.addWidget(self._member(one, is_head=one.id == head_id))

    def _member(self, person: Resident, *, is_head: bool) -> QWidget:
        """Make the line of one member: a link to him, what he is to the head, birth or status."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(10))
        gone = person.status in GONE
        go = partial(self.desk.go, "residents", person.id)
        line.addWidget(Button(person.name, kind="link", press=go))
        relation = Resident.declaration("relation").kind.show(person.relation)
        word = "户主" if is_head else relation or "关系未填"
        line.addWidget(Text(word, "body", "ink3" if gone else "ink"))
        line.addStretch(1)
        status = Resident.declaration("status").kind.show(person.status)
        note = status if gone else str(person.birth or "")
        line.addWidget(Text(note, "small", "ink3"))
        return row

    def _show_heads(self, heads: Sequence[HeadTerm]) -> None:
        self.heads.show_events(
            Event(one.name, _term(one), "done" if one.to_day is None else "hold") for one in heads
        )

    def _show_steps(self, steps: Sequence[HouseholdStep]) -> None:
        kind = HouseholdStep.declaration("kind").kind
        self.steps.show_events(Event(one.text, f"{one.day} {kind.show(one.kind)}") for one in steps)


def _term(one: HeadTerm) -> str:
    begins = f"从 {one.from_day} 起" if one.from_day is not None else "登记以来"
    return f"{begins}，到 {one.to_day}" if one.to_day is not None else begins
