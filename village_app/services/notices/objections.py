"""异议: taken down while a notice hangs, looked into by the supervisors, answered in time.

Source of the days: rule `notice_posting` (reply_days); the record keeps the rule it was made under.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from village_app.db.records.notices import Notice
from village_app.db.records.posting import Objection
from village_app.domain.calendar import CHINA, Limit, Term
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.notices import ObjectionFacts, PostedFacts, build_objection_form
from village_app.services.checking import read_values
from village_app.services.numbers import Numbers
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

_MAY_BE_OBJECTED = ("posted", "objected", "expired")


class Objections(Service):
    """Takes objections down and answers them."""

    @permitted("supervision.object")
    def take_down(self, notice: Notice, typed: Mapping[str, Any]) -> Objection:
        """Take an objection down with its number and the day by which it is to be answered.

        The name may be left out. Refused for a notice that does not hang.
        """
        if notice.state not in _MAY_BE_OBJECTED:
            raise Refused("not_hanging", "这份公示没有贴着，不能登记异议。")
        values = read_values(Objection, {**typed, "notice_id": notice.id})
        self._refuse_wrong_day(notice, values["raised_on"])
        rule = Rules(self.session).on("notice_posting", values["raised_on"])
        term = Term(
            rule["reply_days"], "work_day" if rule["reply_unit"] == "work_day" else "calendar_day"
        )
        limit = Limit(term, counts_first_day=False)
        due = limit.due_day(values["raised_on"], Rules(self.session).calendar())
        with self.session.change(f"登记异议 {notice.heading}") as change:
            objection: Objection = change.insert(
                Objection(
                    **values,
                    received_by=self.session.user.full_name,
                    due_on=due.day,
                    rule_id=rule.id,
                )
            )
            number = Numbers(self.session).issue(
                change, "objection", values["raised_on"].year, objection
            )
            change.update(objection, number=number)
            change.update(notice, state="objected")
        return objection

    @permitted("supervision.object")
    def look_into(self, objection: Objection, finding: str, *, is_founded: bool) -> Objection:
        """Take down what was found and whether the objection is right."""
        _refuse_answered(objection)
        _required(finding, "finding", "核查情况")
        with self.session.change(f"核查异议 {objection.number}") as change:
            looked: Objection = change.update(
                objection, finding=finding.strip(), is_founded=is_founded
            )
        return looked

    @permitted("supervision.reply")
    def reply(
        self, objection: Objection, outcome: str, reply: str, *, way: str = "in_person"
    ) -> Objection:
        """Answer an objection that was looked into; the last answer frees the notice."""
        _refuse_answered(objection)
        _required(reply, "reply", "答复")
        if objection.finding is None:
            raise Refused("not_looked_into", "还没有核查情况，不能答复。请先请监委会核查。")
        Objection.declaration("outcome").kind.parse(outcome)
        notice = self.store.get(Notice, objection.notice_id)
        with self.session.change(f"答复异议 {objection.number}") as change:
            answered: Objection = change.update(
                objection,
                outcome=outcome,
                reply=reply.strip(),
                reply_way=way,
                replied_on=self.session.today(),
                replied_by=self.session.user.full_name,
            )
            still_open = [one for one in self.of(notice) if one.replied_on is None]
            if not still_open and notice.state == "objected":
                change.update(notice, state="posted")
        return answered

    @permitted("notices.read")
    def of(self, notice: Notice) -> list[Objection]:
        """List a notice's objections in their order."""
        query = self.store.select(Objection).where(Objection.notice_id == notice.id)
        return self.store.rows(query.order_by(Objection.raised_on, Objection.id))

    @permitted("notices.read")
    def overdue(self) -> list[Objection]:
        """List the objections whose day of answer has passed."""
        query = self.store.select(Objection).where(
            Objection.replied_on.is_null(), Objection.due_on < self.session.today()
        )
        return self.store.rows(query.order_by(Objection.due_on))

    @permitted("supervision.read")
    def paper(self, objection: Objection) -> Paper:
        """Build 异议登记与答复书 (an internal paper)."""
        notice = self.store.get(Notice, objection.notice_id)
        issuer = Settings(self.session).read().committee_name()
        return in_own_words(
            self.session, build_objection_form(posted_facts(notice), facts_of(objection), issuer)
        )

    def _refuse_wrong_day(self, notice: Notice, raised_on: date) -> None:
        if raised_on > self.session.today():
            raise InvalidInput([Fault("raised_on", "future", "提出日期不能在今天以后。")])
        if notice.period_from is not None and raised_on < notice.period_from:
            sentence = f"提出日期在张贴以前，公示从 {notice.period_from} 开始。"
            raise InvalidInput([Fault("raised_on", "before_posting", sentence)])


def posted_facts(notice: Notice) -> PostedFacts:
    """Give what papers say of a posted notice."""
    posted = notice.published_at.astimezone(CHINA).date()
    return PostedFacts(
        notice.heading,
        notice.number,
        notice.period_from or posted,
        notice.period_to or notice.period_from or posted,
        notice.place or "村务公开栏",
        notice.posted_by or "",
    )


def facts_of(objection: Objection) -> ObjectionFacts:
    """Give what papers say of an objection."""

    def show(name: str) -> str:
        return Objection.declaration(name).kind.show(getattr(objection, name))

    return ObjectionFacts(
        number=objection.number,
        raised_on=objection.raised_on,
        way=show("way"),
        content=objection.content,
        person=objection.person or "",
        phone=objection.phone or "",
        received_by=objection.received_by or "",
        due_on=objection.due_on,
        finding=objection.finding or "",
        is_founded=objection.is_founded,
        outcome=show("outcome"),
        reply=objection.reply or "",
        replied_on=objection.replied_on,
        replied_by=objection.replied_by or "",
    )


def _refuse_answered(objection: Objection) -> None:
    if objection.replied_on is not None:
        raise Refused("answered", f"{objection.number} 已经答复，不能再改。有新情况请另登记一件。")


def _required(text: str, field: str, label: str) -> None:
    if not text.strip():
        raise InvalidInput([Fault(field, "required", f"{label}不能空。")])
