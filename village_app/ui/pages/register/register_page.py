"""What 居民台账 and 户台账 share: a list, one record beside it, its dossier behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from village_app.services.register.dossier_lines import DossierLine
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.page import Desk, Page
from village_app.ui.pages.register.dossier_view import KEYS, DossierView
from village_app.ui.pages.wishes import Wish, bind
from village_app.ui.theme import theme


class RegisterPage(Page):
    """A list with a record beside it, in its place where the window is narrow.

    Enter goes one step further: from a narrow list to the record, from the record (and from a
    wide list) to its dossier; Esc comes back. Subclasses make `head`, `search` and `table`, hand
    them to `put_together`, and fill in what a record is.
    """

    head: PageHead
    search: QLineEdit
    table: RecordTable
    list_keys: tuple[Key, ...] = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.keys = self.list_keys
        self.whole = QStackedWidget()
        self.dossier = DossierView(desk, self.close_dossier)
        self.body.addWidget(self.whole, 1)

    def put_together(self, filters: QWidget, side: QWidget, record: QWidget) -> None:
        """Lay the parts out: head, filters, list and what stands beside it; the dossier behind.

        `record` is the sheet that shows a record; `side` is it too, or a stack that holds it.
        """
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(self.head)
        column.addWidget(filters)
        self.pair = ListAndDetail(self.table, side)
        self.pair.closed.connect(self._come_back)
        self.filters_above = filters
        self._record = record
        column.addWidget(self.pair, 1)
        self.whole.addWidget(inside)
        self.whole.addWidget(self.dossier)
        self.columns = [self.search, self.table, side]
        bind(self.bound(), inside)
        self.table.chosen.connect(self.show_record)
        self.table.opened.connect(lambda _key: self.go_on())

    def make_search(self, words: str, name: str) -> QLineEdit:
        """Make the search line; the list is asked again only when the fingers rest."""
        search = QLineEdit()
        search.setPlaceholderText(words)
        search.setAccessibleName(name)
        search.setClearButtonEnabled(True)
        self._pause = Pause(self, self.show_rows)
        search.textChanged.connect(self._pause.begin)
        search.returnPressed.connect(self.enter_list)
        return search

    # For subclasses to fill in

    def bound(self) -> Sequence[Wish]:
        """Give what has a key wherever the list or the record can be seen."""
        return ()

    def show_rows(self) -> None:
        """Ask for the rows of the list again."""
        raise NotImplementedError

    def show_record(self, key: int | None) -> None:
        """Show a record beside the list."""
        raise NotImplementedError

    def open_dossier(self) -> None:
        """Show everything about the chosen record."""
        raise NotImplementedError

    def forget_filters(self) -> None:
        """Let the list hold everything, so that a record asked for can be seen."""
        raise NotImplementedError

    # Going on and back

    def ask_again(self) -> None:
        """Show the rows and the record anew; the first one where none was chosen."""
        self.show_rows()
        self.table.show_chosen(self.show_record)

    def enter_list(self) -> None:
        """Enter in the search line: into the rows that it found."""
        self.show_rows()
        if self.table.current_key() is None:
            self.table.choose_first()
        self.table.focus_rows()

    def go_on(self) -> None:
        """Enter on a row: the record where only the list is seen, else its dossier."""
        if self.narrow and not self.pair.is_detail_alone:
            self.open_beside()
        else:
            self.open_dossier()

    def open_beside(self) -> None:
        """Bring what stands beside the list to the front, where only the list is seen."""
        self.pair.open_detail()
        self.fit()
        self._record.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and self._record.hasFocus():
            self.open_dossier()
        else:
            super().keyPressEvent(event)

    def _come_back(self) -> None:
        self.fit()
        self.table.focus_rows()

    def fit(self) -> None:
        """Leave the filters out where the record is alone; say what the keys do now."""
        self.filters_above.setHidden(self.pair.is_detail_alone)
        if self.whole.currentIndex() == 0:
            self.set_keys(self._keys_now())

    def _keys_now(self) -> tuple[Key, ...]:
        if not self.narrow:
            return self.list_keys
        if self.pair.is_detail_alone:
            return (Key("Esc", "回名单"), *self.list_keys[1:])
        return (self.list_keys[0], Key("Enter", "看这一条"), *self.list_keys[2:])

    def show_dossier(
        self, title: str, facts: Sequence[tuple[str, str]], lines: Sequence[DossierLine]
    ) -> None:
        """Show what is kept of a record in the place of list and record."""
        self.dossier.show_lines(title, facts, lines)
        self.whole.setCurrentIndex(1)
        self.set_keys(KEYS)
        self.dossier.table.focus_rows()

    def close_dossier(self) -> None:
        """Go back to where the dossier was opened: the list, or the record alone."""
        self.whole.setCurrentIndex(0)
        self.fit()
        if self.pair.is_detail_alone:
            self._record.setFocus()
        else:
            self.table.focus_rows()

    # The window

    def open_record(self, record: int) -> None:
        self.close_dossier()
        self.refresh()
        if not self.table.choose(record):
            self.forget_filters()
            self.refresh()
            self.table.choose(record)
        self.show_record(record)
        self.table.focus_rows()

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.pair.set_narrow(narrow)
        self.dossier.set_narrow(narrow)
        self.fit()


def row_of(*parts: tuple[QWidget, int]) -> QWidget:
    """Lay widgets out in a row with their shares of the width."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme().px(12))
    for part, share in parts:
        line.addWidget(part, share)
    return row
