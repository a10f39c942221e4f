"""A grid of counts by side and month: arrows go from cell to cell, Enter or a click opens one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from village_app.ui.kit.drawing import LEFT, RIGHT, hairline, rounded, words
from village_app.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex

_MONTHS = 12
_TOTAL = "合计"


class _FigureCells(QStyledItemDelegate):
    """Paints counts as the lists of the program paint their cells: a wash for the chosen one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = theme(), QRectF(option.rect)  # type: ignore[attr-defined]  # missing in the stubs
        colours, state = look.colours, option.state  # type: ignore[attr-defined]  # missing in the stubs
        if state & QStyle.StateFlag.State_Selected:
            rounded(
                painter, box.adjusted(2, 2, -2, -3), look.px(4), colours.selection, colours.blue
            )
        hairline(painter, box.left(), box.bottom() - 1, box.width(), colours.line)
        is_word = index.column() == 0
        side = look.px(10 if is_word else 8)
        ink = (
            colours.ink if is_word or index.row() == index.model().rowCount() - 1 else colours.blue
        )
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        words(painter, box.adjusted(side, 0, -side, 0), text, ink, align=LEFT if is_word else RIGHT)


class FigureGrid(QTableWidget):
    """Counts with totals at the right and below; `opened` names the row's word and the month.

    Month 0 is the total of a row, a blank word the total of a column. Cells without a count
    open nothing.
    """

    opened = Signal(str, int)

    def __init__(self) -> None:
        super().__init__(0, _MONTHS + 2)
        self.setAccessibleName("统计表")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(_FigureCells(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(
            max(theme().px(34), theme().metrics().height() + theme().px(10))
        )
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(0, theme().px(150))
        head.setHighlightSections(False)
        head.setStyleSheet(f"QHeaderView::section {{ padding: 0 {theme().px(8)}px; }}")
        self.cellClicked.connect(self._open)

    def show_rows(self, side: str, rows: Mapping[str, tuple[int, ...]]) -> None:
        """Show the counts of each word by month."""
        months = (f"{month} 月" for month in range(1, _MONTHS + 1))
        self.setHorizontalHeaderLabels([side, *months, _TOTAL])
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in range(self.columnCount()):
            head = self.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(left if column == 0 else right)
        self.setRowCount(len(rows) + 1)
        for at, (word, counts) in enumerate(rows.items()):
            self._fill(at, word, counts)
        sums = [sum(column) for column in zip(*rows.values(), strict=True)] or [0] * _MONTHS
        self._fill(len(rows), _TOTAL, sums)
        if self.currentRow() < 0:
            self.setCurrentCell(0, _MONTHS + 1)

    def _fill(self, row: int, word: str, counts: tuple[int, ...] | list[int]) -> None:
        self.setItem(row, 0, QTableWidgetItem(word))
        for column, count in enumerate((*counts, sum(counts)), start=1):
            item = QTableWidgetItem(str(count) if count else "")
            self.setItem(row, column, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def _open(self, row: int, column: int) -> None:
        column = column or _MONTHS + 1
        word_item, item = self.item(row, 0), self.item(row, column)
        if word_item is None or item is None or not item.text():
            return
        word = "" if row == self.rowCount() - 1 else word_item.text()
        month = column if column <= _MONTHS else 0
        self.opened.emit(word, month)
