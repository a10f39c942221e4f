"""The way in stays light and hands over to the right end."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import types
from pathlib import Path

import pytest

from village_app import __version__
from village_app.__main__ import main

ROOT = Path(__file__).resolve().parents[1]


def test_words_go_to_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def command_line(words: list[str]) -> int:
        return len(words)

    stand_in = types.ModuleType("village_app.cli")
    monkeypatch.setattr(stand_in, "main", command_line, raising=False)
    monkeypatch.setitem(sys.modules, "village_app.cli", stand_in)
    assert main(["check", "--data", "x"]) == 3


def test_no_words_open_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = types.ModuleType("village_app.entrance")
    monkeypatch.setattr(stand_in, "open_window", lambda: 7, raising=False)
    monkeypatch.setitem(sys.modules, "village_app.entrance", stand_in)
    assert main([]) == 7


def test_the_program_and_its_package_have_one_version() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == __version__


def test_a_child_that_imports_the_main_module_loads_nothing_heavy() -> None:
    code = """
import sys, village_app.__main__
own = [m for m in sys.modules if m.startswith("village_app")]
print(*own, *({"PySide6", "peewee", "openpyxl", "reportlab"} & sys.modules.keys()))
"""
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert sorted(answer.stdout.split()) == ["village_app", "village_app.__main__"]
