"""The pages of the window in the order of the navigation; a subject adds its line here."""

from __future__ import annotations

from village_app.ui.page import Desk, Page, PageEntry


def _residents(desk: Desk) -> Page:
    from village_app.ui.pages.residents import ResidentsPage

    return ResidentsPage(desk)


def _projects(desk: Desk) -> Page:
    from village_app.ui.pages.projects import ProjectsPage

    return ProjectsPage(desk)


def _money(desk: Desk) -> Page:
    from village_app.ui.pages.money import MoneyPage

    return MoneyPage(desk)


def _notices(desk: Desk) -> Page:
    from village_app.ui.pages.notices import NoticesPage

    return NoticesPage(desk)


def entries() -> tuple[PageEntry, ...]:
    """Give all pages: key, title, two characters for the rail, icon, group, how it is made."""
    return (
        PageEntry("projects", "项目公开", "项目", "building", "晒账", _projects),
        PageEntry("money", "财务收支", "财务", "coin", "晒账", _money),
        PageEntry("notices", "公示公告", "公示", "board", "晒账", _notices, shortcut="F4"),
        PageEntry("residents", "居民台账", "居民", "person", "人和地", _residents, shortcut="F3"),
    )
