"""One sentence under the page head: done, soon, stop or good to know, with one link."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.ui import icons
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
from village_app.ui.theme import theme

BannerKind = Literal["done", "soon", "stop", "info"]

_LOOKS: dict[BannerKind, tuple[str, str, str, str]] = {
    # kind: wash, line, icon, colour of the icon
    "done": ("green_w", "green_l", "tick", "green"),
    "soon": ("amber_w", "amber_l", "clock", "amber"),
    "stop": ("red_w", "red_l", "warning", "red"),
    "info": ("blue_w", "blue_l", "info", "blue"),
}


class Banner(QWidget):
    """A wash with an icon, one sentence and one link; one at a time per page.

    Example: `Banner("soon", "U 盘备份已 6 天。", link="现在拷")`; `banner.pressed.connect(...)`.
    """

    pressed = Signal()

    def __init__(
        self,
        kind: BannerKind,
        sentence: str,
        *,
        link: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = theme().px
        self._sentence = Text(wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._link = Button("", kind="link", press=self.pressed.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(40), px(3), px(10), px(3))
        row.setSpacing(px(12))
        row.addWidget(self._sentence, 1)
        row.addWidget(self._link, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(px(36))
        self.show_sentence(kind, sentence, link=link, icon=icon)

    def show_sentence(
        self, kind: BannerKind, sentence: str, *, link: str = "", icon: str = ""
    ) -> None:
        """Say something else in the same place."""
        self._kind: BannerKind = kind
        self._icon = icon or _LOOKS[kind][2]
        sentence = own(sentence)
        self._sentence.setText(sentence)
        self._link.set_words(link)
        self._link.setVisible(bool(link))
        self.setAccessibleName(sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        wash, line, _icon, tint = _LOOKS[self._kind]
        colours = look.colours.by_name()
        box = QRectF(self.rect())
        rounded(painter, box, look.px(6), colours[wash], colours[line], look.line)
        side = look.px(16)
        place = QRectF(look.px(14), round(box.center().y() - side / 2), side, side)
        icons.draw(painter, self._icon, place, colours[tint])
