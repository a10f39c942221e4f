"""Papers of matters as the window prints them: which there are now, and each as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.issues import Issue, SupervisionSlip
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.pdf import write_pdf
from village_app.services.issues.files import IssueFiles
from village_app.services.issues.issues import Issues
from village_app.services.issues.papers import SLIPS, IssuePapers
from village_app.services.issues.reception_papers import ReceptionPapers
from village_app.services.issues.replies import IssueReplies
from village_app.services.issues.rights import visible
from village_app.services.safety.exports import Exports
from village_app.services.session import Service, permitted

INTERNAL = "internal"
FORM = "form"
FILE = "file"
_SLIP, _REPLY = "slip-", "reply-"


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One paper that can be printed: its code, and what it is called."""

    code: str
    name: str


class IssueSheets(Service):
    """Says what can be printed and prints it."""

    @permitted("issues.read")
    def choices(self, issue: Issue | None) -> list[SheetChoice]:
        """List the papers of a matter, its own letters and supervision slips among them."""
        if issue is None:
            return []
        letters = [
            SheetChoice(f"{_REPLY}{one.id}", f"答复意见 {one.number}")
            for one in IssueReplies(self.session).of(issue)
        ]
        slips = [
            SheetChoice(f"{_SLIP}{one.id}", f"督办单 {one.number}")
            for one in Issues(self.session).file(issue).slips
        ]
        plain = [SheetChoice(code, name) for code, (name, _, _) in SLIPS.items()]
        return [*letters, *slips, *plain, SheetChoice(FILE, "一事一档")]

    @permitted("issues.read")
    def pdf(self, code: str, issue: Issue | None = None) -> bytes:
        """Write a paper as PDF; refused where it is of a matter and none is chosen."""
        return write_pdf(self._paper(code, issue)).data

    @permitted("issues.read")
    def many(self, code: str, ids: Sequence[int]) -> bytes:
        """Write one slip of each of several matters into one PDF, every slip on its own page.

        Refused while none is chosen; matters that this user may not see are left out.
        """
        query = self.store.select(Issue).where(Issue.id.in_(list(ids)), visible(self.session))
        issues = self.store.rows(query.order_by(Issue.id))
        if not issues:
            raise Refused("nothing_chosen", "先在列表里选几件，再打印。")
        paper = IssuePapers(self.session).slips(code, issues)
        self.session.journal.note(f"打印{SLIPS[code][0]} {len(issues)} 件")
        return write_pdf(paper).data

    @permitted("issues.export")
    def export(self, path: Path, ids: Sequence[int]) -> int:
        """Write matters as a spreadsheet to a file of the user's, numbers masked; gives the count.

        Matters that this user may not see are left out.
        """
        query = self.store.select(Issue).where(Issue.id.in_(list(ids)), visible(self.session))
        exported = Exports(self.session).write_records(
            Issue, self.store.rows(query.order_by(Issue.id))
        )
        write_atomically(path, exported.content, doing="保存表格", mode=0o644)
        return exported.rows

    def _paper(self, code: str, issue: Issue | None) -> Paper:
        today = self.session.today()
        if code == INTERNAL:
            papers = IssuePapers(self.session)
            return papers.internal_ledger(date(today.year, 1, 1), today, f"{today.year}年")
        if code == FORM:
            return ReceptionPapers(self.session).form()
        if issue is None:
            raise Refused("no_issue", "先在列表里选一件，再打印。")
        if code == FILE:
            return IssueFiles(self.session).of(issue)
        kind, _, number = code.partition("-")
        if f"{kind}-" == _REPLY:
            replies = IssueReplies(self.session)
            return replies.paper(replies.get(int(number)))
        if f"{kind}-" == _SLIP:
            slip = self.store.get(SupervisionSlip, int(number))
            return IssuePapers(self.session).supervision_slip(slip)
        return IssuePapers(self.session).slip(code, issue)
