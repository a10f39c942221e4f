"""Writing an import: begun, stopped, refused, or done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from village_app.db.records.residents import ImportBatch
from village_app.errors import VillageError
from village_app.services.imports.session import ImportSession
from village_app.ui.asking import Choice, Question
from village_app.ui.page import Desk
from village_app.ui.pages.imports.work import Piece, WorkLine
from village_app.ui.pages.imports.writing import WritingStep


class WritingRun:
    """Writes a session as one change; cancelling rolls all of it back.

    `enter` shows the step of writing, `done` hears of the written batch; `back` stands at the dry
    run again after a stop or a refusal; `read` reads a file anew that was saved again meanwhile.
    """

    def __init__(
        self,
        desk: Desk,
        line: WorkLine,
        step: WritingStep,
        *,
        enter: Callable[[], object],
        done: Callable[[ImportBatch], object],
        back: Callable[[], object],
        read: Callable[[Path], object],
    ) -> None:
        self._desk = desk
        self._line = line
        self._step = step
        self._enter = enter
        self._done = done
        self._back = back
        self._read = read

    def begin(self, session: ImportSession, *, as_seen: bool = False) -> None:
        """Write in the background, with progress on the page."""
        self._step.begin(session)
        self._enter()
        self._line.do(
            Piece(
                partial(session.commit, as_seen=as_seen),
                "正在写入台账",
                then=self._done,
                failed=lambda error: self._refused(session, error),
                stopped=self._stopped,
                writes=True,
                panel=self._step.panel,
            )
        )

    def _stopped(self) -> None:
        self._back()
        self._desk.say("停下了，什么都没写，台账和刚才一样", None)

    def _refused(self, session: ImportSession, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self._back()
        if error.code == "file_changed":
            self._ask_which(session, error.message)
        else:
            self._desk.asking.ask(Question("没有写入", [("", error.message)]))

    def _ask_which(self, session: ImportSession, sentence: str) -> None:
        """Let the file be read anew, or what was looked at be written."""
        answer = self._desk.asking.ask(
            Question(
                "这张表刚才又存过一遍",
                [("", sentence)],
                [
                    Choice("again", "重新读一遍", "undo"),
                    Choice("seen", "就照看过的写入"),
                    Choice("", "先不写"),
                ],
            )
        )
        if answer == "seen":
            self.begin(session, as_seen=True)
        elif answer == "again" and session.source.path is not None:
            self._read(session.source.path)
