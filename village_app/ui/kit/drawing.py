"""Strokes that several painted parts share: rounded boxes, hairlines, words, key caps, hatching."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from village_app.ui.theme import Role, theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter

CAP_NAMES = {"Return": "Enter", "Space": "空格", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def painter_of(widget: QWidget) -> QPainter:
    """Begin painting a widget, with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    edge: QColor | None = None,
    width: float = 1,
) -> None:
    """Draw a box whose edge lies wholly inside `rect`, so that it stays crisp."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    half = width / 2
    painter.setPen(QPen(edge, width))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def hairline(painter: QPainter, x: float, y: float, length: float, colour: QColor) -> None:
    """Draw a level line of one pixel; `drawLine` would smear it over two."""
    painter.fillRect(QRectF(x, y, length, 1), colour)


def width_of(text: str, role: Role = "body") -> int:
    """Measure a text in px."""
    return theme().metrics(role).horizontalAdvance(text)


def words(
    painter: QPainter,
    rect: QRectF,
    text: str,
    colour: QColor,
    role: Role = "body",
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line; what does not fit ends in …"""
    painter.setFont(theme().font(role))
    painter.setPen(colour)
    fitting = (
        theme()
        .metrics(role)
        .elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(rect.width()) + 1))
    )
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, fitting)


def shown_keys(keys: str) -> str:
    """Write Qt's name of a key as the cap shows it: Alt+Left becomes Alt+←."""
    return "+".join(CAP_NAMES.get(key, key) for key in keys.split("+"))


def cap_height() -> int:
    """Height of a key cap in px."""
    return max(theme().px(22), theme().metrics("small").height() + 2)


def cap_width(keys: str) -> int:
    """Width of a key cap in px."""
    return max(theme().px(26), width_of(keys, "small") + 2 * theme().px(9))


def draw_cap(painter: QPainter, left: float, middle: float, keys: str, ink: QColor | None) -> float:
    """Draw a key cap; with `ink` None it lies on paper, else it is drawn in that one colour.

    Returns the right end.
    """
    look = theme()
    box = QRectF(left, round(middle - cap_height() / 2), cap_width(keys), cap_height())
    if ink is None:
        rounded(painter, box, look.px(4), look.colours.line2)
        face = box.adjusted(look.line, look.line, -look.line, -look.line - 1)
        rounded(painter, face, look.px(3), look.colours.sheet)
        words(painter, face, keys, look.colours.ink2, "small", MIDDLE)
    else:
        rounded(painter, box, look.px(4), None, ink, 1)
        words(painter, box, keys, ink, "small", MIDDLE)
    return box.right()


def focus_ring(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """Draw the ring that shows where the keyboard is."""
    rounded(painter, rect, radius, None, colour, theme().line + 1)


def hatch(painter: QPainter, rect: QRectF, colour: QColor, *, crossed: bool = False) -> None:
    """Fill a box with slanted lines (crossed ones for what is over the limit)."""
    step = theme().px(5)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, theme().px(1.6)))
    height = rect.height()
    x = rect.left() - height
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + height, rect.top()))
        if crossed:
            painter.drawLine(QPointF(x, rect.top()), QPointF(x + height, rect.bottom()))
        x += step
    painter.restore()


def level_lines(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a box with level lines (the light fill in high contrast)."""
    y = rect.top() + 2
    while y < rect.bottom():
        hairline(painter, rect.left(), round(y), rect.width(), colour)
        y += theme().px(4)


def seal(painter: QPainter, rect: QRectF) -> None:
    """Draw the seal 治 of the program."""
    look = theme()
    unit = rect.width() / 30
    rounded(painter, rect, 5 * unit, look.colours.red)
    frame = rect.adjusted(2.2 * unit, 2.2 * unit, -2.2 * unit, -2.2 * unit)
    rounded(painter, frame, 3 * unit, None, QColor("#FFFFFF"), max(1.0, 1.1 * unit))
    font = look.font("title")
    font.setPixelSize(max(8, round(rect.width() * 0.6)))
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(rect, MIDDLE, "治")
