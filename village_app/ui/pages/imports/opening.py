"""Opening a list: asks for what is missing, a password or the encoding, and says why it fails."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.errors import VillageError
from village_app.services.imports.session import ImportSession
from village_app.ui.asking import Choice, Question
from village_app.ui.page import Desk
from village_app.ui.pages.imports.locked import ASKS, PasswordSheet
from village_app.ui.pages.imports.work import Piece, WorkLine


class ListOpening:
    """Reads lists in the background; `opened` hears of each that was understood."""

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        line: WorkLine,
        opened: Callable[[ImportSession], object],
    ) -> None:
        self._desk = desk
        self._owner = owner
        self._line = line
        self._opened = opened

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
            self._desk.asking.ask(Question("没有导入", [("", error.message)]))

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
