"""Who has a matter: given, handed over, returned, with more time, urged by a numbered slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from village_app.db.journal import Change
from village_app.db.records.issues import Assignment, Issue, SupervisionSlip
from village_app.domain.calendar import CHINA, Limit, Term
from village_app.domain.issue_course import OPEN_STATES
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.issues.issues import Issues
from village_app.services.issues.steps import IssueSteps, day_of
from village_app.services.numbers import Numbers
from village_app.services.rules import Rules
from village_app.services.session import permitted


class IssueAssigning(IssueSteps):
    """Gives matters to people and sees to it that they keep the limit."""

    @permitted("issues.assign")
    def assign(
        self,
        issue: Issue,
        handler: str,
        *,
        helpers: Sequence[str] = (),
        limit: str | None = None,
        note: str = "",
    ) -> Issue:
        """Give a matter to somebody (or hand it over): who had it from when to when is kept.

        `limit` is a tier of the rule counted from now; without it the matter keeps its limit.
        """
        with self._change(f"交办 {issue.number} → {handler.strip()}") as change:
            return self._assign(change, issue, handler, helpers, limit, note)

    @permitted("issues.assign")
    def assign_many(self, issues: Sequence[Issue], handler: str) -> int:
        """Give many matters to one person in one change, so that one undo takes all back."""
        with self._change(f"交办 {len(issues)} 件 → {handler.strip()}", kind="bulk") as change:
            for issue in issues:
                self._assign(change, issue, handler, (), None, "")
        return len(issues)

    @permitted("issues.edit")
    def send_back(self, issue: Issue, reason: str) -> Issue:
        """Return a matter that was given to the wrong hands, within the days of the rule."""
        days = Rules(self.session).on("issue_course")["return_work_days"]
        since = self._current(issue)
        if since is not None:
            last = Rules(self.session).calendar().add_work_days(day_of(since.since), days).day
            if self.session.today() > last:
                raise Refused("too_late", f"交办已过 {days} 个工作日，不能再退回，请直接办理。")
        with self._change(f"退回 {issue.number}") as change:
            moved = self._step(change, "return", issue, {"reason": reason.strip()}, reason)
            self._end_assignments(change, issue)
            self._set(change, issue, handler=None)
        return moved

    @permitted("issues.extend")
    def extend(self, issue: Issue, due_on: date, reason: str) -> Issue:
        """Give more time; the first due date stays for the statistics.

        Refused without a reason, and to a day that is not after the present due day.
        """
        faults = []
        if not reason.strip():
            faults.append(Fault("reason", "required", "延期要写明原因。"))
        if issue.due is not None and due_on <= day_of(issue.due):
            sentence = f"新期限要晚于现在的 {day_of(issue.due)}。"
            faults.append(Fault("due_on", "not_later", sentence))
        if faults:
            raise InvalidInput(faults)
        due = Limit(Term(0, "calendar_day")).due_moment(
            datetime.combine(due_on, datetime.min.time(), CHINA), Rules(self.session).calendar()
        )
        with self._change(f"延期 {issue.number} 到 {due_on}") as change:
            count = (issue.extensions or 0) + 1
            self._set(change, issue, due=due.moment, extensions=count)
            by = self.session.user.full_name
            self._note(change, issue, "extended", f"延期到{due_on}（{by}批准）：{reason.strip()}")
        return issue

    @permitted("issues.assign")
    def urge(self, issue: Issue, demand: str) -> SupervisionSlip:
        """Send out a numbered supervision slip; its colour follows from the limit."""
        self._refuse_blank(demand)
        if issue.state not in OPEN_STATES:
            raise Refused("wrong_state", f"{issue.number}已经办完，不用督办。")
        rules = Rules(self.session)
        light = Issues(self.session).light(issue)
        level = {"over": "red", "today": "yellow"}.get(light.kind, "blue")
        days = rules.on("issue_course")["slip_answer_work_days"]
        answer_by = rules.calendar().add_work_days(self.session.today(), days).day
        with self._change(f"督办 {issue.number}") as change:
            slip: SupervisionSlip = change.insert(
                SupervisionSlip(
                    issue_id=issue.id,
                    level=level,
                    at=self.session.now(),
                    sent_by=self.session.user.full_name,
                    demand=demand.strip(),
                    answer_by=answer_by,
                )
            )
            year = self.session.today().year
            number = Numbers(self.session).issue(change, "supervision_slip", year, slip)
            change.update(slip, number=number)
            self._note(change, issue, "urged", f"发出督办单{number}：{demand.strip()}")
        return slip

    def _assign(
        self,
        change: Change,
        issue: Issue,
        handler: str,
        helpers: Sequence[str],
        limit: str | None,
        note: str,
    ) -> Issue:
        name = handler.strip()
        due = issue.due
        if limit is not None:
            computed, _, _ = Issues(self.session).due_of(self.session.now(), limit)
            due = computed.moment
        before = issue.handler if self._current(issue) else None
        words = f"{before}移交{name}" if before and before != name else f"交办{name}"
        with_helpers = f"，{'、'.join(helpers)}协办" if helpers else ""
        text = f"{words}{with_helpers}{f'：{note.strip()}' if note.strip() else ''}"
        facts = {"handler": name, "due": due}
        kept = {"handler": name or None, "due": due, "first_due": issue.first_due or due}
        self._step(change, "assign", issue, facts, text, **kept)
        self._end_assignments(change, issue)
        for role, who in (("main", name), *(("helper", one.strip()) for one in helpers)):
            change.insert(
                Assignment(
                    issue_id=issue.id,
                    handler=who,
                    role=role,
                    since=self.session.now(),
                    given_by=self.session.user.full_name,
                )
            )
        return issue
