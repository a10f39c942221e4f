"""Working at a matter: taken up, given to somebody, extended, answered, visited, closed, reopened.

Every function adds a step; what it may do stands in `domain/issue_course.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

from village_app.db.journal import Change, ChangeKind
from village_app.db.records.issues import (
    Assignment,
    FollowUp,
    Issue,
    IssueStep,
    SupervisionSlip,
)
from village_app.domain.calendar import CHINA, Limit, Term
from village_app.domain.issue_course import MOVES, OPEN_STATES, blocked
from village_app.domain.permissions import may
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.attachments import Attachments
from village_app.services.checking import read_values
from village_app.services.issues import Issues
from village_app.services.numbers import Numbers
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

AFTER_PHOTO = "办理后照片"
BEFORE_PHOTO = "办理前照片"


class IssueWork(Service):
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
            last = Rules(self.session).calendar().add_work_days(_day(since.since), days).day
            if self.session.today() > last:
                raise Refused("too_late", f"交办已过 {days} 个工作日，不能再退回，请直接办理。")
        with self._change(f"退回 {issue.number}") as change:
            moved = self._step(change, "return", issue, {"reason": reason.strip()}, reason)
            self._end_assignments(change, issue)
            self._set(change, issue, handler=None)
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

    @permitted("issues.extend")
    def extend(self, issue: Issue, due_on: date, reason: str) -> Issue:
        """Give more time; the first due date stays for the statistics.

        Refused without a reason, and to a day that is not after the present due day.
        """
        faults = []
        if not reason.strip():
            faults.append(Fault("reason", "required", "延期要写明原因。"))
        if issue.due is not None and due_on <= _day(issue.due):
            sentence = f"新期限要晚于现在的 {_day(issue.due)}。"
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
            last = _day(closed) + timedelta(days=rule["reopen_days"])
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

    def _move(
        self, code: str, issue: Issue, facts: Mapping[str, Any], text: str, **values: Any
    ) -> Issue:
        with self._change(f"{MOVES[code].verb} {issue.number}") as change:
            return self._step(change, code, issue, facts, text, **values)

    def _step(
        self,
        change: Change,
        code: str,
        issue: Issue,
        facts: Mapping[str, Any],
        text: str,
        **values: Any,
    ) -> Issue:
        faults = blocked(code, issue.state, facts)
        if faults:
            raise InvalidInput(faults)
        self._set(change, issue, state=MOVES[code].reaches, **values)
        self._note(change, issue, _STEP_OF[code], text)
        return issue

    def _note(
        self, change: Change, issue: Issue, kind: str, text: str, at: datetime | None = None
    ) -> IssueStep:
        return Issues(self.session).note(change, issue, kind, text, at=at)

    def _set(self, change: Change, issue: Issue, **values: Any) -> None:
        Issues(self.session).get(issue.id)
        change.update(issue, **values)

    def _change(self, label: str, kind: ChangeKind = "edit") -> AbstractContextManager[Change]:
        return self.session.change(label, kind=kind)

    def _current(self, issue: Issue) -> Assignment | None:
        found: Assignment | None = (
            self.store.select(Assignment)
            .where(
                Assignment.issue_id == issue.id,
                Assignment.role == "main",
                Assignment.until.is_null(),
            )
            .first()
        )
        return found

    def _end_assignments(self, change: Change, issue: Issue) -> None:
        query = self.store.select(Assignment).where(
            Assignment.issue_id == issue.id, Assignment.until.is_null()
        )
        for one in self.store.rows(query):
            change.update(one, until=self.session.now())

    @staticmethod
    def _refuse_blank(text: str) -> None:
        if not text.strip():
            raise InvalidInput([Fault("text", "required", "要写上内容。")])

    def _refuse_early(self, issue: Issue, at: datetime | None) -> None:
        if at is not None and not issue.at <= at <= self.session.now():
            sentence = "办理时间要在登记之后，也不能晚于现在。"
            raise InvalidInput([Fault("at", "order", sentence)])


_STEP_OF = {
    "accept": "accepted",
    "refuse": "refused",
    "merge": "merged",
    "assign": "assigned",
    "return": "returned",
    "hold": "held",
    "report": "reported",
    "resume": "resumed",
    "pass_on": "passed_on",
    "finish": "finished",
    "answer": "answered",
    "archive": "archived",
    "reopen": "reopened",
}


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
