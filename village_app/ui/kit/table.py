"""The list of the program: one widget for all, with any number of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.column_choice import ChosenColumns, ColumnChoice
from village_app.ui.kit.columns import ListSource
from village_app.ui.kit.empty import nothing_found
from village_app.ui.kit.sheets import Hairline, Sheet
from village_app.ui.kit.table_model import KEY_ROLE, RecordModel
from village_app.ui.kit.table_view import RecordView
from village_app.ui.kit.text import Text
from village_app.ui.preferences import Preferences
from village_app.ui.theme import theme

# Qt's own word for a widget that may be as high as it likes.
_NO_LIMIT = 16_777_215


class RecordTable(Sheet):
    """A list on a sheet, with its foot line 「37 件中第 6 件」 and links.

    Used like this:
        table = RecordTable(source, name="issues", title="诉求台账", measure="件")
        table.opened.connect(self.open_issue)        # Enter or double click: the id
        table.chosen.connect(self.show_detail)       # the id of the current row, or None
        table.add_link(lambda count: f"导出这 {count} 件", self.export)

    `name` is where chosen columns are remembered; `many` lets several rows be chosen.
    """

    opened = Signal(object)
    chosen = Signal(object)
    verb_pressed = Signal(object, str)
    emptied = Signal(bool)

    def __init__(
        self,
        source: ListSource,
        *,
        name: str,
        title: str = "",
        measure: str = "件",
        many: bool = False,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(flush=True)
        self.setAccessibleName(title or name)
        self._measure = measure
        self._filtered = False
        self.name = name
        self._model = RecordModel(source, self)
        self.view = RecordView(self._model, many=many)
        self.view.setAccessibleName(title or name)
        self._columns = ChosenColumns(self.view, self._model, name, preferences)
        self._stack = QStackedLayout()
        # The sheet takes the stack first: a list in a stack of its own would come up as a window.
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._position = Text("", "small", "ink2")
        self._position.setMinimumHeight(theme().px(26))
        self._foot_row = QHBoxLayout()
        self._links = QHBoxLayout()
        self._link_texts: list[tuple[Button, Callable[[int], str]]] = []
        self._always: set[Button] = set()
        self.foot = self._make_foot()
        self.body.addWidget(self.foot)
        self._connect()
        self._show_position()

    def _make_foot(self) -> QWidget:
        foot, px = QWidget(), theme().px
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(Hairline())
        row = self._foot_row
        row.setContentsMargins(px(13), px(3), px(11), px(3))
        row.addWidget(self._position)
        row.addStretch(1)
        self._links.setSpacing(px(12))
        row.addLayout(self._links)
        rows.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.view.opened.connect(self.opened)
        self.view.resized.connect(self._columns.fit)
        self.view.verb_pressed.connect(self.verb_pressed)
        self.view.selectionModel().currentRowChanged.connect(self._tell_current)
        self._model.modelReset.connect(self._show_position)
        self.view.placed.connect(self._show_position)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_position())

    # What pages use

    def refresh(self, source: ListSource | None = None) -> None:
        """Ask again (or ask another source); what was chosen and seen stays, by id."""
        before, columns = self.current_key(), self._model.columns
        self.view.refresh(source)
        if self._model.columns != columns:
            self._columns.renew()
        self._show_position()
        if self.current_key() != before:
            self.chosen.emit(self.current_key())

    def current_key(self) -> int | None:
        """Give the id of the current row."""
        return self._model.key_at(self.view.currentIndex().row())

    def selected_keys(self) -> tuple[int, ...]:
        """Give the ids of all chosen rows, from top to bottom."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(key for row in rows if (key := self._model.key_at(row)) is not None)

    def choose(self, key: int) -> bool:
        """Go to a record; False if the list does not hold it."""
        row = self._model.row_of(key)
        if row is None:
            return False
        self._go_to(row)
        return True

    def show_chosen(self, show: Callable[[int | None], object]) -> None:
        """Choose the first row where none is; `show` (which also hears `chosen`) gets it once."""
        chosen = self.current_key()
        if chosen is None:
            self.choose_first()  # tells by itself
        if chosen is not None or self.current_key() is None:
            show(chosen)

    def choose_first(self) -> None:
        """Go to the first row, if there is one."""
        if self._model.rowCount():
            self._go_to(0)

    def _go_to(self, row: int) -> None:
        """Choose this row alone: the view itself would add it while Ctrl or Shift is held."""
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(
            self._model.index(row, 0), flags.ClearAndSelect | flags.Rows
        )

    def count(self) -> int:
        return self._model.rowCount()

    def sort_by(self, column: str, *, descending: bool = False) -> None:
        """Order by a column."""
        self.view.sort_by(column, descending)

    def set_empty(
        self, widget: QWidget, *, filtered: str = "", clear: Callable[[], object] | None = None
    ) -> None:
        """Give what stands in the place of the rows while there are none.

        `filtered` is the sentence that stands there instead while a filter leaves nothing
        (`set_filtered`), with a link that does `clear`. `emptied` tells the page when nothing
        at all is there yet.
        """
        self._stack.addWidget(widget)
        if filtered:
            self._stack.addWidget(nothing_found(filtered, clear))
        self._show_position()

    def set_filtered(self, *, filtered: bool) -> None:
        """Hear whether rows may be missing only because of a filter."""
        self._filtered = filtered
        self._show_position()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the columns for which a narrow window has no room, and stand closer."""
        self._columns.set_narrow(narrow)
        self.view.set_dense(dense=narrow)
        px = theme().px
        self._foot_row.setContentsMargins(
            px(13), 0 if narrow else px(3), px(11), px(0 if narrow else 3)
        )

    def add_link(
        self,
        text: str | Callable[[int], str],
        press: Callable[[], object],
        *,
        always: bool = False,
    ) -> Button:
        """Add a link at the right of the foot; a function gets the number of rows.

        Over an empty list it is greyed out, unless it is `always` there.
        """
        write = text if callable(text) else (lambda _count: text)
        link = Button(write(self.count()), kind="link", press=press)
        self._links.addWidget(link)
        if always:
            self._always.add(link)
        self._link_texts.append((link, write))
        return link

    def add_column_choice(self) -> Button:
        """Add the link 选列, where columns are chosen, ordered and sorted by keyboard."""
        return self.add_link("选列", self._choose_columns, always=True)

    def arrangement(self) -> dict[str, Any]:
        """Give columns and order as they stand, to be kept under a name."""
        order = self._model.order
        return {
            "columns": self._columns.order(),
            "hidden": sorted(self._columns.hidden()),
            "sort": list(order) if order is not None else None,
        }

    def arrange(self, arrangement: Mapping[str, Any]) -> None:
        """Put columns and order back as `arrangement` gave them; strange columns are left out."""
        if arrangement.get("columns"):
            self._columns.choose(arrangement["columns"], arrangement.get("hidden", ()))
        if arrangement.get("sort"):
            column, descending = arrangement["sort"]
            if any(one.key == column for one in self._model.columns):
                self.view.sort_by(column, bool(descending))

    def make_plain(self) -> None:
        """Drop frame, head and foot: for a short list on another sheet."""
        self.setProperty("part", "")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.view.horizontalHeader().hide()
        self.foot.hide()

    def show_rows(self, count: int) -> None:
        """Be high enough for that many rows without scrolling (where the page itself scrolls)."""
        rows = self.view.verticalHeader().defaultSectionSize() * count
        head = self.view.horizontalHeader()
        self.view.setMinimumHeight(rows + (0 if head.isHidden() else head.height()) + 2)

    def show_few(self, few: bool) -> None:
        """Leave those columns out for now; the rows stay as high as they are."""
        self._columns.set_narrow(few)

    def hug(self, most: int) -> None:
        """Be no higher than the rows there are, up to `most`, and never lower than for two."""
        self.show_rows(min(max(self.count(), 2), most))
        foot = 0 if self.foot.isHidden() else self.foot.sizeHint().height()
        self.setMaximumHeight(self.view.minimumHeight() + foot + 2 * theme().line)

    def stand_free(self) -> None:
        """Have all the height there is again."""
        self.setMaximumHeight(_NO_LIMIT)

    def focus_rows(self) -> None:
        """Put the keyboard into the rows."""
        self.view.setFocus()

    # Inside

    def _choose_columns(self) -> None:
        choice = ColumnChoice(self._columns, self.view.sort_by, self)
        place = self.foot.mapToGlobal(QPoint(self.foot.width(), 0))
        choice.open_above(place)

    def _tell_current(self, index: QModelIndex) -> None:
        if self.view.is_restoring:
            return
        if index.isValid() and not self.view.selectionModel().hasSelection():
            # Qt gives a list that gets the keyboard a current row without marking it.
            self.view.selectRow(index.row())
        self._show_position()
        self.chosen.emit(index.data(KEY_ROLE) if index.isValid() else None)

    def _show_position(self) -> None:
        count, row = self.count(), self.view.currentIndex().row()
        measure = self._measure
        chosen = len(self.view.selectionModel().selectedRows())
        if chosen > 1:
            text = f"{count} {measure}，选了 {chosen} {measure}"
        elif row >= 0 and count:
            text = f"{count} {measure}中第 {row + 1} {measure}"
        else:
            text = f"共 {count} {measure}"
        self._position.setText(text)
        for link, write in self._link_texts:
            link.set_words(write(count))
            link.setEnabled(count > 0 or link in self._always)
        self._show_empty(count)

    def _show_empty(self, count: int) -> None:
        if self._stack.count() == 1:
            return
        last = self._stack.count() - 1
        self._stack.setCurrentIndex(0 if count else (last if self._filtered else 1))
        self.emptied.emit(self._stack.currentIndex() == 1)
