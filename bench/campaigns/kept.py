"""Lines of the table that are found out, and kept in a file for the run that goes on.

A long run may be stopped and go on: what stands there for at least as many rounds and the same
seed is not done again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from village_app.db.files import write_atomically

_CONTROL = "对照"


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign: what was done, how often, what came of it, and whether it held."""

    what: str
    times: str
    result: str
    held: bool

    def verdict(self) -> str:
        """Say whether it held; a control without our precautions is meant to lose something."""
        if _CONTROL in self.what:
            return "看得出坏" if self.held else "没看出坏"
        return "成立" if self.held else "不成立"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the table still to be found out.

    Its name, how often, what is done in the table's words, and what finds it out.
    """

    name: str
    rounds: int
    what: str
    run: Callable[[], Line]


@dataclass(slots=True)
class Kept:
    """Lines of runs before this one, in a file; without a file nothing is kept."""

    path: Path | None
    seed: int
    lines: dict[str, dict[str, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read()

    def _read(self) -> None:
        if self.path is not None:
            with suppress(FileNotFoundError):
                self.lines = json.loads(self.path.read_text(encoding="utf-8"))

    def line(self, task: Task) -> Line | None:
        """Give a task's line when it was done as often or more, from the same seed."""
        found = self.lines.get(task.name)
        if found is None or found["seed"] != self.seed or int(str(found["rounds"])) < task.rounds:
            return None
        # The figures are kept; the words for them are today's.
        return Line(task.what, str(found["times"]), str(found["result"]), bool(found["held"]))

    def keep(self, task: Task, line: Line) -> None:
        if self.path is None:
            return
        self._read()  # another run may have kept a line of its own meanwhile
        self.lines[task.name] = {"rounds": task.rounds, "seed": self.seed, **asdict(line)}
        text = json.dumps(self.lines, ensure_ascii=False, indent=1)
        write_atomically(self.path, text.encode(), doing="记下试验结果", mode=0o644)
