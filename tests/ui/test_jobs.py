"""Long work: results, failures, cancelling, one writer at a time, the progress dialog."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from village_app.domain.reporting import Report
from village_app.errors import Cancelled, Refused
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.progress import DELAY_MS, ProgressPanel, watch


def test_a_result_arrives_on_the_windows_thread_and_the_job_ends(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    here, there, go_on = threading.get_ident(), list[int](), threading.Event()
    arrived: list[int] = []

    def work(report: Report) -> str:
        there.append(threading.get_ident())
        go_on.wait(5)
        report(1, 2, "一半")
        return "写好了"

    job = jobs.start(work, "写入")
    results: list[object] = []
    job.succeeded.connect(results.append)
    job.succeeded.connect(lambda _result: arrived.append(threading.get_ident()))
    with qtbot.waitSignals([job.progressed, job.finished]):
        go_on.set()
    assert results == ["写好了"]
    assert arrived == [here]
    assert there != [here]


def test_a_failure_is_handed_on_and_the_job_ends(jobs: JobRunner, qtbot: QtBot) -> None:
    def work(report: Report) -> None:
        raise Refused("full", "U 盘满了。")

    job = jobs.start(work, "备份")
    failures: list[object] = []
    job.failed.connect(failures.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert [getattr(failure, "code", "") for failure in failures] == ["full"]


def test_a_result_reaches_whoever_connects_after_the_work_is_long_done(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    job = jobs.start(lambda _report: "快", "看一眼", writes=False)
    jobs._readers.waitForDone()
    results: list[object] = []
    job.succeeded.connect(results.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert results == ["快"]


def test_a_connection_that_cannot_be_made_is_a_failure_of_the_job(
    application: QApplication, qtbot: QtBot
) -> None:
    def connection() -> AbstractContextManager[None]:
        raise Refused("locked", "数据锁着。")

    runner = JobRunner(connection)
    job = runner.start(lambda _report: None, "写入")
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert failed.args[0].code == "locked"
    runner.cancel_all()


def test_cancelling_makes_the_next_report_raise_and_tells_nothing_but_the_end(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    seen: list[type[BaseException]] = []

    def work(report: Report) -> str:
        begun.set()
        go_on.wait(5)
        try:
            report(1, 2, "第二行")
        except Cancelled as stopped:
            seen.append(type(stopped))
            raise
        return "不该有"

    job = jobs.start(work, "写入")
    told: list[object] = []
    job.succeeded.connect(told.append)
    job.failed.connect(told.append)
    assert begun.wait(5)
    job.cancel()
    with qtbot.waitSignal(job.finished):
        go_on.set()
    assert seen == [Cancelled]
    assert told == []


def test_a_job_cancelled_in_the_queue_never_begins(jobs: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    began: list[str] = []
    first = jobs.start(lambda _report: gate.wait(5), "第一件")
    second = jobs.start(lambda _report: began.append("第二件"), "第二件")
    second.cancel()
    with qtbot.waitSignals([first.finished, second.finished]):
        gate.set()
    assert began == []


def test_writers_wait_for_each_other_and_readers_do_not(jobs: JobRunner, qtbot: QtBot) -> None:
    gate, order = threading.Event(), []

    def write(name: str) -> None:
        gate.wait(5)
        order.append(name)

    one = jobs.start(lambda _report: write("一"), "一")
    two = jobs.start(lambda _report: write("二"), "二")
    reader = jobs.start(lambda _report: order.append("读"), "读", writes=False)
    with qtbot.waitSignal(reader.finished):
        pass
    assert order == ["读"]
    assert jobs.running() == ("一", "二")
    with qtbot.waitSignals([one.finished, two.finished]):
        gate.set()
    assert order == ["读", "一", "二"]
    assert jobs.running() == ()


def test_work_runs_inside_the_threads_own_connection(
    application: QApplication, qtbot: QtBot
) -> None:
    steps: list[str] = []

    @contextmanager
    def connection() -> Iterator[None]:
        steps.append("open")
        yield
        steps.append("close")

    runner = JobRunner(connection)
    job = runner.start(lambda _report: steps.append("work"), "写入")
    with qtbot.waitSignal(job.finished):
        pass
    runner.cancel_all()
    assert steps == ["open", "work", "close"]


@pytest.fixture
def window(application: QApplication, qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_short_work_never_shows_the_progress_dialog(
    jobs: JobRunner, window: QMainWindow, qtbot: QtBot
) -> None:
    job = jobs.start(lambda _report: 1, "写入")
    dialog = watch(job, window)
    assert dialog.delay.interval() == DELAY_MS == 600
    with qtbot.waitSignal(job.finished):
        pass
    assert not dialog.delay.isActive()
    assert not dialog.isVisible()


def test_long_work_shows_it_and_esc_stops_the_work(
    jobs: JobRunner, window: QMainWindow, qtbot: QtBot
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        begun.set()
        go_on.wait(5)
        report(193, 312, "正在核对第 193 行，共 312 行")

    job = jobs.start(work, "写入居民")
    dialog = watch(job, window, leaves="取消后，台账和现在一样，什么都没写。")
    assert begun.wait(5)
    dialog.delay.timeout.emit()
    assert dialog.isVisible()
    press(dialog, Qt.Key.Key_Escape)
    assert job.is_cancelled
    with qtbot.waitSignal(dialog.destroyed):
        go_on.set()


def test_the_time_left_is_judged_by_what_is_done(application: QApplication, qtbot: QtBot) -> None:
    now = [100.0]
    panel = ProgressPanel(clock=lambda: now[0])
    qtbot.addWidget(panel)
    assert panel.time_left(0.5) == ""
    now[0] = 104.0
    assert panel.time_left(0.5) == "约还要 4 秒"
    now[0] = 220.0
    assert panel.time_left(0.25) == "约还要 6 分钟"
    assert panel.time_left(-1) == ""
