"""Questions to the user through one small interface, so that tests answer without a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from village_app.ui.kit.lights import LightKind


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key, the words of its button (verb and object), its icon."""

    key: str
    words: str
    icon: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A dialog: a title that states the fact, lines of (name, sentence), and the answers.

    The first answer is the way forward (Enter), the last the way out (Esc).

    Example:
        Question("这 12 件会进回收站", [("怎么找回", "30 天内可以从回收站取回。")],
                 [Choice("delete", "删掉这 12 件", "trash", danger=True), Choice("", "先不删")])

    """

    title: str
    lines: Sequence[tuple[str, str]] = ()
    answers: Sequence[Choice] = field(default_factory=lambda: (Choice("", "知道了"),))
    light: LightKind = "today"
    event: str = ""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A sort of file to pick or save: `FileKind("表格", ("xlsx", "xls", "csv"))`."""

    name: str
    endings: tuple[str, ...]

    def pattern(self) -> str:
        """Write it as a file dialog wants it."""
        return f"{self.name} ({' '.join(f'*.{ending}' for ending in self.endings)})"


class Asking(Protocol):
    """What pages ask the user. `WindowAsking` does it with dialogs, tests with set answers."""

    def ask(self, question: Question) -> str:
        """Give the key of the answer; the last answer's key where the dialog was closed."""
        ...

    def pick_file(self, title: str, kinds: Sequence[FileKind], purpose: str) -> Path | None:
        """Let a file be picked; the folder last used for the purpose is offered."""
        ...

    def pick_files(self, title: str, kinds: Sequence[FileKind], purpose: str) -> tuple[Path, ...]:
        """Let several files be picked."""
        ...

    def pick_folder(self, title: str, purpose: str) -> Path | None:
        """Let a folder be picked."""
        ...

    def save_file(self, title: str, kind: FileKind, suggested: str, purpose: str) -> Path | None:
        """Let a new file be named; `suggested` is its name without folder."""
        ...
