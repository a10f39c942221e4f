"""Status lights: a word, a silhouette and, last, a colour; as text or as a pill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_app.ui.kit.drawing import painter_of, rounded, width_of, words
from village_app.ui.theme import Role, theme

LightKind = Literal["over", "today", "soon", "ok", "done", "hold", "new", "same", "dup", "fault"]

# kind -> (colour, wash of the pill)
_COLOURS: dict[LightKind, tuple[str, str]] = {
    "over": ("red", "red_w"),
    "today": ("amber", "amber_w"),
    "soon": ("amber", "amber_w"),
    "ok": ("ink2", "grey_w"),
    "done": ("green", "green_w"),
    "hold": ("ink3", "grey_w"),
    "new": ("blue", "blue_w"),
    "same": ("ink3", "grey_w"),
    "dup": ("amber", "amber_w"),
    "fault": ("red", "red_w"),
}


@dataclass(frozen=True, slots=True)
class Light:
    """A state to show: its kind (the silhouette) and the word beside it.

    Example: `Light("over", "超期 4 天")`; tables take it as a cell value.
    """

    kind: LightKind
    word: str = ""

    def __str__(self) -> str:
        return self.word


def light_colour(kind: LightKind) -> QColor:
    """Give the colour of a kind."""
    return theme().colours.by_name()[_COLOURS[kind][0]]


def wash_colour(kind: LightKind) -> QColor:
    """Give the ground of a kind's pill."""
    return theme().colours.by_name()[_COLOURS[kind][1]]


def draw_shape(
    painter: QPainter, kind: LightKind, box: QRectF, colour: QColor | None = None
) -> None:
    """Draw the silhouette of a kind into a square (13 px at 100 %)."""
    tint = colour or light_colour(kind)
    painter.save()
    painter.setPen(QPen(tint, box.width() / 6.5, c=_ROUND, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _SHAPES[kind](painter, box, tint)
    painter.restore()


_ROUND = Qt.PenCapStyle.SquareCap


def _filled(painter: QPainter, points: list[QPointF], tint: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawPolygon(QPolygonF(points))


def _diamond(painter: QPainter, box: QRectF, tint: QColor) -> None:
    middle = box.center()
    points = [
        QPointF(middle.x(), box.top() - 0.5),
        QPointF(box.right() + 0.5, middle.y()),
        QPointF(middle.x(), box.bottom() + 0.5),
        QPointF(box.left() - 0.5, middle.y()),
    ]
    _filled(painter, points, tint)


def _triangle(painter: QPainter, box: QRectF, tint: QColor) -> None:
    points = [
        QPointF(box.center().x(), box.top() + box.height() * 0.02),
        QPointF(box.right() + 0.5, box.bottom() - box.height() * 0.06),
        QPointF(box.left() - 0.5, box.bottom() - box.height() * 0.06),
    ]
    _filled(painter, points, tint)


def _ring(painter: QPainter, box: QRectF, tint: QColor) -> None:
    del tint
    inset = box.width() * 0.15
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def _half(painter: QPainter, box: QRectF, tint: QColor) -> None:
    inset = box.width() * 0.08
    inner = box.adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(tint, box.width() / 8.5))
    painter.drawEllipse(inner)
    painter.setBrush(tint)
    painter.drawChord(inner, 90 * 16, 180 * 16)


def _tick(painter: QPainter, box: QRectF, tint: QColor) -> None:
    del tint
    width, height = box.width(), box.height()
    painter.drawPolyline(
        [
            QPointF(box.left() + width * 0.08, box.top() + height * 0.55),
            QPointF(box.left() + width * 0.36, box.top() + height * 0.83),
            QPointF(box.left() + width * 0.94, box.top() + height * 0.2),
        ]
    )


def _bars(painter: QPainter, box: QRectF, tint: QColor) -> None:
    width, height = box.width() * 0.24, box.height() * 0.72
    top = box.center().y() - height / 2
    for left in (0.16, 0.6):
        painter.fillRect(QRectF(box.left() + box.width() * left, top, width, height), tint)


def _plus(painter: QPainter, box: QRectF, tint: QColor) -> None:
    del tint
    middle = box.center()
    painter.drawLine(QPointF(box.left() + 1, middle.y()), QPointF(box.right() - 1, middle.y()))
    painter.drawLine(QPointF(middle.x(), box.top() + 1), QPointF(middle.x(), box.bottom() - 1))


def _equals(painter: QPainter, box: QRectF, tint: QColor) -> None:
    del tint
    for share in (0.32, 0.68):
        y = box.top() + box.height() * share
        painter.drawLine(QPointF(box.left() + 1.5, y), QPointF(box.right() - 1.5, y))


def _squares(painter: QPainter, box: QRectF, tint: QColor) -> None:
    painter.setPen(QPen(tint, box.width() / 7.5))
    side = box.width() * 0.58
    painter.drawRect(QRectF(box.left() + 0.5, box.top() + 0.5, side, side))
    painter.drawRect(QRectF(box.right() - side - 0.5, box.bottom() - side - 0.5, side, side))


def _cross(painter: QPainter, box: QRectF, tint: QColor) -> None:
    del tint
    inset = box.width() * 0.16
    inner = box.adjusted(inset, inset, -inset, -inset)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


_SHAPES: dict[LightKind, Callable[[QPainter, QRectF, QColor], None]] = {
    "over": _diamond,
    "today": _triangle,
    "soon": _half,
    "ok": _ring,
    "done": _tick,
    "hold": _bars,
    "new": _plus,
    "same": _equals,
    "dup": _squares,
    "fault": _cross,
}


def shape_box(left: float, middle: float) -> QRectF:
    """Give the square of a light whose left edge and middle line are known."""
    side = theme().px(13)
    return QRectF(left, round(middle - side / 2), side, side)


class LightLabel(QWidget):
    """A light as plain text or as a pill.

    Example: `LightLabel(Light("done", "已备份"), pill=True)`.
    """

    def __init__(
        self,
        light: Light,
        *,
        pill: bool = False,
        role: Role = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pill = pill
        self._role: Role = role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_light(light)

    @property
    def light(self) -> Light:
        return self._light

    def set_light(self, light: Light) -> None:
        """Show another state."""
        self._light = light
        self.setAccessibleName(light.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        width = px(13) + px(7) + width_of(self._light.word, self._role) + 2
        if not self._pill:
            return QSize(width, max(px(22), theme().metrics(self._role).height()))
        return QSize(width + px(20), max(px(26), theme().metrics(self._role).height() + px(5)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = painter_of(self)
        kind, px = self._light.kind, theme().px
        box = QRectF(self.rect())
        left = 0
        if self._pill:
            rounded(
                painter, box, box.height() / 2, wash_colour(kind), light_colour(kind), theme().line
            )
            left = px(9)
        draw_shape(painter, kind, shape_box(left, box.center().y()))
        text = box.adjusted(left + px(13) + px(7), 0, 0, 0)
        words(painter, text, self._light.word, light_colour(kind), self._role)
