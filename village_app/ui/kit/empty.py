"""What stands in the place of a list that has nothing yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
from village_app.ui.theme import theme


class NotebookDrawing(QWidget):
    """A small line drawing: a notebook and a pen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme().px(104), theme().px(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours = painter_of(self), theme().colours
        painter.scale(theme().type_size / 100, theme().type_size / 100)
        rounded(painter, QRectF(2, 2, 76, 86), 5, colours.sheet, colours.edge, 1.6)
        painter.setPen(QPen(colours.red, 1.6))
        painter.drawLine(QPointF(15, 3), QPointF(15, 87))
        painter.setPen(QPen(colours.line2, 1.6))
        for y in (23, 36, 49, 62, 75):
            painter.drawLine(QPointF(21, y), QPointF(68, y))
        self._pen(painter)

    def _pen(self, painter: QPainter) -> None:
        colours = theme().colours
        painter.setPen(QPen(colours.blue, 2, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(colours.sheet)
        body = [(36, 65), (38, 53), (92, 9), (101, 19), (47, 61)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in body]))
        painter.drawLine(QPointF(86, 14), QPointF(95, 24))


class EmptyState(QWidget):
    """Drawing, title, what it will be good for, up to three big buttons, one link.

    Where there is little height the drawing goes.

    Example: `EmptyState("还没有志愿者", "先登记一位，就可以排班、记时数、发积分。",
    buttons=[Button("登记第一位", kind="primary", big=True, key="Ctrl+N")])`.
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        buttons: Sequence[Button] = (),
        link: str = "",
        press: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        px, middle = theme().px, Qt.AlignmentFlag.AlignHCenter
        self.setAccessibleName(title)
        body = QVBoxLayout(self)
        body.setSpacing(px(10))
        body.addStretch(1)
        self._drawing = NotebookDrawing()
        body.addWidget(self._drawing, 0, middle)
        heading = Text(own(title), "title")
        body.addWidget(heading, 0, middle)
        said = Text(own(sentence), "body", "ink2", wrap=True)
        said.setAlignment(middle)
        body.addWidget(said)
        if buttons:
            body.addLayout(_centred(buttons))
        if link:
            body.addWidget(Button(link, kind="link", press=press), 0, middle)
        body.addStretch(2)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self._drawing.isVisibleTo(self):
            least.setHeight(least.height() - self._drawing_height)
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawing.setVisible(
            self.minimumSizeHint().height() + self._drawing_height <= self.height()
        )

    @property
    def _drawing_height(self) -> int:
        return self._drawing.height() + theme().px(10)


def nothing_found(sentence: str, clear: Callable[[], object] | None) -> EmptyState:
    """Make what stands there while a filter leaves nothing; `clear` takes the filters away."""
    link = "看全部" if clear is not None else ""
    return EmptyState("没有符合的", sentence, link=link, press=clear)


def _centred(buttons: Sequence[Button]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme().px(10))
    if theme().type_size >= 200:
        flow = FlowLayout()
        for button in buttons:
            flow.addWidget(button)
        row.addLayout(flow)
        return row
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
