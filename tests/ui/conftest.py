"""What every test of the window shares: a dressed application, looks to try, a page's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PreparedAnswers, PretendVillage
from village_app.ui.dress import dress, prepare
from village_app.ui.fonts import add_rare_fonts
from village_app.ui.jobs import JobRunner
from village_app.ui.page import Desk
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme

Shower = Callable[[QWidget], None]


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    """Give the application in the ordinary look; dressing it costs too much for every test."""
    prepare(qapp, Theme())
    add_rare_fonts()
    return qapp


@pytest.fixture
def wear(application: QApplication) -> Iterator[Callable[[Theme], None]]:
    """Give a way to change the look for one test; the ordinary one comes back afterwards."""

    def change(look: Theme) -> None:
        # Widgets of earlier tests wait to be deleted; dressing them too would cost more and more.
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        dress(application, look)

    yield change
    change(Theme())


@pytest.fixture
def show(application: QApplication, qtbot: QtBot) -> Shower:
    def shown(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(900, 500)
        widget.show()
        # Keys go to the window that is in front.
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return shown


@pytest.fixture
def village() -> PretendVillage:
    return PretendVillage()


@pytest.fixture
def answers() -> PreparedAnswers:
    return PreparedAnswers()


@pytest.fixture
def jobs(application: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.cancel_all()


@pytest.fixture
def desk(village: PretendVillage, answers: PreparedAnswers, jobs: JobRunner) -> Desk:
    return Desk(
        village, answers, jobs, Preferences(), lambda *_: None, lambda: None, lambda *_: None
    )
