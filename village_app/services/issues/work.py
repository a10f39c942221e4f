"""Working at a matter: taken up, declined, rested, reported, merged, and what was done at it.

Every function adds a step; what it may do stands in `domain/issue_course.py`.
"""

from __future__ import annotations

from datetime import date, datetime

from village_app.db.records.issues import Issue, IssueStep
from village_app.domain.issue_course import OPEN_STATES
from village_app.errors import Refused
from village_app.services.issues.assigning import IssueAssigning
from village_app.services.issues.closing import IssueClosing
from village_app.services.issues.issues import Issues
from village_app.services.numbers import Numbers
from village_app.services.session import permitted


class IssueWork(IssueAssigning, IssueClosing):
    """The moves of matters and what is written down with them."""

    @permitted("issues.edit")
    def add_step(self, issue: Issue, text: str, *, at: datetime | None = None) -> IssueStep:
        """Write down what was done; refused blank, or before the matter was registered."""
        self._refuse_blank(text)
        self._refuse_early(issue, at)
        Issues(self.session).get(issue.id)
        with self.session.change(f"添一步 {issue.number}") as change:
            return self._note(change, issue, "worked", text, at=at)

    @permitted("issues.edit")
    def correct_step(self, step: IssueStep, text: str) -> IssueStep:
        """Correct a step by a new one that quotes it; the old text stays readable."""
        self._refuse_blank(text)
        issue = Issues(self.session).get(step.issue_id)
        quoted = f"{text.strip()}（更正“{step.text}”）"
        with self.session.change(f"更正一步 {issue.number}") as change:
            return Issues(self.session).note(change, issue, "corrected", quoted, corrects=step)

    @permitted("issues.edit")
    def accept(self, issue: Issue) -> Issue:
        """Take a matter up."""
        return self._move("accept", issue, {}, "已受理")

    @permitted("issues.edit")
    def refuse(self, issue: Issue, reason: str) -> Issue:
        """Decline a matter, with the reason."""
        return self._move("refuse", issue, {"reason": reason.strip()}, reason)

    @permitted("issues.delete")
    def void(self, issue: Issue, reason: str) -> Issue:
        """Void a matter that was entered by mistake; its number stays, marked with the reason."""
        with self._change(f"作废 {issue.number}") as change:
            moved = self._step(change, "void", issue, {"reason": reason.strip()}, reason)
            Numbers(self.session).void(issue.number, reason)
        return moved

    @permitted("issues.edit")
    def hold(self, issue: Issue, reason: str, until: date) -> Issue:
        """Let a matter rest for a reason, with the day to look at it again."""
        text = f"{reason.strip()}，{until}复查"
        facts = {"reason": reason.strip(), "hold_until": until}
        return self._move("hold", issue, facts, text, hold_until=until)

    @permitted("issues.edit")
    def report(self, issue: Issue, number: str, on: date, note: str = "") -> Issue:
        """Report a matter to the town; it is followed until it comes back."""
        text = f"上报镇街{f' {number}' if number else ''}{f'：{note}' if note else ''}"
        values = {"reported_number": number or None, "reported_on": on}
        return self._move("report", issue, values, text, **values)

    @permitted("issues.edit")
    def resume(self, issue: Issue, note: str = "") -> Issue:
        """Go on with a matter that rested or was with the town."""
        return self._move("resume", issue, {}, note or "恢复办理", hold_until=None)

    @permitted("issues.edit")
    def pass_on(self, issue: Issue, reason: str) -> Issue:
        """Send a matter another way: petition office, court, police."""
        return self._move("pass_on", issue, {"reason": reason.strip()}, reason)

    @permitted("issues.edit")
    def merge(self, issue: Issue, main: Issue) -> Issue:
        """Put a duplicate into its main matter; it closes with it. Refused in a circle."""
        if issue.id in (main.id, main.merged_into) or main.state not in OPEN_STATES:
            raise Refused(
                "cannot_merge", f"{issue.number}不能并入{main.number}，请另选一件没办结的。"
            )
        with self._change(f"并案 {issue.number} → {main.number}") as change:
            facts = {"merged_into": main.id}
            self._step(change, "merge", issue, facts, f"并入{main.number}", merged_into=main.id)
            self._note(change, main, "merged", f"并入{issue.number}：{issue.heading}")
        return issue
