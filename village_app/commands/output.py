"""What a verb answers: sentences for people, or with --json one object with stable keys."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any, TextIO

DONE = 0
FINDINGS = 1
REFUSED = 2


@dataclass(slots=True)
class Output:
    """Collects the result; `say` is for people, `answer` for programs."""

    as_json: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stdout)
    errors: TextIO = field(default_factory=lambda: sys.stderr)
    result: dict[str, Any] = field(default_factory=dict)

    def say(self, sentence: str = "") -> None:
        """Print a sentence for people; silent when the answer is JSON."""
        if not self.as_json:
            print(sentence, file=self.stream)

    def answer(self, **values: Any) -> None:
        """Put keys into the JSON answer."""
        self.result.update(values)

    def complain(self, sentence: str) -> None:
        """Print why something was refused."""
        print(sentence, file=self.errors)

    def close(self) -> None:
        """Write the JSON object, if one was asked for."""
        if self.as_json:
            print(json.dumps(self.result, ensure_ascii=False, default=str), file=self.stream)

    def report(self, done: int, total: int, text: str) -> None:
        """Show progress on the error stream, on one line, only to a person at a terminal."""
        if not self.as_json and self.errors.isatty():
            share = f"{done}/{total} " if total else ""
            print(f"\r{share}{text}", end="", file=self.errors, flush=True)
