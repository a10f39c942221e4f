"""The doors before a village: set-up, restoring, the forgotten password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, retype
from tests.ui.pretend import PreparedAnswers, PretendDoor
from tests.ui.window_room import (
    Opener,
    door,
    open_window,
    unlock_page,
    window,
)
from village_app.ui.first_start import FirstStart
from village_app.ui.recovery import ForgottenPage, KeepCodePage
from village_app.ui.restore_page import RestorePage
from village_app.ui.setup import SetupPage
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

__all__ = ["Opener", "PretendDoor", "door", "open_window", "window"]


def test_an_empty_folder_offers_three_doors(open_window: Opener, qtbot: QtBot) -> None:
    window = open_window(PretendDoor(has_village=False))
    page = window.front()
    assert isinstance(page, FirstStart)
    assert [card.text() for card in page.cards] == ["新建村庄", "先看示范村", "从备份恢复"]
    page.cards[1].click()
    qtbot.waitUntil(lambda: window.village is not None)


def set_up(window: MainWindow) -> SetupPage:
    page = window.front()
    assert isinstance(page, FirstStart)
    page.cards[0].click()
    setup = window.front()
    assert isinstance(setup, SetupPage)
    return setup


def test_a_village_is_set_up_and_its_code_typed_back_before_it_opens(
    open_window: Opener, qtbot: QtBot
) -> None:
    door = PretendDoor(has_village=False)
    window = open_window(door)
    page = set_up(window)
    retype(page.village.editor("town").control, "横沥镇")
    retype(page.village.editor("village").control, "隔坑村")
    page.wizard.on.click()
    retype(page.user.editor("user").control, "陈丽珍")
    page.password.first.setText("桥头 榕树 鱼塘 早茶")
    page.password.again.setText("桥头 榕树 鱼塘 早茶")
    page.wizard.on.click()
    page.groups.setPlainText("第一村民小组\n\n 第二村民小组 \n第一村民小组")
    page.wizard.on.click()
    page.wizard.on.click()
    qtbot.waitUntil(lambda: page.code is not None)
    made = door.created[0]
    assert (made.town, made.village, made.kind) == ("横沥镇", "隔坑村", "村")
    assert (made.user, made.duty) == ("陈丽珍", "文书")
    assert made.groups == ("第一村民小组", "第二村民小组")
    assert page.code is not None
    assert not page.wizard.on.isEnabled()
    retype(page.code.typed, "7k4m q2xp 9rtw 3hna c8")
    assert page.wizard.on.isEnabled()
    page.wizard.on.click()
    assert window.village is door.opened[0]


def test_groups_and_letterhead_can_be_skipped(open_window: Opener, qtbot: QtBot) -> None:
    door = PretendDoor(has_village=False)
    page = set_up(open_window(door))
    page.village.set_values({"town": "横沥镇", "village": "隔坑村", "kind": "社区"})
    page.user.set_values({"user": "陈丽珍", "duty": "会计"})
    page.password.first.setText("桥头 榕树 鱼塘 早茶")
    page.password.again.setText("桥头 榕树 鱼塘 早茶")
    page.wizard.on.click()
    page.wizard.on.click()
    page.groups.setPlainText("写了又不要")
    page.skip.click()
    page.skip.click()
    qtbot.waitUntil(lambda: page.code is not None)
    assert (door.created[0].groups, door.created[0].letterhead) == ((), "")
    assert door.created[0].kind == "社区"


def test_a_weak_or_mistyped_password_goes_no_further(open_window: Opener) -> None:
    page = set_up(open_window(PretendDoor(has_village=False)))
    page.village.set_values({"town": "横沥镇", "village": "隔坑村"})
    page.user.set_values({"user": "陈丽珍"})
    page.wizard.on.click()
    page.password.first.setText("123")
    page.password.again.setText("1234")
    page.wizard.on.click()
    assert page.wizard.step == 1
    assert page.password.note.text() == "太短，至少要 10 个字符或 4 个词。"
    assert page.password.again_note.text() == "两遍不一样，再对一下。"


def test_the_set_up_can_be_left_at_any_time(open_window: Opener, qtbot: QtBot) -> None:
    window = open_window(PretendDoor(has_village=False))
    page = set_up(window)
    with qtbot.waitSignal(page.left):
        press(page, Qt.Key.Key_Escape)
    assert isinstance(window.front(), FirstStart)


def test_a_backup_is_looked_into_before_it_is_taken(
    open_window: Opener, answers: PreparedAnswers, tmp_path: Path, qtbot: QtBot
) -> None:
    door = PretendDoor(has_village=False)
    window = open_window(door)
    start = window.front()
    assert isinstance(start, FirstStart)
    start.cards[2].click()
    page = window.front()
    assert isinstance(page, RestorePage)
    assert not page.take.isEnabled()
    answers.answers = [tmp_path]
    page.pick_folder()
    qtbot.waitUntil(page.take.isEnabled)
    assert door.restored == []
    with qtbot.waitSignal(page.restored):
        page.take.click()
    assert door.restored == [tmp_path]
    assert isinstance(window.front(), UnlockPage)


def test_a_forgotten_password_is_changed_by_the_code_and_a_new_code_is_kept(
    window: MainWindow, door: PretendDoor, qtbot: QtBot
) -> None:
    unlock_page(window).forgotten.emit("陈丽珍")
    page = window.front().findChildren(ForgottenPage)[0]
    page.code.setText("wrong")
    page.password.first.setText("桥头 榕树 鱼塘 早茶")
    page.password.again.setText("桥头 榕树 鱼塘 早茶")
    page.button.click()
    qtbot.waitUntil(lambda: "恢复码不对" in page.note.text())
    page.code.setText("7K4M-Q2XP-9RTW-3HNA-C8")
    page.button.click()
    qtbot.waitUntil(lambda: bool(window.front().findChildren(KeepCodePage)))
    assert door.resets == [("陈丽珍", "桥头 榕树 鱼塘 早茶")]
    keep = window.front().findChildren(KeepCodePage)[0]
    assert not keep.on.isEnabled()
    retype(keep.sheet.typed, "9xwt4nqh2k7mpr3ad6")
    keep.on.click()
    assert isinstance(window.front(), UnlockPage)
