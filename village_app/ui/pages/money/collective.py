"""三资台账: what the collective owns and lets, who owes, the budget, funds, pay; one view each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from village_app.errors import InvalidInput, Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.removal import discard
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk, Page
from village_app.ui.pages.money.collective_estate import AssetsView, LeasesView
from village_app.ui.pages.money.collective_funds import FundsView, PayView
from village_app.ui.pages.money.collective_money import (
    BudgetView,
    LoansView,
    PayablesView,
    ReceivablesView,
    SplitsView,
)
from village_app.ui.pages.money.collective_view import View
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

VIEWS: tuple[type[View], ...] = (
    LeasesView,
    AssetsView,
    ReceivablesView,
    PayablesView,
    LoansView,
    BudgetView,
    FundsView,
    PayView,
    SplitsView,
)


class CollectivePage(Page):
    """One list with several views; each view has its own verbs."""

    title = "三资台账"
    topic = "collective"
    watches = (
        *("asset", "lease", "ledger_entry", "ledger_opening", "budget_line"),
        *("special_fund", "official_pay"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.views = {one.key: one(self) for one in VIEWS}
        self.view: View = self.views[VIEWS[0].key]
        self.enter_button = Button(
            self.view.enter_words,
            icon="plus",
            key="Ctrl+N",
            bind=False,
            kind="primary",
            press=self.enter,
        )
        self.head = PageHead(
            self.title,
            buttons=[
                self.enter_button,
                Button("做公开表", icon="board", key="F4", bind=False, press=self.publish),
            ],
        )
        self.more = MoreButton(self.wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        self.body.addLayout(row)
        bind(self.wishes()[:2], self)
        chips = [Chip(one.key, one.word) for one in self.views.values()]
        self.chips = ChipRow(chips, name="看哪一份")
        self.chips.chosen.connect(self._choose_view)
        self.body.addWidget(self.chips)
        self.head.take_in(self.chips, self.body, 1)
        self.table = self._make_table()
        self.body.addWidget(self.table, 1)
        self.columns = [self.table]
        self._show_keys()

    @property
    def dialog(self) -> QDialog | None:
        """The form or list that stands over the page."""
        return self.view.dialog

    def _make_table(self) -> RecordTable:
        view = self.view
        table = RecordTable(
            ShortList(view.columns),
            name=f"collective_{view.key}",
            measure=view.measure,
            preferences=self.desk.preferences,
        )
        table.setObjectName(view.key)
        table.set_narrow(self.narrow)
        table.opened.connect(lambda key: self.attempt(lambda: self.view.open(key)))
        view.chosen = table.current_key
        table.set_empty(self._make_empty())
        table.emptied.connect(self.head.rest)
        return table

    def _make_empty(self) -> EmptyState:
        view = self.view
        enter = Button(view.enter_words, icon="plus", kind="primary", big=True, press=self.enter)
        buttons = [enter] if view.enter_words else []
        return EmptyState(view.nothing or f"还没有{view.word}", view.about, buttons=buttons)

    # Data

    def refresh(self) -> None:
        if self.table.objectName() != self.view.key:
            self._replace_table()
        self.table.refresh(ShortList(self.view.columns, self.view.rows()))
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(self.view.fact())
        self.chips.set_on((self.view.key,))

    def _replace_table(self) -> None:
        """Put up the list of another view: its columns differ."""
        place = self.body.indexOf(self.table)
        discard(self.table)
        self.table = self._make_table()
        self.body.insertWidget(place, self.table, 1)
        self.columns = [self.table]
        self.enter_button.setVisible(bool(self.view.enter_words))
        if self.view.enter_words:
            self.enter_button.set_words(self.view.enter_words)
        self._show_keys()

    def _show_keys(self) -> None:
        self.set_keys(
            (
                *((Key("Ctrl+N", self.view.enter_words),) if self.view.enter_words else ()),
                Key("Enter", self.view.open_words),
                Key("F4", "做公开表"),
                Key("Ctrl+M", "更多"),
            )
        )

    def _choose_view(self, keys: tuple[str, ...]) -> None:
        if keys:
            self.show_view(keys[0])

    def show_view(self, key: str) -> None:
        """Go to a view by its key."""
        self.view = self.views[key]
        self.refresh()

    # Wishes

    def attempt(self, wish: Callable[[], object]) -> None:
        """Do what was wished; what is refused is said in its sentence."""
        try:
            wish()
        except (Refused, InvalidInput) as refusal:
            self.desk.say(refusal.message, None)

    def publish(self) -> None:
        """Draft this view's table for the wall and go to it."""
        self.attempt(self.view.publish)

    def enter(self) -> None:
        """Enter something new of this view."""
        self.attempt(self.view.enter)

    def wishes(self) -> list[Wish]:
        """Give what can be done in this view."""
        view = self.view
        moves = [
            Wish(words, partial(self.attempt, press), divides=not at)
            for at, (words, press) in enumerate(view.moves())
        ]
        return [
            Wish(view.enter_words or "登记", self.enter, "Ctrl+N"),
            Wish("做公开表", self.publish, "F4"),
            *moves,
        ]

    # The page

    def first_focus(self) -> QWidget:
        return self.table

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
