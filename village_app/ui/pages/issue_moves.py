"""What can be done with a matter: each move's form, its service, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.records.issues import FollowUp, Issue, Task
from village_app.db.records.projects import Project
from village_app.domain.issue_course import moves_from
from village_app.domain.kinds import (
    DAY,
    LONG_TEXT,
    TEXT,
    Choice,
    FieldDeclaration,
    Option,
)
from village_app.errors import Fault, InvalidInput
from village_app.ui.pages.form_dialog import Typed

_REASON = FieldDeclaration("reason", "原因", LONG_TEXT, required=True)
_NOTE = FieldDeclaration("note", "说明", LONG_TEXT)


@dataclass(frozen=True, slots=True)
class Form:
    """One move's form: title, button words, fields, what saves it, what is said then."""

    title: str
    words: str
    fields: tuple[FieldDeclaration, ...]
    save: Callable[[Typed], object]
    said: str
    values: dict[str, Any] | None = None


# Moves that need no form.
PLAIN = ("accept", "resume", "close", "archive")
# Moves offered under 更多 besides those of the course.
OTHERS = (
    ("step", "添一步"),
    ("correct", "改登记"),
    ("extend", "延期"),
    ("urge", "发督办单"),
    ("no_visit", "不回访"),
    ("task", "转任务"),
    ("project", "转项目"),
)


def choices(issue: Issue) -> list[tuple[str, str]]:
    """List what can be done with a matter now: code and words."""
    course = [(move.code, move.verb) for move in moves_from(issue.state)]
    if issue.state == "visiting":
        course.insert(0, ("visit", "回访"))
    fitting = {
        "extend": issue.state in {"registered", "accepted", "working"},
        "urge": issue.state in {"registered", "accepted", "working", "held", "reported"},
        "no_visit": issue.state == "visiting",
    }
    return [*course, *(one for one in OTHERS if fitting.get(one[0], True))]


def form_for(village: Any, issue: Issue, code: str) -> Form:
    """Give the form of a move."""
    makers = {**_COURSE, **_RESULT, **_ONWARD}
    form: Form = makers[code](village, issue)
    return form


def _field(model: Any, name: str, *, required: bool | None = None) -> FieldDeclaration:
    found: FieldDeclaration = model.declaration(name)
    if required is None:
        return found
    return FieldDeclaration(found.name, found.label, found.kind, required=required)


def _day(name: str, label: str, text: str) -> date:
    """Read a day; a blank one is a fault of its field."""
    found: date | None = DAY.parse(text)
    if found is None:
        raise InvalidInput([Fault(name, "required", f"{label}不能空。")])
    return found


def handler_field() -> FieldDeclaration:
    """Give the field in which a handler is named."""
    return FieldDeclaration("handler", "承办人", TEXT, required=True)


def _assign(village: Any, issue: Issue) -> Form:
    limits = village.issues.limits()
    tiers = Choice(tuple(Option(code, label) for code, label in limits.items()))

    def save(typed: Typed) -> object:
        helpers = [one for one in typed["helpers"].replace("，", "、").split("、") if one.strip()]
        return village.issue_work.assign(
            issue,
            typed["handler"],
            helpers=helpers,
            limit=tiers.parse(typed["limit"]),
            note=typed["note"],
        )

    fields = (
        handler_field(),
        FieldDeclaration("helpers", "协办", TEXT, hint="几个人用顿号隔开"),
        FieldDeclaration("limit", "从现在起", tiers, hint="不填就照原来的期限"),
        _NOTE,
    )
    values = {"handler": issue.handler} if issue.handler else None
    return Form(f"交办 {issue.number}", "交办", fields, save, "已交办", values)


def _reasoned(code: str, title: str, said: str) -> Callable[[Any, Issue], Form]:
    """Make the form of a move that only asks for a reason."""

    def make(village: Any, issue: Issue) -> Form:
        move = {
            "refuse": village.issue_work.refuse,
            "return": village.issue_work.send_back,
            "pass_on": village.issue_work.pass_on,
            "reopen": village.issue_work.reopen,
            "no_visit": village.issue_work.go_without_visit,
        }[code]
        return Form(
            f"{title} {issue.number}",
            title,
            (_REASON,),
            lambda typed: move(issue, typed["reason"]),
            said,
        )

    return make


def _hold(village: Any, issue: Issue) -> Form:
    until = FieldDeclaration("until", "复查日", DAY, required=True)

    def save(typed: Typed) -> object:
        return village.issue_work.hold(
            issue, typed["reason"], _day("until", "复查日", typed["until"])
        )

    return Form(f"挂起 {issue.number}", "挂起", (_REASON, until), save, "已挂起")


def _report(village: Any, issue: Issue) -> Form:
    fields = (
        _field(Issue, "reported_on", required=True),
        _field(Issue, "reported_number"),
        _NOTE,
    )

    def save(typed: Typed) -> object:
        on = _day("reported_on", "上报日期", typed["reported_on"])
        return village.issue_work.report(issue, typed["reported_number"], on, typed["note"])

    return Form(f"上报镇街 {issue.number}", "上报", fields, save, "已上报")


def _merge(village: Any, issue: Issue) -> Form:
    main = FieldDeclaration("main", "并入哪一件", TEXT, required=True, hint="写编号")

    def save(typed: Typed) -> object:
        return village.issue_work.merge(issue, village.issues.by_number(typed["main"]))

    return Form(f"并案 {issue.number}", "并案", (main,), save, "已并案")


def _extend(village: Any, issue: Issue) -> Form:
    due = FieldDeclaration("due_on", "新期限", DAY, required=True)

    def save(typed: Typed) -> object:
        return village.issue_work.extend(
            issue, _day("due_on", "新期限", typed["due_on"]), typed["reason"]
        )

    return Form(f"延期 {issue.number}", "延期", (due, _REASON), save, "已延期，原定期限留着")


_COURSE: dict[str, Callable[[Any, Issue], Form]] = {
    "assign": _assign,
    "refuse": _reasoned("refuse", "不予受理", "已写明不予受理"),
    "return": _reasoned("return", "退回", "已退回"),
    "pass_on": _reasoned("pass_on", "转其他途径", "已转其他途径"),
    "reopen": _reasoned("reopen", "重办", "已重办，编号不变"),
    "hold": _hold,
    "report": _report,
    "merge": _merge,
    "extend": _extend,
}


def _step(village: Any, issue: Issue) -> Form:
    text = FieldDeclaration("text", "做了什么", LONG_TEXT, required=True)
    return Form(
        f"添一步 {issue.number}",
        "添上",
        (text,),
        lambda typed: village.issue_work.add_step(issue, typed["text"]),
        "已添一步",
    )


def _finish(village: Any, issue: Issue) -> Form:
    fields = (_field(Issue, "result", required=True), _field(Issue, "outcome", required=True))

    def save(typed: Typed) -> object:
        return village.issue_work.finish(issue, typed["result"], typed["outcome"])

    return Form(
        f"办理结果 {issue.number}", "写好结果", fields, save, "已写结果", {"outcome": "solved"}
    )


def _answer(village: Any, issue: Issue) -> Form:
    fields = (_field(Issue, "answer_way", required=True), _NOTE)

    def save(typed: Typed) -> object:
        return village.issue_work.answer(issue, typed["answer_way"], typed["note"])

    return Form(f"反馈 {issue.number}", "已反馈", fields, save, "已反馈", {"answer_way": "phone"})


def _visit(village: Any, issue: Issue) -> Form:
    names = ("satisfaction", "way", "reason", "no_rework_reason")
    return Form(
        f"回访 {issue.number}",
        "记下回访",
        tuple(_field(FollowUp, name) for name in names),
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


_RESULT: dict[str, Callable[[Any, Issue], Form]] = {
    "step": _step,
    "finish": _finish,
    "answer": _answer,
    "visit": _visit,
    "urge": _urge,
    "no_visit": _reasoned("no_visit", "不回访", "已写明不回访的原因"),
}


def _task(village: Any, issue: Issue) -> Form:
    names = ("heading", "owner", "due_on", "helpers", "evidence_needed", "recurrence")
    return Form(
        f"转任务 {issue.number}",
        "转成任务",
        tuple(_field(Task, name) for name in names),
        lambda typed: village.tasks.start(typed, source=issue),
        "已转成任务",
        {"heading": issue.heading, "owner": issue.handler},
    )


def _project(village: Any, issue: Issue) -> Form:
    names = ("name", "place", "reason", "budget")
    return Form(
        f"转项目 {issue.number}",
        "转成项目",
        tuple(_field(Project, name) for name in names),
        lambda typed: village.projects.start(typed, source=issue),
        "已转成项目",
        {"name": issue.heading, "place": issue.place, "reason": issue.content},
    )


ENTRY_FIELDS = (
    *("heading", "content", "source", "source_number", "category", "subcategory", "nature"),
    *("reporter_kind", "reporter", "behalf_of", "phone", "address", "people", "place"),
    *("happened_on", "at", "is_urgent", "is_confidential"),
)
ENTRY_LINES = (
    ("heading",),
    ("content",),
    ("source", "source_number"),
    ("category", "subcategory"),
    ("nature", "reporter_kind"),
    ("reporter", "behalf_of"),
    ("phone", "people"),
    ("address",),
    ("place",),
    ("happened_on", "at"),
    ("is_urgent", "is_confidential"),
)


def _correct(village: Any, issue: Issue) -> Form:
    return Form(
        f"改登记 {issue.number}",
        "存",
        entry_fields(village),
        lambda typed: village.issues.correct(issue, typed),
        "已改好",
        {name: getattr(issue, name) for name in ENTRY_FIELDS},
    )


def entry_fields(village: Any) -> tuple[FieldDeclaration, ...]:
    """Give the fields of the entry form; categories are chosen from the village's own list."""
    tree = village.issues.categories()
    names = Choice(tuple(Option(one.name, one.name) for one in tree))
    fields = {name: Issue.declaration(name) for name in ENTRY_FIELDS}
    fields["category"] = FieldDeclaration("category", "大类", names)
    return tuple(fields.values())


_ONWARD: dict[str, Callable[[Any, Issue], Form]] = {
    "task": _task,
    "project": _project,
    "correct": _correct,
}
