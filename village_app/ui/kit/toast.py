"""A passing word at the foot of the page: what happened, and 撤销 while the seconds run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import paint_shadow
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.lights import draw_shape, shape_box
from village_app.ui.kit.text import Line, Text
from village_app.ui.theme import theme

SECONDS = 8


class Toast(QWidget):
    """Stands 8 seconds; stays while the mouse or the keyboard is on it. Never for errors.

    Example: `toast.say("已删除志愿者 余瑞莲", undo=change.undo)`. `gone` is sent when it went.
    """

    gone = Signal()

    def __init__(self, page_area: QWidget) -> None:
        super().__init__(page_area)
        self._area = page_area
        px = theme().px
        self._undo: Callable[[], object] | None = None
        self._left = 0
        self._hovered = False
        self._key = "Ctrl+Z"
        # One tick a second; held while somebody reads.
        self.clock = QTimer(self)
        self.clock.setInterval(1000)
        self.clock.timeout.connect(self._tick)
        self._words = Line("", "body", "sheet")
        self._seconds = Text("", "small", "sheet")
        self._button = Button("撤销", icon="undo", key="Ctrl+Z", bind=False, press=self._pressed)
        self._button.installEventFilter(self)
        page_area.installEventFilter(self)
        row = QHBoxLayout(self)
        # The shadow is painted inside the widget's own margin.
        row.setContentsMargins(_edge() + px(44), _edge() + px(7), _edge() + px(8), _edge() + px(7))
        row.setSpacing(px(10))
        row.addWidget(self._words)
        row.addWidget(self._seconds)
        row.addSpacing(px(6))
        row.addWidget(self._button)
        self.hide()

    def say(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        *,
        word: str = "撤销",
        key: str = "Ctrl+Z",
    ) -> None:
        """Say what happened; `undo` is done when the button is pressed."""
        self._undo = undo
        self._words.set_text(text)
        self.setAccessibleName(text)
        self._button.set_words(word)
        self._key = key
        self._button.setVisible(undo is not None)
        self._left = SECONDS
        self._show_seconds()
        self.show()
        self._fit()
        self.raise_()
        self.clock.stop()
        self._go_on()

    @property
    def seconds_left(self) -> int:
        return self._left

    def text(self) -> str:
        return self._words.text()

    def undo(self) -> None:
        """Do what the button does."""
        self._pressed()

    def _fit(self) -> None:
        """Take the small print away where the area has no room for it, and stand in place."""
        self._seconds.show()
        self._button.set_key(self._key)
        if self.sizeHint().width() > self._area.width():
            self._seconds.hide()
            self._button.set_key("")
        self.place()

    def place(self) -> None:
        """Stand bottom centre, 18 px above the key strip."""
        area = self._area.rect()
        width = min(self.sizeHint().width(), area.width())
        height = self.sizeHint().height()
        bottom = area.bottom() - theme().px(18) + _edge()
        self.setGeometry((area.width() - width) // 2, bottom - height, width, height)

    def dismiss(self) -> None:
        """Go before the time is over."""
        self.clock.stop()
        self._undo = None
        self.hide()
        self.gone.emit()

    def _pressed(self) -> None:
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.dismiss()
        else:
            self._show_seconds()

    def _show_seconds(self) -> None:
        self._seconds.setText(f"还有 {self._left} 秒" if self._undo is not None else "")

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hovered = True
        self.clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = False
        self._go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._fit()
        elif event.type() == QEvent.Type.FocusIn:
            self.clock.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._go_on(keyboard=False)
        return super().eventFilter(watched, event)

    def _go_on(self, *, keyboard: bool | None = None) -> None:
        held = self._button.hasFocus() if keyboard is None else keyboard
        if self.isVisible() and not held and not self._hovered:
            self.clock.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, px = painter_of(self), theme().px
        edge = _edge()
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_shadow(painter, box, px(24), px(6), 0.27)
        rounded(painter, box, px(8), theme().colours.ink)
        tick = shape_box(box.left() + px(18), box.center().y())
        draw_shape(painter, "done", tick, QColor("#FFFFFF"))


def _edge() -> int:
    return theme().px(18)
