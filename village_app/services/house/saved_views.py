"""Saved filters: a list as it was left, under a name, for oneself or for all of the role."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from village_app.db.records.views import SavedView
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.session import Service, permitted

_LONGEST_NAME = 20


class SavedViews(Service):
    """Keeps named filters of the pages."""

    @permitted("settings.read")
    def listed(self, page: str) -> list[SavedView]:
        """List the filters of a page that this user sees: own ones, and shared ones of a role."""
        query = self.store.select(SavedView).where(SavedView.page == page)
        return [
            one
            for one in self.store.rows(query.order_by(SavedView.name, SavedView.id))
            if self._sees(one)
        ]

    @permitted("settings.read")
    def save(
        self, page: str, name: str, content: Mapping[str, Any], *, shared: bool = True
    ) -> SavedView:
        """Keep a filter under a name; one's own of the same name is replaced."""
        name = name.strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            sentence = f"名称要写 1 到 {_LONGEST_NAME} 个字，如：第三小组独居老人。"
            raise InvalidInput([Fault("name", "length", sentence)])
        user = self.session.user
        text = json.dumps(dict(content), ensure_ascii=False, sort_keys=True)
        mine = [one for one in self.listed(page) if one.name == name and one.owner == user.name]
        with self.session.change(f"存下常用筛选 {name}") as change:
            if mine:
                kept: SavedView = change.update(mine[0], content=text, shared=shared)
                return kept
            made: SavedView = change.insert(
                SavedView(
                    name=name,
                    page=page,
                    owner=user.name,
                    role=user.role,
                    shared=shared,
                    content=text,
                )
            )
        return made

    @permitted("settings.read")
    def content(self, view: SavedView) -> Mapping[str, Any]:
        """Give the filters, columns and order of a saved filter."""
        found: Mapping[str, Any] = json.loads(view.content)
        return found

    @permitted("settings.read")
    def remove(self, view: SavedView) -> None:
        """Take one's own filter away; refused for a colleague's."""
        if view.owner != self.session.user.name:
            raise Refused("not_own", f"“{view.name}”是同事存的，只有本人能删。")
        with self.session.change(f"删除常用筛选 {view.name}") as change:
            change.delete(view)

    def _sees(self, view: SavedView) -> bool:
        user = self.session.user
        if view.owner == user.name:
            return True
        # Whoever looks after the program shares no work by that.
        roles = set((view.role or "").split("+")) - {"admin"}
        return bool(view.shared and roles & set(user.role.split("+")))
