"""What every page shares: title, keys, what it watches, staleness, narrowness, drafts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_app.ui.asking import Asking
from village_app.ui.door import Draft
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.chips import ChipRow
from village_app.ui.kit.keys import Key
from village_app.ui.preferences import Preferences
from village_app.ui.tab_order import order_tabs
from village_app.ui.theme import theme

Undo = Callable[[], object]


@dataclass(frozen=True)
class Desk:
    """What a page has at hand.

    `village` is the open village; `say` shows a toast, `undo` takes the last change back:
    `desk.say("已删除志愿者 余瑞莲", desk.undo)`;
    `go` goes to another page and, if told, a record there (`desk.go("issues", 12)`) or a part of
    it (`desk.go("notices/catalogue/over", None)`).
    """

    village: Any
    asking: Asking
    jobs: JobRunner
    preferences: Preferences
    say: Callable[[str, Undo | None], None]
    undo: Callable[[], None]
    go: Callable[[str, int | None], None]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One item of the navigation; the page is made when it is opened for the first time.

    Example: `PageEntry("issues", "诉求台账", "诉求", "book", "民情", IssuesPage)`.
    `short` are the two characters of the rail; `shortcut` opens the page from anywhere (F3);
    `place` "foot" puts the item at the lower end. A page `under` another one has no item of its
    own: it is opened from there, and the other one's item stays marked.
    """

    key: str
    title: str
    short: str
    icon: str
    group: str
    factory: Callable[[Desk], Page]
    shortcut: str = ""
    place: Literal["list", "foot"] = "list"
    under: str = ""


class Page(QWidget):
    """A page of the window. Subclasses build in `__init__` and ask for data in `refresh`.

    Used like this:
        class IssuesPage(Page):
            title = "诉求台账"
            watches = ("issue",)
            keys = (Key("Ctrl+J", "写一句"), Key("Enter", "打开"))

            def __init__(self, desk: Desk) -> None:
                super().__init__(desk)
                self.table = RecordTable(...)
                self.body.addWidget(self.table, 1)

            def refresh(self) -> None:
                self.table.refresh()
    """

    title: ClassVar[str] = ""
    topic: ClassVar[str] = ""
    watches: ClassVar[tuple[str, ...]] = ()
    keys: tuple[Key, ...] = ()

    keys_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        px = theme().px
        self.desk = desk
        self.narrow = False
        self._stale = True
        self.columns: list[QWidget] = []
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(20), px(12), px(20), px(12))
        self.body.setSpacing(px(12))
        self.setAccessibleName(self.title)

    # For subclasses to fill in

    def refresh(self) -> None:
        """Ask for the data again; what was chosen and how far was scrolled stays."""

    def open_record(self, record: int) -> None:
        """Go to a record (from the search or from another page)."""

    def open_part(self, part: str) -> None:
        """Open a part of the page by its name (`desk.go("notices/catalogue/over", None)`)."""

    def called_by_key(self) -> None:
        """Hear that the page was opened by its own key (F4), not by the navigation."""

    def lay_out(self, narrow: bool) -> None:
        """Arrange for a narrow or an ordinary window."""

    def first_focus(self) -> QWidget | None:
        """The control that gets the keyboard when the page is opened."""
        return None

    def draft(self) -> Draft | None:
        """Give what is half written and not saved, or None."""
        return None

    def restore_draft(self, draft: Draft) -> None:
        """Put back what was half written."""

    def view_state(self) -> dict[str, Any]:
        """Give the filters as they stand, to be kept under a name.

        Chips are told apart by their row's name; a page with more filters adds them.
        """
        chips = {row.accessibleName(): list(row.on()) for row in self._chip_rows()}
        search = getattr(self, "search", None)
        words = search.text() if isinstance(search, QLineEdit) else ""
        return {"chips": chips, "words": words}

    def restore_view(self, state: Mapping[str, Any]) -> None:
        """Put filters back as `view_state` gave them; what is no longer there is left out."""
        for row in self._chip_rows():
            wanted = state.get("chips", {}).get(row.accessibleName())
            if wanted is not None:
                row.set_on(wanted)
                row.chosen.emit(row.on())
        search = getattr(self, "search", None)
        if isinstance(search, QLineEdit):
            search.setText(str(state.get("words", "")))

    def _chip_rows(self) -> list[ChipRow]:
        return [row for row in self.findChildren(ChipRow) if row.isVisibleTo(self)]

    # For the window

    def note_change(self, tables: Collection[str]) -> None:
        """Hear that records changed: refresh now if seen, else when seen."""
        if any(table in self.watches for table in tables):
            self._stale = True
            self.refresh_if_stale()

    def refresh_if_stale(self) -> None:
        """Refresh if something changed since, and only while the page can be seen."""
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    @property
    def is_stale(self) -> bool:
        return self._stale

    def set_narrow(self, narrow: bool) -> None:
        """Hear whether the window is narrow."""
        if narrow != self.narrow:
            self.narrow = narrow
            self.lay_out(narrow)

    def set_keys(self, keys: tuple[Key, ...]) -> None:
        """Show other keys in the strip."""
        self.keys = keys
        self.keys_changed.emit()

    def next_column(self) -> None:
        """F6: put the keyboard into the next of `columns`."""
        columns = [column for column in self.columns if column.isVisible()]
        if not columns:
            return
        here = next((i for i, c in enumerate(columns) if _has_focus(c)), -1)
        target = columns[(here + 1) % len(columns)]
        inner = None if target.focusPolicy() else target.nextInFocusChain()
        (inner or target).setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Asked at every Tab: what was made anew since stands where it is seen.
        order_tabs(self)
        return super().focusNextPrevChild(forward)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh_if_stale()


def _has_focus(widget: QWidget) -> bool:
    focus = widget.window().focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
