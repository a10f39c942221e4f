"""How the cells of a list are painted: two lines, lights, verbs, the bar of the chosen row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from village_app.ui.kit.columns import TwoLines, Verb
from village_app.ui.kit.drawing import LEFT, MIDDLE, RIGHT, hairline, width_of, words
from village_app.ui.kit.lights import Light, draw_shape, light_colour, shape_box
from village_app.ui.kit.table_model import CELL_ROLE, MUTED_ROLE
from village_app.ui.theme import Role, theme

Index = QModelIndex | QPersistentModelIndex


def row_height(lines: int, *, dense: bool = False) -> int:
    """Give the height of a row of one or two lines: the token, or more where the type is larger.

    A dense row is one line and no higher than its type needs: a low window shows more of them.
    """
    look = theme()
    if dense:
        return look.metrics().height() + look.px(7)
    if lines <= 1:
        return max(look.px(38), look.metrics().height() + look.px(10))
    both = look.metrics().height() + look.metrics("small").height()
    return max(look.px(50), both + look.px(10))


class RecordCells(QStyledItemDelegate):
    """Paints the cells of a `RecordTable`."""

    hovered_row = -1
    # Rows of one line: the small words of a cell follow on it.
    dense = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # missing in the stubs
        state = option.state  # type: ignore[attr-defined]  # missing in the stubs
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, box, index, chosen=chosen)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme().px(10)
        self._paint_value(painter, box.adjusted(side, 0, -side, -1), index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, index: Index, *, chosen: bool) -> None:
        colours = theme().colours
        if chosen:
            painter.fillRect(box, colours.selection)
            if self._is_first(index):
                painter.fillRect(
                    QRectF(box.left(), box.top(), theme().px(4), box.height()), colours.blue
                )
        elif index.row() == self.hovered_row:
            painter.fillRect(box, colours.sunk)
        hairline(painter, box.left(), box.bottom() - 1, box.width(), colours.line)

    def _paint_value(self, painter: QPainter, box: QRectF, index: Index) -> None:
        value = index.data(CELL_ROLE)
        colours = theme().colours
        ink = colours.ink3 if index.data(MUTED_ROLE) else colours.ink
        if isinstance(value, Light):
            _paint_light(painter, box, value)
        elif isinstance(value, TwoLines):
            (_paint_on_one_line if self.dense else _paint_two_lines)(painter, box, value, ink)
        elif isinstance(value, Verb):
            words(painter, box, value.word, colours.blue, align=_align(index))
        else:
            text = index.data(Qt.ItemDataRole.DisplayRole) or ""
            words(painter, box, text, ink, align=_align(index))

    def _is_first(self, index: Index) -> bool:
        header = _header(self.parent())
        return header is None or header.visualIndex(index.column()) == 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        two = isinstance(index.data(CELL_ROLE), TwoLines)
        width = natural_width(index.data(CELL_ROLE), index.data() or "", dense=self.dense)
        return QSize(width, row_height(2 if two else 1, dense=self.dense))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        room = option.rect.width()  # type: ignore[attr-defined]  # missing in the stubs
        text = index.data() or ""
        is_cut = natural_width(index.data(CELL_ROLE), text, dense=self.dense) > room
        QToolTip.showText(event.globalPos(), text if is_cut else "", view)
        return True


def natural_width(value: Any, text: str, *, dense: bool = False) -> int:
    """Give the width in px that a cell would like to have."""
    px = theme().px
    if isinstance(value, TwoLines) and dense:
        between = px(10) if value.second else 0
        return width_of(value.first) + between + width_of(value.second, "small") + 2 * px(10)
    if isinstance(value, TwoLines):
        return max(width_of(value.first), width_of(value.second, "small")) + 2 * px(10)
    if isinstance(value, Light):
        return px(13) + px(8) + width_of(value.word) + 2 * px(10)
    return width_of(text) + 2 * px(10)


def _header(parent: object) -> QHeaderView | None:
    return parent.horizontalHeader() if isinstance(parent, QTableView) else None


def _align(index: Index) -> Qt.AlignmentFlag:
    asked = index.data(Qt.ItemDataRole.TextAlignmentRole)
    side = Qt.AlignmentFlag(asked) if asked is not None else LEFT
    if side & Qt.AlignmentFlag.AlignRight:
        return RIGHT
    return MIDDLE if side & Qt.AlignmentFlag.AlignHCenter else LEFT


def _paint_light(painter: QPainter, box: QRectF, light: Light) -> None:
    px = theme().px
    draw_shape(painter, light.kind, shape_box(box.left() + px(2), box.center().y()))
    text = box.adjusted(px(2) + px(13) + px(7), 0, 0, 0)
    words(painter, text, light.word, light_colour(light.kind))


def _paint_two_lines(painter: QPainter, box: QRectF, cell: TwoLines, ink: QColor) -> None:
    if not cell.second:
        words(painter, box, cell.first, ink)
        return
    look = theme()
    small: Role = "small"
    upper, lower = look.metrics().height(), look.metrics(small).height()
    # The faces carry much white above and below; two pixels less stand as close as on paper.
    lower = round(lower * 0.86)
    top = box.center().y() - (upper + lower) / 2
    words(painter, QRectF(box.left(), top, box.width(), upper), cell.first, ink)
    below = QRectF(box.left(), top + upper, box.width(), lower)
    words(painter, below, cell.second, look.colours.ink3, small)


def _paint_on_one_line(painter: QPainter, box: QRectF, cell: TwoLines, ink: QColor) -> None:
    words(painter, box, cell.first, ink)
    after = box.adjusted(width_of(cell.first) + theme().px(10), 0, 0, 0)
    if cell.second and after.width() > theme().px(30):
        words(painter, after, cell.second, theme().colours.ink3, "small")
