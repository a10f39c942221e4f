"""Tasks: who does what by when, with evidence; a recurring one brings the next when it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from village_app.db.fields import Record
from village_app.db.records.issues import Task
from village_app.domain.calendar import add_months
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.house.attachments import Attachments
from village_app.services.house.links import Links
from village_app.services.numbers import Numbers
from village_app.services.session import Service, permitted

PLAIN, MEDIATION = "任务", "调解"
EVIDENCE = "完成材料"
LISTS = ("open", "over", "week", "series", "done", "all")
_DAYS_OF_A_WEEK = 7
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Origin:
    """The record that a task came from: its page, id, and what it is called."""

    page: str
    id: int
    words: str


_PAGES = {
    "issue": "issues",
    "resolution": "resolutions",
    "meeting": "meetings",
    "notice": "notices",
    "project": "projects",
}


class Tasks(Service):
    """The village's tasks."""

    @permitted("tasks.edit")
    def start(
        self, typed: Mapping[str, Any], *, source: Record | None = None, kind: str = PLAIN
    ) -> Task:
        """Enter a task with its number, tied to the record it came from.

        `kind` says how the two belong together: a task, or a mediation that is marked as one.
        """
        values = read_values(Task, {"state": "open", **typed})
        origin = getattr(source, "number", None) if source is not None else None
        with self.session.change(f"新建任务 {values['heading']}") as change:
            task: Task = change.insert(Task(**values, source=origin))
            year = self.session.today().year
            number = Numbers(self.session).issue(change, "task", year, task)
            change.update(task, number=number)
            if source is not None:
                Links(self.session).link(change, source, task, kind)
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
        self._refuse_settled(task)
        with self.session.change(f"完成任务 {task.heading}") as change:
            day = on or self.session.today()
            change.update(task, state="done", result=result.strip(), done_on=day)
            return self._next(task) if task.recurrence else None

    @permitted("tasks.edit")
    def correct(self, task: Task, typed: Mapping[str, Any]) -> Task:
        """Change what a task says; refused once it is done or dropped."""
        self._refuse_settled(task)
        values = read_values(Task, typed, partly=True)
        with self.session.change(f"修改任务 {task.heading}") as change:
            changed: Task = change.update(task, **values)
        return changed

    @permitted("tasks.edit")
    def drop(self, task: Task, reason: str) -> Task:
        """Give a task up, with the reason; a series ends with it."""
        self._refuse_settled(task)
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "取消要写明原因。")])
        with self.session.change(f"取消任务 {task.heading}") as change:
            dropped: Task = change.update(
                task, state="dropped", result=reason.strip(), done_on=self.session.today()
            )
        return dropped

    @permitted("tasks.edit")
    def add_evidence(self, task: Task, files: Sequence[Path]) -> int:
        """Attach the material that proves a task done, in one change."""
        with self.session.change(f"附上完成材料 {task.heading}"):
            for file in files:
                Attachments(self.session).attach(task, file, purpose=EVIDENCE)
        return len(files)

    @permitted("tasks.read")
    def evidence(self, task: Task) -> list[str]:
        """Name the files that are attached to a task."""
        return [one.name for one in Attachments(self.session).of(task)]

    @permitted("tasks.read")
    def origin(self, task: Task) -> Origin | None:
        """Give the record that a task came from; None where it stands for itself."""
        links = Links(self.session)
        for one in links.of(task):
            record = None if one.forward else links.record(one)
            if record is not None:
                name = getattr(record, "heading", None) or getattr(record, "name", "")
                words = " ".join(part for part in (getattr(record, "number", ""), name) if part)
                return Origin(_PAGES.get(one.table, ""), one.id, words)
        return None

    @permitted("tasks.read")
    def started_by(self, source: Record) -> list[Task]:
        """List the tasks that came from a record and are still open."""
        links = Links(self.session)
        made = [links.record(one) for one in links.of(source) if one.forward]
        return [one for one in made if isinstance(one, Task) and one.state == "open"]

    @permitted("tasks.read")
    def get(self, task_id: int) -> Task:
        return self.store.get(Task, task_id)

    @permitted("tasks.read")
    def listed(self, only: str = "open") -> list[Task]:
        """List tasks by due day: open, over (late), week (due in 7 days), series, done or all."""
        return self.store.rows(self._query(only).order_by(Task.due_on, Task.id))

    @permitted("tasks.read")
    def counts(self) -> dict[str, int]:
        """Count the tasks of each list."""
        return {only: int(self._query(only).count()) for only in LISTS}

    def _query(self, only: str) -> Any:
        today = self.session.today()
        is_open = Task.state == "open"
        conditions = {
            "open": is_open,
            "over": is_open & (Task.due_on < today),
            "week": is_open & Task.due_on.between(today, today + timedelta(days=_DAYS_OF_A_WEEK)),
            "series": is_open & Task.recurrence.is_null(False),
            "done": Task.state != "open",
            "all": Task.id.is_null(False),
        }
        return self.store.select(Task).where(conditions[only])

    def _refuse_settled(self, task: Task) -> None:
        if task.state != "open":
            raise Refused("wrong_state", f"任务{task.number}已经不在办了。")

    def _next(self, task: Task) -> Task:
        again = {
            name: getattr(task, name)
            for name in ("heading", "owner", "helpers", "measures", "evidence_needed", "recurrence")
        }
        due = add_months(task.due_on, _MONTHS[task.recurrence])
        return self.start({**again, "due_on": due})
