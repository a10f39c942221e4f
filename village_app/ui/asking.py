"""Questions to the user through one small interface, so that tests answer without a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

from village_app.ui.kit.lights import LightKind
from village_app.ui.preferences import Preferences


class Choice(NamedTuple):
    """One answer: its key, the words of its button (verb and object), its icon."""

    key: str
    words: str
    icon: str = ""
    danger: bool = False


class Question(NamedTuple):
    """A dialog: a title that states the fact, lines of (name, sentence), and the answers.

    The first answer is the way forward (Enter), the last the way out (Esc).

    Example:
        Question("这 12 件会进回收站", [("怎么找回", "30 天内可以从回收站取回。")],
                 [Choice("delete", "删掉这 12 件", "trash", danger=True), Choice("", "先不删")])

    """

    title: str
    lines: Sequence[tuple[str, str]] = ()
    answers: Sequence[Choice] = (Choice("", "知道了"),)
    light: LightKind = "today"
    event: str = ""


class FileKind(NamedTuple):
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


class WindowAsking:
    """Asks with the program's own dialog and the system's file dialogs."""

    def __init__(self, window: QWidget | None, preferences: Preferences) -> None:
        self._window = window
        self._preferences = preferences

    def stand_over(self, window: QWidget) -> None:
        """Let dialogs stand over this window from now on."""
        self._window = window

    def ask(self, question: Question) -> str:
        from village_app.ui.kit.dialog import Dialog

        return Dialog(question, self._window).ask()

    def pick_file(self, title: str, kinds: Sequence[FileKind], purpose: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(
            self._window, title, self._folder(purpose), _patterns(kinds)
        )
        return self._keep(purpose, name)

    def pick_files(self, title: str, kinds: Sequence[FileKind], purpose: str) -> tuple[Path, ...]:
        from PySide6.QtWidgets import QFileDialog

        names, _ = QFileDialog.getOpenFileNames(
            self._window, title, self._folder(purpose), _patterns(kinds)
        )
        found = (self._keep(purpose, name) for name in names)
        return tuple(path for path in found if path is not None)

    def pick_folder(self, title: str, purpose: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self._window, title, self._folder(purpose))
        if not name:
            return None
        self._preferences.keep_folder(purpose, Path(name))
        return Path(name)

    def save_file(self, title: str, kind: FileKind, suggested: str, purpose: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        start = str(Path(self._folder(purpose)) / suggested)
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, kind.pattern())
        path = self._keep(purpose, name)
        if path is not None and not path.suffix:
            path = path.with_suffix(f".{kind.endings[0]}")
        return path

    def _folder(self, purpose: str) -> str:
        kept = self._preferences.folder(purpose)
        return str(kept or Path.home())

    def _keep(self, purpose: str, name: str) -> Path | None:
        if not name:
            return None
        path = Path(name)
        self._preferences.keep_folder(purpose, path.parent)
        return path


def _patterns(kinds: Sequence[FileKind]) -> str:
    return ";;".join((*(kind.pattern() for kind in kinds), "所有文件 (*)"))
