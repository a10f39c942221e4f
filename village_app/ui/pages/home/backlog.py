"""What has piled up, in one quiet line under the day's list, with the way to its own list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.services.house.today_items import TodayItem
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.sheets import Hairline
from village_app.ui.kit.text import Line
from village_app.ui.theme import theme


class BacklogLine(QWidget):
    """One old pile: 公开目录有 71 项到期没公开 · 看名单; gone where nothing has piled up."""

    def __init__(self, go: Callable[[str], object]) -> None:
        super().__init__()
        px = theme().px
        self._page = ""
        self._light = LightLabel(Light("over", ""))
        self._note = Line("", "small", "ink3")
        self.link = Button("", kind="link", press=lambda: go(self._page))
        row = QHBoxLayout()
        row.setContentsMargins(px(15), px(4), px(15), px(4))
        row.setSpacing(px(12))
        row.addWidget(self._light)
        row.addWidget(self._note, 1)
        row.addWidget(self.link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        column.addLayout(row)

    def show_item(self, item: TodayItem | None) -> None:
        """Show a pile, or nothing."""
        self.setVisible(item is not None)
        if item is None:
            return
        self._page = item.page
        self._light.set_light(Light(item.light.kind, item.title))
        self._note.set_text(item.note)
        self.link.set_words(item.verb)
        self.link.setAccessibleName(f"{item.title}，{item.verb}")
