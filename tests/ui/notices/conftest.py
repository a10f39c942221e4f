"""A desk with the notices page on a real encrypted village, and hands that write and post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.ui.notices.pretend_printers import PretendPrinters
from tests.ui.pretend import PreparedAnswers
from village_app.opening import NewVillage, create_village
from village_app.ui.dress import dress
from village_app.ui.jobs import JobRunner
from village_app.ui.page import Desk
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.village import Village


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock(datetime(2026, 4, 10, tzinfo=UTC))


@pytest.fixture
def village(tmp_path: Path, clock: TurningClock) -> Iterator[Village]:
    role = "admin+secretary+accountant+clerk+supervisor"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=role)
    opened, _ = create_village(tmp_path / "村", wish, clock=clock, cost=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def answers() -> PreparedAnswers:
    return PreparedAnswers()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def page(
    village: Village, answers: PreparedAnswers, said: list[str], tmp_path: Path, qtbot: QtBot
) -> Iterator[NoticesPage]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, Theme())
    desk = Desk(
        village=village,
        asking=answers,
        jobs=JobRunner(village.session.store.in_this_thread),
        preferences=Preferences(tmp_path / "preferences.json"),
        say=lambda sentence, _undo: said.append(sentence),
        undo=lambda: None,
        go=lambda page, record: said.append(f"{page} {record}"),
    )
    page = NoticesPage(desk)
    page.document.output.printing.printers = PretendPrinters()
    qtbot.addWidget(page)
    page.resize(1190, 680)
    page.show()
    yield page
    desk.jobs.cancel_all()
