"""Step two of an import: the columns with the card of the file, and all that can be put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.services.imports.session import ImportSession
from village_app.services.register.own_fields import PREFIX
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.banner import Banner
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.imports.columns import NEW_FIELD, ColumnsList
from village_app.ui.pages.imports.dialogs import HeaderDialog, NamesDialog, RulesDialog
from village_app.ui.pages.imports.facts import FileFacts
from village_app.ui.pages.register.own_fields import own_field_form


class MatchingStep(QWidget):
    """The columns of the session's table; every correction plans anew in the background.

    `work(work, label, then, stopped)` is how the page does long work: with progress and a way to
    cancel.
    """

    def __init__(self, desk: Desk, work: Callable[..., None]) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._session: ImportSession | None = None
        self._on_banner: Callable[[], object] = lambda: None
        self.banner = Banner("info", "看看每一列对得对不对。")
        self.banner.pressed.connect(self._banner_pressed)
        self.columns_list = ColumnsList()
        self.columns_list.chosen.connect(self.choose_field)
        self.facts = FileFacts()
        self._connect()
        row = QHBoxLayout()
        row.addWidget(self.columns_list, 1)
        row.addWidget(self.facts)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.banner)
        body.addLayout(row, 1)

    def _connect(self) -> None:
        self.facts.sheet_chosen.connect(self._choose_sheet)
        self.facts.other_chosen.connect(self._choose_other)
        self.facts.header_asked.connect(self.point_at_header)
        self.facts.text_chosen.connect(self._choose_text)
        self.facts.rule_chosen.connect(self._set_rule)
        self.facts.rules_asked.connect(self.set_rules)
        self.facts.answered.connect(lambda answer: self._the_session().answer(answer))

    # Where there is little room

    def set_narrow(self, narrow: bool) -> None:
        """Show the card beside the columns, or where there is no room the columns alone."""
        self.facts.setVisible(not narrow)
        self.columns_list.setVisible(True)

    def turn(self) -> None:
        """Show the card in place of the columns, and back."""
        shown = self.facts.isVisible()
        self.facts.setVisible(not shown)
        self.columns_list.setVisible(shown)

    def take_keyboard(self) -> None:
        """Put the keyboard into the first column."""
        first = self.columns_list.first()
        if first is not None:
            first.setFocus()

    # What was understood, and what is wished

    def show_session(self, session: ImportSession) -> None:
        """Show what was understood of a session's file."""
        self._session = session
        self.columns_list.show_columns(session)
        self.facts.show_file(session)
        self._say_columns(session)

    def _say_columns(self, session: ImportSession) -> None:
        plan = session.plan
        open_columns = sum(not guess.sure for guess in session.columns())
        rest = f"还有 {open_columns} 列没认出来，您可以定一下。" if open_columns else ""
        if plan.earlier is not None:
            self._say("soon", plan.earlier.warning)
        elif (painted := session.unexplained()) is not None:
            legend = f"（表里写着“{painted.legend}”）" if painted.legend else ""
            self._say(
                "soon",
                f"有 {painted.rows} 行标了{painted.colour}色{legend}，是什么意思？",
                "说一下",
                self.explain_colour,
            )
        elif session.unknown_groups():
            self._say("soon", f"{_unknown_words(session)}{rest}", "看看怎么办", self.settle_names)
        elif (kept := session.remembered())[0]:
            count, file = kept
            self._say(
                "done",
                f"这张表的样子和以前导过的“{file}”一样，已照上次对好 {count} 列。{rest}",
                "不照上次，重新认",
                self.forget,
            )
        elif open_columns:
            self._say("info", rest)
        else:
            self._say("done", "每一列都对上了，看看对不对。")

    def choose_field(self, key: str, field: str | None) -> None:
        """Take a column for another field, or for one that is added to the register now."""
        session = self._the_session()
        if field == NEW_FIELD:
            self._add_field(key)
            return
        self._replan(lambda report: session.choose_field(key, field, report=report))

    def _add_field(self, key: str) -> None:
        """Add a field of the village's own, named like the column, and bring the column into it."""
        session = self._the_session()
        heading = next(one.heading for one in session.columns() if one.key == key)

        def save(typed: Typed) -> None:
            made = self._desk.village.own_fields.add(typed)
            self.choose_field(key, f"{PREFIX}{made.id}")

        dialog = FormDialog(
            "台账里新加一项",
            own_field_form(),
            save,
            self.window(),
            words="加上这一项",
            values={"name": heading, "kind": "text"},
        )
        dialog.rejected.connect(self._show_again)
        dialog.open()

    def _choose_sheet(self, name: str) -> None:
        session = self._the_session()
        if name:
            self._replan(lambda report: session.choose_sheet(name, report=report))

    def _choose_other(self, choice: Any) -> None:
        session = self._the_session()
        self._replan(lambda report: session.choose_other(choice, report=report))

    def _choose_text(self, encoding: str, separator: str) -> None:
        session = self._the_session()
        self._replan(
            lambda report: session.read(
                encoding=encoding or None, separator=separator or None, report=report
            )
        )

    def forget(self) -> None:
        """Look at the columns anew, whatever was decided for such a header before."""
        session = self._the_session()
        self._replan(lambda report: session.forget(report=report))

    def point_at_header(self) -> None:
        """Show the first lines; the chosen ones become the header."""
        session = self._the_session()
        dialog = HeaderDialog(session.sheet_lines(), self.window())
        dialog.chosen.connect(
            lambda first, last: self._replan(
                lambda report: session.choose_header(first, last, report=report)
            )
        )
        dialog.open()

    def explain_colour(self) -> None:
        """Ask once what a colour of rows means; the answer holds for all of them."""
        session = self._the_session()
        painted = session.unexplained()
        if painted is None:
            return
        meanings = session.colour_meanings()
        meanings.sort(key=lambda one: one[0] != painted.meaning)
        title = f"标了{painted.colour}色的 {painted.rows} 行是什么意思"
        answers = [Choice(code, word) for code, word in meanings]
        said = self._desk.asking.ask(Question(title, (), [*answers, Choice("", "先不说")]))
        if said:
            colour = painted.colour
            self._decide(lambda report: session.explain(colour, said, report=report))

    def settle_names(self) -> None:
        """Ask about groups and the like that the village does not have."""
        session = self._the_session()
        unknown = session.unknown_groups()
        dialog = NamesDialog(unknown, self.window(), counter=session.imports.counter)

        dialog.decided.connect(
            lambda answers: self._decide(
                lambda report: session.decide_names(answers, report=report)
            )
        )
        dialog.open()

    def _set_rule(self, rule: str) -> None:
        session = self._the_session()
        self._decide(lambda report: session.set_rule(rule, report=report))

    def set_rules(self) -> None:
        """Ask for one update rule per field."""
        session = self._the_session()
        dialog = RulesDialog(session.shown_fields(), session.rules(), self.window())
        dialog.decided.connect(
            lambda rules: self._decide(lambda report: session.set_rules(rules, report=report))
        )
        dialog.open()

    def _replan(self, work: Callable[[Any], Any]) -> None:
        self._work(work, "正在重新核对", lambda _plan: self._show_again(), self._show_again)

    def _decide(self, work: Callable[[Any], Any]) -> None:
        """Work out a decision that leaves the columns as they are."""
        self._work(work, "正在重新核对", lambda _plan: self._say_again(), self._say_again)

    def _show_again(self) -> None:
        self.show_session(self._the_session())

    def _say_again(self) -> None:
        session = self._the_session()
        self.facts.show_file(session)
        self._say_columns(session)

    def _say(
        self, kind: Any, sentence: str, link: str = "", press: Callable[[], object] | None = None
    ) -> None:
        self._on_banner = press or (lambda: None)
        self.banner.show_sentence(kind, sentence, link=link)

    def _banner_pressed(self) -> None:
        self._on_banner()

    def _the_session(self) -> ImportSession:
        assert self._session is not None, "a file is read first"
        return self._session


def _unknown_words(session: ImportSession) -> str:
    """Name the groups that the village does not have, and what becomes of them."""
    unknown = session.unknown_groups()
    names = "、".join(f"“{one.text}”" for one in unknown[:4])
    more = f"等 {len(unknown)} 个" if len(unknown) > 4 else ""
    made = all(one.answer == "create" for one in unknown)
    end = "写入时会新建。" if made else "请看看是新的，还是已有的另一种叫法。"
    return f"台账里还没有{names}{more}，{end}"
