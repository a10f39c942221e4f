"""Buttons: icon – words – key cap, painted; plain, primary, danger, link, and the big ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from village_app.ui import icons
from village_app.ui.kit.drawing import (
    cap_width,
    draw_cap,
    focus_ring,
    hairline,
    painter_of,
    rounded,
    shown_keys,
    width_of,
    words,
)
from village_app.ui.kit.text import plain_tip
from village_app.ui.own_words import own
from village_app.ui.theme import Role, theme

ButtonKind = Literal["plain", "primary", "danger", "link", "quiet"]

# These are answered by dialogs and forms themselves, never bound to a button: Enter belongs to the
# input method while it composes.
_NOT_BOUND = frozenset({"Enter", "Tab", "空格"})


class _Inks(NamedTuple):
    fill: QColor | None
    edge: QColor | None
    text: QColor


class Button(QPushButton):
    """A button that says the result and shows its key.

    Example: `Button("记一件事", icon="pen", key="Ctrl+J", kind="primary", press=self.note)`.
    `key` is shown and, unless `bind` is False, works wherever the button can be seen.
    `kind` "link" is underlined blue text, "quiet" blue text without a line (the verb of a row).
    """

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        key: str = "",
        kind: ButtonKind = "plain",
        big: bool = False,
        bind: bool = True,
        press: Callable[[], object] | None = None,
    ) -> None:
        text = own(text)
        super().__init__(text)
        self._icon = icon
        self._key = key
        self._kind: ButtonKind = kind
        self._big = big
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self._teach()
        if key and bind and key not in _NOT_BOUND:
            # What people call Enter is Qt's Return; its Enter is the one of the number pad.
            self.setShortcut(QKeySequence(key.replace("Enter", "Return")))
        if press is not None:
            # Qt would hand its `checked` to a function that takes an argument.
            self.clicked.connect(lambda _checked: press())

    @property
    def kind(self) -> ButtonKind:
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the kind, for instance when the printing becomes possible."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Show another key cap; nothing is bound."""
        self._key = key
        self._teach()
        self.updateGeometry()
        self.update()

    def _teach(self) -> None:
        """Let the tooltip teach the key, also where the cap has no room."""
        if self._key and self.text():
            self.setToolTip(f"{self.text()}（{shown_keys(self._key)}）")

    def set_words(self, text: str) -> None:
        """Change the words; the key stays."""
        shortcut = self.shortcut()
        text = own(text)
        self.setText(text)
        self.setShortcut(shortcut)
        self.setAccessibleName(text)
        if self.isEnabled():
            self._teach()
        self.updateGeometry()

    def forbid(self, reason: str) -> None:
        """Grey the button out; `reason` says what would allow it (also in the tooltip)."""
        self.setEnabled(not reason)
        self.setToolTip(plain_tip(reason))
        self.setAccessibleDescription(reason)
        if not reason:
            self._teach()

    @property
    def _role(self) -> Role:
        return "h3" if self._big else "body"

    @property
    def _is_text(self) -> bool:
        return self._kind in ("link", "quiet")

    @property
    def _side(self) -> int:
        return theme().px(4 if self._is_text else 13)

    @property
    def _icon_px(self) -> int:
        return theme().px(20 if self._big else 18)

    def _content_width(self) -> int:
        px = theme().px
        width = width_of(self.text(), self._role)
        if self._icon:
            width += self._icon_px + (px(8) if self.text() else 0)
        if self._key:
            width += px(8) + cap_width(shown_keys(self._key))
        return width + 1

    def sizeHint(self) -> QSize:
        px = theme().px
        height = theme().metrics(self._role).height()
        if self._is_text:
            height = max(px(28), height + px(6))
        else:
            height = max(px(46 if self._big else 36), height + px(12))
        return QSize(self._content_width() + 2 * self._side, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = painter_of(self)
        box, inks = QRectF(self.rect()), self._inks()
        radius = theme().px(6)
        if not self._is_text:
            rounded(painter, box, radius, inks.fill, inks.edge, theme().line)
        if self.hasFocus():
            ring = theme().colours.ink if self._kind == "primary" else theme().colours.blue
            focus_ring(painter, box, radius, ring)
        self._paint_content(painter, box, inks)

    def _paint_content(self, painter: QPainter, box: QRectF, inks: _Inks) -> None:
        px = theme().px
        left = box.left() + max(self._side, (box.width() - self._content_width()) / 2)
        middle = box.center().y()
        if self._icon:
            side = self._icon_px
            icons.draw(painter, self._icon, QRectF(left, middle - side / 2, side, side), inks.text)
            left += side + px(8)
        length = width_of(self.text(), self._role)
        right_edge = box.right() - self._side / 2
        space = QRectF(left, box.top(), min(length + 2, right_edge - left), box.height())
        words(painter, space, self.text(), inks.text, self._role)
        if self._kind == "link":
            base = middle + theme().metrics(self._role).height() / 2 - px(2)
            hairline(painter, round(left), round(base), length, inks.text)
        if self._key:
            on_paper = self._kind in ("plain", "link", "quiet") and self.isEnabled()
            draw_cap(
                painter,
                left + length + px(8),
                middle,
                shown_keys(self._key),
                None if on_paper else inks.text,
            )

    def _inks(self) -> _Inks:
        colours = theme().colours
        if not self.isEnabled():
            return _Inks(colours.grey_w, colours.line2, colours.ink3)
        if self._kind == "primary":
            fill = colours.blue_p if self.isDown() else colours.blue
            if self.underMouse() and not self.isDown():
                fill = colours.blue_h
            return _Inks(fill, None, QColor("#FFFFFF"))
        active = self.isDown() or self.underMouse()
        fill = colours.sunk if active else colours.sheet
        if self._kind == "danger":
            return _Inks(colours.red_w if active else fill, colours.red, colours.red)
        if self._is_text:
            return _Inks(None, None, colours.blue_h if active else colours.blue)
        return _Inks(fill, colours.ink3 if active else colours.edge, colours.ink)


class IconButton(Button):
    """A button that is only an icon (the arrows of the preview): its name is told otherwise.

    Example: `IconButton("left", "上一页", press=self.back)`.
    """

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        key: str = "",
        press: Callable[[], object] | None = None,
    ) -> None:
        super().__init__("", icon=icon, press=press)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}（{key}）" if key else name)
        if key:
            self.setShortcut(QKeySequence(key))

    @property
    def _side(self) -> int:
        return theme().px(8)
