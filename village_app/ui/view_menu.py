"""常用筛选: a list's filters, columns and order under a name, from the link at its foot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QMenu

from village_app.errors import VillageError
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.note import Note
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Page


class NameSheet(Sheeted):
    """Asks for a name, and whether colleagues of the same role see it too."""

    def __init__(self, save: Callable[[str, bool], object], page: Page) -> None:
        super().__init__("存下现在的样子", None, page.window())
        self._save = save
        self.name = QLineEdit()
        self.name.setAccessibleName("名称")
        self.name.setPlaceholderText("如：第三小组独居老人")
        self.name.setMaxLength(20)
        self.shared = QCheckBox("同角色的人也看得到")
        self.shared.setChecked(True)
        self.note = Note()
        said = "筛选、选的列和排的顺序都存在这个名称下，明天点一下就是同一个样子。"
        self.body.addWidget(Text(said, "body", "ink2", wrap=True))
        self.body.addWidget(self.name)
        self.body.addWidget(self.shared)
        self.body.addWidget(self.note)
        row = QHBoxLayout()
        self.keep = Button("存下", key="Enter", kind="primary", press=self._keep)
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        row.addStretch(1)
        row.addWidget(Button("不存了", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self.name.setFocus()

    def _keep(self) -> None:
        try:
            self._save(self.name.text(), self.shared.isChecked())
        except VillageError as error:
            self.note.say(error.message, "red", "fault")
            self.name.setFocus()
            return
        self.accept()


class ViewMenu:
    """The link at the foot of a page's list and what it opens."""

    def __init__(self, key: str, page: Page, table: RecordTable) -> None:
        self._key = key
        self._page = page
        self._table = table
        self.link = table.add_link("常用筛选", self.open, always=True)

    @property
    def _views(self) -> Any:
        return self._page.desk.village.saved_views

    def menu(self) -> QMenu:
        """Make the menu: what was saved, saving, taking away."""
        menu = QMenu(self._page)
        menu.setAccessibleName("常用筛选")
        listed = self._views.listed(self._key)
        own = self._page.desk.village.session.user.name
        for view in listed:
            words = view.name if view.owner == own else f"{view.name}（{view.owner}）"
            menu.addAction(words, partial(self._apply, view))
        if listed:
            menu.addSeparator()
        menu.addAction("存下现在的样子……", self.ask_name)
        mine = [view for view in listed if view.owner == own]
        if mine:
            below = menu.addMenu("删掉一个")
            for view in mine:
                below.addAction(view.name, partial(self._remove, view))
        return menu

    def open(self) -> None:
        """Open the menu over the link."""
        menu = self.menu()
        menu.popup(self.link.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def ask_name(self) -> NameSheet:
        """Ask for the name under which the list is kept as it stands."""
        sheet = NameSheet(self._save, self._page)
        sheet.open()
        return sheet

    def _save(self, name: str, shared: bool) -> None:
        state = {**self._page.view_state(), "table": self._table.arrangement()}
        view = self._views.save(self._key, name, state, shared=shared)
        self._page.desk.say(f"已存下常用筛选“{view.name}”", self._page.desk.undo)

    def _apply(self, view: Any) -> None:
        state = dict(self._views.content(view))
        self._table.arrange(state.pop("table", {}))
        self._page.restore_view(state)
        self._table.focus_rows()

    def _remove(self, view: Any) -> None:
        self._views.remove(view)
        self._page.desk.say(f"已删除常用筛选“{view.name}”", self._page.desk.undo)
