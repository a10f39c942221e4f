"""The rows of a list: arrows, Enter, copying, sorting, and keeping the place over a refresh."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from village_app.ui.kit.columns import ListSource, Verb
from village_app.ui.kit.table_cells import RecordCells, row_height
from village_app.ui.kit.table_model import CELL_ROLE, KEY_ROLE, RecordModel
from village_app.ui.theme import theme


class RecordView(QTableView):
    """The rows: arrows choose, Enter opens, Ctrl+C copies what is shown."""

    opened = Signal(object)
    verb_pressed = Signal(object, str)
    resized = Signal()
    placed = Signal()

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
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(theme().px(48))
        self.set_dense(dense=False)
        self.setMinimumSize(theme().px(160), theme().px(120))

    def set_dense(self, *, dense: bool) -> None:
        """Let rows and head be as low as their type allows, and each row one line."""
        look, small = theme(), theme().metrics("small").height()
        self._cells.dense = dense
        lines = max((column.lines for column in self.records.columns), default=1)
        # The default comes first: a larger minimum set before it would stay (measured).
        self.verticalHeader().setDefaultSectionSize(row_height(lines, dense=dense))
        head = small + look.px(5) if dense else max(look.px(34), small + look.px(10))
        self.horizontalHeader().setFixedHeight(head)
        self.viewport().update()

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
        self.placed.emit()

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


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a pasted text for a formula."""
    if text[:1] in ("=", "+", "@") or (text[:1] == "-" and not text[1:2].isdigit()):
        return f"'{text}"
    return text
