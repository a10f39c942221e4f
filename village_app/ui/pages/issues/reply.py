"""Writing a 答复意见: a template by the state is picked, filled, edited, numbered and shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from village_app.db.records.issue_replies import IssueReply
from village_app.db.records.issues import Issue
from village_app.errors import VillageError
from village_app.ui.asking import Choice, Question
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed

FIELDS = ("heading", "addressee", "text", "signed_on")


class IssueReplying:
    """Asks for the template and the words; `written` gets the letter that was made."""

    def __init__(
        self, desk: Desk, over: QWidget, written: Callable[[Issue, IssueReply], object]
    ) -> None:
        self.desk = desk
        self._over = over
        self._written = written
        self.dialog: FormDialog | None = None

    def begin(self, issue: Issue) -> None:
        """Let a template be picked where several fit, then open the letter."""
        names = [one.name for one in self.desk.village.issue_replies.templates(issue.state)]
        name = names[0] if names else ""
        if len(names) > 1:
            answers = [Choice(one, one) for one in names]
            question = Question("用哪个模板", (), [*answers, Choice("", "先不写")], "new")
            name = self.desk.asking.ask(question)
            if not name:
                return
        try:
            values = self.desk.village.issue_replies.draft(issue, name)
        except VillageError as error:
            self.desk.say(error.message, None)
            return
        self._open(issue, values)

    def _open(self, issue: Issue, values: dict[str, object]) -> None:
        def save(typed: Typed) -> None:
            reply = self.desk.village.issue_replies.send(issue, typed)
            self.desk.say(f"已出具 {reply.number}", self.desk.undo)
            self._written(issue, reply)

        self.dialog = FormDialog(
            f"答复意见 {issue.number}",
            [IssueReply.declaration(name) for name in FIELDS],
            save,
            self._over.window(),
            words="编号并出具",
            values=values,
        )
        self.dialog.open()
