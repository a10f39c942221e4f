"""Saved filters: the same view tomorrow, for colleagues of the role, gone with one undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.services.conftest import TurningClock, clock, folder, village
from tests.ui.pretend import PreparedAnswers
from village_app.errors import InvalidInput, Refused
from village_app.services.session import User
from village_app.ui.jobs import JobRunner
from village_app.ui.pages import entries
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.ui.preferences import Preferences
from village_app.ui.shell import Shell
from village_app.ui.view_menu import ViewMenu
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["TurningClock", "clock", "folder", "village"]
MakeShell = Callable[[], Shell]


@pytest.fixture
def make_shell(village: Village, jobs: JobRunner, qtbot: QtBot) -> MakeShell:
    def make() -> Shell:
        shell = Shell(WindowVillage(village), entries(), PreparedAnswers(), jobs, Preferences())
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        shell.go("residents")
        return shell

    return make


def people(village: Village) -> None:
    for group, names in (
        ("第一村民小组", ("何志强", "陈丽")),
        ("第三村民小组", ("吴国标", "吴小燕")),
    ):
        place = village.places.add(group)
        for name in names:
            village.residents.register({"name": name, "group_id": str(place.id)})


def parts(shell: Shell) -> tuple[ResidentsPage, ViewMenu]:
    page = shell.page()
    assert isinstance(page, ResidentsPage)
    return page, shell._view_menus[0]


def action(menu: ViewMenu, words: str) -> QAction:
    return next(one for one in menu.menu().actions() if one.text().startswith(words))


def narrow_down(page: ResidentsPage) -> None:
    """Filter to the third group and 吴, leave a column out, order by birth."""
    page.refresh()
    third = next(button for button in page.filters.chips.buttons() if "三" in button.text())
    third.click()
    page.search.setText("吴")
    page.filters.changed.emit()
    page.table._columns.show("birth", shown=True)
    page.table._columns.show("phone", shown=False)
    page.table.sort_by("name", descending=True)


def test_the_same_view_stands_there_tomorrow(make_shell: MakeShell, village: Village) -> None:
    people(village)
    page, menu = parts(make_shell())
    narrow_down(page)
    assert page.table.count() == 2
    kept = {**page.view_state(), "table": page.table.arrangement()}
    sheet = menu.ask_name()
    sheet.name.setText("第三小组姓吴的")
    sheet.keep.click()
    assert sheet.isHidden()

    page, menu = parts(make_shell())
    page.refresh()
    assert page.table.count() == 4
    action(menu, "第三小组姓吴的").trigger()
    page.filters.changed.emit()
    assert {**page.view_state(), "table": page.table.arrangement()} == kept
    assert page.table.count() == 2


def test_colleagues_of_the_role_see_it_and_others_do_not(
    make_shell: MakeShell, village: Village
) -> None:
    village.session.user = User("陈丽珍", "陈丽珍", "admin+clerk")
    shared = village.saved_views.save("residents", "独居老人", {})
    village.saved_views.save("residents", "自己用的", {}, shared=False)
    village.session.user = User("罗顺娣", "罗顺娣", "clerk+grid")
    assert [one.name for one in village.saved_views.listed("residents")] == ["独居老人"]
    assert village.saved_views.listed("issues") == []
    with pytest.raises(Refused, match="同事存的"):
        village.saved_views.remove(shared)
    village.session.user = User("管理员", "管理员", "admin")
    assert village.saved_views.listed("residents") == []


def test_a_filter_of_the_same_name_is_replaced_and_undo_brings_a_removed_one_back(
    make_shell: MakeShell, village: Village
) -> None:
    people(village)
    _, menu = parts(make_shell())
    village.saved_views.save("residents", "独居老人", {"words": "陈"})
    village.saved_views.save("residents", "独居老人", {"words": "吴"})
    (view,) = village.saved_views.listed("residents")
    assert village.saved_views.content(view) == {"words": "吴"}
    menu._remove(view)
    assert village.saved_views.listed("residents") == []
    village.undo()
    assert [one.name for one in village.saved_views.listed("residents")] == ["独居老人"]


def test_a_filter_without_a_name_is_refused_where_it_is_asked(
    make_shell: MakeShell, village: Village
) -> None:
    _, menu = parts(make_shell())
    sheet = menu.ask_name()
    sheet.keep.click()
    assert not sheet.isHidden()
    with pytest.raises(InvalidInput, match="1 到 20 个字"):
        village.saved_views.save("residents", " ", {})
    sheet.reject()


def test_what_a_list_opened_is_among_the_last(make_shell: MakeShell, village: Village) -> None:
    people(village)
    page, _ = parts(make_shell())
    page.refresh()
    page.table.choose_first()
    key = page.table.current_key()
    assert key is not None
    page.table.opened.emit(key)
    assert [one.record for one in village.recent.listed()] == [key]
