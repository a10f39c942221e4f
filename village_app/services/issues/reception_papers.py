"""Papers of reception days: forms filled, empty and numbered, and the month's plan."""

from __future__ import annotations

from datetime import date

from village_app.db.records.issues import Issue
from village_app.db.records.notices import Notice
from village_app.db.records.receptions import ReceptionVisit
from village_app.domain.calendar import show_day
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders import receptions as forms
from village_app.papers.filling import DATE, fill
from village_app.papers.pdf import write_pdf
from village_app.services.issues.facts import due_words, shown
from village_app.services.issues.issues import Issues
from village_app.services.issues.receptions import Receptions
from village_app.services.notices.notices import Draft, Notices
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings


class ReceptionPapers(Service):
    """Builds the papers of reception days; the plan for the wall goes through the notices."""

    @permitted("issues.read")
    def form(self, visit: ReceptionVisit | None = None, number: str = "") -> Paper:
        """Build 来访接待登记表, filled from a visit, or empty for handwriting."""
        village = Settings(self.session).read().village
        if visit is None:
            return in_own_words(self.session, forms.build_reception_form(village, number, {}))
        issue = Issues(self.session).get(visit.issue_id)
        return in_own_words(
            self.session,
            forms.build_reception_form(village, visit.number or "", _filled(visit, issue)),
        )

    @permitted("issues.log")
    def blank_forms(self, count: int) -> Paper:
        """Reserve numbers and build that many empty forms with them."""
        numbers = Receptions(self.session).reserve_forms(count)
        return in_own_words(
            self.session, forms.build_blank_forms(Settings(self.session).read().village, numbers)
        )

    @permitted("issues.read")
    def plan(self, month: date) -> Paper:
        """Build the month's plan of reception days for the wall."""
        settings = Settings(self.session).read()
        days = Receptions(self.session).month(month)
        if not days:
            raise Refused("no_plan", f"{month.month} 月还没有安排接访日，先安排再打印。")
        lines = [
            forms.ReceptionLine(
                one.day,
                one.hours or "",
                one.host,
                one.post or "",
                one.duty or "",
                one.place or settings.reception_place,
                type(one).declaration("shape").kind.show(one.shape),
            )
            for one in days
        ]
        return in_own_words(
            self.session, forms.build_reception_plan(lines, month, settings.committee_name())
        )

    @permitted("notices.edit")
    def draft_plan(self, month: date) -> Notice:
        """Draft the month's plan of reception days as an announcement."""
        return Notices(self.session).draft(Draft(self.plan(month), "announcement", policy="office"))

    @permitted("issues.read")
    def form_pdf(self, visit: ReceptionVisit) -> bytes:
        """Write a visit's form as PDF."""
        return write_pdf(self.form(visit)).data

    @permitted("issues.log")
    def blank_pdf(self, count: int) -> bytes:
        """Reserve numbers and write that many empty forms as PDF."""
        return write_pdf(self.blank_forms(count)).data

    @permitted("issues.read")
    def plan_pdf(self, month: date) -> bytes:
        """Write the month's plan as PDF, dated today."""
        dated = fill(self.plan(month), {DATE: show_day(self.session.today())})
        return write_pdf(dated).data


def _filled(visit: ReceptionVisit, issue: Issue) -> dict[str, str]:
    """Give the texts of a visit's form by the names of its cells."""
    names = ("place", "host", "post", "companions", "visitor", "sex", "age", "phone", "address")
    more = ("people", "shape", "category", "deputies", "problem", "demand", "reply")
    filled = {name: shown(visit, name) for name in (*names, *more, "instruction", "note")}
    answer = " ".join(part for part in (shown(issue, "answered_at"), shown(issue, "answer_way")))
    return {
        **filled,
        "day": show_day(visit.day),
        "is_first": "初访" if visit.is_first else "重访",
        "handler": issue.handler or "",
        "due": due_words(issue.due),
        "result": issue.result or "",
        "answer": answer.strip(),
        "satisfaction": shown(issue, "satisfaction"),
    }
