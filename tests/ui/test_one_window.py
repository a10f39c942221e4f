"""A second start raises the first window; a dead first one does not keep anybody out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_app.ui.one_window import CALL, OneWindow

_SECOND = """
import sys
from pathlib import Path
from village_app.ui.one_window import OneWindow
one = OneWindow(Path(sys.argv[1]))
first = one.is_first()
if not first:
    one.call_first()
print(first)
"""
ROOT = Path(__file__).parents[2]


def start_second(folder: Path) -> str:
    words = [sys.executable, "-c", _SECOND, str(folder)]
    return subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_second_start_calls_the_first_window_each_time(
    tmp_path: Path, application: QApplication, qtbot: QtBot
) -> None:
    called: list[int] = []
    one = OneWindow(tmp_path)
    assert one.is_first()
    one.when_called(lambda: called.append(1))
    for _ in range(2):
        called.clear()
        assert start_second(tmp_path) == "False"
        qtbot.waitUntil(lambda: bool(called), timeout=5000)
    one.leave()
    assert not (tmp_path / CALL).exists()
    assert start_second(tmp_path) == "True"


def test_the_end_of_the_process_frees_the_window(tmp_path: Path, application: QApplication) -> None:
    assert start_second(tmp_path) == "True"
    assert OneWindow(tmp_path).is_first()


def test_a_folder_that_is_not_there_does_not_keep_the_program_out(
    tmp_path: Path, application: QApplication
) -> None:
    assert OneWindow(tmp_path / "没有这个文件夹").is_first()
