"""Forms by which a matter becomes an agenda item, a mediation, a task or a project."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import Issue, Task
from village_app.db.records.meetings import AgendaItem
from village_app.db.records.projects import Project
from village_app.domain.kinds import Choice, FieldDeclaration, options_of
from village_app.errors import Refused
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.issues.move_form import Form, Maker, field_of


def _agenda(village: Any, issue: Issue) -> Form:
    """Put the matter on the agenda of a meeting that is still ahead."""
    meetings = [one for one in village.meetings.listed() if one.state in ("planned", "running")]
    if not meetings:
        raise Refused("no_meeting", "还没有安排会议。先到议事厅会议安排一次，再转议题。")
    which = Choice(options_of((str(one.id), f"{one.day} {one.name}") for one in meetings))

    def save(typed: Typed) -> object:
        meeting = village.meetings.get(int(which.parse(typed["meeting"]) or 0))
        given = {name: typed[name] for name in ("name", "report", "decision")}
        return village.issue_onward.to_agenda(issue, meeting, given)

    return Form(
        f"转议题 {issue.number}",
        "转成议题",
        (
            FieldDeclaration("meeting", "哪次会议", which, required=True),
            *(field_of(AgendaItem, name) for name in ("name", "report", "decision")),
        ),
        save,
        "已转成议题",
        {
            "meeting": str(meetings[-1].id),
            "name": issue.heading,
            "report": issue.content,
        },
    )


def _mediation(village: Any, issue: Issue) -> Form:
    """Hand a quarrel to the mediators: a task that is marked as a mediation."""
    return Form(
        f"转调解 {issue.number}",
        "转调解",
        tuple(field_of(Task, name) for name in ("heading", "owner", "due_on", "measures")),
        lambda typed: village.issue_onward.to_mediation(issue, typed),
        "已转调解",
        {"heading": f"调解：{issue.heading}", "measures": issue.content},
    )


def _task(village: Any, issue: Issue) -> Form:
    names = ("heading", "owner", "due_on", "helpers", "evidence_needed", "recurrence")
    return Form(
        f"转任务 {issue.number}",
        "转成任务",
        tuple(field_of(Task, name) for name in names),
        lambda typed: village.issue_onward.to_task(issue, typed),
        "已转成任务",
        {"heading": issue.heading, "owner": issue.handler},
    )


def _project(village: Any, issue: Issue) -> Form:
    names = ("name", "place", "reason", "budget")
    return Form(
        f"转项目 {issue.number}",
        "转成项目",
        tuple(field_of(Project, name) for name in names),
        lambda typed: village.issue_onward.to_project(issue, typed),
        "已转成项目",
        {"name": issue.heading, "place": issue.place, "reason": issue.content},
    )


ONWARD: dict[str, Maker] = {
    "agenda": _agenda,
    "mediation": _mediation,
    "task": _task,
    "project": _project,
}
