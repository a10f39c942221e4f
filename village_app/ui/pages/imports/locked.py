"""A workbook with a password: ask for it, try, and say kindly when it is not the one.

What is typed goes to the reading child and is kept nowhere.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.password import PasswordInput
from village_app.ui.kit.text import Text

ASKS = frozenset({"has_password", "wrong_password"})
"""What a refusal to read says where a password may help."""
_USUAL = "问问发这张表的人；有的写在发来的通知里。密码只用来打开这一次，不保存，也不记录。"
_CAPITALS = "大写锁定好像开着。"


class PasswordSheet(Sheeted):
    """One line for the password; `typed` gives it, once, when the user wants to try it."""

    typed = Signal(str)

    def __init__(self, name: str, window: QWidget, *, wrong: bool = False) -> None:
        super().__init__(f"“{name}”有密码", "today", window)
        self.line = PasswordInput("这个文件的密码")
        self.line.capitals.connect(self._say_capitals)
        self.note = Text(_USUAL, "small", "ink2", wrap=True)
        self.wrong = Text("", "body", "red", wrap=True)
        self.wrong.setText("这个密码打不开，文件没有动。看看大小写和全角半角，再输一次。")
        self.wrong.setVisible(wrong)
        self.open_button = Button(
            "用这个密码打开", icon="lock", key="Enter", kind="primary", press=self.take
        )
        self.open_button.setDefault(True)
        self._typing("")
        self.line.textChanged.connect(self._typing)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(Button("先不导入", key="Esc", press=self.reject))
        for part in (self.wrong, self.line, self.note):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.line.setFocus()

    def take(self) -> None:
        """Hand on what was typed and forget it."""
        password = self.line.text()
        if not password:
            return
        self.line.clear()
        self.accept()
        self.typed.emit(password)

    def _typing(self, text: str) -> None:
        self.open_button.forbid("" if text else "先输入密码。")

    def _say_capitals(self, locked: bool) -> None:
        self.note.setText(f"{_CAPITALS if locked else ''}{_USUAL}")
