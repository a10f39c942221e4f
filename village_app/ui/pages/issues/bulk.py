"""What is done with several chosen matters at once; each is one change and one Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from village_app.ui.asking import Choice, Question
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.issues.course_forms import handler_field
from village_app.ui.pages.issues.print import IssuePrinting


class IssueBulk:
    """Assigns, closes and prints the chosen matters of a list."""

    def __init__(self, desk: Desk, over: QWidget, printing: IssuePrinting) -> None:
        self.desk = desk
        self._over = over
        self._printing = printing
        self.dialog: FormDialog | None = None

    def choose(self, keys: Sequence[int]) -> None:
        """Ask what is to be done with them."""
        if not keys:
            self.desk.say("先在列表里选几件：按住 Shift 按 ↓，或者 Ctrl+A 全选。", None)
            return
        count = len(keys)
        answers = [
            Choice("assign", "交办给一个人"),
            Choice("close", "办结"),
            Choice("print", "打印单子"),
            Choice("", "先不办"),
        ]
        code = self.desk.asking.ask(Question(f"选中的 {count} 件怎么办", (), answers, "new"))
        acts: dict[str, Callable[[Sequence[int]], None]] = {
            "assign": self.assign,
            "close": self.close,
            "print": self._printing.slips,
        }
        if code:
            acts[code](keys)

    def assign(self, keys: Sequence[int]) -> None:
        """Give them all to one person."""
        village = self.desk.village
        issues = [village.issues.get(key) for key in keys]

        def save(typed: Typed) -> None:
            count = village.issue_work.assign_many(issues, typed["handler"])
            self.desk.say(f"已交办 {count} 件", self.desk.undo)

        self.dialog = FormDialog(
            f"交办 {len(issues)} 件", [handler_field()], save, self._over.window(), words="交办"
        )
        self.dialog.open()

    def close(self, keys: Sequence[int]) -> None:
        """Close them all; none is closed where one lacks something."""
        village = self.desk.village

        def act() -> None:
            count = village.issue_work.close_many([village.issues.get(key) for key in keys])
            self.desk.say(f"已办结 {count} 件", self.desk.undo)

        self._printing.attempt(act)
