"""Work and the lock: what goes on, what is kept back, who may come in meanwhile (SA-01, J14)."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PreparedAnswers, PretendDoor
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
from village_app.domain.reporting import Report
from village_app.errors import EnvironmentProblem
from village_app.ui.door import Draft
from village_app.ui.jobs import Job
from village_app.ui.kit.progress import watch
from village_app.ui.theme import Theme, theme
from village_app.ui.under_lock import WorkBanner
from village_app.ui.window import MainWindow

__all__ = ["Opener", "PretendDoor", "door", "open_window", "window"]


class Work:
    """An import that waits at its first row until it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.fails, self.reports = False, True

    def __call__(self, report: Report) -> str:
        self.begun.set()
        self.go_on.wait(20)
        if self.reports:
            report(32, 100, "何强志")
        if self.fails:
            raise EnvironmentProblem("disk_full", "磁盘满了，还差 3 MB。")
        return "72 人写好"


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    yield made
    made.go_on.set()


def begin(window: MainWindow, work: Work, told: list[object]) -> Job:
    job = window.jobs.start(work, "写入居民")
    job.succeeded.connect(told.append)
    job.failed.connect(told.append)
    assert work.begun.wait(20)
    return job


def banner(window: MainWindow) -> WorkBanner:
    return window.front().findChildren(WorkBanner)[0]


def end(window: MainWindow, work: Work, qtbot: QtBot) -> None:
    work.go_on.set()
    qtbot.waitUntil(lambda: not window.jobs.running())


def unlock(window: MainWindow, qtbot: QtBot) -> None:
    page = unlock_page(window)
    page.password.setText(RIGHT)
    with qtbot.waitSignal(page.entered):
        page.unlock()


def test_work_goes_on_under_the_lock_and_the_keys_go_when_it_ended(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    village, told = sign_in(window, qtbot), list[object]()
    line(window).setText("写了一半")
    begin(window, work, told)
    window.lock()
    assert window.is_locked
    assert not village.locked
    assert village.drafts == {}  # the work writes, and nobody else can
    assert banner(window).accessibleName() == "走之前的活还在做；做完后数据也锁上。"
    end(window, work, qtbot)
    assert village.locked
    assert village.drafts == {"notes": {"line": "写了一半"}}
    assert told == []
    assert "做完了" in banner(window).accessibleName()
    unlock(window, qtbot)
    assert told == ["72 人写好"]
    assert line(window).text() == "写了一半"


def test_who_is_back_before_the_end_sees_his_work_go_on(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    village, told = sign_in(window, qtbot), list[object]()
    begin(window, work, told)
    window.lock()
    unlock(window, qtbot)
    assert not village.locked
    end(window, work, qtbot)
    assert not village.locked
    assert told == ["72 人写好"]


def test_the_locked_screen_says_how_far_the_work_is_and_names_nobody(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    job = begin(window, work, [])
    window.lock()
    job.progressed.emit(32, 100, "何强志 44190019850630123X")
    said = banner(window).accessibleName()
    assert said == "走之前的活还在做，做了百分之 32；做完后数据也锁上。"
    assert "何强志" not in said


def test_a_failure_under_the_lock_is_said_after_it(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    told: list[object] = []
    work.fails = True
    begin(window, work, told)
    window.lock()
    end(window, work, qtbot)
    assert "没有做成，解锁后看是什么缘故" in banner(window).accessibleName()
    assert told == []
    unlock(window, qtbot)
    assert [getattr(one, "code", "") for one in told] == ["disk_full"]


def test_j14_nobody_else_comes_in_while_work_goes_on_and_the_owner_hears_of_it_later(
    window: MainWindow, door: PretendDoor, work: Work, qtbot: QtBot
) -> None:
    first, told = sign_in(window, qtbot), list[object]()
    begin(window, work, told)
    window.lock()
    page = unlock_page(window)
    page.users.set_current("叶志坚")
    page.password.setText(RIGHT)
    page.unlock()
    qtbot.waitUntil(lambda: "做完才能换人" in page.note.text())
    assert not first.closed
    end(window, work, qtbot)
    page.password.setText(RIGHT)
    with qtbot.waitSignal(page.entered):
        page.unlock()
    assert first.closed
    assert told == []  # the pages of the one before are gone
    window.lock()
    unlock_page(window).users.set_current("陈丽珍")
    sign_in(window, qtbot)
    assert window.shell is not None
    assert "您走后，“写入居民”做完了。" in window.shell.toast.accessibleName()


def test_work_can_be_stopped_from_the_locked_screen(
    window: MainWindow, answers: PreparedAnswers, work: Work, qtbot: QtBot
) -> None:
    village = sign_in(window, qtbot)
    job = begin(window, work, [])
    window.lock()
    answers.answers = [""]
    banner(window).pressed.emit()
    assert not job.is_cancelled
    answers.answers = ["stop"]
    banner(window).pressed.emit()
    assert job.is_cancelled
    assert banner(window).accessibleName() == "正在停下，已写的会退回去。"
    end(window, work, qtbot)
    assert village.locked
    assert "停下了，和没做一样" in banner(window).accessibleName()


def test_a_locked_screen_without_work_says_nothing_of_it(window: MainWindow, qtbot: QtBot) -> None:
    village = sign_in(window, qtbot)
    window.lock()
    assert village.locked
    assert not banner(window).isVisible()


def test_background_work_is_stopped_by_the_lock_and_needs_no_word(
    window: MainWindow, qtbot: QtBot
) -> None:
    village = sign_in(window, qtbot)
    begun, go_on = threading.Event(), threading.Event()

    def index(report: Report) -> int:
        begun.set()
        go_on.wait(20)
        report(1, 2, "附件")
        return 1

    village.unindexed = 1
    village.index_documents = index  # type: ignore[method-assign]
    window.watches.word_keeper.look()
    assert begun.wait(20)
    window.lock()
    assert not village.locked
    assert not banner(window).isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: village.locked)
    unlock(window, qtbot)
    assert window.watches.word_keeper._job is None


def test_progress_never_comes_up_over_a_locked_screen(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    dialog = watch(begin(window, work, []), window)
    window.lock()
    dialog.delay.timeout.emit()
    assert not dialog.isVisible()
    unlock(window, qtbot)
    dialog.delay.timeout.emit()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed):
        work.go_on.set()


def test_drafts_that_cannot_be_kept_leave_no_screen_open(window: MainWindow, qtbot: QtBot) -> None:
    village = sign_in(window, qtbot)
    written = line(window)
    written.setText("写了一半")

    def full(page: str, draft: Draft | None) -> None:
        raise EnvironmentProblem("disk_full", "磁盘满了。")

    village.keep_draft = full  # type: ignore[method-assign]
    window.lock()
    assert window.is_locked
    assert village.locked
    unlock(window, qtbot)
    assert line(window) is written
    assert written.text() == "写了一半"


def test_another_look_waits_for_the_work_of_a_page(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    sign_in(window, qtbot)
    told: list[object] = []
    begin(window, work, told)
    shell: QWidget | None = window.shell
    window.set_look(Theme(125))
    assert window.shell is shell
    end(window, work, qtbot)
    assert told == ["72 人写好"]
    assert window.shell is not shell
    assert theme() == Theme(125)
