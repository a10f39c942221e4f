"""The first hour in the real window on a real village: set-up, import, taking back, forms, lock.

Nothing is pretended: the door makes and opens encrypted data, the wizard reads the workbook in a
child process, the pages call the real services.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import application, wear
from tests.ui.hands import retype
from tests.ui.pretend import PreparedAnswers
from village_app.db.vault import Vault
from village_app.entrance import FolderDoor
from village_app.opening import DATABASE
from village_app.resources import resource
from village_app.ui.first_start import FirstStart
from village_app.ui.page import Page
from village_app.ui.pages import entries
from village_app.ui.pages.imports.page import ImportPage
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.ui.preferences import Preferences
from village_app.ui.setup import SetupPage
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

__all__ = ["application", "wear"]
PASSWORD = "桥头 榕树 鱼塘 早茶"
LONG = 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "隔坑村 资料"


@pytest.fixture
def window(
    folder: Path,
    application: QApplication,
    qtbot: QtBot,
    wear: Callable[[Theme], None],
) -> Iterator[MainWindow]:
    made = MainWindow(FolderDoor(folder), entries, Preferences(), PreparedAnswers())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.watches.idle.end()
    made.jobs.cancel_all()
    if made.village is not None:
        made.village.close()


def set_up(window: MainWindow, qtbot: QtBot) -> None:
    """Go through the first door by the controls a person uses."""
    first = window.front()
    assert isinstance(first, FirstStart)
    first.cards[0].click()
    page = window.front()
    assert isinstance(page, SetupPage)
    retype(page.village.editor("town").control, "横沥镇")
    retype(page.village.editor("village").control, "隔坑村")
    page.wizard.on.click()
    retype(page.user.editor("user").control, "陈丽珍")
    page.password.first.setText(PASSWORD)
    page.password.again.setText(PASSWORD)
    page.wizard.on.click()
    page.groups.setPlainText("第一村民小组\n第二村民小组")
    page.wizard.on.click()
    page.wizard.on.click()
    qtbot.waitUntil(lambda: page.code is not None, timeout=LONG)
    assert page.code is not None
    assert not page.wizard.on.isEnabled()
    retype(page.code.typed, page.code._code)
    page.wizard.on.click()
    qtbot.waitUntil(lambda: window.village is not None, timeout=LONG)


def go(window: MainWindow, key: str) -> Page:
    shell = window.shell
    assert shell is not None
    shell.go(key)
    page = shell.page()
    assert page is not None
    return page


def bring(window: MainWindow, qtbot: QtBot, name: str) -> ImportPage:
    """Import a workbook to the end of the wizard."""
    page = go(window, "import")
    assert isinstance(page, ImportPage)
    page.read(resource("sample", name))
    qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)
    page.wizard.on.click()
    qtbot.waitUntil(lambda: page.wizard.step == 2, timeout=LONG)
    page.wizard.on.click()
    qtbot.waitUntil(lambda: page.wizard.step == 4, timeout=LONG)
    return page


def test_set_up_import_and_take_back(window: MainWindow, qtbot: QtBot) -> None:
    set_up(window, qtbot)
    assert window.village is not None
    village = window.village.subjects  # type: ignore[attr-defined]  # the real door's village
    assert [place.name for place in village.places.groups()] == ["第一村民小组", "第二村民小组"]

    done = bring(window, qtbot, "三组户籍花名册.xlsx")
    assert done.done.title.text() == "已写入：新增 72 人，更新 0 人"
    page = go(window, "residents")
    assert isinstance(page, ResidentsPage)
    page.refresh()
    assert page.table.count() == 72
    page.search.setText("hqz")
    page.filters.changed.emit()
    assert page.table.count() == 1
    assert page.detail.heading.text() == "何强志"

    assert isinstance(done, ImportPage)
    done.restart()
    go(window, "import")
    assert done.history.table.count() == 1
    answers = window.asking
    assert isinstance(answers, PreparedAnswers)
    answers.answers.append("undo")
    done.history.take_back_button.click()
    qtbot.waitUntil(lambda: not done.line.is_busy, timeout=LONG)
    assert [batch.state for batch in village.imports.batches_of("residents")] == ["undone"]
    page.search.clear()
    page.filters.changed.emit()
    assert page.table.count() == 0
    assert village.journal.verify().is_whole


def test_the_sample_village_opens_by_its_door_with_every_page(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    first = window.front()
    assert isinstance(first, FirstStart)
    first.cards[1].click()
    qtbot.waitUntil(lambda: window.village is not None, timeout=3 * LONG)
    for entry in entries():
        assert go(window, entry.key).title == entry.title
    residents = go(window, "residents")
    assert isinstance(residents, ResidentsPage)
    assert residents.table.count() == 300
    assert not (folder / DATABASE).exists()


def test_rows_with_errors_are_saved_with_their_reasons(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    set_up(window, qtbot)
    page = go(window, "import")
    assert isinstance(page, ImportPage)
    page.read(resource("sample", "电话更新.csv"))
    qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)
    page.wizard.on.click()
    qtbot.waitUntil(lambda: page.wizard.step == 2, timeout=LONG)
    answers = window.asking
    assert isinstance(answers, PreparedAnswers)
    target = tmp_path / "错误行.xlsx"
    answers.answers.append(target)
    page.errors_button.click()
    qtbot.waitUntil(lambda: not page.line.is_busy, timeout=LONG)
    sheet = load_workbook(target).worksheets[0]
    assert sheet.max_row == 1 + 3


def test_faults_of_the_form_stand_under_their_fields_and_saving_names_the_person(
    window: MainWindow, qtbot: QtBot
) -> None:
    set_up(window, qtbot)
    page = go(window, "residents")
    assert isinstance(page, ResidentsPage)
    page.enter()
    page.save()
    assert page.form.fault_of("name") is not None
    retype(page.form.editor("name").control, "吴国标")
    retype(page.form.editor("id_number").control, "441900198506301231")
    page.save()
    fault = page.form.fault_of("id_number")
    assert fault is not None
    assert "X" in fault.message
    retype(page.form.editor("id_number").control, "44190019850630123x")
    page.save()
    assert page.table.count() == 1
    assert dict(page.desk.village.residents.masked_facts(page._person))["证件号码"] == (
        "4419**********123X"
    )


def test_the_screen_locks_and_opens_again_by_the_password(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    set_up(window, qtbot)
    window.lock()
    page = window.front()
    assert isinstance(page, UnlockPage)
    assert [user.name for user in Vault.load(folder).users] == ["陈丽珍"]
    page.password.setText(PASSWORD)
    page.button.click()
    qtbot.waitUntil(lambda: not isinstance(window.front(), UnlockPage), timeout=LONG)
    residents = go(window, "residents")
    assert isinstance(residents, ResidentsPage)
    assert residents.table.count() == 0
