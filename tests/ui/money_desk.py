"""The desk of the money pages' tests: a real village, set answers, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from village_app.opening import NewVillage, create_village
from village_app.ui.asking import FileKind, Question
from village_app.ui.dress import dress
from village_app.ui.jobs import JobRunner
from village_app.ui.page import Desk, Page
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


class Answers:
    """Gives set answers and keeps the questions."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.answer = ""
        self.asked: list[Question] = []

    def ask(self, question: Question) -> str:
        self.asked.append(question)
        return self.answer

    def pick_file(self, title: str, kinds: Sequence[FileKind], purpose: str) -> Path | None:
        return self.path

    def pick_files(self, title: str, kinds: Sequence[FileKind], purpose: str) -> tuple[Path, ...]:
        return () if self.path is None else (self.path,)

    def pick_folder(self, title: str, purpose: str) -> Path | None:
        return self.path

    def save_file(self, title: str, kind: FileKind, suggested: str, purpose: str) -> Path | None:
        return self.path


@pytest.fixture
def answers() -> Answers:
    return Answers()


class Shown:
    """What a page said and where it went."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.gone: list[tuple[str, int | None]] = []


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def desk(village: Village, shown: Shown, answers: Answers, tmp_path: Path, qtbot: QtBot) -> Desk:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, Theme())
    return Desk(
        village=village,
        asking=answers,
        jobs=JobRunner(village.store.in_this_thread),
        preferences=Preferences(tmp_path / "preferences.json"),
        say=lambda sentence, _undo: shown.said.append(sentence),
        undo=lambda: None,
        go=lambda page, record: shown.gone.append((page, record)),
    )


def put_up(page: Page, qtbot: QtBot, *, narrow: bool = False) -> None:
    qtbot.addWidget(page)
    page.set_narrow(narrow)
    page.resize(1190, 682)
    with qtbot.waitExposed(page):
        page.show()


def fill(page: Any, **texts: str) -> None:
    for name, text in texts.items():
        page.dialog.form.editor(name).set_raw(text)


def wish(page: Any, words: str) -> None:
    """Do one of the things under 更多, as the menu would."""
    found = {one.words: one for one in page.wishes()}
    found[words].press()
