"""Which paper of the log is printed: of the chosen matter, of several, or of the year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.db.records.issues import Issue
from village_app.errors import VillageError
from village_app.services.issues.papers import SLIPS
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.page import Desk
from village_app.ui.pages.paper_sheet import PaperSheet

_XLSX = FileKind("表格", ("xlsx",))
PUBLIC = "public"


class IssuePrinting:
    """Shows papers over the page and writes lists as spreadsheets."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        self.desk = desk
        self._over = over
        self.sheet: PaperSheet | None = None

    def choose(self, issue: Issue | None) -> None:
        """Ask which paper, and show it."""
        papers = self.desk.village.issue_sheets.choices(issue)
        answers = [
            *(Choice(one.code, one.name) for one in papers),
            Choice(PUBLIC, "公开版台账，起草公示"),
            Choice("internal", "内部版台账"),
            Choice("form", "空白接访登记表"),
            Choice("", "先不打印"),
        ]
        code = self.desk.asking.ask(Question("打印哪一种", (), answers, "new"))
        if code == PUBLIC:
            self.attempt(self._draft_public)
        elif code:
            words = next(one.words for one in answers if one.key == code)
            self.show(words, code, issue)

    def show(self, words: str, code: str, issue: Issue | None) -> None:
        """Show one paper as it will be printed."""
        name = words if issue is None or "〔" in words else f"{words} {issue.number}"
        sheets = self.desk.village.issue_sheets
        self.show_pdf(name, lambda: sheets.pdf(code, issue))

    def slips(self, keys: Sequence[int]) -> None:
        """Ask which slip of the chosen matters, and show them as one paper."""
        answers = [Choice(code, name) for code, (name, _, _) in SLIPS.items()]
        question = Question(
            f"打印选中的 {len(keys)} 件", (), [*answers, Choice("", "先不打印")], "new"
        )
        code = self.desk.asking.ask(question)
        if code:
            name = f"{SLIPS[code][0]} {len(keys)} 件"
            self.show_pdf(name, lambda: self.desk.village.issue_sheets.many(code, keys))

    def show_pdf(self, name: str, make: Callable[[], bytes]) -> None:
        """Make a paper beside the window and show it over the page."""
        job = self.desk.jobs.start(lambda _report: make(), f"排版 {name}", writes=False)
        job.succeeded.connect(lambda data: self.show_data(name, data))
        job.failed.connect(self._tell)

    def show_data(self, name: str, data: bytes) -> None:
        """Show a finished PDF over the page."""
        self.sheet = PaperSheet(self.desk, name, data, self._over.window())
        self.sheet.open()

    def export(self, ids: Sequence[int]) -> None:
        """Write matters as a spreadsheet."""
        path = self.desk.asking.save_file("存表格", _XLSX, "诉求台账.xlsx", "exports")
        if path is not None:
            self.attempt(lambda: self._export(path, ids))

    def _export(self, path: Any, ids: Sequence[int]) -> None:
        count = self.desk.village.issue_sheets.export(path, ids)
        self.desk.say(f"已导出 {count} 件，号码已遮盖", None)

    def _draft_public(self) -> None:
        today = self.desk.village.session.today()
        first = date(today.year, 1, 1)
        papers = self.desk.village.issue_papers
        notice = papers.draft_public_ledger(first, today, f"{today.year}年")
        self.desk.say(f"已起草《{notice.heading}》，到公示公告里审核", self.desk.undo)
        self.desk.go("notices", notice.id)

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; a refusal is said in its sentence."""
        try:
            act()
        except VillageError as error:
            self.desk.say(error.message, None)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self.desk.say(error.message, None)
