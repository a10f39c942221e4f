"""A village with a meeting called, and the page over it: shared by the tests of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.meeting_story import call_meeting, check_in, put_items, seat_representatives
from tests.ui.money_desk import Shown, put_up
from tests.ui.pretend import PreparedAnswers
from village_app.opening import NewVillage, create_village
from village_app.ui.dress import dress
from village_app.ui.jobs import JobRunner
from village_app.ui.page import Desk
from village_app.ui.pages.meetings.meetings import MeetingsPage
from village_app.ui.pages.wishes import MoreButton
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.village import Village


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock(datetime(2026, 3, 12, 1, tzinfo=UTC))


@pytest.fixture
def village(tmp_path: Path, clock: TurningClock) -> Iterator[Village]:
    role = "admin+secretary+accountant+clerk+supervisor"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=role)
    opened, _ = create_village(tmp_path / "村", wish, clock=clock, cost=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def answers() -> PreparedAnswers:
    return PreparedAnswers()


@pytest.fixture
def desk(
    village: Village, shown: Shown, answers: PreparedAnswers, tmp_path: Path, qtbot: QtBot
) -> Iterator[Desk]:
    del qtbot
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, Theme())
    jobs = JobRunner()
    jobs.serve(village.store.in_this_thread)
    yield Desk(
        village=village,
        asking=answers,
        jobs=jobs,
        preferences=Preferences(tmp_path / "preferences.json"),
        say=lambda sentence, _undo: shown.said.append(sentence),
        undo=lambda: None,
        go=lambda page, record: shown.gone.append((page, record)),
    )
    jobs.cancel_all()


@pytest.fixture
def page(village: Village, desk: Desk, qtbot: QtBot) -> MeetingsPage:
    seat_representatives(village)
    meeting = call_meeting(village)
    put_items(village, meeting)
    page = MeetingsPage(desk)
    put_up(page, qtbot)
    page.show_meeting(meeting.id)
    return page


def hold(page: MeetingsPage, village: Village, count: int) -> None:
    page.room.go_on()
    check_in(village, page.room.meeting(), count)
    page.room.refresh()


def fill(page: MeetingsPage, **texts: str) -> None:
    assert page.dialog is not None
    for name, text in texts.items():
        page.dialog.form.editor(name).set_raw(text)
    page.dialog.save()
    assert not page.dialog.isVisible(), page.dialog.refusal.text()


def take(more: MoreButton, words: str) -> None:
    """Choose a wish of the menu as the mouse does."""
    menu = more.open()
    action = next(one for one in menu.actions() if one.text().partition("\t")[0] == words)
    action.trigger()
    menu.close()
