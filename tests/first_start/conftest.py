"""A folder in which nothing is prepared yet, and a pip that only pretends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from first_start import environment, telling

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with two short locks, in which nothing is prepared yet."""
    (tmp_path / "requirements.lock").write_text("peewee==1\n")
    (tmp_path / "requirements-dev.lock").write_text("peewee==1\npytest==2\n")
    venv = tmp_path / ".venv"
    for module, name, value in (
        (environment, "ROOT", tmp_path),
        (environment, "VENV", venv),
        (environment, "VENV_MARK", venv / ".ok"),
        (environment, "PIP_MARK", venv / ".installing"),
        (environment, "RECORDS", tmp_path / ".run"),
        (telling, "RECORDS", tmp_path / ".run"),
    ):
        monkeypatch.setattr(module, name, value)
    return tmp_path


def finish_venv() -> None:
    """Lay down what a finished `python -m venv` leaves, as far as anyone looks at it."""
    python = environment.python_of_venv()
    python.parent.mkdir(parents=True)
    python.touch()
    environment.VENV_MARK.write_text(environment.identity(), encoding="utf-8")


def pip_that(monkeypatch: pytest.MonkeyPatch, code: int, *lines: str) -> list[tuple[str, ...]]:
    """Put a pip in place that prints these lines and ends with this code; give its calls."""
    calls: list[tuple[str, ...]] = []

    def follow(command: tuple[str, ...], record: str, on_line: Any = None) -> tuple[int, str]:
        calls.append(command)
        for line in lines:
            on_line(line)
        return code, "\n".join(lines)

    monkeypatch.setattr(environment, "follow", follow)
    return calls


# ---------------------------------------------------------------- words
