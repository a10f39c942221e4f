"""One household beside the list: who belongs to it, who was head when, what happened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.register import HouseholdStep
from village_app.db.records.residents import Household, Place, Resident
from village_app.services.register.household_book import HeadTerm
from village_app.services.register.residents import GONE
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.kit.timeline import Event, Timeline
from village_app.ui.page import Desk
from village_app.ui.pages.files_panel import FilesPanel
from village_app.ui.pages.register.resident_detail import ScrolledColumn
from village_app.ui.theme import theme


class HouseholdDetail(Sheet):
    """Shows a household; every wish goes to the page by its code (split, head, more)."""

    def __init__(self, desk: Desk, wish: Callable[[str], object]) -> None:
        super().__init__()
        self._desk = desk
        self._wish = wish
        self.heading = Text("", "songh2", wrap=True)
        self.doubts = Text("", "small", "amber", wrap=True)
        self.facts = Facts()
        self.members = QVBoxLayout()
        self.members.setSpacing(theme().px(2))
        self.members_title = Text("家庭成员", "h3")
        self.heads = Timeline()
        self.heads.setAccessibleName("历任户主")
        self.steps_title = Text("变动", "h3")
        self.steps = Timeline()
        self.steps.setAccessibleName("户的变动")
        self.files = FilesPanel(desk)
        self.add(self.heading)
        self._inside = ScrolledColumn()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.setSpacing(theme().px(8))
        column.addWidget(self.doubts)
        column.addWidget(self.facts)
        column.addWidget(self.members_title)
        column.addLayout(self.members)
        self.heads_title = Text("历任户主", "h3")
        for part in (self.heads_title, self.heads, self.steps_title, self.steps, self.files):
            column.addWidget(part)
        column.addStretch(1)
        self.add(Scroll(self._inside), 1)
        self.add_hairline()
        self._make_buttons()

    def _make_buttons(self) -> None:
        def ask(code: str) -> Callable[[], object]:
            return lambda: self._wish(code)

        self.split_button = Button("分户", key="Ctrl+T", press=ask("split"))
        self.head_button = Button("换户主", press=ask("head"))
        self.file_button = Button("往来", press=ask("file"))
        self.more_button = Button("更多", key="Ctrl+M", press=ask("more"))
        # The keys stand in the strip below; with their caps here the row would be too long.
        self.split_button.set_key("")
        self.more_button.set_key("")
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        self.buttons = (self.split_button, self.head_button, self.file_button, self.more_button)
        for button in self.buttons:
            flow.addWidget(button)
        self.add(holder)

    def show_household(self, household: Household | None) -> None:
        """Show a household, or that none is chosen."""
        for button in self.buttons:
            button.setEnabled(household is not None)
        self.files.show_files(household)
        self.files.setVisible(household is not None)
        if household is None:
            self.heading.setText("还没有选户")
            self.facts.set_facts([])
            self.doubts.hide()
            self._show_members([], None)
            self._show_history([], [])
            return
        book = self._desk.village.household_book
        people = book.members(household)
        here = sum(one.status not in GONE for one in people)
        self.heading.setText(household.number)
        doubts = book.doubts(household)
        self.doubts.setText("\n".join(doubts))
        self.doubts.setVisible(bool(doubts))
        self.facts.set_facts(self._facts(household))
        self.members_title.setText(f"家庭成员 {here} 人")
        self._show_members(people, household.head_id)
        self._show_history(book.heads(household), book.steps(household))

    def _facts(self, household: Household) -> list[tuple[str, str]]:
        group = self._desk.village.store.find(Place, household.group_id or 0)
        facts = [
            ("村民小组", group.name if group is not None else ""),
            ("门牌地址", household.address or ""),
            ("备注", household.note or ""),
            ("并走日期", str(household.ended_on or "")),
        ]
        return [(name, value) for name, value in facts if value]

    def _show_members(self, people: list[Resident], head_id: int | None) -> None:
        empty(self.members)
        relation, status = (
            Resident.declaration("relation").kind,
            Resident.declaration("status").kind,
        )
        for one in people:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme().px(10))
            gone = one.status in GONE
            go = partial(self._desk.go, "residents", one.id)
            line.addWidget(Button(one.name, kind="link", press=go))
            word = "户主" if one.id == head_id else relation.show(one.relation) or "关系未填"
            line.addWidget(Text(word, "body", "ink3" if gone else "ink"))
            line.addStretch(1)
            note = status.show(one.status) if gone else str(one.birth or "")
            line.addWidget(Text(note, "small", "ink3"))
            self.members.addWidget(row)

    def _show_history(self, heads: list[HeadTerm], steps: list[HouseholdStep]) -> None:
        terms = [
            Event(one.name, _term(one), "done" if one.to_day is None else "hold") for one in heads
        ]
        self.heads.set_events(terms)
        self.heads_title.setVisible(bool(terms))
        self.heads.setVisible(bool(terms))
        kind = HouseholdStep.declaration("kind").kind
        events = [Event(one.text, f"{one.day} {kind.show(one.kind)}") for one in steps]
        self.steps.set_events(events)
        self.steps_title.setVisible(bool(events))
        self.steps.setVisible(bool(events))


def _term(one: HeadTerm) -> str:
    begins = f"从 {one.from_day} 起" if one.from_day is not None else "登记以来"
    return f"{begins}，到 {one.to_day}" if one.to_day is not None else begins
