"""What is done with the chosen matter: plain moves at once, the others through their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.db.records.issue_replies import IssueReply
from village_app.db.records.issues import Issue, SupervisionSlip
from village_app.errors import InvalidInput, Refused
from village_app.ui.asking import Choice, Question
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.issues import moves as issue_moves
from village_app.ui.pages.issues.chain_sheet import ChainSheet
from village_app.ui.pages.issues.entry_form import ENTRY_FIELDS, ENTRY_LINES, entry_fields
from village_app.ui.pages.issues.print import IssuePrinting
from village_app.ui.pages.issues.reply import IssueReplying
from village_app.ui.pages.issues.rows import short_number


class IssueWishes:
    """Carries out the wishes of keys and buttons for `issue`, the chosen matter."""

    def __init__(self, desk: Desk, over: QWidget, printing: IssuePrinting) -> None:
        self.desk = desk
        self.issue: Issue | None = None
        self._over = over
        self._printing = printing
        self.replying = IssueReplying(desk, over, self._show_reply)
        self.dialog: FormDialog | None = None
        self.chain: ChainSheet | None = None

    def wish(self, code: str) -> None:
        """Do a move with the chosen matter, or open its form."""
        issue = self.issue
        if issue is None:
            return
        if code == "more":
            self._more(issue)
        elif code == "file":
            self._printing.show("一事一档", "file", issue)
        elif code == "reply":
            self.replying.begin(issue)
        elif code in issue_moves.PLAIN:
            self._do(code, issue)
        else:
            self._open_move(code, issue)

    def see_chain(self) -> None:
        """Show every station of the chosen matter."""
        if self.issue is not None:
            stations = self.desk.village.issue_chain.of(self.issue)
            number = self.issue.number or ""
            self.chain = ChainSheet(self.desk, number, stations, self._over.window())
            self.chain.open()

    def enter(self, values: dict[str, Any], entered: Callable[[Issue], object]) -> None:
        """Open the whole entry form, filled with what was understood of a line."""
        village = self.desk.village
        values.setdefault("reporter_kind", "resident")
        known = {name: value for name, value in values.items() if name in ENTRY_FIELDS}
        hidden = {name: values[name] for name in ("reporter_id", "group_id") if values.get(name)}

        def save(typed: Typed) -> None:
            same_person = typed["reporter"] == values.get("reporter")
            kept = hidden if same_person else {}
            given = {name: word for name, word in typed.items() if word}
            entered(village.issues.log({**kept, **given}))

        self._open_form("登记诉求", entry_fields(village), save, known, ENTRY_LINES, "登记")

    def _do(self, code: str, issue: Issue) -> None:
        work = self.desk.village.issue_work
        try:
            getattr(work, code)(issue)
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        word = Issue.declaration("state").kind.show(issue.state)
        self.desk.say(f"{issue.number} {word}", self.desk.undo)

    def _open_move(self, code: str, issue: Issue) -> None:
        try:
            form = issue_moves.form_for(self.desk.village, issue, code)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return

        def save(typed: Typed) -> None:
            made = form.save(typed)
            self.desk.say(f"{form.said} {issue.number}", self.desk.undo)
            if isinstance(made, SupervisionSlip):
                # A slip is sent out to be handed over: its paper comes at once.
                self._printing.show(f"督办单 {made.number}", f"slip-{made.id}", issue)

        self._open_form(form.title, form.fields, save, form.values, (), form.words)

    def _more(self, issue: Issue) -> None:
        answers = [Choice(code, word) for code, word in issue_moves.choices(issue)]
        question = Question(
            f"{short_number(issue.number)}号还可以怎么办",
            (),
            [*answers, Choice("", "先不办")],
            "new",
        )
        code = self.desk.asking.ask(question)
        if code:
            self.wish(code)

    def _show_reply(self, issue: Issue, reply: IssueReply) -> None:
        self._printing.show(f"答复意见 {reply.number}", f"reply-{reply.id}", issue)

    def _open_form(
        self,
        title: str,
        fields: Iterable[Any],
        save: Callable[[Typed], object],
        values: Mapping[str, Any] | None,
        lines: Sequence[Sequence[str]],
        words: str,
    ) -> None:
        self.dialog = FormDialog(
            title, fields, save, self._over.window(), words=words, values=values, lines=lines
        )
        self.dialog.open()
