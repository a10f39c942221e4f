"""How the cells of the import grid are painted and edited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from village_app.ui.kit.drawing import LEFT, RIGHT, hairline, rounded, words
from village_app.ui.kit.grid_rows import CellState, GridCell
from village_app.ui.kit.lights import Light, draw_shape, light_colour, shape_box
from village_app.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex

# state -> (wash, ink, has a corner)
_STATES: dict[CellState, tuple[str, str, bool]] = {
    "plain": ("", "ink", False),
    "fault": ("red_w", "red", True),
    "doubt": ("amber_w", "amber", True),
    "update": ("green_w", "green", False),
    "new": ("blue_w", "blue", False),
}


def grid_row_height() -> int:
    """Give the height of a row: 34, or more where the type is larger."""
    return max(theme().px(34), theme().metrics().height() + theme().px(10))


class GridCells(QStyledItemDelegate):
    """Paints washes, corner marks and the frame of the cell with the keyboard.

    `opened` tells that a cell is being put right, `closeEditor` that it is no longer.
    """

    opened = Signal(object)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # missing in the stubs
        state = option.state  # type: ignore[attr-defined]  # missing in the stubs
        look, colours = theme(), theme().colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(cell, GridCell):
            self._paint_cell(painter, box, index, cell)
        else:
            self._paint_edge_cell(painter, box, index)
        hairline(painter, box.left(), box.bottom() - 1, box.width(), colours.line)
        painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), colours.line)
        if state & QStyle.StateFlag.State_Selected:
            frame = box.adjusted(0, 0, -1, -1)
            rounded(painter, frame, 0, None, colours.blue, look.px(2))
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRectF, index: Index, cell: GridCell) -> None:
        colours = theme().colours.by_name()
        wash, ink, corner = _STATES[cell.state]
        # A plain cell too: the style has filled the cell with the keyboard before.
        painter.fillRect(box, colours[wash or "sheet"])
        if corner:
            _paint_corner(painter, box, colours[ink])
        side = theme().px(10)
        asked = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = asked is not None and bool(Qt.AlignmentFlag(asked) & Qt.AlignmentFlag.AlignRight)
        text = box.adjusted(side, 0, -side, -1)
        words(painter, text, cell.text or "（空）", colours[ink], align=RIGHT if right else LEFT)

    def _paint_edge_cell(self, painter: QPainter, box: QRectF, index: Index) -> None:
        colours, side = theme().colours, theme().px(10)
        model = index.model()
        row = model.row_at(index.row()) if hasattr(model, "row_at") else None
        light: Light | None = row.result if row is not None else None
        text = box.adjusted(side, 0, -side, -1)
        shown = index.data() or ""
        if index.column() == 0:
            words(painter, text, shown, colours.ink3, align=RIGHT)
        elif index.column() == 1 and light is not None:
            draw_shape(painter, light.kind, shape_box(text.left() + 1, text.center().y()))
            beside = text.adjusted(theme().px(21), 0, 0, 0)
            words(painter, beside, shown, light_colour(light.kind))
        else:
            bad = light is not None and light.kind in ("fault", "dup")
            ink = light_colour(light.kind) if light is not None and bad else colours.ink2
            words(painter, text, shown, ink)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        editor = QLineEdit(parent)
        editor.setAccessibleName(str(index.model().headerData(index.column(), _LEVEL) or ""))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()
        self.opened.emit(index)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        del option
        QToolTip.showText(event.globalPos(), _told(index), view)
        return True


_LEVEL = Qt.Orientation.Horizontal


def _told(index: Index) -> str:
    cell = index.data(Qt.ItemDataRole.UserRole)
    text = str(index.data() or "")
    return f"{text}：{cell.reason}" if isinstance(cell, GridCell) and cell.reason else text


def _paint_corner(painter: QPainter, box: QRectF, colour: QColor) -> None:
    side = theme().px(8)
    right, top = box.right() - 1, box.top()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF([QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)])
    )
