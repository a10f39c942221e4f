"""Signing in, waiting, locking, changing the user, first start, set-up, restoring, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, retype, type_text
from tests.ui.pretend import PreparedAnswers, PretendDoor, PretendVillage
from village_app.errors import Refused
from village_app.ui.first_start import FirstStart
from village_app.ui.idle import IdleWatch
from village_app.ui.kit.buttons import Button
from village_app.ui.page import Desk, Page, PageEntry
from village_app.ui.preferences import Preferences
from village_app.ui.recovery import ForgottenPage, KeepCodePage
from village_app.ui.restore_page import RestorePage
from village_app.ui.setup import SetupPage
from village_app.ui.theme import Theme, theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

RIGHT = "三轮车过桥了"


class Notebook(Page):
    title = "记事"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.line = QLineEdit()
        self.body.addWidget(self.line)

    def first_focus(self) -> QWidget:
        return self.line

    def draft(self) -> Mapping[str, object] | None:
        return {"line": self.line.text()} if self.line.text() else None

    def restore_draft(self, draft: Mapping[str, object]) -> None:
        self.line.setText(str(draft["line"]))


def entries() -> list[PageEntry]:
    return [PageEntry("notes", "记事", "记事", "book", "民情", Notebook)]


Opener = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    application: QApplication, qtbot: QtBot, answers: PreparedAnswers, wear: object
) -> Iterator[Opener]:
    windows: list[MainWindow] = []

    def make(door: PretendDoor, preferences: Preferences | None = None) -> MainWindow:
        window = MainWindow(door, entries, preferences or Preferences(), answers)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):  # keys of buttons are heard by the active window alone
            window.show()
            window.activateWindow()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.watches.idle.end()
        window.jobs.cancel_all()


@pytest.fixture
def door() -> PretendDoor:
    return PretendDoor()


@pytest.fixture
def window(open_window: Opener, door: PretendDoor) -> MainWindow:
    return open_window(door)


def unlock_page(window: MainWindow) -> UnlockPage:
    page = window.front()
    assert isinstance(page, UnlockPage)
    return page


def sign_in(window: MainWindow, qtbot: QtBot, password: str = RIGHT) -> PretendVillage:
    page = unlock_page(window)
    page.password.setText(password)
    with qtbot.waitSignal(page.entered):
        page.unlock()
    assert isinstance(window.village, PretendVillage)
    return window.village


def line(window: MainWindow) -> QLineEdit:
    assert window.shell is not None
    page = window.shell.page()
    assert isinstance(page, Notebook)
    return page.line


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


def test_locking_keeps_the_half_filled_form_and_hides_it(window: MainWindow, qtbot: QtBot) -> None:
    village = sign_in(window, qtbot)
    written = line(window)
    written.setText("三组路灯又不亮")
    window.lock()
    assert village.locked
    assert not written.isVisible()
    assert village.drafts == {"notes": {"line": "三组路灯又不亮"}}
    page = unlock_page(window)
    page.password.setText(RIGHT)
    with qtbot.waitSignal(page.entered):
        page.unlock()
    assert not village.locked
    assert line(window) is written
    assert written.text() == "三组路灯又不亮"


def test_ctrl_l_locks_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    sign_in(window, qtbot)
    press(line(window), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.is_locked
    assert "请解锁" in [label.text() for label in window.front().findChildren(QLabel)]


def test_j14_another_user_at_the_lock_gets_a_village_of_his_own(
    window: MainWindow, door: PretendDoor, qtbot: QtBot
) -> None:
    first = sign_in(window, qtbot)
    line(window).setText("写了一半")
    window.lock()
    page = unlock_page(window)
    page.users.set_current("叶志坚")
    second = sign_in(window, qtbot)
    assert second is not first
    assert first.closed
    assert second.user.name == "叶志坚"
    assert line(window).text() == ""


def test_i13_nobody_at_the_desk_locks_the_screen(window: MainWindow, qtbot: QtBot) -> None:
    village = sign_in(window, qtbot)
    assert window.watches.idle.timer.interval() == 10 * 60_000
    assert window.watches.idle.timer.isActive()
    window.watches.idle.timer.timeout.emit()
    assert village.locked
    assert not window.watches.idle.timer.isActive()


def test_a_key_or_a_move_of_the_mouse_puts_the_lock_off(
    application: QApplication, qtbot: QtBot
) -> None:
    watch = IdleWatch(1)
    watch.begin()
    began: list[int] = []
    watch.timer.start = lambda: began.append(1)  # type: ignore[assignment, method-assign]
    for kind in (QEvent.Type.KeyPress, QEvent.Type.Paint, QEvent.Type.MouseMove):
        assert watch.eventFilter(watch, QEvent(kind)) is False
    watch.end()
    assert began == [1, 1]


def test_type_size_and_contrast_are_offered_before_signing_in(
    open_window: Opener, door: PretendDoor, tmp_path: Path
) -> None:
    window = open_window(door, Preferences(tmp_path))
    look = unlock_page(window).foot.look
    look.sizes.buttons()[2].click()
    assert theme() == Theme(150)
    unlock_page(window).foot.look.contrast.buttons()[0].click()
    assert theme() == Theme(150, contrast=True)
    assert Preferences(tmp_path).theme == Theme(150, contrast=True)


def test_changing_the_look_of_an_open_village_loses_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    line(window).setText("写了一半")
    window.set_look(Theme(125))
    assert line(window).text() == "写了一半"
    assert window.shell is not None
    assert window.shell.current_key == "notes"


def test_changing_the_look_while_locked_loses_nothing(window: MainWindow, qtbot: QtBot) -> None:
    sign_in(window, qtbot)
    line(window).setText("写了一半")
    window.lock()
    window.set_look(Theme(125))
    page = unlock_page(window)
    page.password.setText(RIGHT)
    with qtbot.waitSignal(page.entered):
        page.unlock()
    assert line(window).text() == "写了一半"


def close(window: MainWindow) -> bool:
    event = QCloseEvent()
    window.closeEvent(event)
    return event.isAccepted()


def test_closing_keeps_drafts_and_closes_the_village(window: MainWindow, qtbot: QtBot) -> None:
    village = sign_in(window, qtbot)
    line(window).setText("写了一半")
    assert close(window)
    assert village.drafts == {"notes": {"line": "写了一半"}}
    assert village.closed


def test_closing_asks_while_something_is_being_written(
    window: MainWindow, answers: PreparedAnswers, qtbot: QtBot
) -> None:
    village = sign_in(window, qtbot)
    gate = threading.Event()
    job = window.jobs.start(lambda _report: gate.wait(5), "写入居民")
    answers.answers = [""]
    assert not close(window)
    assert answers.asked[0].title == "还在写入居民，没有做完"
    assert not village.closed
    with qtbot.waitSignal(job.finished):
        gate.set()
    assert close(window)


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


def test_a_failure_of_long_work_is_a_sentence_for_people(
    window: MainWindow, answers: PreparedAnswers
) -> None:
    window.take_failure(Refused("full", "U 盘满了，换一个再拷。"))
    assert answers.asked[0].lines[0] == ("发生了什么", "U 盘满了，换一个再拷。")


def test_a_failure_nobody_knows_goes_to_the_one_handler(
    application: QApplication, qtbot: QtBot, answers: PreparedAnswers, door: PretendDoor
) -> None:
    taken: list[BaseException] = []
    window = MainWindow(door, entries, Preferences(), answers, unexpected=taken.append)
    qtbot.addWidget(window)
    fault = ZeroDivisionError("1/0")
    window.take_failure(fault)
    assert taken == [fault]
    assert answers.asked == []


def test_every_page_has_its_help_in_plain_words() -> None:
    import pkgutil
    from importlib import import_module

    from village_app.ui import pages
    from village_app.ui.help_sheet import help_paragraphs

    names = [name for _, name, _ in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}.")]
    modules = [import_module(name) for name in names]
    topics = {
        value.topic
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Page) and value is not Page
    }
    assert len(topics) >= len([entry for entry in pages.entries() if not entry.under])
    for topic in topics - {""}:  # what several pages are made of has no page of its own
        told = help_paragraphs(topic)
        assert len(told) >= 2, topic
        assert not any("**" in text or text.startswith("#") for _, text in told), topic


def test_help_shows_the_keys_of_the_page(window: MainWindow, qtbot: QtBot) -> None:
    from village_app.ui.help_sheet import HelpSheet

    sign_in(window, qtbot)
    press(line(window), Qt.Key.Key_F1)
    sheet = window.findChildren(HelpSheet)[0]
    assert sheet.isVisible()
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert [button.text() for button in sheet.findChildren(Button)] == ["打印", "看完了"]
