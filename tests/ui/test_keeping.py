"""Backups nobody has to think of, and a given password that is changed before work begins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from tests.ui.pretend import PretendDoor, PretendVillage
from tests.ui.safety_desk import SetAnswers
from village_app.ui.dress import dress
from village_app.ui.first_password import FirstPassword
from village_app.ui.keeping import BackupKeeper
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.window import MainWindow

GIVEN = "三轮车过桥了"
OWN = "四头水牛过沙洲去吃草"


@pytest.fixture
def window(qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> MainWindow:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, Theme())
    asking = SetAnswers(tmp_path_factory.mktemp("asked"))
    made = MainWindow(PretendDoor(), tuple, Preferences(), asking)
    qtbot.addWidget(made)
    return made


def test_the_hour_makes_a_backup_when_one_is_due(window: MainWindow, qtbot: QtBot) -> None:
    village = PretendVillage()
    window.enter(village)
    window.watches.keeper.look()
    assert not window.jobs.running()
    village.backup_due = {"hour"}
    window.watches.keeper.look()
    qtbot.waitUntil(lambda: village.backed_up == ["hour"])
    window.lock()
    assert not window.watches.keeper.timer.isActive()
    window.watches.keeper.look()
    assert village.backed_up == ["hour"]


def test_closing_waits_for_the_last_backup_and_then_goes(window: MainWindow, qtbot: QtBot) -> None:
    village = PretendVillage()
    village.backup_due = {"closing"}
    window.enter(village)
    window.show()
    assert not window.close()
    qtbot.waitUntil(lambda: village.closed)
    assert village.backed_up == ["closing"]
    assert not window.isVisible()


def test_a_failed_backup_stops_nobody_from_closing(window: MainWindow, qtbot: QtBot) -> None:
    class Failing(PretendVillage):
        def back_up(self, moment: str, report: object) -> None:
            del report
            self.backed_up.append(moment)
            raise OSError("no room")

    village = Failing()
    village.backup_due = {"closing"}
    window.enter(village)
    window.show()
    window.close()
    qtbot.waitUntil(lambda: village.closed)
    assert village.backed_up == ["closing"]


def test_the_village_says_after_how_many_minutes_the_screen_locks(window: MainWindow) -> None:
    village = PretendVillage()
    village.idle_minutes = 3
    window.enter(village)
    assert window.watches.idle.timer.interval() == 3 * 60_000


def test_a_given_password_is_changed_before_work_begins(window: MainWindow, qtbot: QtBot) -> None:
    village = PretendVillage()
    village.must_change_password = True
    window.enter(village)
    dialog = window.findChild(FirstPassword)
    assert isinstance(dialog, FirstPassword)
    dialog.reject()
    assert dialog.isVisible()
    dialog.old.setText("不是它")
    dialog.new.first.setText(OWN)
    dialog.new.again.setText(OWN)
    dialog.take()
    assert village.must_change_password
    dialog.old.setText(GIVEN)
    press(dialog.new.again, Qt.Key.Key_Return)
    assert not village.must_change_password
    assert not dialog.isVisible()


def test_a_keeper_without_a_village_does_nothing(window: MainWindow) -> None:
    keeper = BackupKeeper(window.jobs, lambda: None, window)
    assert keeper.make("closing") is None
