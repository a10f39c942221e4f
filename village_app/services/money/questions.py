"""Questions of villagers with their due reply, and the supervision committee's visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from village_app.db.fields import Record, table_of
from village_app.db.records.money import Question, SupervisionVisit
from village_app.db.records.projects import Project
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted


class Questions(Service):
    """Who asked what about a project or a notice, and what was answered (PF-20)."""

    @permitted("supervision.object")
    def ask(self, about: Record, typed: Mapping[str, Any]) -> Question:
        """Take a question down; the reply is due by the rule's days (20 unless changed)."""
        rule = Rules(self.session).on("project_reply")
        asked_on = self.session.today()
        if typed.get("asked_on"):
            asked_on = read_values(Question, {"asked_on": typed["asked_on"]}, partly=True)[
                "asked_on"
            ]
        due = asked_on + timedelta(days=rule["days"])
        values = read_values(
            Question,
            {
                **typed,
                "asked_on": asked_on,
                "due_on": due,
                "about_table": table_of(type(about)),
                "about_id": about.id,
                "rule_id": rule.id,
            },
        )
        with self.session.change(f"登记疑问 {about.describe()}") as change:
            question: Question = change.insert(Question(**values))
        return question

    @permitted("supervision.reply")
    def reply(self, question: Question, text: str, result: str = "") -> Question:
        """Write the reply; refused a second time."""
        if not text.strip():
            raise InvalidInput([Fault("reply", "required", "答复不能空。")])
        if question.replied_on is not None:
            raise Refused("replied", f"这条疑问已在 {question.replied_on} 答复过了。")
        with self.session.change("答复疑问") as change:
            replied: Question = change.update(
                question,
                reply=text.strip(),
                result=result.strip() or None,
                replied_on=self.session.today(),
                replied_by=self.session.user.full_name,
            )
        return replied

    @permitted("projects.read")
    def about(self, record: Record) -> list[Question]:
        """List the questions about a record, oldest first."""
        query = self.store.select(Question).where(
            Question.about_id == record.id, Question.about_table == table_of(type(record))
        )
        return self.store.rows(query.order_by(Question.asked_on, Question.id))

    @permitted("projects.read")
    def overdue(self, on: date | None = None) -> list[Question]:
        """List the questions whose reply is late."""
        day = on or self.session.today()
        query = self.store.select(Question).where(
            Question.replied_on.is_null(), Question.due_on < day
        )
        return self.store.rows(query.order_by(Question.due_on))

    @permitted("supervision.opinion")
    def visit(self, project: Project, typed: Mapping[str, Any]) -> SupervisionVisit:
        """Take down what the supervision committee saw; refused when it says nothing."""
        values = read_values(SupervisionVisit, {**typed, "project_id": project.id})
        said = ("procurement", "progress", "quality", "money", "advice")
        if not any(values.get(name) for name in said):
            raise InvalidInput([Fault("advice", "required", "至少写一项看到的情况。")])
        with self.session.change(f"监督记录 {project.name}") as change:
            visit: SupervisionVisit = change.insert(SupervisionVisit(**values))
        return visit

    @permitted("supervision.opinion")
    def mended(self, visit: SupervisionVisit, text: str) -> SupervisionVisit:
        """Take down how what a visit found was put right; refused blank."""
        if not text.strip():
            raise InvalidInput([Fault("answer", "required", "整改情况不能空。")])
        with self.session.change("登记整改") as change:
            done: SupervisionVisit = change.update(visit, answer=text.strip())
        return done

    @permitted("projects.read")
    def visits(self, project: Project) -> list[SupervisionVisit]:
        """List the visits to a project by day."""
        query = self.store.select(SupervisionVisit).where(SupervisionVisit.project_id == project.id)
        return self.store.rows(query.order_by(SupervisionVisit.day, SupervisionVisit.id))
