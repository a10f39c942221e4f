"""The first hour by real keys on a real screen: Xvfb, openbox, xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import application
from tests.whole.loop_watch import LoopWatch

__all__ = ["application"]

ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
_SCREEN = "1600x1000x24"


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """Give a screen of its own with a window manager on it."""
    if MISSING:
        pytest.skip(f"needs {', '.join(MISSING)} for real keys")
    ready, writes = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-screen", "0", _SCREEN],
        pass_fds=(writes,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    with os.fdopen(ready) as told:
        name = f":{told.readline().strip()}"
    home = {**os.environ, "DISPLAY": name, "HOME": str(tmp_path)}
    manager = subprocess.Popen(
        ["openbox"], env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield name
    for process in (manager, screen):
        process.terminate()
        process.wait()


def test_from_set_up_to_a_printed_notice_without_the_mouse(display: str, tmp_path: Path) -> None:
    variables = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.whole.first_hour", str(tmp_path)],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "printed: 1" in done.stdout


def test_the_watch_names_the_place_that_stood_still(
    application: QApplication, qtbot: QtBot
) -> None:
    watch = LoopWatch(application)
    watch.begin()
    qtbot.wait(60)
    code = compile("import time\ntime.sleep(0.4)\n", "/x/village_app/ui/pages/slow.py", "exec")
    exec(code, {})
    qtbot.wait(60)
    assert any("ui/pages/slow.py:2" in found.place for found in watch.end())
