"""What nobody expected: one dialog, one report without persons, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PreparedAnswers
from village_app.ui.crash import CrashHandler
from village_app.ui.redaction import redact, redact_words

NOW = datetime(2026, 11, 24, 9, 32, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("441900196603051237", "〔号码〕"),
        ("X441900196603051237", "X〔号码〕"),
        ("441900-19660305-1237", "〔号码〕"),
        ("４４１９００１９６６０３０５１２３７", "〔号码〕"),
        ("44190019660305123X", "〔号码〕"),
        ("441900660305123", "〔号码〕"),
        ("电话 13800005678。", "电话 〔号码〕。"),
        ("138 0000 5678", "〔号码〕"),
        ("b'6222021234567890123'", "b'〔号码〕'"),
        ("6222 0212 3456 7890 123", "〔号码〕"),
        ("第 37 行，共 312 行", "第 37 行,共 312 行"),
        ("2026-11-24", "2026-11-24"),
    ],
)
def test_numbers_of_persons_are_taken_out(text: str, left: str) -> None:
    assert redact(text) == left


def test_an_unknown_errors_words_may_be_a_name_and_are_taken_out() -> None:
    assert redact_words("KeyError: '吴国标' 13800005678") == "KeyError: '〔字〕' 〔号码〕"


@pytest.fixture
def handler(
    application: QApplication, tmp_path: Path, answers: PreparedAnswers
) -> Iterator[CrashHandler]:
    made = CrashHandler(tmp_path / "出错报告", now=lambda: NOW)
    before = sys.excepthook, threading.excepthook
    made.install(answers)
    yield made
    made.uninstall()
    sys.excepthook, threading.excepthook = before


def boom(name: str) -> None:
    secret = "441900196603051237"  # noqa: F841  # a local value that must not be reported
    raise ValueError(f"no household for {name} 13800005678")


def caught(name: str = "吴国标") -> ValueError:
    try:
        boom(name)
    except ValueError as error:
        return error
    raise AssertionError


def reports(tmp_path: Path) -> list[str]:
    found = sorted((tmp_path / "出错报告").glob("report-*.txt"))
    return [path.read_text(encoding="utf-8") for path in found]


def test_i03_the_report_holds_the_place_and_no_person(
    handler: CrashHandler, tmp_path: Path, qtbot: QtBot, answers: PreparedAnswers
) -> None:
    handler.note_action("residents.save")
    event = handler.take(caught())
    report = reports(tmp_path)[0]
    assert event in report
    assert "builtins.ValueError" in report
    assert "test_crash.py:" in report
    assert "residents.save" in report
    for secret in ("吴国标", "13800005678", "441900196603051237", str(tmp_path)):
        assert secret not in report
    qtbot.waitUntil(lambda: len(answers.asked) == 1)


def test_a21_the_dialog_says_what_is_safe_and_carries_the_event(
    handler: CrashHandler, qtbot: QtBot, answers: PreparedAnswers
) -> None:
    event = handler.take(caught())
    qtbot.waitUntil(lambda: len(answers.asked) == 1)
    question = answers.asked[0]
    assert question.event == event
    assert [name for name, _ in question.lines] == ["发生了什么", "您的数据", "怎么办"]


def test_causes_are_in_the_report_too(handler: CrashHandler) -> None:
    try:
        try:
            boom("吴国标")
        except ValueError as error:
            raise RuntimeError("saving") from error
    except RuntimeError as error:
        report = handler.report(error, "1124-173205")
    assert "builtins.RuntimeError: saving" in report
    assert "builtins.ValueError" in report


def test_a21_failures_of_the_main_thread_and_of_others_come_here(
    handler: CrashHandler, tmp_path: Path, qtbot: QtBot, answers: PreparedAnswers
) -> None:
    error = caught()
    sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: len(answers.asked) == 1)
    thread = threading.Thread(target=boom, args=("吴国标",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(answers.asked) == 2)


def test_no_half_report_is_left(handler: CrashHandler, tmp_path: Path) -> None:
    handler.take(caught())
    assert list((tmp_path / "出错报告").glob("*.part")) == []


def test_words_of_qt_go_to_the_log_redacted(
    handler: CrashHandler, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        qWarning("no such file 吴国标 13800005678")
        qWarning("This plugin does not support raise()")
    said = [record.getMessage() for record in caplog.records]
    assert said == ["Qt: no such file 〔字〕 〔号码〕"]


def test_after_the_window_everything_is_given_back(
    application: QApplication, tmp_path: Path, answers: PreparedAnswers
) -> None:
    before = sys.excepthook, threading.excepthook
    made = CrashHandler(tmp_path)
    made.install(answers)
    made.uninstall()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__
    sys.excepthook, threading.excepthook = before
    qInstallMessageHandler(None)


def test_a_sheet_whose_user_is_gone_is_no_failure(tmp_path: Path) -> None:
    from village_app.errors import Cancelled

    answers = PreparedAnswers()
    handler = CrashHandler(tmp_path)
    handler.install(answers)
    try:
        sys.excepthook(Cancelled, Cancelled(), None)
    finally:
        handler.uninstall()
    assert [path.name for path in tmp_path.glob("report-*")] == []
    assert answers.asked == []
