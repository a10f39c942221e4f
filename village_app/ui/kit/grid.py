"""The grid of a trial import: states in the cells, corrections in place, F8 to the next problem."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from village_app.ui.kit.grid_cells import GridCells, grid_row_height
from village_app.ui.kit.grid_model import BEFORE, GridModel
from village_app.ui.kit.grid_rows import GridCell, GridColumn, GridRow, GridSource
from village_app.ui.kit.sheets import Sheet
from village_app.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex

_MANY = 900


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the keyboard is: the row, the column of the file (None = 行, 结果, 原因)."""

    row: GridRow
    column: GridColumn | None
    cell: GridCell | None


class GridView(QTableView):
    """The cells: arrows walk, F2 corrects, F8 goes to the next problem, Ctrl+V pastes rows."""

    moved = Signal()
    edited = Signal()
    writing = Signal(object)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        cells = GridCells(self)
        cells.opened.connect(self._writes)
        cells.closeEditor.connect(lambda *_: self.writing.emit(None))
        self.setItemDelegate(cells)
        self.setAccessibleName("试导入的结果")
        self._behave()
        self._take_widths()
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        model.dataChanged.connect(lambda *_: self.edited.emit())
        model.modelReset.connect(self.edited)

    def _behave(self) -> None:
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked | trigger.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(grid_row_height())
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(theme().px(48))
        head.setFixedHeight(max(theme().px(34), theme().metrics("small").height() + theme().px(10)))
        self.setMinimumSize(theme().px(240), theme().px(140))

    def _take_widths(self) -> None:
        px, head = theme().px, self.horizontalHeader()
        columns = self.grid.source.columns
        # 行 has room for as many digits as the rows may have.
        widths = [
            52 if self.grid.rowCount() < _MANY else 70,
            104,
            *(column.width for column in columns),
        ]
        for place, width in enumerate(widths):
            head.resizeSection(place, px(width))
        head.setStretchLastSection(True)
        head.resizeSection(len(widths), px(280))

    @property
    def grid(self) -> GridModel:
        model: QAbstractItemModel = self.model()
        assert isinstance(model, GridModel)
        return model

    def _writes(self, index: Index) -> None:
        """Tell which column a cell is being put right in, where its numbers are masked."""
        place = self.grid.file_column(index.column())
        column = self.grid.source.columns[place] if place is not None else None
        if column is not None and column.masked:
            self.writing.emit(index.data(Qt.ItemDataRole.EditRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))
        elif event.key() == Qt.Key.Key_F8:
            self.go_to_next_problem()
        else:
            super().keyPressEvent(event)

    def go_to_next_problem(self) -> bool:
        """Go to the next faulty or doubtful cell; False where there is none."""
        here, grid = self.currentIndex(), self.grid
        column = grid.file_column(here.column()) if here.isValid() else None
        start = (here.row(), -1 if column is None else column) if here.isValid() else (0, -1)
        found = grid.source.next_problem(*start)
        if found is None:
            return False
        self.setCurrentIndex(grid.index(found[0], found[1] + BEFORE))
        return True

    def paste(self, text: str) -> int:
        """Put rows of a spreadsheet from this cell on; gives how many cells were taken."""
        here, grid = self.currentIndex(), self.grid
        first = grid.file_column(here.column()) if here.isValid() else None
        if first is None:
            return 0
        changes: list[tuple[int, str, str]] = []
        for down, line in enumerate(text.rstrip("\n").split("\n")):
            row = grid.row_at(here.row() + down)
            if row is None:
                break
            for right, value in enumerate(line.rstrip("\r").split("\t")):
                place = first + right
                if place < len(grid.source.columns) and grid.source.columns[place].editable:
                    changes.append((row.key, grid.source.columns[place].key, value))
        if changes:
            grid.source.edit(changes)
            grid.refresh_cells()
        return len(changes)


class DataGrid(Sheet):
    """The grid on its sheet.

    Used like this:
        grid = DataGrid(plan_source)
        grid.moved.connect(lambda focus: bar.show_focus(focus))
        grid.edited.connect(self.show_counts)
        grid.reload()                      # after another filter was chosen

    `writing` gives the full number that is being put right in a masked column, None at the end.
    """

    moved = Signal(object)
    edited = Signal()
    writing = Signal(object)

    def __init__(self, source: GridSource) -> None:
        super().__init__(flush=True)
        self.model = GridModel(source, self)
        self.view = GridView(self.model)
        self.body.addWidget(self.view, 1)
        self.view.moved.connect(lambda: self.moved.emit(self.focus_cell()))
        self.view.edited.connect(self._edited)
        self.view.writing.connect(self.writing)

    def _edited(self) -> None:
        self.edited.emit()
        self.moved.emit(self.focus_cell())

    def reload(self) -> None:
        """Ask for all rows again; the cell with the keyboard stays where it is, if it can."""
        here = self.view.currentIndex()
        row, column = here.row(), here.column()
        self.model.reload()
        if row >= 0 and self.model.rowCount():
            row = min(row, self.model.rowCount() - 1)
            self.view.setCurrentIndex(self.model.index(row, column))

    def refresh(self) -> None:
        """Ask for the rows again; what is shown and chosen stays, where the rows are the same."""
        self.model.refresh_cells()

    def focus_cell(self) -> Focus | None:
        """Give where the keyboard is."""
        index = self.view.currentIndex()
        row = self.model.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        place = self.model.file_column(index.column())
        if place is None:
            return Focus(row, None, None)
        return Focus(row, self.model.source.columns[place], row.cells[place])

    def next_problem(self) -> bool:
        """F8: go to the next problem."""
        return self.view.go_to_next_problem()
