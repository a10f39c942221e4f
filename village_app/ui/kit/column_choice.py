"""Which columns a list shows, in which order and width; remembered for each list."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec
from village_app.ui.kit.table_cells import natural_width
from village_app.ui.kit.table_model import RecordModel
from village_app.ui.kit.text import Text
from village_app.ui.preferences import Preferences
from village_app.ui.theme import theme

# px at 100 %: a stretching column that asked for less has less where there is no room.
_STRETCHED = 120


class ChosenColumns:
    """Order, width and presence of a list's columns, and their memory."""

    def __init__(
        self,
        view: QTableView,
        model: RecordModel,
        name: str,
        preferences: Preferences | None,
    ) -> None:
        self._view = view
        self._model = model
        self._name = name
        self._preferences = preferences
        self._narrow = False
        # Another type size comes into use before the lists of the old one are gone.
        self._type_size = theme().type_size
        # While other columns are laid out, nothing was chosen by anybody.
        self._renewing = False
        self._hidden = {column.key for column in model.columns if not column.shown}
        self._take_widths()
        self._remembered()
        self._apply()
        head = view.horizontalHeader()
        head.sectionMoved.connect(lambda *_: self._remember())
        head.sectionResized.connect(lambda *_: self._remember_widths())

    @property
    def _head(self) -> QHeaderView:
        return self._view.horizontalHeader()

    def order(self) -> list[str]:
        """Give all column keys from left to right, hidden ones too."""
        columns = self._model.columns
        places = sorted(range(len(columns)), key=self._head.visualIndex)
        return [columns[place].key for place in places]

    def label(self, key: str) -> str:
        """Give a column's name."""
        return next(column.label for column in self._model.columns if column.key == key)

    def can_sort(self, key: str) -> bool:
        """Say whether the list can be ordered by a column."""
        return next(column.sortable for column in self._model.columns if column.key == key)

    def is_shown(self, key: str) -> bool:
        """Say whether a column was chosen."""
        return key not in self._hidden

    def show(self, key: str, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if shown:
            self._hidden.discard(key)
        elif len(self._hidden) < len(self._model.columns) - 1:
            self._hidden.add(key)
        self._apply()
        self._remember()

    def hidden(self) -> frozenset[str]:
        """Give the keys of the columns that were left out."""
        return frozenset(self._hidden)

    def choose(self, order: Iterable[str], hidden: Iterable[str]) -> None:
        """Take an order and the columns left out; keys that the list has not are ignored."""
        known = {column.key: place for place, column in enumerate(self._model.columns)}
        for target, key in enumerate(key for key in order if key in known):
            self._head.moveSection(self._head.visualIndex(known[key]), target)
        left_out = {key for key in hidden if key in known}
        if len(left_out) < len(known):
            self._hidden = left_out
        self._apply()
        self._remember()

    def move(self, key: str, step: int) -> None:
        """Move a column by one place to the left (-1) or right (1)."""
        here = self.order().index(key)
        there = here + step
        if 0 <= there < len(self._model.columns):
            self._head.moveSection(here, there)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the columns that a narrow window has no room for."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._apply()

    def renew(self) -> None:
        """Lay out the columns of another source in the place of the ones before."""
        self._renewing = True
        self._hidden = {column.key for column in self._model.columns if not column.shown}
        self._take_widths()
        self._remembered()
        self._apply()
        self._renewing = False

    def fit(self) -> None:
        """Let the stretching column take the room that is left."""
        stretching = [place for place, c in enumerate(self._model.columns) if c.stretch]
        if not stretching:
            return
        place = stretching[0]
        if self._view.isColumnHidden(place):
            return
        others = sum(
            self._head.sectionSize(other)
            for other in range(self._head.count())
            if other != place and not self._view.isColumnHidden(other)
        )
        room = self._view.viewport().width() - others
        least = min(_STRETCHED, self._model.columns[place].width)
        self._head.resizeSection(place, max(theme().px(least), room))

    def _at_least(self, column: ColumnSpec, width: int) -> int:
        """Give a width that cuts nothing off which is to be read whole."""
        return max(width, natural_width(column.whole, column.whole)) if column.whole else width

    def _take_widths(self) -> None:
        for place, column in enumerate(self._model.columns):
            self._head.resizeSection(place, self._at_least(column, theme().px(column.width)))

    def _apply(self) -> None:
        for place, column in enumerate(self._model.columns):
            hide = column.key in self._hidden or (self._narrow and not column.narrow)
            self._view.setColumnHidden(place, hide)
        self.fit()

    def _remembered(self) -> None:
        if self._preferences is None:
            return
        columns = self._model.columns
        known = {column.key: place for place, column in enumerate(columns)}
        kept = self._preferences.columns(self._name)
        for target, key in enumerate(key for key in kept.order if key in known):
            self._head.moveSection(self._head.visualIndex(known[key]), target)
        if kept.order:
            self._hidden = {key for key in kept.hidden if key in known}
        for key, width in kept.widths.items():
            if key in known:
                wide = self._at_least(columns[known[key]], theme().px(width))
                self._head.resizeSection(known[key], wide)

    def _remember(self) -> None:
        if self._preferences is not None and not self._renewing:
            self._preferences.keep_columns(self._name, self.order(), sorted(self._hidden))

    def _remember_widths(self) -> None:
        if self._preferences is None or self._renewing or not self._view.isVisible():
            return
        widths = {
            column.key: round(self._head.sectionSize(place) * 100 / self._type_size)
            for place, column in enumerate(self._model.columns)
            if not column.stretch and not self._view.isColumnHidden(place)
        }
        self._preferences.keep_widths(self._name, widths)


class ColumnChoice(QWidget):
    """A small sheet over the list: tick columns, move them, sort by them. Esc closes it."""

    def __init__(
        self,
        columns: ChosenColumns,
        sort: Callable[[str, bool], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("choice")
        self.setProperty("ground", "sheet")
        self.setAccessibleName("选列")
        edge = theme().colours.edge.name()
        self.setStyleSheet(f"#choice {{ border: {theme().line}px solid {edge}; }}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._columns = columns
        self._sort = sort
        self.list = QListWidget()
        self.list.setAccessibleName("列")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.itemChanged.connect(self._tick)
        self._build()
        self._fill(0)

    def _build(self) -> None:
        px = theme().px
        body = QVBoxLayout(self)
        body.setContentsMargins(px(12), px(10), px(12), px(10))
        body.addWidget(Text("显示哪些列", "h3"))
        body.addWidget(Text("空格勾选；越靠上，在表里越靠左", "small", "ink3"))
        body.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(Button("左移", icon="up", key="Alt+Up", press=self._mover(-1)))
        row.addWidget(Button("右移", icon="down", key="Alt+Down", press=self._mover(1)))
        body.addLayout(row)
        row = QHBoxLayout()
        row.addWidget(Button("从小到大排", press=self._sorter(descending=False)))
        row.addWidget(Button("从大到小排", press=self._sorter(descending=True)))
        body.addLayout(row)

    def _fill(self, current: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for key in self._columns.order():
            item = QListWidgetItem(self._columns.label(key))
            item.setData(Qt.ItemDataRole.UserRole, key)
            shown = self._columns.is_shown(key)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(current)

    def open_above(self, right_bottom: QPoint) -> None:
        """Open with the lower right corner at this place of the screen."""
        self.adjustSize()
        self.move(right_bottom.x() - self.width(), right_bottom.y() - self.height())
        self.show()
        self.list.setFocus()

    def _key(self) -> str | None:
        item = self.list.currentItem()
        return None if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _tick(self, item: QListWidgetItem) -> None:
        key = str(item.data(Qt.ItemDataRole.UserRole))
        self._columns.show(key, item.checkState() == Qt.CheckState.Checked)
        if self._columns.is_shown(key) != (item.checkState() == Qt.CheckState.Checked):
            self._fill(self.list.row(item))

    def _mover(self, step: int) -> Callable[[], None]:
        def move() -> None:
            if (key := self._key()) is not None:
                self._columns.move(key, step)
                self._fill(self._columns.order().index(key))

        return move

    def _sorter(self, *, descending: bool) -> Callable[[], None]:
        def sort() -> None:
            key = self._key()
            if key is not None and self._columns.can_sort(key):
                self._sort(key, descending)
                self.close()

        return sort

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
