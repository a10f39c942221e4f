"""A new password, typed twice, with the rules said while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from village_app.ui.kit.note import Note
from village_app.ui.kit.password import PasswordInput
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


class NewPassword(QWidget):
    """Two inputs and what is said about them.

    `check(password)` gives the reason why it is too weak, blank when it is good.
    """

    def __init__(self, check: Callable[[str], str]) -> None:
        super().__init__()
        self._check = check
        self.first = PasswordInput("新密码")
        self.again = PasswordInput("新密码再输一遍")
        self.note = Note()
        self.again_note = Note()
        self._seen = QCheckBox("让我看见输了什么")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(6))
        body.addWidget(Text("新密码", "body", "ink2"))
        body.addWidget(self.first)
        body.addWidget(self.note)
        body.addWidget(Text("再输一遍", "body", "ink2"))
        body.addWidget(self.again)
        body.addWidget(self.again_note)
        body.addWidget(self._seen)
        self.note.say("至少 10 个字符，或者四个中文词，如 桥头 榕树 鱼塘 早茶。")
        self.first.textEdited.connect(lambda _text: self._look())
        self.again.textEdited.connect(lambda _text: self._compare())
        self._seen.toggled.connect(self._show)

    def _show(self, seen: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def _look(self) -> bool:
        reason = self._check(self.first.text()) if self.first.text() else "先想一个密码。"
        if reason:
            self.note.say(reason, "red", "fault")
        else:
            self.note.say("够结实。", "green", "done")
        if self.again.text():
            self._compare()
        return not reason

    def _compare(self) -> bool:
        same = self.first.text() == self.again.text()
        if same:
            self.again_note.say("两遍一样。", "green", "done")
        else:
            self.again_note.say("两遍不一样，再对一下。", "red", "fault")
        return same

    def take(self) -> str | None:
        """Give the password if it is good and was typed twice alike; else say why not."""
        good = self._look()
        same = self._compare()
        return self.first.text() if good and same else None
