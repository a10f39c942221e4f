"""Locking, changing the user and the look, closing, failures, help."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from tests.ui.pretend import PreparedAnswers, PretendDoor
from tests.ui.window_room import (
    RIGHT,
    Opener,
    close,
    door,
    entries,
    line,
    open_window,
    sign_in,
    unlock_page,
    window,
)
from village_app.errors import Refused
from village_app.ui.idle import IdleWatch
from village_app.ui.kit.buttons import Button
from village_app.ui.page import Page
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme, theme
from village_app.ui.window import MainWindow

__all__ = ["Opener", "PretendDoor", "door", "open_window", "window"]


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
