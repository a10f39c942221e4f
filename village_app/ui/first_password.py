"""Who signed in with a password that was given to him chooses his own before he goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.errors import VillageError
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.note import Note
from village_app.ui.kit.password import PasswordInput
from village_app.ui.kit.text import Text
from village_app.ui.new_password import NewPassword


class FirstPassword(Sheeted):
    """Asks for the given password once more and for one's own twice; cannot be passed by.

    `check(password)` says why a password is too weak; `change(old, new)` changes it.
    """

    def __init__(
        self,
        check: Callable[[str], str],
        change: Callable[[str, str], object],
        window: QWidget,
    ) -> None:
        super().__init__("给自己定一个密码", "new", window)
        self._change = change
        self.old = PasswordInput("刚才用的密码")
        self.new = NewPassword(check)
        self.note = Note()
        self.body.addWidget(
            Text("刚才的密码是别人给的，别人也知道。换成只有您自己知道的，再开始用。", wrap=True)
        )
        self.body.addWidget(Text("刚才用的密码", "body", "ink2"))
        self.body.addWidget(self.old)
        self.body.addWidget(self.new)
        self.body.addWidget(self.note)
        row = QHBoxLayout()
        button = Button("换好，开始用", icon="key", key="Enter", kind="primary", press=self.take)
        button.setDefault(True)
        row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.old.setFocus()

    def take(self) -> None:
        """Change it, or say why not."""
        password = self.new.take()
        if password is None:
            return
        try:
            self._change(self.old.text(), password)
        except VillageError as error:
            self.note.say(error.message, "red", "fault")
            return
        self.accept()

    def reject(self) -> None:
        """Esc does nothing: a password that others know is no password."""
