"""The one table model of the program: rows fetched window by window when they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_app.ui.kit.columns import ColumnSpec, ListRow, ListSource, cell_text
from village_app.ui.own_words import own

Index = QModelIndex | QPersistentModelIndex

# Own roles beside Qt's: the cell as it is, the id of the record, whether the row is greyed.
CELL_ROLE = Qt.ItemDataRole.UserRole
KEY_ROLE = Qt.ItemDataRole.UserRole + 1
MUTED_ROLE = Qt.ItemDataRole.UserRole + 2

_BLOCK = 100
_BLOCKS_KEPT = 30

_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class RecordModel(QAbstractTableModel):
    """Shows a `ListSource`; keeps some windows of rows and the ids of all."""

    def __init__(self, source: ListSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._columns: tuple[ColumnSpec, ...] = source.columns
        self._count = source.count()
        self._blocks: OrderedDict[int, Sequence[ListRow]] = OrderedDict()
        self._rows_by_key: dict[int, int] | None = None
        self._order: tuple[str, bool] | None = None

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        return self._columns

    @property
    def order(self) -> tuple[str, bool] | None:
        """Column key and whether it descends; None = as the source likes."""
        return self._order

    def reload(self, source: ListSource | None = None) -> None:
        """Ask again; what was fetched is forgotten."""
        self.beginResetModel()
        if source is not None:
            self._source = source
            self._columns = source.columns
            if self._order is not None:
                self._source.sort(*self._order)
        self._blocks.clear()
        self._rows_by_key = None
        self._count = self._source.count()
        self.endResetModel()

    def sort_by(self, column: str, descending: bool) -> None:
        """Let the source order its rows."""
        self._source.sort(column, descending)
        self._order = (column, descending)
        self.reload()

    def row_at(self, row: int) -> ListRow | None:
        """Give the row at a place, fetching its window if need be."""
        if not 0 <= row < self._count:
            return None
        number, place = divmod(row, _BLOCK)
        block = self._blocks.get(number)
        if block is None:
            block = self._source.window(number * _BLOCK, _BLOCK)
            self._blocks[number] = block
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(number)
        return block[place] if place < len(block) else None

    def key_at(self, row: int) -> int | None:
        """Give the id of the record at a place."""
        found = self.row_at(row)
        return None if found is None else found.key

    def row_of(self, key: int) -> int | None:
        """Find the place of a record in the present order."""
        if self._rows_by_key is None:
            self._rows_by_key = {key: row for row, key in enumerate(self._source.keys())}
        row = self._rows_by_key.get(key)
        return row if row is not None and row < self._count else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES[column.side] | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(column, row.cells.get(column.key))
        own: dict[int, Any] = {
            CELL_ROLE: row.cells.get(column.key),
            KEY_ROLE: row.key,
            MUTED_ROLE: row.muted,
        }
        return own.get(int(role))

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return own(column.label) + self._mark(column.key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES[column.side] | Qt.AlignmentFlag.AlignVCenter
        return None

    def _mark(self, key: str) -> str:
        if self._order is None or self._order[0] != key:
            return ""
        return " ▼" if self._order[1] else " ▲"
