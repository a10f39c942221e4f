"""A matter turned into something else: agenda item, mediation, task, project; tied both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.records.issues import Issue, Task
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.db.records.projects import Project
from village_app.services.issues.issues import Issues
from village_app.services.issues.tasks import MEDIATION, Tasks
from village_app.services.meetings.meetings import Meetings
from village_app.services.projects.projects import Projects
from village_app.services.session import Service, permitted


class IssueOnward(Service):
    """Each turn is one change: the new record, the tie, and a step that names it."""

    @permitted("issues.edit")
    def to_agenda(self, issue: Issue, meeting: Meeting, typed: Mapping[str, Any]) -> AgendaItem:
        """Put a matter on the agenda of a meeting."""
        with self.session.change(f"转议题 {issue.number}") as change:
            item = Meetings(self.session).add_item(meeting, typed, source=issue)
            said = f"列为{meeting.name}议题：{item.name}"
            Issues(self.session).note(change, issue, "linked", said)
        return item

    @permitted("issues.edit")
    def to_task(self, issue: Issue, typed: Mapping[str, Any]) -> Task:
        """Make a task of a matter."""
        with self.session.change(f"转任务 {issue.number}") as change:
            task = Tasks(self.session).start(typed, source=issue)
            said = f"转为任务{task.number}：{task.heading}"
            Issues(self.session).note(change, issue, "linked", said)
        return task

    @permitted("issues.edit")
    def to_mediation(self, issue: Issue, typed: Mapping[str, Any]) -> Task:
        """Hand a quarrel to the mediators: a task that is marked as a mediation."""
        with self.session.change(f"转调解 {issue.number}") as change:
            task = Tasks(self.session).start(typed, source=issue, kind=MEDIATION)
            said = f"转调解{task.number}，由{task.owner}调解"
            Issues(self.session).note(change, issue, "linked", said)
        return task

    @permitted("issues.edit")
    def to_project(self, issue: Issue, typed: Mapping[str, Any]) -> Project:
        """Make a project of a matter."""
        with self.session.change(f"转项目 {issue.number}") as change:
            project = Projects(self.session).start(typed, source=issue)
            said = f"转为项目{project.number}：{project.name}"
            Issues(self.session).note(change, issue, "linked", said)
        return project
