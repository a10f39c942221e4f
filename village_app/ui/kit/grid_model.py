"""The rows of a trial import as Qt asks for them, a window at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from village_app.ui.kit.grid_rows import GridRow, GridSource

Index = QModelIndex | QPersistentModelIndex

CELL_ROLE = Qt.ItemDataRole.UserRole
_SHOWN = int(Qt.ItemDataRole.DisplayRole)
_READ = int(Qt.ItemDataRole.AccessibleTextRole)
_BLOCK = 100
BEFORE = 2  # 行 and 结果 stand before the columns of the file
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class GridModel(QAbstractTableModel):
    """Shows a `GridSource`; fetches windows of rows."""

    def __init__(self, source: GridSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._count = source.count()
        self._blocks: dict[int, Sequence[GridRow]] = {}

    def reload(self) -> None:
        """Ask for everything again, for instance after a filter."""
        self.beginResetModel()
        self._blocks.clear()
        self._count = self.source.count()
        self.endResetModel()

    def refresh_cells(self) -> None:
        """Ask for the rows again whose number did not change, after a correction."""
        if self.source.count() != self._count:
            self.reload()
            return
        self._blocks.clear()
        last = self.index(max(0, self._count - 1), self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def row_at(self, row: int) -> GridRow | None:
        """Give the row at a place."""
        if not 0 <= row < self._count:
            return None
        number, place = divmod(row, _BLOCK)
        if number not in self._blocks:
            if len(self._blocks) > 20:
                self._blocks.pop(next(iter(self._blocks)))
            self._blocks[number] = self.source.window(number * _BLOCK, _BLOCK)
        block = self._blocks[number]
        return block[place] if place < len(block) else None

    def file_column(self, column: int) -> int | None:
        """Give the column of the file that a column of the grid shows."""
        place = column - BEFORE
        return place if 0 <= place < len(self.source.columns) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else len(self.source.columns) + BEFORE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        place = self.file_column(index.column())
        cell = row.cells[place] if place is not None else None
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.EditRole and place is not None:
            return self.source.raw(row.key, self.source.columns[place].key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column(), place) | Qt.AlignmentFlag.AlignVCenter
        said = self._text(row, index.column(), place)
        told = f"{said}，{cell.reason}" if cell is not None and cell.reason else said
        return {_SHOWN: said, _READ: told}.get(role)

    def _side(self, column: int, place: int | None) -> Qt.AlignmentFlag:
        if place is not None:
            return _SIDES[self.source.columns[place].align]
        return _SIDES["right"] if column == 0 else _SIDES["left"]

    def _text(self, row: GridRow, column: int, place: int | None) -> str:
        if place is not None:
            return row.cells[place].text
        return {0: str(row.number), 1: row.result.word}.get(column, row.reason)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        place = self.file_column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section, place) | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if place is not None:
            return self.source.columns[place].label
        return {0: "行", 1: "结果"}.get(section, "原因")

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        place = self.file_column(index.column()) if index.isValid() else None
        if place is not None and self.source.columns[place].editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, place = self.row_at(index.row()), self.file_column(index.column())
        if role != Qt.ItemDataRole.EditRole or row is None or place is None:
            return False
        column = self.source.columns[place].key
        if value != self.source.raw(row.key, column):
            self.source.edit([(row.key, column, str(value))])
            self.refresh_cells()
        return True
