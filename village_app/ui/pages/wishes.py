"""Wishes of a page: bound to their keys wherever the page is seen, the rare ones under 更多.

A button that is hidden in a narrow window takes its key with it; a wish keeps its key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from village_app.ui.kit.buttons import Button


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that can be done: its words, what does it, its key; `divides` draws a line above.

    Example: `Wish("印材料", page.print_papers, "Ctrl+P")`.
    """

    words: str
    press: Callable[[], object]
    key: str = ""
    divides: bool = False


def bind(wishes: Sequence[Wish], widget: QWidget) -> None:
    """Let the keys of the wishes work while the widget can be seen."""
    for wish in wishes:
        if wish.key:
            shortcut = QShortcut(QKeySequence(wish.key), widget)
            shortcut.activated.connect(wish.press)


class MoreButton(Button):
    """更多: the wishes of the moment as a menu below the button; Ctrl+M opens it."""

    def __init__(self, wishes: Callable[[], Sequence[Wish]]) -> None:
        super().__init__("更多", icon="more", press=self.open)
        self.setShortcut("Ctrl+M")
        self._wishes = wishes
        self.menu_shown: QMenu | None = None

    def open(self) -> QMenu:
        """Show the menu; the first wish is chosen already, so that Enter takes it."""
        menu = QMenu(self)
        menu.setAccessibleName("更多")
        for wish in self._wishes():
            if wish.divides:
                menu.addSeparator()
            words = f"{wish.words}\t{wish.key}" if wish.key else wish.words
            action = QAction(words, menu)
            action.triggered.connect(lambda _checked=False, it=wish: it.press())
            menu.addAction(action)
        self.menu_shown = menu
        actions = menu.actions()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        if actions:
            menu.setActiveAction(actions[0])
        return menu
