"""The strip over 示范村: everything is invented, and the two ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.text import Line
from village_app.ui.theme import theme


class SampleStrip(QWidget):
    """One line under the top bar; `leave(True)` also removes 示范村 from this computer."""

    def __init__(self, leave: Callable[[bool], object]) -> None:
        super().__init__()
        px = theme().px
        self.setObjectName("sample")
        self.setProperty("ground", "nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("示范村")
        sentence = "示范村：人和事都是编的，随便点，随便改，不会进到村里的数据。"
        text = Line(sentence, "small", "ink2")
        self.back = Button("离开示范村", kind="link", press=lambda: leave(False))
        self.remove = Button("离开并删掉", kind="link", press=lambda: leave(True))
        self.remove.setToolTip("从这台电脑上删掉示范村，人数、编号都和没看过一样；想看可以再做一个")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(1), px(12), px(1))
        row.setSpacing(px(16))
        row.addWidget(text, 1)
        row.addWidget(self.back)
        row.addWidget(self.remove)
