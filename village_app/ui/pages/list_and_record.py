"""A page that is a list, and beside it records and other sheets, one of them shown at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from village_app.domain.kinds import FieldDeclaration
from village_app.ui.kit.keys import Key
from village_app.ui.kit.search_line import SearchLine
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed


class ListAndRecordPage(Page):
    """The stack of a list (first) and its records, their keys, and the forms over them.

    Subclasses add the list with `add_list`, other parts with `add_part`, and ask again in
    `show_rows`; `show_part` and `go_back` change between them.
    """

    list_keys: tuple[Key, ...] = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: FormDialog | None = None
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)

    def add_list(self, inside: QWidget) -> None:
        """Put the list at the front of the stack."""
        self.stack.insertWidget(0, inside)

    def add_part(self, part: QWidget) -> None:
        """Put a record or another sheet behind the list."""
        self.stack.addWidget(part)

    def make_search(self, words: str, name: str) -> SearchLine:
        """Make the search line of the list; what is typed asks for the rows anew."""
        return SearchLine(words, name, self.show_rows)

    @property
    def is_list(self) -> bool:
        """Whether the list is shown, not a record."""
        return self.stack.currentIndex() == 0

    def show_rows(self) -> None:
        """Ask for the rows of the list again."""

    def show_part(self, part: QWidget, keys: tuple[Key, ...]) -> None:
        """Show a record or another sheet with its keys."""
        self.stack.setCurrentWidget(part)
        self.set_keys(keys)

    def go_back(self) -> None:
        """Go back to the list."""
        self.stack.setCurrentIndex(0)
        self.set_keys(self.list_keys)
        self.show_rows()

    # Forms

    def open_form(
        self,
        title: str,
        model: Any,
        fields: Sequence[str],
        save: Callable[[Typed], object],
        *,
        values: Mapping[str, Any] | None = None,
        lines: Sequence[Sequence[str]] = (),
        words: str = "存",
    ) -> None:
        """Open a form over the page for some fields of a record."""
        declared = [model.declaration(name) for name in fields]
        self.ask(title, declared, save, values, lines, words)

    def ask(
        self,
        title: str,
        declared: Sequence[FieldDeclaration],
        save: Callable[[Typed], object],
        values: Mapping[str, Any] | None = None,
        lines: Sequence[Sequence[str]] = (),
        words: str = "存",
    ) -> None:
        """Open a form over the page and look again when it was taken; `words` are the button's."""

        def keep(typed: Typed) -> None:
            save(typed)
            self.refresh()

        dialog = FormDialog(
            title, declared, keep, self.window(), values=values, lines=lines, words=words
        )
        self.show_dialog(dialog)

    def show_dialog(self, dialog: FormDialog) -> None:
        """Open a form that was made elsewhere."""
        self.dialog = dialog
        dialog.open()
