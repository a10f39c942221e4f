"""Rules that hold for every real page: rows enough, one primary button, lists that guide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK
from tests.ui.conftest import application, wear
from tests.whole.test_every_page import SCREEN, open_shell, sample
from village_app.opening import NewVillage, create_village
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.page import Page
from village_app.ui.pages import entries
from village_app.ui.pictures import grab
from village_app.ui.shell import Shell
from village_app.ui.theme import Theme, TypeSize
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["application", "sample", "wear"]
Wear = Callable[[Theme], None]
PAGES = [entry.key for entry in entries() if not entry.under]
# Pages that are one list with its filters; the others share their height with other parts.
LISTS = (
    *("issues", "receptions", "meetings", "resolutions", "projects", "money", "collective"),
    *("aid", "notices", "households", "tasks"),
)
# What a village has before anything was entered but its own office and calendar.
FIRST = ("issues", "receptions", "meetings", "resolutions", "procedures", "projects", "money")
ROWS = 8
Part = TypeVar("Part", bound=QWidget)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    folder = tmp_path_factory.mktemp("fresh") / "隔坑村"
    role = "admin+secretary+accountant+clerk+supervisor"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=role)
    village, _ = create_village(folder, wish, cost=QUICK)
    yield village
    village.close()


@pytest.fixture
def ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sample village look like one's own: without the strip that says what it is."""
    monkeypatch.setattr(WindowVillage, "is_sample", property(lambda _self: False))


def shown(shell: Shell) -> Page:
    page = shell.page()
    assert page is not None
    return page


def seen(page: Page, kind: type[Part]) -> list[Part]:
    return [one for one in page.findChildren(kind) if one.isVisibleTo(page)]


def rows_of(table: RecordTable) -> float:
    view = table.view
    return view.viewport().height() / view.verticalHeader().defaultSectionSize()


@pytest.mark.usefixtures("ordinary")
@pytest.mark.parametrize("page", LISTS)
def test_a_list_shows_eight_rows_at_large_type(
    sample: Village, page: str, wear: Wear, qtbot: QtBot
) -> None:
    wear(Theme(150))
    shell = open_shell(sample, qtbot, page)
    grab(shell, SCREEN)
    tables = [one for one in seen(shown(shell), RecordTable) if one.view.isVisible()]
    assert [one.name for one in tables if rows_of(one) < ROWS] == []
    # What a row says is never off the screen to the right.
    assert [one.name for one in tables if one.view.horizontalScrollBar().maximum()] == []
    shell.leave()


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_primary_button_in_a_column(
    sample: Village, page: str, size: TypeSize, wear: Wear, qtbot: QtBot
) -> None:
    wear(Theme(size))
    shell = open_shell(sample, qtbot, page)
    grab(shell, SCREEN)
    primary = [one for one in seen(shown(shell), Button) if one.kind == "primary"]
    beside = [one for one in primary if is_detail(one)]
    words = [one.text() for one in primary if one not in beside]
    assert len(words) <= 1, words
    assert len(beside) <= 1, [one.text() for one in beside]
    shell.leave()


def is_detail(button: Button) -> bool:
    """Say whether a button stands in the detail beside a list."""
    one: QWidget | None = button
    while one is not None:
        above = one.parentWidget()
        if isinstance(above, ListAndDetail):
            return one is above._detail
        one = above
    return False


@pytest.mark.parametrize("page", PAGES)
def test_a_head_has_no_more_than_four_buttons(
    sample: Village, page: str, application: QApplication, qtbot: QtBot
) -> None:
    shell = open_shell(sample, qtbot, page)
    grab(shell, SCREEN)
    for head in seen(shown(shell), PageHead):
        buttons = [one for one in head.findChildren(Button) if one.isVisibleTo(head)]
        assert len(buttons) <= 4, [one.text() for one in buttons]
    shell.leave()


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("page", FIRST)
def test_an_empty_list_says_what_it_will_be_good_for(
    fresh: Village, page: str, size: TypeSize, wear: Wear, qtbot: QtBot
) -> None:
    wear(Theme(size))
    shell = open_shell(fresh, qtbot, page)
    picture = grab(shell, SCREEN)
    assert (picture.width(), picture.height()) == SCREEN
    guides = seen(shown(shell), EmptyState)
    assert len(guides) == 1
    primary = [one for one in seen(shown(shell), Button) if one.kind == "primary"]
    assert len(primary) <= 1, [one.text() for one in primary]
    shell.leave()
