"""Locks that the system asks for, and what stands over the window meanwhile (A24, SA-01)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes import addressof, wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, retype
from tests.ui.pretend import PretendDoor
from tests.ui.window_room import (
    Opener,
    door,
    line,
    open_window,
    sign_in,
    unlock_page,
    window,
)
from village_app.domain.kinds import TEXT, FieldDeclaration
from village_app.errors import Cancelled
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.system_lock import SLEPT, SYSTEM_LOCKED, BusWatch, SleepWatch, WindowsFilter
from village_app.ui.window import MainWindow

__all__ = ["Opener", "PretendDoor", "door", "open_window", "window"]
RIGHT = "三轮车过桥了"
ROOT = Path(__file__).resolve().parents[2]
FIELD = (FieldDeclaration("summary", "摘要", TEXT),)


def unlock(window: MainWindow, qtbot: QtBot, user: str = "") -> None:
    page = unlock_page(window)
    if user:
        page.users.set_current(user)
    page.password.setText(RIGHT)
    with qtbot.waitSignal(page.entered):
        page.unlock()


@pytest.mark.parametrize("reason", [SLEPT, SYSTEM_LOCKED])
def test_a24_a_lock_of_the_system_locks_the_program_and_keeps_the_half_filled_form(
    window: MainWindow, qtbot: QtBot, reason: str
) -> None:
    village = sign_in(window, qtbot)
    written = line(window)
    written.setText("三组路灯又不亮")
    window.watches.system_lock.bus.locked.emit(reason)
    assert village.locked
    assert not written.isVisible()
    unlock(window, qtbot)
    assert line(window) is written
    assert written.text() == "三组路灯又不亮"


def test_a24_a_timer_that_wakes_much_too_late_was_asleep(qtbot: QtBot) -> None:
    moment = [1000.0]
    watch = SleepWatch(now=lambda: moment[0])
    slept: list[bool] = []
    watch.slept.connect(lambda: slept.append(True))
    watch.begin()
    for passed, count in ((20, 0), (75, 0), (81, 1), (20, 1), (-3600, 1), (20, 1), (28800, 2)):
        moment[0] += passed
        watch.timer.timeout.emit()
        assert len(slept) == count, passed
    watch.end()
    assert not watch.timer.isActive()


def test_the_window_counts_the_clock_only_while_it_is_open(
    window: MainWindow, qtbot: QtBot
) -> None:
    timer = window.watches.system_lock.sleep.timer
    assert not timer.isActive()
    sign_in(window, qtbot)
    assert timer.isActive()
    window.watches.system_lock.sleep.slept.emit()
    assert window.is_locked
    assert not timer.isActive()


def test_the_buses_words_are_understood() -> None:
    watch = BusWatch()
    heard: list[str] = []
    watch.locked.connect(heard.append)
    watch.sleep(False)
    watch.saver(False)
    assert heard == []
    watch.sleep(True)
    watch.saver(True)
    watch.lock()
    assert heard == [SLEPT, SYSTEM_LOCKED, SYSTEM_LOCKED]


def test_windows_messages_are_understood() -> None:
    heard: list[str] = []
    taking = WindowsFilter(heard.append)
    for message, word in ((0x02B1, 7), (0x02B1, 8), (0x0218, 4), (0x0218, 7), (0x0100, 7)):
        said = wintypes.MSG()
        said.message, said.wParam = message, word
        assert taking.nativeEventFilter(b"windows_generic_MSG", addressof(said)) == (False, 0)
        taking.nativeEventFilter(b"xcb_generic_event_t", addressof(said))
    assert heard == [SYSTEM_LOCKED, SLEPT]


BUS_SCRIPT = """
import subprocess, sys
from PySide6.QtCore import QCoreApplication, QTimer
from village_app.ui.system_lock import BusWatch

application = QCoreApplication([])
watch = BusWatch()
heard = []

def take(reason):
    heard.append(reason)
    if len(heard) == 3:
        application.quit()

watch.locked.connect(take)
watch.listen()
for bus, signal, *words in (
    ("--session", "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"),
    ("--system", "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true"),
    ("--system", "org.freedesktop.login1.Session.Lock"),
):
    subprocess.run(["dbus-send", bus, "--type=signal", "/any", signal, *words], check=True)
QTimer.singleShot(20_000, application.quit)
application.exec()
print("、".join(heard))
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="没有 D-Bus")
def test_a24_signals_on_a_real_bus_are_heard() -> None:
    words = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$0" -c "$1"'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", words, sys.executable, BUS_SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.strip().split("、")) == sorted([SLEPT, SYSTEM_LOCKED, SYSTEM_LOCKED])


def drive(dialog: FormDialog, steps: list[Callable[[], object]]) -> int:
    """Wait for a dialog's end while the steps are done one after another."""
    left = list(steps)

    def go_on() -> None:
        left.pop(0)()
        if left:
            QTimer.singleShot(40, go_on)

    QTimer.singleShot(40, go_on)
    return dialog.exec()


def test_a_form_over_the_page_waits_behind_the_lock_with_what_was_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    saved: list[str] = []
    dialog = FormDialog("记一笔", FIELD, lambda typed: saved.append(typed["summary"]), window)
    control = dialog.form.editor("summary").control
    assert isinstance(control, QLineEdit)
    seen: list[bool] = []

    def lock() -> None:
        control.setText("买灯泡")
        window.watches.system_lock.locked.emit(SLEPT)
        seen.append(dialog.isVisible())
        assert unlock_page(window).password.isEnabled()

    def come_back() -> None:
        seen.append(dialog.isVisible())
        dialog.save()

    result = drive(dialog, [lock, lambda: unlock(window, qtbot), come_back])
    assert (result, saved) == (1, ["买灯泡"])
    assert seen == [False, True]


def test_a_sheet_over_a_sheet_comes_back_in_its_order(window: MainWindow, qtbot: QtBot) -> None:
    sign_in(window, qtbot)
    under, over = (Sheeted(title, None, window) for title in ("下面", "上面"))
    ends: list[str] = []

    def open_over() -> None:
        def lock_and_come_back() -> None:
            window.lock()
            unlock(window, qtbot)
            QTimer.singleShot(40, over.accept)

        QTimer.singleShot(30, lock_and_come_back)
        ends.append(f"上面 {over.exec()}")
        QTimer.singleShot(30, under.accept)

    QTimer.singleShot(0, open_over)
    ends.append(f"下面 {under.exec()}")
    assert ends == ["上面 1", "下面 1"]


def test_a_sheet_is_given_up_when_somebody_else_takes_the_desk(
    window: MainWindow, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    dialog = FormDialog("记一笔", FIELD, lambda _typed: None, window)
    steps: list[Callable[[], object]] = [window.lock, lambda: unlock(window, qtbot, "叶志坚")]
    with pytest.raises(Cancelled):
        drive(dialog, steps)
    assert not dialog.isVisible()
    assert window.village is not None
    assert window.village.user.name == "叶志坚"


def test_a_sheet_that_ends_behind_the_lock_does_not_come_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    dialog = FormDialog("记一笔", FIELD, lambda _typed: None, window)
    assert drive(dialog, [window.lock, dialog.accept]) == 1
    unlock(window, qtbot)
    assert not dialog.isVisible()


def test_a_menu_is_closed_by_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    sign_in(window, qtbot)
    menu = QMenu(window)
    menu.addAction("改名")
    menu.popup(window.pos())
    window.lock()
    assert not menu.isVisible()


def test_ctrl_l_locks_from_within_a_sheet_too(window: MainWindow, qtbot: QtBot) -> None:
    village = sign_in(window, qtbot)
    sheet = FormDialog("改一条", FIELD, lambda _typed: None, window)
    sheet.open()
    editor = sheet.form.editor("summary").control
    retype(editor, "三组路灯又不亮")
    press(editor, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert village.locked
    assert not sheet.isVisible()
    unlock(window, qtbot)
    assert sheet.isVisible()
    assert sheet.form.draft()["summary"] == "三组路灯又不亮"
