"""Damaged data at the door of the real window: the last good backup, or what can still be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK
from tests.services.test_rescue import PEOPLE, damage, page_of_residents, register_many
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from village_app.db.records.residents import Resident
from village_app.entrance import FolderDoor
from village_app.opening import DATABASE, NewVillage, create_village
from village_app.ui.pages import entries
from village_app.ui.preferences import Preferences
from village_app.ui.rescue_page import RescuePage
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow
from village_app.window_village import WindowVillage

__all__ = ["application", "wear"]
LONG = 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a village with two backups, the newest of them damaged, and damaged data."""
    folder = tmp_path / "隔坑村 资料"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD)
    village, _ = create_village(folder, wish, cost=QUICK)
    register_many(village)
    village.backups.make("手动备份")
    village.places.add("一组")
    newest = village.backups.make("手动备份")
    key = village.session.keys().dek
    village.close()
    damage(newest.database, {4})
    # A page of residents, so that something is lost; and one that keeps the file from opening.
    damage(folder / DATABASE, {page_of_residents(folder / DATABASE, key)})
    return folder


@pytest.fixture
def asking() -> PreparedAnswers:
    return PreparedAnswers()


@pytest.fixture
def window(
    folder: Path,
    asking: PreparedAnswers,
    application: QApplication,
    qtbot: QtBot,
    wear: Callable[[Theme], None],
) -> Iterator[MainWindow]:
    made = MainWindow(FolderDoor(folder), entries, Preferences(), asking)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.watches.idle.end()
    made.jobs.cancel_all()
    if made.village is not None:
        made.village.close()


def at_the_rescue(window: MainWindow, qtbot: QtBot) -> RescuePage:
    """Sign in at damaged data and follow the link."""
    page = window.front()
    assert isinstance(page, UnlockPage)
    page.password.setText(PASSWORD)
    page.button.click()
    qtbot.waitUntil(page.rescue_link.isVisible, timeout=LONG)
    assert "密码是对的" in page.note.accessibleName() or page.note.isVisible()
    page.rescue_link.click()
    rescue = window.front()
    assert isinstance(rescue, RescuePage)
    return rescue


def opened(window: MainWindow, qtbot: QtBot) -> WindowVillage:
    qtbot.waitUntil(lambda: window.shell is not None, timeout=LONG)
    assert isinstance(window.village, WindowVillage)
    return window.village


def test_the_last_good_backup_takes_the_place_of_damaged_data(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    at_the_rescue(window, qtbot).restore_button.click()
    village = opened(window, qtbot)
    assert village.subjects.store.select(Resident).count() == PEOPLE
    assert list(folder.glob("换下的数据-*.db"))
    assert village.subjects.selfcheck.run().is_sound


def test_what_can_be_read_is_saved_listed_and_taken_after_a_question(
    window: MainWindow, qtbot: QtBot, folder: Path, asking: PreparedAnswers
) -> None:
    damaged = (folder / DATABASE).read_bytes()
    page = at_the_rescue(window, qtbot)
    assert not page.take_button.isEnabled()
    page.rescue_button.click()
    qtbot.waitUntil(page.take_button.isEnabled, timeout=LONG)
    assert page.table.isVisible()
    assert (folder / DATABASE).read_bytes() == damaged
    page.take_button.click()
    assert window.shell is None
    asking.answers.append("take")
    page.take_button.click()
    village = opened(window, qtbot).subjects
    count = village.store.select(Resident).count()
    assert 0 < count < PEOPLE
    (kept,) = folder.glob("换下的数据-*.db")
    assert kept.read_bytes() == damaged
    label = village.store.scalar("SELECT label FROM \"change\" WHERE label LIKE '换上抢救%'")
    assert label
    assert village.selfcheck.put_back() == PEOPLE - count


def test_d02_d07_with_the_list_of_tables_broken_too_the_door_saves_the_rest(
    window: MainWindow, qtbot: QtBot, folder: Path, asking: PreparedAnswers
) -> None:
    """The first pages hold the list of tables: the one kept beside takes its place."""
    damage(folder / DATABASE, {0, 1, 2, 3})
    page = at_the_rescue(window, qtbot)
    page.rescue_button.click()
    qtbot.waitUntil(page.take_button.isEnabled, timeout=LONG)
    asking.answers.append("take")
    page.take_button.click()
    village = opened(window, qtbot).subjects
    assert 0 < village.store.select(Resident).count() < PEOPLE, "one page of residents was broken"
    assert village.audit.verify().is_whole
