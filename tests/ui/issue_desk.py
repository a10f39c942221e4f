"""A desk over a real village for the pages of matters: answers at hand, words kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_app.ui.asking import FileKind, Question
from village_app.ui.dress import dress
from village_app.ui.jobs import JobRunner
from village_app.ui.page import Desk, Page
from village_app.ui.preferences import Preferences
from village_app.ui.shell import Announcer
from village_app.ui.theme import Theme, theme
from village_app.village import Village


class Answers:
    """Gives set answers one after the other (else the way out) and keeps the questions."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.answers: list[str] = []
        self.asked: list[Question] = []

    def ask(self, question: Question) -> str:
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else question.answers[-1].key

    def pick_file(self, title: str, kinds: Sequence[FileKind], purpose: str) -> Path | None:
        return self.path

    def pick_files(self, title: str, kinds: Sequence[FileKind], purpose: str) -> tuple[Path, ...]:
        return () if self.path is None else (self.path,)

    def pick_folder(self, title: str, purpose: str) -> Path | None:
        return self.path

    def save_file(self, title: str, kind: FileKind, suggested: str, purpose: str) -> Path | None:
        return self.path


class IssueDesk:
    """Makes the desk and shows a page on it."""

    def __init__(self, village: Village, folder: Path, qtbot: QtBot) -> None:
        self.village = village
        self.answers = Answers()
        self.said: list[str] = []
        self.went: list[tuple[str, int | None]] = []
        self.jobs = JobRunner(village.store.in_this_thread)
        self._folder = folder
        self._qtbot = qtbot

    def show(self, kind: type[Page], look: Theme | None = None) -> Any:
        """Show a page in a look, arranged as in a window of 1366 × 768."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, look or Theme())
        page = kind(
            Desk(
                village=self.village,
                asking=self.answers,
                jobs=self.jobs,
                preferences=Preferences(self._folder / "preferences.json"),
                say=lambda sentence, _undo: self.said.append(sentence),
                undo=lambda: None,
                go=lambda page, record: self.went.append((page, record)),
            )
        )
        self._qtbot.addWidget(page)
        announcer = Announcer(page)
        announcer.changed.connect(page.note_change)
        self.village.listen(announcer.announce)
        narrow = theme().layout(1366) == "narrow"
        page.set_narrow(narrow)
        page.resize(1302 if narrow else 1190, 682)
        with self._qtbot.waitExposed(page):
            page.show()
        return page


def fill(dialog: Any, **texts: str) -> None:
    """Type into an open form and save it."""
    for name, text in texts.items():
        dialog.form.editor(name).set_raw(text)
    dialog.save()
