"""Buttons in one line: what has no room, is rare or is not possible now stands under 更多."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.theme import theme


class ActionRow(QWidget):
    """A line of buttons that never grows into a second one.

    Example: `ActionRow([photo, objection, close], rare=[void], keep=[photo])`. A button that is
    greyed out goes into the menu and says its reason there; one of `keep` stays in sight with it,
    one of `rare` is always in the menu. `offer` takes a button away or brings it back.
    """

    def __init__(
        self,
        buttons: Iterable[Button],
        *,
        rare: Iterable[Button] = (),
        keep: Iterable[Button] = (),
    ) -> None:
        super().__init__()
        self._buttons = tuple(buttons)
        self._rare = frozenset(rare)
        self._keep = tuple(keep)
        self._withheld: set[Button] = set()
        self._gap = theme().px(8)
        self.more = Button("更多", icon="more", press=self.open_menu)
        self.menu_shown: QMenu | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for button in (*self._buttons, self.more):
            button.setParent(self)
            button.installEventFilter(self)

    def offer(self, button: Button, offered: bool) -> None:
        """Take a button away, or bring it back."""
        (self._withheld.discard if offered else self._withheld.add)(button)
        self._arrange()

    @property
    def _offered(self) -> list[Button]:
        return [one for one in self._buttons if one not in self._withheld]

    @property
    def _wanted(self) -> list[Button]:
        """Give the buttons for the line, the most important first."""
        fitting = [one for one in self._offered if one.isEnabled() and one not in self._rare]
        kept = [one for one in self._offered if one in self._keep]
        return [*kept, *(one for one in fitting if one not in kept)]

    def _line(self) -> list[Button]:
        """Give the buttons that have room, in their order."""
        wanted, width = self._wanted, self.width()
        room = width + self._gap
        stays = set()
        needs_menu = len(wanted) < len(self._offered) or self._span(wanted) > width
        if needs_menu:
            room -= self.more.sizeHint().width() + self._gap
        for button in wanted:
            room -= button.sizeHint().width() + self._gap
            if room < 0:
                break
            stays.add(button)
        return [one for one in self._buttons if one in stays]

    def _span(self, buttons: Iterable[Button]) -> int:
        widths = [one.sizeHint().width() for one in buttons]
        return sum(widths) + self._gap * max(0, len(widths) - 1)

    def _arrange(self) -> None:
        line = self._line()
        left = 0
        for button in self._buttons:
            button.setVisible(button in line)
        self.more.setVisible(len(line) < len(self._offered))
        for button in (*line, self.more):
            size = button.sizeHint()
            button.setGeometry(left, 0, size.width(), size.height())
            left += size.width() + self._gap

    def sizeHint(self) -> QSize:
        wanted = self._wanted
        more = [self.more] if len(wanted) < len(self._offered) else []
        return QSize(self._span([*wanted, *more]), self.more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = [*self._wanted[:1], self.more]
        return QSize(self._span(least), self.more.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        # Words or a key of a button changed: its width is another one.
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and watched is not self.more:
            self._arrange()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def open_menu(self) -> QMenu:
        """Open the menu of what is not in the line; what is not possible says why."""
        menu = QMenu(self)
        menu.setAccessibleName("更多")
        line = self._line()
        for button in self._offered:
            if button in line:
                continue
            reason = button.accessibleDescription()
            action = menu.addAction(f"{button.text()}（{reason}）" if reason else button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        self.menu_shown = menu
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        return menu
