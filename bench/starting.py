"""How long the way from `./run` to the program is, once everything is prepared."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.registry import Measured, Unavailable, alternate_figures, process_time, ratio

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"


@ratio("run-overhead", unit="s")
def second_start() -> Measured:
    """`./run bench --list` 和直接用程序自己的 Python 做同一件事相比"""
    if sys.platform == "win32" or not (ROOT / ".venv" / ".ok").exists():
        raise Unavailable("要先用 ./run 准备好这个文件夹，并且不是在 Windows 上")
    words = ("bench", "--list")
    return alternate_figures(
        lambda: process_time([str(ROOT / "run"), *words]),
        lambda: process_time(
            [str(PYTHON), "-P", "-m", *words], variables={"PYTHONPATH": str(ROOT)}
        ),
        rounds=9,
    )
