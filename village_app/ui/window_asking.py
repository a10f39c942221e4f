"""Questions to the user as dialogs over the window; nothing of them is loaded before the first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from village_app.ui.preferences import Preferences

if TYPE_CHECKING:
    from village_app.ui.asking import FileKind, Question


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
