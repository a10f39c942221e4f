"""A page of the register over a real encrypted village, with set answers and kept sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from village_app.ui.asking import FileKind, Question
from village_app.ui.dress import dress
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.buttons import Button
from village_app.ui.page import Desk, Page
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme, TypeSize
from village_app.village import Village

AnyPage = TypeVar("AnyPage", bound=Page)


@dataclass
class SetAnswers:
    """Gives set answers, one after the other, and keeps what was asked."""

    paths: tuple[Path, ...] = ()
    answers: list[str] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> str:
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else ""

    def pick_file(self, title: str, kinds: Sequence[FileKind], purpose: str) -> Path | None:
        return self.paths[0] if self.paths else None

    def pick_files(self, title: str, kinds: Sequence[FileKind], purpose: str) -> tuple[Path, ...]:
        return self.paths

    def pick_folder(self, title: str, purpose: str) -> Path | None:
        return self.paths[0] if self.paths else None

    def save_file(self, title: str, kind: FileKind, suggested: str, purpose: str) -> Path | None:
        return self.paths[0].with_name(suggested) if self.paths else None


class News(QObject):
    """Carries the news of changed tables to the thread of the window."""

    told = Signal(object)


@dataclass
class Sitting:
    """What a test holds of the desk: answers, what was said, where the page went."""

    village: Village
    answers: SetAnswers = field(default_factory=SetAnswers)
    said: list[str] = field(default_factory=list)
    went: list[tuple[str, int | None]] = field(default_factory=list)
    news: News = field(default_factory=News)

    def open(
        self,
        make: Callable[[Desk], AnyPage],
        folder: Path,
        qtbot: QtBot,
        type_size: TypeSize = 100,
    ) -> AnyPage:
        """Show a page of the village at an ordinary size, in an active window."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, Theme(type_size))
        runner = JobRunner()
        runner.serve(self.village.store.in_this_thread)
        desk = Desk(
            village=self.village,
            asking=self.answers,
            jobs=runner,
            preferences=Preferences(folder),
            say=lambda sentence, _undo: self.said.append(sentence),
            undo=self.undo,
            go=lambda page, record: self.went.append((page, record)),
        )
        page = make(desk)
        qtbot.addWidget(page)
        # Jobs write on a thread of their own; the window hears of it on its own thread.
        self.news.told.connect(page.note_change)
        self.village.listen(self.news.told.emit)
        page.resize(1190, 682)
        with qtbot.waitExposed(page):
            page.show()
        return page

    def undo(self) -> None:
        """Take the last change back, as Ctrl+Z does."""
        self.village.undo()


def press_button(widget: QWidget, words: str) -> None:
    """Click the button that says `words`; there is exactly one that can be seen."""
    [button] = [
        one for one in widget.findChildren(Button) if one.text() == words and one.isVisible()
    ]
    button.click()
