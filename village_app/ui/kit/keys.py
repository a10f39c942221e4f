"""Key caps, and the strip at the foot of the window that shows the keys of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from village_app.ui.kit.drawing import (
    cap_height,
    cap_width,
    draw_cap,
    focus_ring,
    hairline,
    painter_of,
    width_of,
    words,
)
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does here, for the strip: `Key("Ctrl+T", "添一步")`."""

    keys: str
    does: str


class KeyCap(QWidget):
    """One key cap: `KeyCap("Ctrl+K")`."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(keys)
        self.setFixedSize(cap_width(keys), cap_height())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        draw_cap(painter_of(self), 0, self.height() / 2, self._keys, None)


class _Keys(QWidget):
    """The painted row of keys; what does not fit is left out from the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[Key, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_keys(self, keys: tuple[Key, ...]) -> None:
        self._keys = keys
        self.setAccessibleName("本页按键：" + "，".join(f"{k.keys} {k.does}" for k in keys))
        self.update()

    def shown(self) -> tuple[Key, ...]:
        """Give the keys for which there is room."""
        px = theme().px
        room, fitting = self.width(), []
        for key in self._keys:
            room -= cap_width(key.keys) + px(7) + width_of(key.does, "small")
            if room < 0:
                break
            fitting.append(key)
            room -= px(18)
        return tuple(fitting)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), cap_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, px = painter_of(self), theme().px
        left, middle = 0.0, self.height() / 2
        for key in self.shown():
            left = draw_cap(painter, left, middle, key.keys, None) + px(7)
            length = width_of(key.does, "small")
            space = QRectF(left, 0, length + 2, self.height())
            words(painter, space, key.does, theme().colours.ink2, "small")
            left += length + px(18)


class _HelpButton(QToolButton):
    """F1 本页帮助 at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("本页帮助")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        width = cap_width("F1") + theme().px(7) + width_of("本页帮助", "small") + 2
        self.setFixedSize(width, cap_height() + theme().px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = painter_of(self)
        left = draw_cap(painter, 0, self.height() / 2, "F1", None) + theme().px(7)
        space = QRectF(left, 0, self.width() - left, self.height())
        colour = theme().colours.ink if self.underMouse() else theme().colours.ink2
        words(painter, space, "本页帮助", colour, "small")
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme().px(4), theme().colours.blue)


class KeyStrip(QWidget):
    """The strip at the foot of the window: four to six keys of the page, and F1.

    Example: `strip.set_keys([Key("Ctrl+J", "写一句"), Key("Enter", "打开")])`.
    """

    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.setProperty("ground", "nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(max(px(32), cap_height() + px(8)))
        self._keys = _Keys()
        self._help = _HelpButton()
        self._help.clicked.connect(lambda _checked: self.help_asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), 1, px(14), 0)
        row.setSpacing(px(18))
        row.addWidget(self._keys, 1)
        row.addWidget(self._help)

    def set_keys(self, keys: Iterable[Key]) -> None:
        """Show the keys of another page; at 200 % the first two."""
        wanted = tuple(keys)
        self._keys.set_keys(wanted[:2] if theme().type_size >= 200 else wanted)

    def shown(self) -> tuple[Key, ...]:
        """Give the keys that can be seen."""
        return self._keys.shown()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painter_of(self)
        colour = theme().colours.line
        hairline(painter, 0, 0, self.width(), colour)
        if theme().contrast:
            hairline(painter, 0, 1, self.width(), colour)
