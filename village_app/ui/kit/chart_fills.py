"""The four fills that carry a category without colour: solid, hatched, light, white."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from village_app.ui.kit.drawing import hatch, level_lines, painter_of
from village_app.ui.theme import theme

FILLS = 4


def fill_part(painter: QPainter, box: QRectF, fill: int) -> None:
    """Fill a box: 0 solid, 1 hatched, 2 light (level lines in high contrast), 3 white."""
    colours, contrast = theme().colours, theme().contrast
    edge = colours.ink if fill == FILLS - 1 else colours.blue
    painter.fillRect(box, edge)
    inner = box.adjusted(1, 1, -1, -1)
    if fill == 0:
        painter.fillRect(box, colours.blue)
    elif fill == 2 and not contrast:
        painter.fillRect(inner, colours.blue_l)
    else:
        painter.fillRect(inner, colours.sheet)
        if fill == 1:
            hatch(painter, inner, colours.blue)
        elif fill == 2:
            level_lines(painter, inner, colours.blue)


class Swatch(QWidget):
    """The small square that says which part of a bar is meant."""

    def __init__(self, fill: int) -> None:
        super().__init__()
        self._fill = fill
        self.setFixedSize(theme().px(14), theme().px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        fill_part(painter_of(self), QRectF(self.rect()), self._fill)
