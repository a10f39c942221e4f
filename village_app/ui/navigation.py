"""The navigation at the left: items in groups with what waits, or the rail in less room.

Whatever does not fit stands under 更多.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QWidget

from village_app.ui import icons
from village_app.ui.kit.drawing import (
    LEFT,
    MIDDLE,
    RIGHT,
    focus_ring,
    painter_of,
    rounded,
    words,
)
from village_app.ui.kit.removal import discard
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
from village_app.ui.page import PageEntry
from village_app.ui.theme import theme

_MORE = "更多"


class NavItem(QAbstractButton):
    """One item: icon, words, count; or in the rail the icon over two characters.

    Without an entry it is 更多.
    """

    def __init__(self, entry: PageEntry | None, *, rail: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._icon = entry.icon if entry else "more"
        self._short = entry.short if entry else _MORE
        self._stroke = 1.75 if entry else 3.0
        self._rail = rail
        self._count = 0
        self.setCheckable(True)
        self.setText(own(entry.title) if entry else _MORE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(self.sizeHint())
        self.set_count(0)
        if rail:
            self.setToolTip(self.text())

    def set_count(self, count: int) -> None:
        """Show how much waits here."""
        self._count = count
        waiting = f"，{count} 件待办" if count else ""
        self.setAccessibleName(self.text() + waiting)
        self.update()

    def sizeHint(self) -> QSize:
        px, metrics = theme().px, theme().metrics
        if self._rail:
            height = px(20) + metrics("small").height() + px(4)
            return QSize(px(48), max(px(44), height))
        return QSize(px(159), max(px(35), metrics().height() + px(8)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        box = QRectF(self.rect())
        if self.isChecked():
            rounded(painter, box, look.px(6), colours.sheet, colours.line2, look.line)
            mark = QRectF(0, look.px(7), look.px(4), box.height() - 2 * look.px(7))
            rounded(painter, mark, look.px(2), colours.red)
        elif self.underMouse():
            rounded(painter, box, look.px(6), colours.sheet)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(1, 1, -1, -1), look.px(5), colours.blue)
        icon_ink = colours.red if self.isChecked() else colours.ink2
        ink = colours.ink if self.isChecked() else colours.ink2
        side = look.px(19)
        if self._rail:
            place = QRectF((box.width() - side) / 2, look.px(3), side, side)
            icons.draw(painter, self._icon, place, icon_ink, self._stroke)
            below = box.adjusted(0, look.px(22), 0, -1)
            words(painter, below, self._short, ink, "small", MIDDLE)
            return
        place = QRectF(look.px(14), round((box.height() - side) / 2), side, side)
        icons.draw(painter, self._icon, place, icon_ink, self._stroke)
        text = box.adjusted(look.px(42), 0, -look.px(36 if self._count else 8), 0)
        words(painter, text, self.text(), ink, "body", LEFT)
        if self._count:
            count = box.adjusted(0, 0, -look.px(14), 0)
            words(painter, count, str(self._count), colours.ink3, "small", RIGHT)


class Navigation(QWidget):
    """The items of the window; `chosen` names the page to go to.

    Example: `Navigation(entries)`; `nav.set_current("issues")`; `nav.set_waiting({"issues": 12})`.
    """

    chosen = Signal(str)

    def __init__(self, entries: Iterable[PageEntry]) -> None:
        super().__init__()
        self.setProperty("ground", "nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("栏目")
        self._entries = tuple(entries)
        self._rail = False
        self._current = ""
        self._waiting: Mapping[str, int] = {}
        self._items: list[NavItem] = []
        self._labels: list[QLabel] = []
        self._tucked: list[PageEntry] = []
        self._make()

    @property
    def rail(self) -> bool:
        return self._rail

    def set_rail(self, rail: bool) -> None:
        """Become the rail, or the full list again."""
        if rail != self._rail:
            self._rail = rail
            self._make()

    def set_current(self, key: str) -> None:
        """Mark the item of the page that is shown."""
        self._current = key
        for item in self._items:
            if item.entry is not None:
                item.setChecked(item.entry.key == key)
            else:
                item.setChecked(any(entry.key == key for entry in self._tucked))

    def set_waiting(self, waiting: Mapping[str, int]) -> None:
        """Show how much waits on each page."""
        self._waiting = waiting
        for item in self._items:
            if item.entry is not None:
                item.set_count(waiting.get(item.entry.key, 0))

    def tucked(self) -> tuple[PageEntry, ...]:
        """Give the entries that stand under 更多."""
        return tuple(self._tucked)

    def items(self) -> tuple[NavItem, ...]:
        """Give the items that can be seen, from above."""
        return tuple(item for item in self._items if not item.isHidden())

    def _make(self) -> None:
        for old in (*self._items, *self._labels):
            discard(old)
        self._items, self._labels = [], []
        for entry in (*self._entries, None):
            item = NavItem(entry, rail=self._rail, parent=self)
            item.clicked.connect(lambda _checked=False, it=item: self._pressed(it))
            self._items.append(item)
        for group in () if self._rail else self._groups():
            label = Text(group, "small", "ink3", parent=self)
            self._labels.append(label)
        self.set_current(self._current)
        self.set_waiting(self._waiting)
        # Changing the width places the items: they must all be there by now.
        self.setFixedWidth(theme().px(64 if self._rail else 176))
        self._place()

    def _groups(self) -> list[str]:
        named = (entry.group for entry in self._entries if entry.place == "list")
        return [group for group in dict.fromkeys(named) if group]

    def _place(self) -> None:
        px = theme().px
        more = self._items[-1]
        pitch = more.height() + px(2 if self._rail else 1)
        listed = [item for item in self._items if _place_of(item) == "list"]
        foot = [item for item in self._items if _place_of(item) == "foot"]
        spilled = foot if self._rail else []
        bottom = self.height() - px(5)
        for item in [] if self._rail else reversed(foot):
            bottom -= pitch
            item.move(px(8), bottom)
        tucked = [*self._fitting(listed, bottom, pitch), *spilled]
        if tucked:
            bottom -= pitch
            more.move(px(8), bottom)
            tucked = [*self._fitting(listed, bottom, pitch), *spilled]
        more.setVisible(bool(tucked))
        self._tucked = [item.entry for item in tucked if item.entry is not None]
        for item in (*listed, *foot):
            item.setVisible(item not in tucked)
        self.set_current(self._current)

    def _fitting(self, listed: list[NavItem], bottom: int, pitch: int) -> list[NavItem]:
        """Put the items one below the other and give those for which there is no room."""
        px = theme().px
        labels = {label.text(): label for label in self._labels}
        for label in self._labels:
            label.hide()
        y, group, left_out = px(8), "", []
        for place, item in enumerate(listed):
            own = item.entry.group if item.entry and not self._rail else ""
            new_group = own not in ("", group)
            need = pitch + (px(28) if new_group else 0)
            if y + need > bottom:
                left_out = listed[place:]
                break
            if new_group:
                group = own
                label = labels[group]
                label.setGeometry(px(22), y + px(2), px(150), px(28))
                label.setAlignment(LEFT)
                label.show()
                y += px(28)
            item.move(px(8), y)
            y += pitch
        return left_out

    def _pressed(self, item: NavItem) -> None:
        self.set_current(self._current)
        if item.entry is not None:
            self.chosen.emit(item.entry.key)
        else:
            self._open_more(item)

    def more_menu(self) -> QMenu:
        """Make the menu of what did not fit."""
        menu, group = QMenu(self), ""
        for entry in self._tucked:
            if entry.group not in ("", group):
                group = entry.group
                menu.addSection(group)
            count = self._waiting.get(entry.key, 0)
            words_ = f"{entry.title}　{count}" if count else entry.title
            action = menu.addAction(icons.icon(entry.icon), words_)
            action.triggered.connect(lambda _on=False, key=entry.key: self.chosen.emit(key))
        return menu

    def _open_more(self, item: NavItem) -> None:
        menu = self.more_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        place = item.mapToGlobal(QPoint(item.width(), item.height()))
        menu.popup(place - QPoint(0, menu.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, look = painter_of(self), theme()
        edge = QRectF(self.width() - look.line, 0, look.line, self.height())
        painter.fillRect(edge, look.colours.line)


def _place_of(item: NavItem) -> str:
    return item.entry.place if item.entry is not None else ""
