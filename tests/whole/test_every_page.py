"""Every page of the real sample village: nothing cut off, all named, Tab as the eye goes, help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from tests.ui.test_accessible import nameless, reachable
from village_app.demo.sample_village import make_village
from village_app.resources import resource_folder
from village_app.ui.fitting import misfits
from village_app.ui.jobs import JobRunner
from village_app.ui.pages import entries
from village_app.ui.pictures import grab
from village_app.ui.preferences import Preferences
from village_app.ui.shell import Shell
from village_app.ui.theme import TYPE_SIZES, Theme, theme
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["application", "wear"]
SCREEN = (1366, 768)
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
# Lines are thicker in high contrast; where the type is largest they need the most room.
LOOKS = (*(Theme(size) for size in TYPE_SIZES), Theme(200, contrast=True))
KEYS = [entry.key for entry in entries()]
Wear = Callable[[Theme], None]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    village = make_village(tmp_path_factory.mktemp("sample") / "示范村", now=NOW)
    yield village
    village.close()


def open_shell(sample: Village, qtbot: QtBot, page: str) -> Shell:
    answers, jobs = PreparedAnswers(), JobRunner(sample.store.in_this_thread)
    shell = Shell(WindowVillage(sample), entries(), answers, jobs, Preferences())
    qtbot.addWidget(shell)
    shell.set_layout(theme().layout(SCREEN[0]))
    shell.resize(*SCREEN)
    shell.show()
    shell.go(page)
    return shell


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("page", KEYS)
def test_nothing_is_cut_off_and_everything_has_a_name(
    sample: Village, page: str, look: Theme, wear: Wear, qtbot: QtBot
) -> None:
    wear(look)
    shell = open_shell(sample, qtbot, page)
    picture = grab(shell, SCREEN)
    assert (picture.width(), picture.height()) == SCREEN
    assert misfits(shell) == ()
    assert len(list(reachable(shell))) > 3
    assert nameless(shell) == []
    shell.leave()


class StrayWindows(QObject):
    """Names every widget that came up as a window of its own."""

    def __init__(self, shell: QWidget) -> None:
        super().__init__()
        self._shell = shell
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._shell
        ):
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize("page", KEYS)
def test_making_a_page_opens_no_window_for_a_moment(
    sample: Village, page: str, application: QApplication, qtbot: QtBot
) -> None:
    shell = open_shell(sample, qtbot, "reports" if page == "home" else "home")
    stray = StrayWindows(shell)
    application.installEventFilter(stray)
    shell.make_page(page)
    shell.go(page)
    application.removeEventFilter(stray)
    assert stray.seen == []
    shell.leave()


@pytest.mark.parametrize("page", KEYS)
def test_tab_goes_as_the_eye_does(
    sample: Village, page: str, application: QApplication, qtbot: QtBot
) -> None:
    """Within one sheet Tab never jumps up again, except to the top of the next column."""
    shell = open_shell(sample, qtbot, page)
    grab(shell, SCREEN)
    shown = shell.page()
    assert shown is not None
    jumps = []
    # What is scrolled out of sight is brought into it by Tab.
    chain = [one for one in tab_chain(shown) if not one.visibleRegion().isEmpty()]
    for one, other in pairwise(chain):
        here, there = place_of(one, shown), place_of(other, shown)
        goes_up = there.y() + other.height() <= here.y()
        goes_left = there.x() < here.x() - 8
        if goes_up and goes_left:
            jumps.append(f"{name_of(one)} → {name_of(other)}")
    assert jumps == []
    shell.leave()


@pytest.mark.parametrize("page", KEYS)
def test_the_page_has_help_of_its_own(
    sample: Village, page: str, application: QApplication, qtbot: QtBot
) -> None:
    shell = open_shell(sample, qtbot, page)
    shown = shell.page()
    assert shown is not None
    assert (resource_folder() / "help" / f"{shown.topic}.md").is_file()
    shell.leave()


def tab_chain(page: QWidget) -> list[QWidget]:
    """Give what Tab reaches on a page, in its order after a first Tab."""
    page.focusNextPrevChild(True)
    wanted = set(reachable(page))
    found: list[QWidget] = []
    one: QWidget | None = page.nextInFocusChain()
    while one is not None and one is not page:
        if one in wanted and not isinstance(one.parentWidget(), QTableView):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def place_of(widget: QWidget, page: QWidget) -> QPoint:
    return widget.mapTo(page, QPoint(0, 0))


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or type(widget).__name__
