"""The window over a village, with what the tests of the import wizard do in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from village_app.db.records.residents import Resident
from village_app.entrance import FolderDoor
from village_app.opening import NewVillage, create_village
from village_app.services.imports.session import ImportSession
from village_app.ui.pages import entries
from village_app.ui.pages.imports.page import ImportPage
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.window import MainWindow
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["application", "wear"]
LONG = 60_000
Sheet = TypeVar("Sheet", bound=QWidget)
HEAD = ["姓名", "身份证号", "电话", "组别"]
CHEN, LI = "44190019850630123X", "441900197001010010"


class Hall:
    """The window over a village, with what the tests do in it."""

    def __init__(self, village: Village, folder: Path, qtbot: QtBot) -> None:
        self.village = village
        self.qtbot = qtbot
        self.answers = PreparedAnswers()
        self.window = MainWindow(FolderDoor(folder), entries, Preferences(), self.answers)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.enter(WindowVillage(village))

    def go(self, key: str, record: int | None = None) -> ImportPage:
        shell = self.window.shell
        assert shell is not None
        shell.go(key, record)
        page = shell.page()
        assert isinstance(page, ImportPage)
        return page

    def read(self, path: Path, key: str = "import", record: int | None = None) -> ImportPage:
        page = self.go(key, record)
        page.restart()
        page.read(path)
        self.qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)
        return page

    def trial(self, page: ImportPage) -> Mapping[str, int]:
        page.wizard.on.click()
        self.qtbot.waitUntil(lambda: page.wizard.step == 2, timeout=LONG)
        return counts(page)

    def write(self, page: ImportPage) -> None:
        page.wizard.on.click()
        self.qtbot.waitUntil(lambda: page.wizard.step == 4, timeout=LONG)

    def rest(self, page: ImportPage) -> None:
        """Wait until what was decided is worked out."""
        self.qtbot.waitUntil(lambda: not page.line.is_busy, timeout=LONG)

    def bring(self, path: Path) -> ImportPage:
        page = self.read(path)
        self.trial(page)
        self.write(page)
        return page


def session_of(page: ImportPage) -> ImportSession:
    session = page._session
    assert session is not None
    return session


def counts(page: ImportPage) -> Mapping[str, int]:
    return session_of(page).counts()


def opened(page: ImportPage, kind: type[Sheet]) -> Sheet:
    """Give the sheet that stands over the window."""
    found = page.window().findChild(kind)
    assert found is not None
    return found


@pytest.fixture
def hall(
    tmp_path: Path, application: QApplication, qtbot: QtBot, wear: Callable[[Theme], None]
) -> Iterator[Hall]:
    folder = tmp_path / "隔坑村 资料"
    wish = NewVillage(
        "隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+secretary+accountant+clerk"
    )
    clock = TurningClock(datetime(2026, 1, 12, 0, 40, tzinfo=UTC))
    village, _ = create_village(folder, wish, clock=clock, cost=QUICK)
    made = Hall(village, folder, qtbot)
    yield made
    made.window.watches.idle.end()
    made.window.jobs.cancel_all()
    village.close()


def phones(village: Village) -> dict[str, str | None]:
    people = village.store.rows(village.store.select(Resident))
    return {person.id_number: person.phone for person in people}


def workbook(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path
