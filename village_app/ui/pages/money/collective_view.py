"""What every view of 三资台账 has: its columns and rows, its verbs, its table for the wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from PySide6.QtWidgets import QDialog

from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.page import Page
from village_app.ui.pages.form_dialog import FormDialog, Save, Typed
from village_app.ui.pages.money.ledger_rows import ENTRY_COLUMNS, entry_row
from village_app.ui.pages.rows_dialog import RowsDialog

Move = tuple[str, Callable[[], object]]


class View:
    """One view of the page. Subclasses name it, fill it and say what can be done.

    `enter_words` is the primary button ("" hides it); `open_words` what Enter does with a row;
    `nothing` and `about` stand in the place of the rows while there are none.
    """

    key: ClassVar[str] = ""
    word: ClassVar[str] = ""
    measure: ClassVar[str] = "户"
    columns: ClassVar[tuple[ColumnSpec, ...]] = ()
    enter_words: ClassVar[str] = ""
    nothing: ClassVar[str] = ""
    about: ClassVar[str] = ""
    open_words: ClassVar[str] = "看明细"

    def __init__(self, page: Page) -> None:
        self.page = page
        self.desk = page.desk
        self.dialog: QDialog | None = None
        self.chosen: Callable[[], int | None] = lambda: None

    @property
    def village(self) -> Any:
        return self.desk.village

    @property
    def today(self) -> date:
        day: date = self.village.session.today()
        return day

    def rows(self) -> list[ListRow]:
        """Give the rows of the view."""
        raise NotImplementedError

    def fact(self) -> str:
        """Say one short fact beside the page's title."""
        return ""

    def enter(self) -> None:
        """Enter something new of this view."""

    def open(self, key: int) -> None:
        """Open a row."""

    def publish(self) -> None:
        """Draft the view's table and go to it."""

    def moves(self) -> list[Move]:
        """Give what stands under 更多."""
        return []

    # For subclasses

    def draft(self, paper: Any) -> None:
        """Draft a paper of this view and go to it."""
        notice = self.village.collective_papers.draft(paper)
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def form(
        self,
        title: str,
        declared: list[FieldDeclaration],
        save: Save,
        values: dict[str, Any] | None = None,
        *,
        words: str = "存",
        said: str = "",
    ) -> None:
        """Open a form over the page; what was done is said with a way back."""

        def saved(typed: Typed) -> None:
            save(typed)
            self.desk.say(said or f"已{title}", self.desk.undo)

        dialog = FormDialog(title, declared, saved, self.page.window(), values=values, words=words)
        self.show(dialog)

    def show(self, dialog: QDialog) -> None:
        """Put a dialog over the page."""
        self.dialog = dialog
        dialog.open()

    def show_entries(self, title: str, entries: list[Any], sum_line: str) -> None:
        """Show the ledger's entries behind a figure."""
        accounts = {one.id: one for one in self.village.accounts.listed(with_inactive=True)}
        source = ShortList(ENTRY_COLUMNS, [entry_row(one, accounts) for one in entries])
        window = self.page.window()
        self.show(
            RowsDialog(
                title,
                source,
                window,
                sum_line=sum_line,
                open_row=lambda key: self.desk.go("money", key),
            )
        )


def fields(model: Any, *names: str) -> list[FieldDeclaration]:
    """Give the declarations of some fields, shown in the form whatever the record says."""
    return [replace(model.declaration(name), in_form=True) for name in names]


def chooser(name: str, label: str, options: list[tuple[str, str]]) -> FieldDeclaration:
    """Give a field in which one of some things is chosen: key and words of each."""
    kind = Choice(tuple(Option(key, word) for key, word in options))
    return FieldDeclaration(name, label, kind, required=True)


def picked(declared: FieldDeclaration, text: str) -> str:
    """Give the key of what was chosen in a `chooser`, whichever of key and words was typed."""
    key = declared.kind.parse(text)
    return str(key)
