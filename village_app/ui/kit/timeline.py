"""What was done, in order; entries are only added, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.ui.kit.drawing import painter_of
from village_app.ui.kit.lights import LightKind, draw_shape, shape_box
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: what happened, small words (time · who), its light; `ahead` = still to be done."""

    sentence: str
    note: str = ""
    light: LightKind = "done"
    ahead: bool = False


class _EventRow(QWidget):
    def __init__(self, event: Event, *, last: bool, dashed: bool) -> None:
        super().__init__()
        px = theme().px
        self._event = event
        self._last = last
        self._dashed = dashed
        self.setAccessibleName(f"{event.sentence}，{event.note}" if event.note else event.sentence)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(26), 0, 0, 0 if last else px(6))
        body.setSpacing(0)
        body.addWidget(Text(event.sentence, "body", "ink3" if event.ahead else "ink", wrap=True))
        if event.note:
            body.addWidget(Text(event.note, "small", "ink3", wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        middle = look.metrics().height() / 2
        box = shape_box(1, middle)
        if not self._last:
            pen = QPen(look.colours.line2, look.px(1.5))
            if self._dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            x = round(box.center().x()) + 0.5
            painter.drawLine(QPointF(x, box.bottom() + look.px(4)), QPointF(x, self.height()))
        draw_shape(painter, self._event.light, box)


class Timeline(QWidget):
    """Entries one below the other with their lights.

    Example: `Timeline([Event("登记：夜里看不见路", "03-01 09:12 · 陈丽珍")])`.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        super().__init__()
        self.setAccessibleName("办理过程")
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self.set_events(events)

    def set_events(self, events: Iterable[Event]) -> None:
        """Show other entries."""
        empty(self._body)
        shown = tuple(events)
        for place, event in enumerate(shown):
            last = place == len(shown) - 1
            dashed = not last and shown[place + 1].ahead
            self._body.addWidget(_EventRow(event, last=last, dashed=dashed))
