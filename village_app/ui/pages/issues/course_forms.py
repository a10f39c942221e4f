"""Forms of the moves that take a matter along its course: given, rested, reported, merged."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import Issue
from village_app.domain.kinds import DAY, TEXT, Choice, FieldDeclaration, Option
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.issues.move_form import (
    NOTE,
    REASON,
    Form,
    Maker,
    day_typed,
    field_of,
)


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
        NOTE,
    )
    values = {"handler": issue.handler} if issue.handler else None
    return Form(f"交办 {issue.number}", "交办", fields, save, "已交办", values)


def reasoned(code: str, title: str, said: str) -> Maker:
    """Make the form of a move that only asks for a reason."""

    def make(village: Any, issue: Issue) -> Form:
        move = {
            "refuse": village.issue_work.refuse,
            "return": village.issue_work.send_back,
            "pass_on": village.issue_work.pass_on,
            "reopen": village.issue_work.reopen,
            "no_visit": village.issue_work.go_without_visit,
            "void": village.issue_work.void,
        }[code]
        return Form(
            f"{title} {issue.number}",
            title,
            (REASON,),
            lambda typed: move(issue, typed["reason"]),
            said,
        )

    return make


def _hold(village: Any, issue: Issue) -> Form:
    until = FieldDeclaration("until", "复查日", DAY, required=True)

    def save(typed: Typed) -> object:
        return village.issue_work.hold(
            issue, typed["reason"], day_typed("until", "复查日", typed["until"])
        )

    return Form(f"挂起 {issue.number}", "挂起", (REASON, until), save, "已挂起")


def _report(village: Any, issue: Issue) -> Form:
    fields = (
        field_of(Issue, "reported_on", required=True),
        field_of(Issue, "reported_number"),
        NOTE,
    )

    def save(typed: Typed) -> object:
        on = day_typed("reported_on", "上报日期", typed["reported_on"])
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
            issue, day_typed("due_on", "新期限", typed["due_on"]), typed["reason"]
        )

    return Form(f"延期 {issue.number}", "延期", (due, REASON), save, "已延期，原定期限留着")


COURSE: dict[str, Maker] = {
    "assign": _assign,
    "refuse": reasoned("refuse", "不予受理", "已写明不予受理"),
    "return": reasoned("return", "退回", "已退回"),
    "pass_on": reasoned("pass_on", "转其他途径", "已转其他途径"),
    "reopen": reasoned("reopen", "重办", "已重办，编号不变"),
    "void": reasoned("void", "作废", "已作废，编号留着"),
    "hold": _hold,
    "report": _report,
    "merge": _merge,
    "extend": _extend,
}
