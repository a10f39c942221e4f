"""Story 1, 三盏路灯, in the real window: from the line in the notebook to the closed file, by keys.

The meeting, the project and the notice are other subjects' journeys: their services stand in for
them here, on the days of the story; what is done with the matter goes through the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.lamp_matter import answered, lamp_matter, settle
from tests.services.meeting_story import call_meeting, check_in, seat_representatives
from tests.ui.conftest import application, wear
from tests.ui.hands import CTRL, press, type_text
from tests.ui.pretend import PreparedAnswers
from village_app.domain.calendar import CHINA
from village_app.entrance import FolderDoor
from village_app.opening import NewVillage, create_village, open_village
from village_app.services.meetings.vote_figures import Count
from village_app.ui.pages import entries
from village_app.ui.pages.issues.issues import IssuesPage
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["application", "wear"]
LONG = 20_000
LINE = "三组陈国良来电：村前塘边路灯坏了三盏"
NUMBER = "隔诉〔2026〕0001号"


class DoorOfThatDay(FolderDoor):
    """A door whose village lives on the days of the story."""

    def __init__(self, folder: Path, clock: TurningClock) -> None:
        super().__init__(folder)
        self._clock = clock

    def open(self, user: str, password: str) -> WindowVillage:
        village = open_village(self.folder, user, password, clock=self._clock)
        return self._handed_over(village)


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock(datetime(2025, 6, 3, 1, 0, tzinfo=UTC))


@pytest.fixture
def window(
    tmp_path: Path,
    clock: TurningClock,
    application: QApplication,
    qtbot: QtBot,
    wear: Callable[[Theme], None],
) -> Iterator[MainWindow]:
    folder = tmp_path / "隔坑村 资料"
    role = "admin+secretary+accountant+clerk+supervisor"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=role)
    village, _ = create_village(folder, wish, clock=clock, cost=QUICK)
    person = settle(village)
    for day in (3, 20):
        clock.turn_to(2025, 6, day)
        early = answered(village, lamp_matter(village, person, heading="水沟堵了"))
        village.issue_work.visit(early, {"satisfaction": "满意"})
        village.issue_work.close(early)
    village.close()
    clock.turn_to(2026, 1, 12, 8, 40)
    door = DoorOfThatDay(folder, clock)
    made = MainWindow(door, entries, Preferences(), PreparedAnswers())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):  # keys are heard by the active window alone
        made.show()
        made.activateWindow()
    page = made.front()
    assert isinstance(page, UnlockPage)
    page.password.setText(PASSWORD)
    page.button.click()
    qtbot.waitUntil(lambda: made.shell is not None, timeout=LONG)
    wake(made, qtbot)
    assert made.shell is not None
    made.shell.go("home")
    yield made
    made.watches.idle.end()
    made.jobs.cancel_all()
    if made.village is not None:
        made.village.close()


def wake(window: QWidget, qtbot: QtBot) -> None:
    """Do what a window manager does when a dialog or another page goes."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=LONG)


def focus(window: MainWindow) -> QWidget:
    """Give where the keyboard is."""
    widget = QApplication.focusWidget() or window.focusWidget()
    assert widget is not None
    return widget


def key(
    window: MainWindow,
    code: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key where the keyboard is."""
    press(focus(window), code, modifiers)


def answer(page: IssuesPage, qtbot: QtBot, code: Qt.Key, **texts: str) -> None:
    """Press a key of the page, type into the form that it opens, and save with Ctrl+S.

    A button answers its key a tenth of a second later, as it does to a person.
    """
    before = page.wishes.dialog
    modifiers = Qt.KeyboardModifier.NoModifier if code == Qt.Key.Key_F7 else CTRL
    press(page, code, modifiers)
    qtbot.waitUntil(lambda: page.wishes.dialog is not before, timeout=LONG)
    answer_form(page, qtbot, **texts)


def answer_form(page: IssuesPage, qtbot: QtBot, **texts: str) -> None:
    """Type into the open form and save it with Ctrl+S."""
    dialog = page.wishes.dialog
    assert dialog is not None
    for name, text in texts.items():
        control = dialog.form.editor(name).control
        control.setFocus()
        if isinstance(control, QComboBox):
            dialog.form.editor(name).set_raw(text)
        else:
            control.selectAll()  # type: ignore[attr-defined]  # what is typed into can be chosen
            type_text(control, text)
    wake(dialog, qtbot)
    press(dialog, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible() or bool(dialog.refusal.text()), timeout=LONG)
    assert not dialog.isVisible(), dialog.refusal.text()
    wake(page.window(), qtbot)


def choose_more(window: MainWindow, page: IssuesPage, code: str) -> None:
    """Choose one of what stands under 更多."""
    answers = window.asking
    assert isinstance(answers, PreparedAnswers)
    answers.answers.append(code)
    page.wishes.wish("more")


def issues_page(window: MainWindow) -> IssuesPage:
    assert window.shell is not None
    page = window.shell.page()
    assert isinstance(page, IssuesPage)
    return page


def note_the_line(window: MainWindow, village: Village, qtbot: QtBot) -> IssuesPage:
    """01-12 08:40: a line in the notebook, by keys alone; one key makes it a matter."""
    key(window, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: window.shell.current_key == "issues", timeout=LONG)  # type: ignore[union-attr]  # shown above
    wake(window, qtbot)
    page = issues_page(window)
    key(window, Qt.Key.Key_G, CTRL)
    type_text(focus(window), LINE)
    key(window, Qt.Key.Key_Return)
    [line] = village.notebook.listed()
    assert (line.text, line.at.hour, line.at.minute) == (LINE, 0, 40)
    key(window, Qt.Key.Key_F6)
    key(window, Qt.Key.Key_Return)
    issue = village.issues.by_number(NUMBER)
    assert (issue.subcategory, issue.source) == ("路灯", "phone")
    assert issue.due.astimezone(CHINA).date() == date(2026, 1, 15)
    assert page.detail.history.text() == "此户近一年第 3 次反映"
    return page


def deal_with_it(page: IssuesPage, clock: TurningClock, qtbot: QtBot) -> None:
    """Give it to a handler, write a step, deal with it for the time being, answer."""
    answer(page, qtbot, Qt.Key.Key_Return, handler="叶志坚")
    clock.turn_to(2026, 1, 14, 16)
    answer(page, qtbot, Qt.Key.Key_T, text="更换三盏路灯，材料 426.50 元，凭证付-002")
    answer(page, qtbot, Qt.Key.Key_Return, result="先换好三盏坏灯；环塘加灯列为议题")
    answer(page, qtbot, Qt.Key.Key_Return, answer_way="电话")


def decide(page: IssuesPage, village: Village, clock: TurningClock, qtbot: QtBot) -> str:
    """F7 puts it on the agenda; the meeting decides. Gives the decision's number."""
    seat_representatives(village)
    meeting = call_meeting(village)
    answer(page, qtbot, Qt.Key.Key_F7, decision="同意在村前塘环塘安装路灯24盏")
    clock.turn_to(2026, 3, 12)
    meeting = village.meetings.open(meeting)
    check_in(village, meeting)
    [item] = [one.item for one in village.meetings.agenda(meeting)]
    village.votes.close(item, "hands", Count(36, 1, 1))
    return str(village.resolutions.decide(item).number)


def turn_into(window: MainWindow, page: IssuesPage, qtbot: QtBot) -> None:
    """Make a task and a project of the matter, from what stands under 更多."""
    choose_more(window, page, "task")
    answer_form(page, qtbot, heading="买灯", owner="叶志坚", due_on="2026-04-01")
    choose_more(window, page, "project")
    answer_form(page, qtbot, name="村前塘路灯安装", budget="52,000")


def end(page: IssuesPage, village: Village, qtbot: QtBot) -> None:
    """05-18: the visit, the closing, the archive."""
    answer(page, qtbot, Qt.Key.Key_Return, satisfaction="满意", way="当面")
    assert page.detail.next_button.text() == "办结"
    for state in ("closed", "archived"):
        press(page, Qt.Key.Key_Return, CTRL)
        reached = state
        qtbot.waitUntil(lambda: village.issues.by_number(NUMBER).state == reached, timeout=LONG)  # noqa: B023 - waited for at once
        page.open_record(village.issues.by_number(NUMBER).id)


def test_three_lamps_from_the_first_word_to_the_closed_file(
    window: MainWindow, clock: TurningClock, qtbot: QtBot
) -> None:
    assert window.village is not None
    village = window.village.subjects  # type: ignore[attr-defined]  # the real door's village
    page = note_the_line(window, village, qtbot)
    deal_with_it(page, clock, qtbot)
    assert village.issues.by_number(NUMBER).state == "visiting"
    decision = decide(page, village, clock, qtbot)
    page.refresh()
    turn_into(window, page, qtbot)
    clock.turn_to(2026, 5, 18, 10)
    page.refresh()
    end(page, village, qtbot)
    page.wishes.see_chain()
    chain = page.wishes.chain
    assert chain is not None
    stations = [chain.station(at) for at in range(chain.table.count())]
    assert {"诉求", "议题", "决议", "任务", "项目", "回访"} <= {one.name for one in stations}
    assert decision in [one.number for one in stations]
    assert all(one.number and one.day for one in stations)
    chain.reject()
    page.wishes.wish("file")
    qtbot.waitUntil(lambda: page.printing.sheet is not None, timeout=LONG)
    assert page.printing.sheet is not None
    assert page.printing.sheet.preview.page_count >= 6
    page.printing.sheet.reject()
