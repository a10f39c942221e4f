"""The frame of an open village: pages made late, staleness, undo by name, drafts, the rail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import CTRL, press, type_text
from tests.ui.pretend import PreparedAnswers, PretendVillage
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.keys import Key
from village_app.ui.page import Desk, Page, PageEntry
from village_app.ui.preferences import Preferences
from village_app.ui.shell import Shell
from village_app.ui.theme import Theme


class NotePage(Page):
    """A page with one line to write in."""

    title = "诉求台账"
    topic = "issues"
    watches = ("issue",)
    keys: tuple[Key, ...] = (Key("Ctrl+J", "写一句"), Key("Enter", "打开"), Key("Ctrl+T", "添一步"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.refreshed = 0
        self.records: list[int] = []
        self.line = QLineEdit()
        self.line.setAccessibleName("记一件事")
        self.other = QLineEdit()
        self.body.addWidget(self.line)
        self.body.addWidget(self.other)
        self.columns = [self.line, self.other]

    def refresh(self) -> None:
        self.refreshed += 1

    def open_record(self, record: int) -> None:
        self.records.append(record)

    def first_focus(self) -> QWidget:
        return self.line

    def draft(self) -> Mapping[str, object] | None:
        return {"line": self.line.text()} if self.line.text() else None

    def restore_draft(self, draft: Mapping[str, object]) -> None:
        self.line.setText(str(draft["line"]))


class OtherPage(NotePage):
    title = "居民台账"
    watches = ("resident",)
    keys = ()


GROUPS = ("民情", "民情", "议事", "晒账", "人和地", "督办")
NAMES = ("诉求台账", "居民台账", "会议", "财务", "网格", "任务")
KEYS = ("issues", "residents", "meetings", "money", "clues", "tasks")


def entries() -> list[PageEntry]:
    made = [
        PageEntry(key, name, name[:2], "book", group, NotePage if key == "issues" else OtherPage)
        for key, name, group in zip(KEYS, NAMES, GROUPS, strict=True)
    ]
    made[1] = PageEntry("residents", "居民台账", "居民", "person", "民情", OtherPage, "F3")
    return [
        *made,
        PageEntry("settings", "备份与设置", "设置", "sliders", "", OtherPage, place="foot"),
    ]


Opener = Callable[[PretendVillage], Shell]


@pytest.fixture
def open_shell(
    application: QApplication, qtbot: QtBot, answers: PreparedAnswers, jobs: JobRunner
) -> Opener:
    def make(village: PretendVillage) -> Shell:
        shell = Shell(village, entries(), answers, jobs, Preferences())
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        shell.go("issues")
        return shell

    return make


@pytest.fixture
def shell(open_shell: Opener, village: PretendVillage) -> Shell:
    return open_shell(village)


def note(shell: Shell, key: str = "issues") -> NotePage:
    page = shell.built_pages()[key]
    assert isinstance(page, NotePage)
    return page


def test_pages_are_made_when_they_are_opened_for_the_first_time(shell: Shell) -> None:
    assert list(shell.built_pages()) == ["issues"]
    shell.go("residents")
    assert list(shell.built_pages()) == ["issues", "residents"]
    first = note(shell)
    shell.go("issues")
    assert shell.page() is first


def test_a_page_gets_the_keyboard_and_shows_its_keys(shell: Shell) -> None:
    assert note(shell).line.hasFocus()
    assert [key.does for key in shell.strip.shown()] == ["写一句", "打开", "添一步"]
    note(shell).set_keys((Key("Esc", "回去"),))
    assert [key.does for key in shell.strip.shown()] == ["回去"]


@pytest.mark.parametrize(
    ("key", "modifiers", "page"),
    [
        (Qt.Key.Key_2, CTRL, "residents"),
        (Qt.Key.Key_6, CTRL, "tasks"),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, "residents"),
    ],
)
def test_keys_go_to_pages_from_anywhere(
    shell: Shell, key: Qt.Key, modifiers: Qt.KeyboardModifier, page: str
) -> None:
    press(note(shell).line, key, modifiers)
    assert shell.current_key == page


def test_a_change_refreshes_the_seen_page_and_marks_the_hidden_one(
    shell: Shell, village: PretendVillage
) -> None:
    shell.go("residents")
    issues, residents = note(shell, "issues"), note(shell, "residents")
    before = residents.refreshed
    village.announce("resident", "household")
    assert residents.refreshed == before + 1
    village.announce("issue")
    assert issues.refreshed == 1
    assert issues.is_stale
    shell.go("issues")
    assert issues.refreshed == 2
    assert not issues.is_stale


def test_a_change_of_other_records_leaves_a_page_alone(
    shell: Shell, village: PretendVillage
) -> None:
    before = note(shell).refreshed
    village.announce("payment")
    assert note(shell).refreshed == before


def test_a_change_made_on_a_worker_thread_arrives_on_the_windows_thread(
    shell: Shell, village: PretendVillage, jobs: JobRunner, qtbot: QtBot
) -> None:
    here: list[bool] = []
    main = threading.get_ident()
    shell.announcer.changed.connect(lambda _t: here.append(threading.get_ident() == main))
    job = jobs.start(lambda _report: village.announce("issue"), "写入")
    with qtbot.waitSignal(job.finished):
        pass
    assert here == [True]
    assert note(shell).refreshed == 2


def test_counts_of_what_waits_follow_the_changes(shell: Shell, village: PretendVillage) -> None:
    def said() -> str:
        return shell.navigation.items()[0].accessibleName()

    assert said() == "诉求台账，12 件待办"
    village.counts["issues"] = 11
    village.announce("issue")
    assert said() == "诉求台账，11 件待办"


def test_ctrl_z_takes_back_and_names_what_and_ctrl_y_does_it_again(
    shell: Shell, village: PretendVillage
) -> None:
    village.done = ["受理诉求 隔诉〔2026〕0012号"]
    shell.go("residents")
    shell.setFocus()
    press(shell, Qt.Key.Key_Z, CTRL)
    assert shell.toast.text() == "已撤销：受理诉求 隔诉〔2026〕0012号"
    assert village.done == []
    press(shell, Qt.Key.Key_Y, CTRL)
    assert shell.toast.text() == "已重做：受理诉求 隔诉〔2026〕0012号"
    assert village.done == ["受理诉求 隔诉〔2026〕0012号"]


def test_the_toast_of_an_undo_offers_to_do_it_again(shell: Shell, village: PretendVillage) -> None:
    village.done = ["删除志愿者 余瑞莲"]
    shell.undo()
    button = next(b for b in shell.toast.findChildren(Button) if b.isVisible())
    assert button.text() == "重做"
    button.click()
    assert village.done == ["删除志愿者 余瑞莲"]


def test_nothing_to_undo_is_said(shell: Shell) -> None:
    shell.undo()
    assert shell.toast.text() == "没有可以撤销的了"


def test_an_undo_that_is_refused_says_why_and_changes_nothing(
    shell: Shell, village: PretendVillage, answers: PreparedAnswers
) -> None:
    village.done, village.refuses_undo = ["受理诉求"], True
    shell.undo()
    assert village.done == ["受理诉求"]
    assert answers.asked[0].lines[0][1] == "这件事后来又改过，先看看再决定。"


def test_ctrl_z_in_an_input_takes_back_typing_only(shell: Shell, village: PretendVillage) -> None:
    village.done = ["受理诉求"]
    line = note(shell).line
    type_text(line, "abc")
    press(line, Qt.Key.Key_Z, CTRL)
    assert village.done == ["受理诉求"]
    assert line.text() == ""


def test_f6_goes_from_column_to_column(shell: Shell) -> None:
    page = note(shell)
    press(page.line, Qt.Key.Key_F6)
    assert page.other.hasFocus()
    press(page.other, Qt.Key.Key_F6)
    assert page.line.hasFocus()


def test_f1_asks_for_the_help_of_the_page(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.help_asked) as asked:
        press(note(shell).line, Qt.Key.Key_F1)
    assert asked.args == ["issues"]


def test_what_is_half_written_is_kept_and_offered_the_next_time(
    shell: Shell, village: PretendVillage, open_shell: Opener
) -> None:
    note(shell).line.setText("三组路灯又不亮")
    shell.keep_drafts()
    again = open_shell(village)
    page = note(again)
    assert page.line.text() == ""
    banner = next(b for b in page.findChildren(Banner) if b.isVisible())
    banner.pressed.emit()
    assert page.line.text() == "三组路灯又不亮"
    assert not banner.isVisible()


def test_a_draft_that_was_not_taken_up_is_offered_again(
    village: PretendVillage, open_shell: Opener
) -> None:
    village.drafts["issues"] = {"line": "没写完"}
    open_shell(village).keep_drafts()
    assert village.drafts == {"issues": {"line": "没写完"}}


def test_what_was_saved_meanwhile_is_no_draft_any_more(
    shell: Shell, village: PretendVillage
) -> None:
    note(shell).line.setText("写了一半")
    shell.keep_drafts()
    note(shell).line.clear()
    shell.keep_drafts()
    assert village.drafts == {}


def test_the_search_finds_while_typing_and_enter_goes_there(shell: Shell, qtbot: QtBot) -> None:
    press(note(shell).line, Qt.Key.Key_K, CTRL)
    box = shell.top.search
    assert box.input.hasFocus()
    type_text(box.input, "路灯")
    box.input.textEdited.emit("路灯")
    with qtbot.waitSignal(box.found) as found:
        press(box.input, Qt.Key.Key_Return)
    assert found.args == ["issues", 12]
    assert note(shell).records == [12]
    assert not box.finds.isVisible()


def test_the_search_says_when_nothing_was_found_and_esc_closes_it(shell: Shell) -> None:
    box = shell.top.search
    box.begin()
    box.input.setText("没有的人")
    box.search()
    assert box.finds.isVisible()
    assert "没有找到" in box.finds.item(0).text()
    press(box.input, Qt.Key.Key_Escape)
    assert not box.finds.isVisible()
    assert box.input.text() == ""


def test_the_window_becomes_the_rail_and_then_narrow(shell: Shell) -> None:
    assert not shell.navigation.rail
    shell.resize(1200, 768)
    assert shell.navigation.rail
    assert not note(shell).narrow
    shell.resize(1000, 768)
    assert note(shell).narrow
    shell.go("residents")
    assert note(shell, "residents").narrow
    shell.resize(1366, 768)
    assert not note(shell, "residents").narrow
    assert not shell.navigation.rail


def test_what_the_navigation_has_no_room_for_stands_under_more(shell: Shell) -> None:
    assert shell.navigation.tucked() == ()
    shell.resize(1366, 420)
    tucked = [entry.key for entry in shell.navigation.tucked()]
    assert tucked[-1] == "tasks"
    shown = [item.text() for item in shell.navigation.items()]
    assert "更多" in shown
    assert "备份与设置" in shown
    menu = shell.navigation.more_menu()
    menu.actions()[-1].trigger()
    assert shell.current_key == "tasks"


def test_the_rail_puts_the_foot_under_more_too(
    open_shell: Opener, village: PretendVillage, wear: Callable[[Theme], None]
) -> None:
    wear(Theme(150))
    shell = open_shell(village)
    assert shell.navigation.rail
    assert shell.navigation.tucked()[-1].key == "settings"


def test_two_hundred_per_cent_shows_two_keys_and_a_button_for_the_search(
    open_shell: Opener, village: PretendVillage, wear: Callable[[Theme], None]
) -> None:
    wear(Theme(200))
    shell = open_shell(village)
    assert len(shell.strip.shown()) <= 2
    assert not shell.top.search.isVisible()
    shell.top.open_search()
    assert shell.top.search.isVisible()
    press(shell.top.search.input, Qt.Key.Key_Escape)
    assert not shell.top.search.isVisible()
