"""A page that scrolls up and down where the largest type leaves too little height for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent

from village_app.ui.kit.sheets import Scroll
from village_app.ui.page import Page

# From this type size on, in per cent.
HUGE = 200


class _Heights(QObject):
    """Gives a page the height that its wrapped lines need at its width."""

    def __init__(self, page: Page, scroll: Scroll) -> None:
        super().__init__(scroll)
        self._page = page
        self._scroll = scroll
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() == QEvent.Type.LayoutRequest:
            self.give()
        return False

    def give(self) -> None:
        """Look again how many lines the chips and sentences take."""
        layout = self._page.layout()
        if layout is None:
            return
        width = self._scroll.viewport().width()
        wanted = layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else 0
        self._page.setMinimumHeight(max(wanted, layout.minimumSize().height()))


class PageScroll(Scroll):
    """Holds one page; scrolls over it when it is higher than the window."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page
        self._heights = _Heights(page, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._heights.give()
