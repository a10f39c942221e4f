"""Tasks: who does what by when, with evidence; a recurring one brings the next when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from village_app.db.fields import Record
from village_app.db.records.issues import Task
from village_app.domain.calendar import add_months
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.attachments import Attachments
from village_app.services.checking import read_values
from village_app.services.links import Links
from village_app.services.numbers import Numbers
from village_app.services.session import Service, permitted

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Tasks(Service):
    """The village's tasks."""

    @permitted("tasks.edit")
    def start(self, typed: Mapping[str, Any], *, source: Record | None = None) -> Task:
        """Enter a task with its number, tied to the record it came from."""
        values = read_values(Task, {"state": "open", **typed})
        origin = getattr(source, "number", None) if source is not None else None
        with self.session.change(f"新建任务 {values['heading']}") as change:
            task: Task = change.insert(Task(**values, source=origin))
            year = self.session.today().year
            number = Numbers(self.session).issue(change, "task", year, task)
            change.update(task, number=number)
            if source is not None:
                Links(self.session).link(change, source, task, "任务")
        return task

    @permitted("tasks.edit")
    def finish(self, task: Task, result: str, *, on: date | None = None) -> Task | None:
        """Finish a task; refused without result or needed evidence. Gives the next of its series.

        The evidence is any file attached to the task.
        """
        faults = []
        if not result.strip():
            faults.append(Fault("result", "required", "要写明完成情况。"))
        if task.evidence_needed and not Attachments(self.session).of(task):
            sentence = f"还缺{task.evidence_needed}，附上再标完成。"
            faults.append(Fault("evidence", "no_evidence", sentence))
        if faults:
            raise InvalidInput(faults)
        if task.state != "open":
            raise Refused("wrong_state", f"任务{task.number}已经不在办了。")
        with self.session.change(f"完成任务 {task.heading}") as change:
            day = on or self.session.today()
            change.update(task, state="done", result=result.strip(), done_on=day)
            return self._next(task) if task.recurrence else None

    @permitted("tasks.read")
    def get(self, task_id: int) -> Task:
        return self.store.get(Task, task_id)

    @permitted("tasks.read")
    def listed(self, *, only_open: bool = True) -> list[Task]:
        """List the tasks by due day."""
        query = self.store.select(Task)
        if only_open:
            query = query.where(Task.state == "open")
        return self.store.rows(query.order_by(Task.due_on, Task.id))

    def _next(self, task: Task) -> Task:
        again = {
            name: getattr(task, name)
            for name in ("heading", "owner", "helpers", "measures", "evidence_needed", "recurrence")
        }
        due = add_months(task.due_on, _MONTHS[task.recurrence])
        return self.start({**again, "due_on": due})
