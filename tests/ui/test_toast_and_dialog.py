"""Passing words with their seconds, and questions that state a fact."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from village_app.domain.kinds import PHONE, TEXT, FieldDeclaration
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.conflict import ConflictDialog, Versions
from village_app.ui.kit.dialog import Dialog, Scrim
from village_app.ui.kit.toast import SECONDS, Toast


@pytest.fixture
def window(application: QApplication, qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(QWidget())
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def toast(window: QMainWindow) -> Toast:
    toast = Toast(window.centralWidget())
    # Wherever the pointer of this machine happens to be, it is not over the toast.
    toast.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return toast


def tick(toast: Toast, seconds: int) -> None:
    for _ in range(seconds):
        toast.clock.timeout.emit()


def test_a_toast_stands_eight_seconds_and_then_goes(toast: Toast, qtbot: QtBot) -> None:
    toast.say("已删除志愿者 余瑞莲", lambda: None)
    assert toast.isVisible()
    assert toast.clock.interval() == 1000
    tick(toast, SECONDS - 1)
    assert toast.seconds_left == 1
    with qtbot.waitSignal(toast.gone):
        tick(toast, 1)
    assert not toast.isVisible()
    assert not toast.clock.isActive()


def test_the_button_undoes_once_and_the_toast_goes(toast: Toast) -> None:
    undone: list[str] = []
    toast.say("已删除", lambda: undone.append("回来了"))
    toast.findChildren(Button)[0].click()
    toast.undo()
    assert undone == ["回来了"]
    assert not toast.isVisible()


def test_the_seconds_stand_still_while_the_mouse_is_on_it(toast: Toast) -> None:
    toast.say("已删除", lambda: None)
    place = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(place, place, place))
    assert not toast.clock.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.clock.isActive()


def test_the_seconds_stand_still_while_the_keyboard_is_on_it(toast: Toast) -> None:
    toast.say("已删除", lambda: None)
    button = toast.findChildren(Button)[0]
    button.setFocus()
    assert not toast.clock.isActive()
    button.clearFocus()
    assert toast.clock.isActive()


def test_a_new_word_takes_the_place_of_the_old_with_all_its_seconds(toast: Toast) -> None:
    toast.say("第一句", lambda: None)
    tick(toast, 5)
    toast.say("第二句")
    assert toast.text() == "第二句"
    assert toast.seconds_left == SECONDS
    assert not toast.findChildren(Button)[0].isVisible()


def test_a_toast_stands_in_the_middle_above_the_foot(toast: Toast, window: QMainWindow) -> None:
    toast.say("已删除志愿者 余瑞莲", lambda: None)
    area = window.centralWidget().rect()
    assert abs(toast.geometry().center().x() - area.center().x()) <= 1
    assert toast.geometry().bottom() <= area.bottom()


QUESTION = Question(
    "U 盘上的备份没有写成",
    [("发生了什么", "U 盘只剩 12 MB。"), ("您的数据", "都在，没有少。")],
    [Choice("retry", "换 U 盘后再试"), Choice("old", "看看旧备份"), Choice("later", "先不拷")],
    light="fault",
    event="B-1124-0932",
)


def test_enter_takes_the_way_forward_and_esc_the_way_out(window: QMainWindow, qtbot: QtBot) -> None:
    dialog = Dialog(QUESTION, window)
    qtbot.addWidget(dialog)
    dialog.open()
    press(dialog, Qt.Key.Key_Return)
    assert dialog.answer() == "retry"
    assert not dialog.isVisible()
    again = Dialog(QUESTION, window)
    qtbot.addWidget(again)
    again.open()
    press(again, Qt.Key.Key_Escape)
    assert again.answer() == "later"


def test_what_cannot_be_undone_is_never_one_enter_away(window: QMainWindow, qtbot: QtBot) -> None:
    answers = [Choice("go", "清空回收站", danger=True), Choice("", "先不清")]
    dialog = Dialog(Question("清空后找不回来", answers=answers), window)
    qtbot.addWidget(dialog)
    dialog.open()
    press(dialog, Qt.Key.Key_Return)
    assert dialog.answer() == ""


def test_a_scrim_lies_over_the_window_as_long_as_the_dialog_stands(
    window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = Dialog(QUESTION, window)
    qtbot.addWidget(dialog)
    dialog.open()
    scrim = window.findChildren(Scrim)[0]
    assert scrim.geometry() == window.rect()
    window.resize(1200, 700)
    assert scrim.geometry() == window.rect()
    dialog.reject()
    assert not scrim.isVisible()


def test_what_happened_can_be_copied_for_the_one_who_maintains(
    window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = Dialog(QUESTION, window)
    qtbot.addWidget(dialog)
    dialog.copy()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "U 盘上的备份没有写成"
    assert copied[-1] == "事件编号 B-1124-0932"


FIELDS = (
    FieldDeclaration("phone", "电话", PHONE, sensitivity="personal"),
    FieldDeclaration("address", "住址", TEXT),
    FieldDeclaration("note", "备注", TEXT),
)
VERSIONS = Versions(
    base={"phone": "13800000001", "address": "三组 1 号", "note": None},
    theirs={"phone": "13800000002", "address": "三组 2 号", "note": None},
    mine={"phone": "13800000003", "address": "三组 1 号", "note": "独居"},
)


def test_only_what_both_sides_changed_is_asked(window: QMainWindow, qtbot: QtBot) -> None:
    assert VERSIONS.contested(["phone", "address", "note"]) == ("phone",)
    dialog = ConflictDialog(FIELDS, VERSIONS, "叶志坚", window)
    qtbot.addWidget(dialog)
    assert dialog.merged() == {
        "phone": "13800000003",
        "address": "三组 2 号",
        "note": "独居",
    }


def test_the_other_version_can_be_chosen_field_by_field(window: QMainWindow, qtbot: QtBot) -> None:
    dialog = ConflictDialog(FIELDS, VERSIONS, "叶志坚", window)
    qtbot.addWidget(dialog)
    dialog.choose("phone", mine=False)
    with qtbot.waitSignal(dialog.decided) as decided:
        dialog._decide()
    assert decided.args == [{"phone": "13800000002", "address": "三组 2 号", "note": "独居"}]


def test_both_versions_of_a_number_are_shown_masked(window: QMainWindow, qtbot: QtBot) -> None:
    dialog = ConflictDialog(FIELDS, VERSIONS, "叶志坚", window)
    qtbot.addWidget(dialog)
    shown = [button.text() for button in dialog._mine["phone"].group().buttons()]
    assert shown == ["138****0002", "138****0003"]
