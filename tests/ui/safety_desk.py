"""A desk over a real village for the tests of 备份与设置."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.ui.money_desk import Shown, put_up
from village_app.opening import NewVillage, create_village
from village_app.ui.asking import FileKind, Question
from village_app.ui.dress import dress
from village_app.ui.jobs import JobRunner
from village_app.ui.page import Desk
from village_app.ui.pages.safety.safety import SafetyPage
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.village import Village

OTHER = "四头水牛过沙洲去吃草"


class SetAnswers:
    """Answers what it was told to, and remembers what was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answer = ""
        self.asked: list[Question] = []

    def ask(self, question: Question) -> str:
        self.asked.append(question)
        return self.answer

    def pick_file(self, title: str, kinds: Sequence[FileKind], purpose: str) -> Path | None:
        del title, kinds, purpose
        return None

    def pick_files(self, title: str, kinds: Sequence[FileKind], purpose: str) -> tuple[Path, ...]:
        del title, kinds, purpose
        return ()

    def pick_folder(self, title: str, purpose: str) -> Path | None:
        del title, purpose
        return self.folder

    def save_file(self, title: str, kind: FileKind, suggested: str, purpose: str) -> Path | None:
        del title, kind, purpose
        return self.folder / suggested


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+secretary+clerk")
    clock = TurningClock(datetime(2026, 4, 10, tzinfo=UTC))
    opened, _ = create_village(tmp_path / "村", wish, clock=clock, cost=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def asking(tmp_path: Path) -> SetAnswers:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return SetAnswers(folder)


@pytest.fixture
def desk(village: Village, shown: Shown, asking: SetAnswers, qtbot: QtBot) -> Desk:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, Theme())
    return Desk(
        village=village,
        asking=asking,
        jobs=JobRunner(village.store.in_this_thread),
        preferences=Preferences(),
        say=lambda sentence, _undo: shown.said.append(sentence),
        undo=lambda: None,
        go=lambda page, record: shown.gone.append((page, record)),
    )


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SafetyPage:
    made = SafetyPage(desk)
    put_up(made, qtbot)
    return made


def finish(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.running(), timeout=20_000)
