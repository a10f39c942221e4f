"""A row of nodes with lines between them: what chain and stage track share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from village_app.ui.kit.drawing import MIDDLE, focus_ring, painter_of, words
from village_app.ui.kit.removal import discard
from village_app.ui.kit.steps import dashed, solid
from village_app.ui.theme import Role, theme

State = Literal["done", "now", "ahead", "missing"]
Written = tuple[str, Role, QColor]


class Node(QAbstractButton):
    """One node: a mark and lines of words below it. Subclasses paint the mark."""

    def __init__(self, parent: QWidget, state: State) -> None:
        super().__init__(parent)
        self.state: State = state
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mark_size(self) -> int:
        """Width and height of the mark in px at 100 %."""
        raise NotImplementedError

    def written(self) -> Sequence[Written]:
        """Give the lines below the mark: words, role, colour."""
        raise NotImplementedError

    def paint_mark(self, painter: QPainter, box: QRectF) -> None:
        """Paint the mark into its square."""
        raise NotImplementedError

    def height_needed(self) -> int:
        """Height in px that mark and words take."""
        px, metrics = theme().px, theme().metrics
        lines = sum(round(metrics(role).height() * 0.9) for _text, role, _ink in self.written())
        return px(38) + px(2) + lines + px(4)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(76), self.height_needed())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        px = look.px
        side = px(self.mark_size())
        box = QRectF((self.width() - side) / 2, px(19) - side / 2, side, side)
        self.paint_mark(painter, box)
        top = float(px(38) + px(2))
        for text, role, ink in self.written():
            height = round(look.metrics(role).height() * 0.9)
            words(painter, QRectF(0, top, self.width(), height), text, ink, role, MIDDLE)
            top += height
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(1, 0, -1, 0), px(6), look.colours.blue)


class Track(QWidget):
    """Nodes at equal distances; the line is solid through what is done, dashed ahead."""

    def __init__(self) -> None:
        super().__init__()
        self._nodes: list[Node] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nodes(self) -> tuple[Node, ...]:
        """Give the nodes from left to right."""
        return tuple(self._nodes)

    def _take(self, nodes: Sequence[Node]) -> None:
        for old in self._nodes:
            discard(old)
        self._nodes = list(nodes)
        for node in self._nodes:
            node.show()
        self.updateGeometry()
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        height = max((node.height_needed() for node in self._nodes), default=theme().px(80))
        return QSize(theme().px(76) * max(1, len(self._nodes)), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(44) * max(1, len(self._nodes)), self.sizeHint().height())

    def _place(self) -> None:
        if not self._nodes:
            return
        pitch = self.width() / len(self._nodes)
        for place, node in enumerate(self._nodes):
            node.setGeometry(round(place * pitch), 0, round(pitch), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, px = painter_of(self), theme().px
        y = float(px(19))
        for place in range(len(self._nodes) - 1):
            one, other = self._nodes[place], self._nodes[place + 1]
            left = one.geometry().center().x() + px(one.mark_size()) / 2 + px(3)
            right = other.geometry().center().x() - px(other.mark_size()) / 2 - px(3)
            if left < right:
                (dashed if other.state == "ahead" else solid)(painter, left, right, y)


def paint_circle(
    painter: QPainter, box: QRectF, fill: QColor | None, edge: QColor, *, dash: bool = False
) -> None:
    """Paint a round mark with an edge of 2 px."""
    width = theme().px(2)
    pen = QPen(edge, width)
    if dash:
        pen.setDashPattern([2.4, 1.8])
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawEllipse(box.adjusted(half, half, -half, -half))


def paint_pie(painter: QPainter, box: QRectF, share: int, colour: QColor) -> None:
    """Paint a ring with a pie of `share` per cent."""
    paint_circle(painter, box, theme().colours.sheet, colour)
    inset = theme().px(5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    inner = box.adjusted(inset, inset, -inset, -inset)
    painter.drawPie(inner, 90 * 16, -round(share * 57.6))


def middle_of(box: QRectF, side: float) -> QRectF:
    """Give the square of that side in the middle of a box."""
    centre: QPointF = box.center()
    return QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
