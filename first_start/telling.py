"""How preparing speaks: numbered steps, one counting line, and records for a closer look."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORDS = ROOT / ".run"


class Stop(Exception):
    """Preparing cannot go on; the sentence says what to do."""


def say(text: str) -> None:
    """Print a sentence at once, also where the output is not a terminal."""
    print(text, flush=True)


class Steps:
    """Numbers the long steps, so that people know how many are still to come."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def begin(self, text: str) -> None:
        self.done += 1
        say(f"第 {self.done} 步，共 {self.total} 步：{text}")


class Progress:
    """One line that counts up; where no terminal shows it, every tenth count is a line.

    `total` 0 means not known yet; nothing is shown until it is set.
    """

    def __init__(self, verb: str, total: int = 0, *, moving: bool | None = None) -> None:
        self.verb = verb
        self.total = total
        self.done = 0
        self.moving = sys.stdout.isatty() if moving is None else moving

    def count(self, name: str) -> None:
        if not self.total:
            return
        self.done = min(self.done + 1, self.total)
        text = f"    {self.verb}第 {self.done} 个，共 {self.total} 个：{name}"
        if self.moving:
            print(f"\r\033[K{text}", end="", flush=True)
        elif self.done % 10 == 0:
            say(text)

    def end(self) -> None:
        """Take the counting line away, so that the next sentence starts a clean line."""
        if self.moving and self.done:
            print("\r\033[K", end="", flush=True)


def follow(
    command: Sequence[str], record: str, on_line: Callable[[str], None] | None = None
) -> tuple[int, str]:
    """Run a command, hand each line it prints to `on_line`; give its exit code and all it printed.

    Everything is also kept in `.run/<record>`, for whoever has to look closer.
    """
    import subprocess

    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "DEBIAN_FRONTEND": "noninteractive",
        # Every package is pinned by hash: constraints or another target can only get in the way.
        "PIP_CONSTRAINT": os.devnull,
        "PIP_USER": "0",
    }
    RECORDS.mkdir(exist_ok=True)
    lines: list[str] = []
    with (
        (RECORDS / record).open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=environment,
        ) as process,
    ):
        for line in process.stdout or ():
            log.write(line)
            lines.append(line)
            if on_line:
                on_line(line)
    return process.returncode, "".join(lines)
