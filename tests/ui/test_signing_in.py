"""Signing in: the password, waiting after wrong tries, choosing who it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, type_text
from tests.ui.pretend import PretendDoor
from tests.ui.window_room import (
    RIGHT,
    Opener,
    door,
    line,
    open_window,
    sign_in,
    unlock_page,
    window,
)
from village_app.ui.door import UserCard
from village_app.ui.preferences import Preferences
from village_app.ui.user_choice import NameBox
from village_app.ui.window import MainWindow

__all__ = ["Opener", "PretendDoor", "door", "open_window", "window"]


def test_the_password_has_the_keyboard_and_enter_signs_in(window: MainWindow, qtbot: QtBot) -> None:
    page = unlock_page(window)
    assert page.password.hasFocus()
    type_text(page.password, RIGHT)
    with qtbot.waitSignal(page.entered):
        press(page.password, Qt.Key.Key_Return)
    assert window.shell is not None
    assert line(window).hasFocus()
    assert window.windowTitle() == "共治通 · 隔坑村"


def test_a_wrong_password_is_said_below_it_and_stays_to_be_corrected(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = unlock_page(window)
    page.password.setText("错的")
    page.unlock()
    qtbot.waitUntil(lambda: page.note.text() == "口令不对，再试一次。")
    assert page.password.property("faulty")
    assert page.password.text() == "错的"
    assert page.button.isEnabled()
    type_text(page.password, "x")
    assert page.note.text() == ""


def test_a_blank_password_is_not_tried(window: MainWindow, door: PretendDoor) -> None:
    page = unlock_page(window)
    page.unlock()
    assert page.note.text() == "先输密码，再按回车。"
    assert door.opened == []


def test_after_wrong_tries_the_seconds_are_counted_down(
    window: MainWindow, door: PretendDoor, qtbot: QtBot
) -> None:
    page = unlock_page(window)
    page.password.setText("错的")
    door.wait = 61
    page.unlock()
    qtbot.waitUntil(lambda: "1 分 1 秒" in page.note.text())
    assert not page.button.isEnabled()
    for _ in range(60):
        page.clock.timeout.emit()
    assert "还有 1 秒" in page.note.text()
    door.wait = 0
    page.clock.timeout.emit()
    assert page.button.isEnabled()
    assert not page.clock.isActive()


def test_another_user_may_try_while_one_has_to_wait(window: MainWindow, door: PretendDoor) -> None:
    page = unlock_page(window)
    door.wait = 30
    page.users.set_current("陈丽珍")
    page.users.changed.emit("陈丽珍")
    assert not page.button.isEnabled()
    door.wait = 0
    page.users.set_current("叶志坚")
    page.users.changed.emit("叶志坚")
    assert page.button.isEnabled()


def test_the_one_who_signed_in_last_is_offered_first(
    open_window: Opener, door: PretendDoor, tmp_path: Path, qtbot: QtBot
) -> None:
    first = open_window(door, Preferences(tmp_path))
    unlock_page(first).users.set_current("叶志坚")
    sign_in(first, qtbot)
    again = open_window(door, Preferences(tmp_path))
    assert unlock_page(again).users.current() == "叶志坚"


def test_capitals_that_are_locked_are_said(window: MainWindow) -> None:
    page = unlock_page(window)
    type_text(page.password, "a")
    assert page.capitals.text() == ""
    press(page.password, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    page.password._tell(True)
    assert page.capitals.text() == "大写锁定开着"
    press(page.password, Qt.Key.Key_CapsLock)
    assert page.capitals.text() == ""


def test_arrow_keys_go_through_many_users_and_the_keyboard_stays_with_them(
    open_window: Opener, door: PretendDoor, qtbot: QtBot
) -> None:
    cards = (*door.list_users(), UserCard("李美玲", "会计"))
    door.list_users = lambda: cards  # type: ignore[method-assign]
    page = unlock_page(open_window(door))
    box = page.users.findChildren(NameBox)[0]
    box.setFocus()
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Down)
    assert page.users.current() == "黄伟雄"
    assert box.hasFocus()
    box.showPopup()
    box.hidePopup()
    box.activated.emit(box.currentIndex())
    assert page.password.hasFocus()
