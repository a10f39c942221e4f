"""The screen locks, somebody else comes or the window closes while real work writes real data."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from village_app.db.records.residents import Resident
from village_app.domain.reporting import Report
from village_app.entrance import FolderDoor
from village_app.errors import Refused
from village_app.opening import NewVillage, create_village, open_village
from village_app.resources import resource
from village_app.ui.pages import entries
from village_app.ui.pages.imports.page import ImportPage
from village_app.ui.pages.imports.steps import DONE, MATCHING, TRIAL
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["application", "wear"]
LONG = 60_000
SECOND = "四头水牛过沙洲去吃草"


class Writing:
    """Work that stands in the middle of a change until it may go on."""

    def __init__(self, village: Village) -> None:
        self._village = village
        self.inside, self.go_on = threading.Event(), threading.Event()

    def __call__(self, report: Report) -> None:
        with self._village.change("写入居民") as change:
            change.insert(Resident(name="何强志"))
            self.inside.set()
            self.go_on.wait(30)
            report(1, 2, "第 1 行，共 2 行")
            change.insert(Resident(name="余瑞莲"))


class Room:
    """The window over a village with two users, and what is done in it."""

    def __init__(self, village: Village, qtbot: QtBot) -> None:
        self.village = village
        self.qtbot = qtbot
        self.answers = PreparedAnswers()
        door = FolderDoor(village.folder)
        door._opened = village
        self.window = MainWindow(door, entries, Preferences(), self.answers)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.enter(WindowVillage(village))
        self.writing = Writing(village)

    def begin(self) -> None:
        self.window.jobs.start(self.writing, "写入居民")
        assert self.writing.inside.wait(30)

    def end(self) -> None:
        self.writing.go_on.set()
        self.qtbot.waitUntil(lambda: not self.window.jobs.running(), timeout=LONG)

    def sign_in(self, user: str, password: str) -> UnlockPage:
        page = self.window.front()
        assert isinstance(page, UnlockPage)
        page.users.set_current(user)
        page.password.setText(password)
        page.unlock()
        self.qtbot.waitUntil(
            lambda: (
                not self.window.is_locked
                or page.note.text() not in ("", "正在开锁，要半秒钟左右。")
            ),
            timeout=LONG,
        )
        return page


def names(village: Village) -> set[str]:
    return {person.name for person in village.store.rows(village.store.select(Resident))}


@pytest.fixture
def room(
    tmp_path: Path, application: QApplication, qtbot: QtBot, wear: Callable[[Theme], None]
) -> Iterator[Room]:
    wish = NewVillage("隔坑村", "横沥镇", "小丽", PASSWORD, "陈丽珍", "admin+clerk")
    village, _ = create_village(tmp_path / "隔坑村 资料", wish, cost=QUICK)
    village.vault.add_user("叶志坚", SECOND, "clerk", village_name="隔坑村")
    made = Room(village, qtbot)
    yield made
    made.writing.go_on.set()
    made.window.end_with_system()
    village.close()


def test_the_screen_locks_at_once_and_the_change_is_written_whole(room: Room) -> None:
    room.begin()
    room.window.lock()
    assert room.window.is_locked
    room.end()
    with pytest.raises(Refused, match="已锁屏"):
        names(room.village)
    room.sign_in("小丽", PASSWORD)
    assert names(room.village) == {"何强志", "余瑞莲"}
    assert room.village.audit.verify().is_whole


def test_who_comes_back_during_the_work_is_let_in_by_his_password_alone(room: Room) -> None:
    room.begin()
    room.window.lock()
    page = room.sign_in("小丽", "不是这个密码")
    assert room.window.is_locked
    assert "密码" in page.note.text()
    room.sign_in("小丽", PASSWORD)
    assert not room.window.is_locked
    room.end()
    assert names(room.village) == {"何强志", "余瑞莲"}


def test_who_signs_in_by_another_name_than_his_papers_finds_his_form_again(room: Room) -> None:
    shell = room.window.shell
    assert shell is not None
    assert room.window.village is not None
    room.window.lock()
    page = room.window.front()
    assert isinstance(page, UnlockPage)
    assert page.users.current() == "小丽"
    room.sign_in("小丽", PASSWORD)
    assert room.window.shell is shell


def test_nobody_else_opens_the_village_beside_the_work(room: Room) -> None:
    room.begin()
    room.window.lock()
    page = room.sign_in("叶志坚", SECOND)
    assert "做完才能换人" in page.note.text()
    room.end()
    room.sign_in("叶志坚", SECOND)
    opened = room.window.village
    assert opened is not None
    assert opened.user.name == "叶志坚"
    with pytest.raises(Refused, match="已锁屏"):
        names(room.village)
    assert names(opened.subjects) == {"何强志", "余瑞莲"}  # type: ignore[attr-defined]


def test_closing_stops_the_work_and_takes_the_half_change_back(room: Room) -> None:
    room.begin()
    room.answers.answers = ["close"]
    assert not room.window.close()
    room.window.leaving.needs_backup = False
    room.writing.go_on.set()
    room.qtbot.waitUntil(lambda: room.window.village is None, timeout=LONG)
    with open_village(room.village.folder, "小丽", PASSWORD) as again:
        assert names(again) == set()
        assert again.audit.verify().is_whole


def test_an_import_goes_on_while_its_user_is_away(room: Room) -> None:
    shell = room.window.shell
    assert shell is not None
    shell.go("import")
    page = shell.page()
    assert isinstance(page, ImportPage)
    page.read(resource("sample", "三组户籍花名册.xlsx"))
    room.qtbot.waitUntil(lambda: page.wizard.step == MATCHING, timeout=LONG)
    page.wizard.on.click()
    room.qtbot.waitUntil(lambda: page.wizard.step == TRIAL, timeout=LONG)
    page.wizard.on.click()
    room.window.lock()
    room.qtbot.waitUntil(lambda: room.village.vault.unlocked is None, timeout=LONG)
    assert page.wizard.step != DONE
    room.sign_in("小丽", PASSWORD)
    assert page.wizard.step == DONE
    assert len(names(room.village)) > 60
