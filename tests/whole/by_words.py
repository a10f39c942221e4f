"""Starts the program by its words alone, each in a process of its own, and takes its answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "三只白鹅过石桥去赶集"


class Answer:
    """What a process said."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code = done.returncode
        self.out = done.stdout
        self.errors = done.stderr

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


def say(*words: str | Path, password: str = PASSWORD) -> Answer:
    variables = {**os.environ, "VILLAGE_APP_PASSWORD": password, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "village_app", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, env=variables
    )
    assert "Traceback" not in done.stderr
    return Answer(done)


def contents(folder: Path) -> dict[str, str]:
    """The fingerprint of every file that holds data (the lock and the try counter move)."""
    moving = {"village.lock", "login.delay"}
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in moving
    }
