"""The window over a village that holds still, and what is done in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PreparedAnswers, PretendDoor, PretendVillage
from village_app.ui.page import Desk, Page, PageEntry
from village_app.ui.preferences import Preferences
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

RIGHT = "三轮车过桥了"


class Notebook(Page):
    title = "记事"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.line = QLineEdit()
        self.body.addWidget(self.line)

    def first_focus(self) -> QWidget:
        return self.line

    def draft(self) -> Mapping[str, object] | None:
        return {"line": self.line.text()} if self.line.text() else None

    def restore_draft(self, draft: Mapping[str, object]) -> None:
        self.line.setText(str(draft["line"]))


def entries() -> list[PageEntry]:
    return [PageEntry("notes", "记事", "记事", "book", "民情", Notebook)]


Opener = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    application: QApplication, qtbot: QtBot, answers: PreparedAnswers, wear: object
) -> Iterator[Opener]:
    windows: list[MainWindow] = []

    def make(door: PretendDoor, preferences: Preferences | None = None) -> MainWindow:
        window = MainWindow(door, entries, preferences or Preferences(), answers)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):  # keys of buttons are heard by the active window alone
            window.show()
            window.activateWindow()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.watches.idle.end()
        window.jobs.cancel_all()


@pytest.fixture
def door() -> PretendDoor:
    return PretendDoor()


@pytest.fixture
def window(open_window: Opener, door: PretendDoor) -> MainWindow:
    return open_window(door)


def unlock_page(window: MainWindow) -> UnlockPage:
    page = window.front()
    assert isinstance(page, UnlockPage)
    return page


def sign_in(window: MainWindow, qtbot: QtBot, password: str = RIGHT) -> PretendVillage:
    page = unlock_page(window)
    page.password.setText(password)
    with qtbot.waitSignal(page.entered):
        page.unlock()
    assert isinstance(window.village, PretendVillage)
    return window.village


def line(window: MainWindow) -> QLineEdit:
    assert window.shell is not None
    page = window.shell.page()
    assert isinstance(page, Notebook)
    return page.line


def close(window: MainWindow) -> bool:
    event = QCloseEvent()
    window.closeEvent(event)
    return event.isAccepted()
