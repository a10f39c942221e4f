"""The pages of the window in the order of the navigation; a subject adds its line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from village_app.ui.page import Desk, Page, PageEntry


def _made(module: str, name: str) -> Callable[[Desk], Page]:
    """Make a page when it is opened for the first time; only then is its module loaded."""

    def make(desk: Desk) -> Page:
        page_class = getattr(import_module(f"village_app.ui.pages.{module}"), name)
        page: Page = page_class(desk)
        return page

    return make


def entries() -> tuple[PageEntry, ...]:
    """Give all pages: key, title, two characters for the rail, icon, group, how it is made."""
    residents = _made("residents", "ResidentsPage")
    return (
        PageEntry("projects", "项目公开", "项目", "building", "晒账", _made("projects", "ProjectsPage")),
        PageEntry("money", "财务收支", "财务", "coin", "晒账", _made("money", "MoneyPage")),
        PageEntry("residents", "居民台账", "居民", "person", "人和地", residents, shortcut="F3"),
        PageEntry("import", "导入居民", "导入", "in", "人和地", _made("import_residents", "ImportPage")),
    )
