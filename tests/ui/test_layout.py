"""Nothing is cut off: every page fits 1366×768 at all type sizes (look.md §7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PreparedAnswers, PretendDoor, PretendVillage
from tests.ui.samples import SAMPLES, sample_entries
from village_app.ui.asking import Choice, Question
from village_app.ui.fitting import misfits
from village_app.ui.gallery import Gallery
from village_app.ui.help_sheet import HelpSheet
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Dialog
from village_app.ui.kit.keys import Key
from village_app.ui.pictures import grab
from village_app.ui.preferences import Preferences
from village_app.ui.recovery import CodeSheet
from village_app.ui.setup import SetupPage
from village_app.ui.shell import Shell
from village_app.ui.theme import TYPE_SIZES, Theme, TypeSize, theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

SCREEN = (1366, 768)
Wear = Callable[[Theme], None]
looks = pytest.mark.parametrize("size", TYPE_SIZES)


def assert_fits(widget: QWidget) -> None:
    picture = grab(widget, SCREEN)
    assert (picture.width(), picture.height()) == SCREEN
    assert misfits(widget) == ()


@looks
@pytest.mark.parametrize("contrast", [False, True])
@pytest.mark.parametrize("page", SAMPLES)
def test_every_template_fits_a_small_screen(
    page: str,
    size: TypeSize,
    contrast: bool,
    wear: Wear,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    wear(Theme(size, contrast))
    shell = Shell(PretendVillage(), sample_entries(), PreparedAnswers(), jobs, Preferences())
    qtbot.addWidget(shell)
    shell.set_layout(theme().layout(SCREEN[0]))
    shell.go(page)
    assert_fits(shell)


@looks
@pytest.mark.parametrize("locked", ["", "14:10 离开座位后自动锁屏"])
def test_the_door_fits_a_small_screen(
    locked: str, size: TypeSize, wear: Wear, jobs: JobRunner, qtbot: QtBot
) -> None:
    wear(Theme(size))
    door = PretendDoor()
    page = UnlockPage(door, jobs, door.open, locked_since=locked)
    qtbot.addWidget(page)
    page.note.say("密码错了几次，为了安全要歇一会儿，还有 1 分 1 秒可以再试。", "amber", "hold")
    assert_fits(page)


@looks
def test_the_first_start_fits_a_small_screen(
    size: TypeSize, wear: Wear, application: QApplication, qtbot: QtBot
) -> None:
    wear(Theme(size))
    window = MainWindow(
        PretendDoor(has_village=False), sample_entries, Preferences(), PreparedAnswers()
    )
    qtbot.addWidget(window)
    assert_fits(window)


@looks
@pytest.mark.parametrize("step", range(5))
def test_the_set_up_fits_a_small_screen(
    step: int, size: TypeSize, wear: Wear, qtbot: QtBot
) -> None:
    wear(Theme(size))
    page = SetupPage(PretendDoor(), lambda *_: "这台电脑没有装打印机，请抄在纸上。")
    qtbot.addWidget(page)
    page.resize(*SCREEN)
    page.show()
    page._go(step)
    if step == 4:
        page.show_code("7K4M-Q2XP-9RTW-3HNA-C8")
    assert_fits(page)


@pytest.mark.parametrize("size", [100, 150])
def test_the_gallery_of_parts_fits(size: TypeSize, wear: Wear, qtbot: QtBot) -> None:
    wear(Theme(size))
    gallery = Gallery()
    qtbot.addWidget(gallery)
    assert_fits(gallery)


@looks
def test_dialogs_stay_inside_the_window(size: TypeSize, wear: Wear, qtbot: QtBot) -> None:
    wear(Theme(size))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*SCREEN)
    window.show()
    question = Question(
        "U 盘上的备份没有写成",
        [
            ("发生了什么", "U 盘（E:）只剩 12 MB，这次备份要 186 MB。"),
            ("您的数据", "都在，没有少。今天 08:30 的本机备份是好的。"),
            ("怎么办", "换一个空间够的 U 盘，或者删掉旧备份再拷。"),
        ],
        [Choice("retry", "换 U 盘后再试", "stick"), Choice("", "先不拷")],
        event="B-1124-0932",
    )
    for dialog in (
        Dialog(question, window),
        HelpSheet("诉求台账", "", (Key("Ctrl+J", "写一句"),), window),
    ):
        qtbot.addWidget(dialog)
        dialog.open()
        grab(window, SCREEN)
        assert window.geometry().contains(dialog.geometry())
        assert misfits(dialog) == ()
        dialog.reject()


def test_a_word_that_is_cut_is_found(application: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    label = QLabel("这一句比它的地方长得多")
    label.setFixedWidth(40)
    button = Button("写入 68 行")
    button.setFixedWidth(30)
    row.addWidget(label)
    row.addWidget(button)
    grab(page, (600, 80))
    found = misfits(page)
    assert any("这一句比它的地方长得多" in line for line in found)
    assert any("写入 68 行" in line for line in found)


def test_the_recovery_code_is_never_cut(wear: Wear, qtbot: QtBot) -> None:
    wear(Theme(200))
    sheet = CodeSheet("7K4M-Q2XP-9RTW-3HNA-C8", lambda _code: "")
    qtbot.addWidget(sheet)
    grab(sheet, (840, 700))
    box = sheet.findChild(QWidget, "code")
    assert box is not None
    assert theme().metrics("h2").horizontalAdvance("7K4M-Q2XP-9RTW-3HNA-C8") < box.width()
