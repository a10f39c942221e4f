"""The end of a matter: result, answer, visit, closed, archived, and taken up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.issues import FollowUp, Issue
from village_app.domain.issue_course import blocked
from village_app.domain.permissions import may
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.house.attachments import Attachments
from village_app.services.issues.issues import Issues
from village_app.services.issues.photos import AFTER_PHOTO
from village_app.services.issues.steps import IssueSteps, day_of
from village_app.services.rules import Rules
from village_app.services.session import permitted


class IssueClosing(IssueSteps):
    """Brings matters to their end; nothing closes without result, answer and visit."""

    @permitted("issues.edit")
    def finish(self, issue: Issue, result: str, outcome: str = "已解决") -> Issue:
        """Write down how it was dealt with; what follows is the answer to the person."""
        values = read_values(Issue, {"result": result, "outcome": outcome}, partly=True)
        return self._move("finish", issue, values, result, **values)

    @permitted("issues.edit")
    def answer(self, issue: Issue, way: str, note: str = "") -> Issue:
        """Write down that the person was answered, and how."""
        values = read_values(Issue, {"answer_way": way}, partly=True)
        word = Issue.declaration("answer_way").kind.show(values["answer_way"])
        kept = {**values, "answered_at": self.session.now()}
        kept["answered_by"] = self.session.user.full_name
        return self._move("answer", issue, kept, note or f"{word}反馈反映人", **kept)

    @permitted("issues.edit")
    def visit(self, issue: Issue, typed: Mapping[str, Any]) -> FollowUp:
        """Take down a visit; discontent asks for a reason and reopens, or says why it does not."""
        if issue.state != "visiting":
            raise Refused("wrong_state", f"{issue.number}还没有反馈，先反馈再回访。")
        now, me = self.session.now(), self.session.user.full_name
        given = {"way": "phone", **typed, "issue_id": issue.id, "at": now, "visitor": me}
        values = read_values(FollowUp, given)
        unhappy = values["satisfaction"] == "dissatisfied"
        if unhappy and not values.get("reason"):
            raise InvalidInput([Fault("reason", "required", "不满意要写明原因。")])
        word = FollowUp.declaration("satisfaction").kind.show(values["satisfaction"])
        because = f"：{values['reason']}" if values.get("reason") else ""
        with self._change(f"回访 {issue.number}") as change:
            made: FollowUp = change.insert(FollowUp(**values))
            self._set(change, issue, satisfaction=values["satisfaction"])
            self._note(change, issue, "visited", f"回访：{word}{because}")
            if unhappy and not values.get("no_rework_reason"):
                self._reopen(change, issue, values["reason"], None)
        return made

    @permitted("issues.edit")
    def go_without_visit(self, issue: Issue, reason: str) -> Issue:
        """Say why there is no visit (an anonymous matter, a praise)."""
        self._refuse_blank(reason)
        with self._change(f"不回访 {issue.number}") as change:
            self._set(change, issue, no_visit_reason=reason.strip())
            self._note(change, issue, "visited", f"不回访：{reason.strip()}")
        return issue

    @permitted("issues.close")
    def close(self, issue: Issue) -> Issue:
        """Close a matter: result, answer and visit must be there; merged matters close with it."""
        with self._change(f"办结 {issue.number}") as change:
            return self._close(change, issue)

    @permitted("issues.close")
    def close_many(self, issues: Sequence[Issue]) -> int:
        """Close many matters in one change; refused for all when one lacks something."""
        lacking = [one for one in issues if self.lacking(one)]
        if lacking:
            names = "、".join(one.number for one in lacking[:5])
            raise Refused("not_ready", f"有 {len(lacking)} 件还不能办结：{names}。一件都没有动。")
        with self._change(f"办结 {len(issues)} 件", kind="bulk") as change:
            for issue in issues:
                self._close(change, issue)
        return len(issues)

    @permitted("issues.read")
    def lacking(self, issue: Issue) -> tuple[Fault, ...]:
        """Say all that keeps a matter from being closed; empty when it can be."""
        faults = blocked("close", issue.state, self._closing_facts(issue))
        category = Issues(self.session).category(issue.category)
        is_hazard = category is not None and category.is_hazard
        if is_hazard and not Attachments(self.session).of(issue, purpose=AFTER_PHOTO):
            sentence = f"{issue.category}要有办理后的照片，才能办结。"
            faults = (*faults, Fault("photo", "no_photo", sentence))
        return faults

    @permitted("issues.close")
    def archive(self, issue: Issue) -> Issue:
        return self._move("archive", issue, {}, "归档")

    @permitted("issues.edit")
    def reopen(self, issue: Issue, reason: str, *, limit: str | None = None) -> Issue:
        """Take a matter up again with its number; a second time a head of the village must.

        Refused after the days of the rule since the closing.
        """
        with self._change(f"重办 {issue.number}") as change:
            self._reopen(change, issue, reason.strip(), limit)
        return issue

    def _close(self, change: Change, issue: Issue) -> Issue:
        lacking = self.lacking(issue)
        if lacking:
            raise InvalidInput(lacking)
        now = self.session.now()
        self._set(change, issue, state="closed", closed_at=now)
        self._note(change, issue, "closed", "办结")
        merged = self.store.select(Issue).where(
            Issue.merged_into == issue.id, Issue.state == "merged"
        )
        for one in self.store.rows(merged):
            change.update(one, state="closed", closed_at=now, result=issue.result)
            self._note(change, one, "closed", f"随{issue.number}办结")
        return issue

    def _reopen(self, change: Change, issue: Issue, reason: str, limit: str | None) -> None:
        rule = Rules(self.session).on("issue_course")
        closed = issue.closed_at
        if closed is not None:
            last = day_of(closed) + timedelta(days=rule["reopen_days"])
            if self.session.today() > last:
                sentence = f"办结已超过 {rule['reopen_days']} 天，不能重办，请另行登记。"
                raise Refused("too_late", sentence)
        count = (issue.reopened or 0) + 1
        if count > rule["reopenings_by_handler"] and not may(
            self.session.user.role, "issues.extend"
        ):
            raise Refused("needs_head", "第二次重办要由书记或主任批准。")
        due, _, _ = Issues(self.session).due_of(self.session.now(), limit)
        self._step(
            change,
            "reopen",
            issue,
            {"reason": reason, "due": due.moment},
            f"重办（第{count}次）：{reason}",
            due=due.moment,
            reopened=count,
            closed_at=None,
            answered_at=None,
            no_visit_reason=None,
        )

    def _closing_facts(self, issue: Issue) -> dict[str, Any]:
        return {
            "result": issue.result,
            "answered_at": issue.answered_at,
            "visit": issue.no_visit_reason or self._was_visited(issue),
        }

    def _was_visited(self, issue: Issue) -> bool:
        """Tell whether the last answer was followed by a visit, or by enough attempts."""
        visits = [
            one
            for one in self.store.rows(
                self.store.select(FollowUp).where(FollowUp.issue_id == issue.id)
            )
            if issue.answered_at is None or one.at >= issue.answered_at
        ]
        if any(one.satisfaction != "unreached" for one in visits):
            return True
        fewest: int = Rules(self.session).on("issue_course")["unreached_attempts"]
        return len(visits) >= fewest
