"""The list of the program: one widget for all, with any number of rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.column_choice import ChosenColumns, ColumnChoice
from village_app.ui.kit.columns import ListSource, Verb
from village_app.ui.kit.sheets import Hairline, Sheet
from village_app.ui.kit.table_cells import RecordCells, row_height
from village_app.ui.kit.table_model import CELL_ROLE, KEY_ROLE, RecordModel
from village_app.ui.kit.text import Text
from village_app.ui.preferences import Preferences
from village_app.ui.theme import theme


class RecordView(QTableView):
    """The rows: arrows choose, Enter opens, Ctrl+C copies what is shown."""

    opened = Signal(object)
    verb_pressed = Signal(object, str)
    resized = Signal()

    def __init__(self, model: RecordModel, *, many: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # While a place is put back, nothing was chosen by anybody.
        self.is_restoring = False
        self._cells = RecordCells(self)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self._behave(many=many)
        self.horizontalHeader().sectionClicked.connect(self._sort_by_section)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(KEY_ROLE)))
        self.entered.connect(lambda index: self._hover(index.row()))

    def _behave(self, *, many: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # The default comes first: a larger minimum set before it would stay (measured).
        rows.setDefaultSectionSize(
            row_height(max((c.lines for c in self.records.columns), default=1))
        )
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(theme().px(48))
        head.setFixedHeight(max(theme().px(34), theme().metrics("small").height() + theme().px(10)))
        self.setMinimumSize(theme().px(160), theme().px(120))

    @property
    def records(self) -> RecordModel:
        model = self.model()
        assert isinstance(model, RecordModel)
        return model

    def visible_columns(self) -> list[int]:
        """Give the columns as they stand from left to right."""
        head = self.horizontalHeader()
        order = sorted(range(head.count()), key=head.visualIndex)
        return [column for column in order if not self.isColumnHidden(column)]

    def copy_rows(self) -> str:
        """Put the chosen rows on the clipboard as a spreadsheet takes them; gives the text."""
        columns = self.visible_columns()
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = ["\t".join(self._shown(row, column) for column in columns) for row in rows]
        text = "\n".join(lines)
        if text:
            QGuiApplication.clipboard().setText(text)
        return text

    def _shown(self, row: int, column: int) -> str:
        text = str(self.records.index(row, column).data() or "")
        return _harmless(" ".join(text.split()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().data(KEY_ROLE))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_end(last=event.key() == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)

    def _go_to_end(self, *, last: bool) -> None:
        count = self.records.rowCount()
        if count:
            self.setCurrentIndex(self.records.index(count - 1 if last else 0, 0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and isinstance(index.data(CELL_ROLE), Verb):
            column = self.records.columns[index.column()].key
            self.verb_pressed.emit(index.data(KEY_ROLE), column)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered_row:
            self._cells.hovered_row = row
            self.viewport().update()

    def _sort_by_section(self, section: int) -> None:
        column = self.records.columns[section]
        if column.sortable:
            order = self.records.order
            descending = order is not None and order == (column.key, False)
            self.sort_by(column.key, descending)

    def sort_by(self, column: str, descending: bool) -> None:
        """Order by a column; the chosen record stays chosen and in sight."""
        self.keeping_place(lambda: self.records.sort_by(column, descending), follow=True)

    def refresh(self, source: ListSource | None = None) -> None:
        """Ask the source again; chosen records and scroll position stay, by id."""
        self.keeping_place(lambda: self.records.reload(source), follow=False)

    def keeping_place(self, change: Callable[[], None], *, follow: bool) -> None:
        """Do what resets the model, and put choice and scroll position back afterwards."""
        model, current_row = self.records, self.currentIndex().row()
        current = model.key_at(current_row)
        chosen = [index.data(KEY_ROLE) for index in self.selectionModel().selectedRows()]
        top_row = self.rowAt(0)
        top, offset = model.key_at(top_row), self.rowViewportPosition(max(top_row, 0))
        self.is_restoring = True
        change()
        self._choose_again(current, current_row, chosen)
        self.is_restoring = False
        if follow and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        elif top is not None and (row := model.row_of(top)) is not None:
            bar = self.verticalScrollBar()
            bar.setValue(row * self.verticalHeader().defaultSectionSize() - offset)

    def _choose_again(self, current: int | None, row: int, chosen: list[int]) -> None:
        model = self.records
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        found = None if current is None else model.row_of(current)
        if found is None and current is not None and model.rowCount():
            # The record is gone: the one that took its place is chosen.
            found = min(max(row, 0), model.rowCount() - 1)
            chosen = [key for key in (model.key_at(found),) if key is not None]
        for key in chosen:
            place = model.row_of(key)
            if place is not None:
                selection.select(model.index(place, 0), flags.Select | flags.Rows)
        if found is not None:
            selection.setCurrentIndex(model.index(found, 0), flags.Current | flags.Rows)
            if chosen and not selection.isRowSelected(found):
                selection.select(model.index(found, 0), flags.Select | flags.Rows)


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
        self._model = RecordModel(source, self)
        self.view = RecordView(self._model, many=many)
        self.view.setAccessibleName(title or name)
        self._columns = ChosenColumns(self.view, self._model, name, preferences)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self.body.addLayout(self._stack, 1)
        self._position = Text("", "small", "ink2")
        self._links = QHBoxLayout()
        self._link_texts: list[tuple[Button, Callable[[int], str]]] = []
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
        row = QHBoxLayout()
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
        self.view.horizontalHeader().sectionClicked.connect(lambda _place: self._show_position())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_position())

    # What pages use

    def refresh(self, source: ListSource | None = None) -> None:
        """Ask again (or ask another source); what was chosen and seen stays, by id."""
        before = self.current_key()
        self.view.refresh(source)
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
        self.view.setCurrentIndex(self._model.index(row, 0))
        return True

    def choose_first(self) -> None:
        """Go to the first row, if there is one."""
        if self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(0, 0))

    def count(self) -> int:
        return self._model.rowCount()

    def sort_by(self, column: str, *, descending: bool = False) -> None:
        """Order by a column."""
        self.view.sort_by(column, descending)

    def set_empty(self, widget: QWidget) -> None:
        """Give what stands in the place of the rows while there are none."""
        self._stack.addWidget(widget)
        self._show_position()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the columns for which a narrow window has no room."""
        self._columns.set_narrow(narrow)

    def add_link(self, text: str | Callable[[int], str], press: Callable[[], object]) -> Button:
        """Add a link at the right of the foot; a function gets the number of rows."""
        write = text if callable(text) else (lambda _count: text)
        link = Button(write(self.count()), kind="link", press=press)
        self._links.addWidget(link)
        self._link_texts.append((link, write))
        return link

    def add_column_choice(self) -> Button:
        """Add the link 选列, where columns are chosen, ordered and sorted by keyboard."""
        return self.add_link("选列", self._choose_columns)

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
            link.setEnabled(count > 0 or link.text() == "选列")
        if self._stack.count() > 1:
            self._stack.setCurrentIndex(0 if count else 1)


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a pasted text for a formula."""
    if text[:1] in ("=", "+", "@") or (text[:1] == "-" and not text[1:2].isdigit()):
        return f"'{text}"
    return text
