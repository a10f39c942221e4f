"""The agenda beside a meeting: numbered lines in a tree, ordered by drag or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from village_app.ui.kit.drawing import hairline, words
from village_app.ui.kit.lights import LightKind, draw_shape, shape_box
from village_app.ui.theme import theme

_LINE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line: id, number, depth, name, a note below it, the light of its state."""

    key: int
    number: str
    depth: int
    name: str
    note: str
    light: LightKind


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        look = theme()
        height = look.metrics().height() + look.metrics("small").height() + look.px(14)
        return QSize(look.px(200), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: AgendaLine = index.data(_LINE)
        look, colours, px = theme(), theme().colours, theme().px
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # Qt's stub leaves the field out
        chosen = bool(index.data(Qt.ItemDataRole.UserRole + 1))
        if chosen:
            painter.fillRect(box, colours.blue_w)
            painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), colours.blue)
        left = box.left() + px(12)
        number = QRectF(left, box.top(), px(30), box.height())
        words(painter, number, line.number, colours.ink2)
        left += px(32) + line.depth * px(16)
        draw_shape(painter, line.light, shape_box(left, box.center().y() - px(9)))
        left += px(20)
        upper = look.metrics().height()
        width = box.right() - px(8) - left
        words(painter, QRectF(left, box.top() + px(6), width, upper), line.name, colours.ink)
        note = QRectF(left, box.top() + px(6) + upper, width, look.metrics("small").height())
        words(painter, note, line.note, colours.ink2, "small")
        hairline(painter, box.left(), box.bottom(), round(box.width()), colours.line)


class AgendaList(QListWidget):
    """The lines of an agenda. ↑ ↓ choose; Alt+↑ Alt+↓ or the mouse move one among its siblings.

    Tab and Shift+Tab put a line under the one above and out again, Delete takes it off, Enter
    opens it (F6 leaves the list). `chosen` gives the id of a line; `moved` the id, the id of the
    line now above it (0 for none); `stepped` and `shifted` the id and the direction (-1, 1).
    """

    chosen = Signal(object)
    moved = Signal(object, object)
    stepped = Signal(object, int)
    shifted = Signal(object, int)
    removed = Signal(object)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Painter(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListWidget { border: none; background: transparent; outline: none; }")
        self.setAccessibleName("议程")
        self.currentItemChanged.connect(self._tell)
        # Told after the drop is over: whoever hears it fills the list anew.
        later = Qt.ConnectionType.QueuedConnection
        self.model().rowsMoved.connect(self._tell_moved, later)
        self.itemDoubleClicked.connect(lambda _item: self.opened.emit())

    def set_lines(self, lines: Sequence[AgendaLine], current: int | None) -> None:
        """Show other lines and choose one without telling."""
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(self)
            item.setData(_LINE, line)
            item.setText(f"{line.number} {line.name}，{line.note}")
            if line.key == current:
                self.setCurrentItem(item)
        self._mark_chosen()
        self.blockSignals(False)

    def line(self, row: int) -> AgendaLine:
        """Give the line of a row."""
        line: AgendaLine = self.item(row).data(_LINE)
        return line

    def event(self, event: QEvent) -> bool:
        """Keep Tab for the tree: Qt would take it to leave the list before a key is pressed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shift = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if shift and self.currentItem() is not None:
                self.shifted.emit(self.currentItem().data(_LINE).key, shift)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        item = self.currentItem()
        if item is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and step:
            self.stepped.emit(item.data(_LINE).key, step)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(item.data(_LINE).key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _mark_chosen(self) -> None:
        for row in range(self.count()):
            item = self.item(row)
            item.setData(Qt.ItemDataRole.UserRole + 1, item is self.currentItem())

    def _tell(self, item: QListWidgetItem | None) -> None:
        self._mark_chosen()
        if item is not None:
            self.chosen.emit(item.data(_LINE).key)

    def _tell_moved(
        self, _parent: QModelIndex, first: int, _last: int, _to: QModelIndex, row: int
    ) -> None:
        place = row - 1 if row > first else row
        above = self.line(place - 1).key if place > 0 else 0
        self.moved.emit(self.line(place).key, above)
