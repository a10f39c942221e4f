"""Closing the window beside work, without room for drafts, and with the whole system (A23)."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PreparedAnswers, PretendDoor
from tests.ui.test_under_lock import Work, begin, work
from tests.ui.window_room import Opener, close, door, line, open_window, sign_in, window
from village_app.errors import EnvironmentProblem
from village_app.ui.door import Draft
from village_app.ui.jobs import JobRunner
from village_app.ui.window import MainWindow

__all__ = ["Opener", "PretendDoor", "door", "open_window", "window", "work"]


def test_stopping_work_to_close_waits_for_its_end_and_closes_then(
    window: MainWindow, answers: PreparedAnswers, work: Work, qtbot: QtBot
) -> None:
    village, told = sign_in(window, qtbot), list[object]()
    job = begin(window, work, told)
    answers.answers = ["close"]
    assert not close(window)
    assert job.is_cancelled
    assert not village.closed  # a worker is still inside
    assert not close(window)  # a second press asks nothing again
    assert [question.title for question in answers.asked] == ["还在写入居民，没有做完"]
    work.go_on.set()
    qtbot.waitUntil(lambda: village.closed)
    assert told == []
    assert not window.isVisible()


def test_what_was_done_in_the_last_moment_is_told_before_the_village_closes(
    window: MainWindow, answers: PreparedAnswers, work: Work, qtbot: QtBot
) -> None:
    village = sign_in(window, qtbot)
    open_then: list[bool] = []
    work.reports = False
    job = begin(window, work, [])
    job.succeeded.connect(lambda _result: open_then.append(not village.closed))
    answers.answers = ["close"]
    assert not close(window)
    work.go_on.set()
    qtbot.waitUntil(lambda: village.closed)
    assert open_then == [True]


def test_background_work_is_stopped_without_a_question(
    window: MainWindow, answers: PreparedAnswers, work: Work, qtbot: QtBot
) -> None:
    village = sign_in(window, qtbot)
    window.jobs.start(work, "读附件里的字", background=True)
    assert work.begun.wait(20)
    assert not close(window)
    assert answers.asked == []
    work.go_on.set()
    qtbot.waitUntil(lambda: village.closed)


def test_all_stopped_at_once_tells_the_end_and_no_result(jobs: JobRunner, qtbot: QtBot) -> None:
    job = jobs.start(lambda _report: "写好了", "写入")
    jobs._writers.waitForDone()
    told: list[object] = []
    job.succeeded.connect(told.append)
    job.finished.connect(lambda: told.append("end"))
    jobs.cancel_all()
    assert told == ["end"]
    assert jobs.is_at_rest()
    with qtbot.waitSignal(jobs.changed):
        jobs.start(lambda _report: None, "看一眼")
    qtbot.waitUntil(jobs.is_at_rest)
    assert told == ["end"]


@pytest.mark.parametrize(("answer", "goes"), [("", False), ("close", True)])
def test_drafts_that_cannot_be_kept_are_said_before_the_window_closes(
    window: MainWindow, answers: PreparedAnswers, qtbot: QtBot, answer: str, goes: bool
) -> None:
    village = sign_in(window, qtbot)
    line(window).setText("写了一半")
    village.keep_draft = full_disk  # type: ignore[method-assign]
    answers.answers = [answer]
    assert close(window) is goes
    assert answers.asked[0].title == "没写完的存不下来"
    assert answers.asked[0].lines[0] == ("缘由", "磁盘满了，还差 1 MB。")
    assert village.closed is goes


def full_disk(page: str, draft: Draft | None) -> None:
    raise EnvironmentProblem("disk_full", "磁盘满了，还差 1 MB。")


def test_a23_a_system_that_goes_down_finds_work_stopped_and_drafts_kept(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    village, told = sign_in(window, qtbot), list[object]()
    village.backup_due = {"closing"}
    line(window).setText("三组路灯又不亮")
    job = begin(window, work, told)
    job.cancel()
    work.go_on.set()
    window.end_with_system()
    assert window.jobs.is_at_rest()
    assert village.drafts == {"notes": {"line": "三组路灯又不亮"}}
    assert close(window)
    assert village.backed_up == []
    assert told == []
