"""Opening a list: asks for what is missing, a password or the encoding, and says why it fails."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.errors import VillageError
from village_app.services.imports.session import ImportSession
from village_app.services.imports.source import ImportSource
from village_app.services.imports.subject_imports import SubjectImports
from village_app.ui.asking import Choice, Question
from village_app.ui.page import Desk
from village_app.ui.pages.imports.files import TABLES
from village_app.ui.pages.imports.locked import ASKS, PasswordSheet
from village_app.ui.pages.imports.work import Piece, WorkLine


class ListOpening:
    """Takes a file or pasted rows and reads them in the background.

    `imports` gives the subject they are for, None where there is nothing to bring them in for;
    `opened` hears of each list that was understood.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        line: WorkLine,
        imports: Callable[[], SubjectImports | None],
        opened: Callable[[ImportSession], object],
    ) -> None:
        self._desk = desk
        self._owner = owner
        self._line = line
        self._imports = imports
        self._opened = opened

    def pick(self) -> None:
        """Let a file be picked and read it."""
        path = self._desk.asking.pick_file("选一个表格", [TABLES], "import")
        if path is not None:
            self.file(path)

    def file(self, path: Path) -> None:
        """Read a file; what it is and whether it is such a list is decided by its content."""
        self._begin(lambda: ImportSource.file(path))

    def paste(self, text: str) -> None:
        """Read rows that were copied in a spreadsheet, with or without their header."""
        self._begin(lambda: ImportSource.pasted(text))

    def _begin(self, source: Callable[[], ImportSource]) -> None:
        imports = self._imports()
        if imports is None:
            return
        try:
            session = self._desk.village.import_session(imports, source())
        except VillageError as refusal:
            self._say(refusal.message)
            return
        self.read(session)

    def read(self, session: ImportSession, **how: Any) -> None:
        """Read a list and plan it; `how` is what was asked for: password, encoding."""
        self._line.do(
            Piece(
                partial(session.read, **how),
                "正在读表格",
                then=lambda _plan: self._opened(session),
                failed=lambda error: self._failed(session, error),
            )
        )

    def _failed(self, session: ImportSession, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        if error.code in ASKS:
            self._ask_password(session, wrong=error.code == "wrong_password")
        elif error.values.get("candidates"):
            self._ask_encoding(session, error.values["candidates"])
        else:
            self._say(error.message)

    def _say(self, sentence: str) -> None:
        self._desk.asking.ask(Question("没有导入", [("", sentence)]))

    def _ask_password(self, session: ImportSession, *, wrong: bool) -> None:
        sheet = PasswordSheet(session.name, self._owner.window(), wrong=wrong)
        sheet.typed.connect(lambda password: self.read(session, password=password))
        sheet.open()

    def _ask_encoding(self, session: ImportSession, candidates: Any) -> None:
        """Let the encoding be chosen by its preview where nobody can be sure of it."""
        chosen = self._desk.asking.ask(
            Question(
                "哪一种读出来的字是对的",
                [(one.label, one.preview) for one in candidates],
                [*(Choice(one.encoding, one.label) for one in candidates), Choice("", "先不导入")],
            )
        )
        if chosen:
            self.read(session, encoding=chosen)
