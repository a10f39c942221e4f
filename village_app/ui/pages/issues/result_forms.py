"""Forms of what was done and how it ended: steps, corrections, result, answer, visit, slip."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import FollowUp, Issue, IssueStep
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import LONG_TEXT, Choice, FieldDeclaration, options_of
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.issues.course_forms import reasoned
from village_app.ui.pages.issues.move_form import NOTE, Form, Maker, field_of

# As much of a step as a line of choices shows.
_SHOWN = 30


def _step(village: Any, issue: Issue) -> Form:
    text = FieldDeclaration("text", "做了什么", LONG_TEXT, required=True)
    return Form(
        f"添一步 {issue.number}",
        "添上",
        (text,),
        lambda typed: village.issue_work.add_step(issue, typed["text"]),
        "已添一步",
    )


def _correct_step(village: Any, issue: Issue) -> Form:
    """Let one step be corrected by a new one; the last step is offered first."""
    steps = list(reversed(village.issues.file(issue).steps))
    labels = {str(one.id): _step_words(one) for one in steps}
    which = Choice(options_of(labels.items()))

    def save(typed: Typed) -> object:
        chosen = which.parse(typed["step"])
        step = next(one for one in steps if str(one.id) == chosen)
        return village.issue_work.correct_step(step, typed["text"])

    fields = (
        FieldDeclaration("step", "哪一步", which, required=True),
        FieldDeclaration("text", "正确的是", LONG_TEXT, required=True, hint="原来写的还看得到"),
    )
    first = {"step": str(steps[0].id)} if steps else None
    return Form(f"更正一步 {issue.number}", "更正", fields, save, "已更正，原来的留着", first)


def _step_words(step: IssueStep) -> str:
    at = step.at.astimezone(CHINA)
    return f"{at:%m-%d %H:%M} {step.text[:_SHOWN]}"


def _finish(village: Any, issue: Issue) -> Form:
    fields = (field_of(Issue, "result", required=True), field_of(Issue, "outcome", required=True))

    def save(typed: Typed) -> object:
        return village.issue_work.finish(issue, typed["result"], typed["outcome"])

    return Form(
        f"办理结果 {issue.number}", "写好结果", fields, save, "已写结果", {"outcome": "solved"}
    )


def _answer(village: Any, issue: Issue) -> Form:
    fields = (field_of(Issue, "answer_way", required=True), NOTE)

    def save(typed: Typed) -> object:
        return village.issue_work.answer(issue, typed["answer_way"], typed["note"])

    return Form(f"反馈 {issue.number}", "已反馈", fields, save, "已反馈", {"answer_way": "phone"})


def _visit(village: Any, issue: Issue) -> Form:
    names = ("satisfaction", "way", "reason", "no_rework_reason")
    return Form(
        f"回访 {issue.number}",
        "记下回访",
        tuple(field_of(FollowUp, name) for name in names),
        lambda typed: village.issue_work.visit(issue, typed),
        "已回访",
        {"way": "phone"},
    )


def _urge(village: Any, issue: Issue) -> Form:
    demand = FieldDeclaration("demand", "督办要求", LONG_TEXT, required=True)
    return Form(
        f"督办 {issue.number}",
        "发督办单",
        (demand,),
        lambda typed: village.issue_work.urge(issue, typed["demand"]),
        "已发督办单",
    )


RESULT: dict[str, Maker] = {
    "step": _step,
    "correct_step": _correct_step,
    "finish": _finish,
    "answer": _answer,
    "visit": _visit,
    "urge": _urge,
    "no_visit": reasoned("no_visit", "不回访", "已写明不回访的原因"),
}
