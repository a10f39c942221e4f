"""Decisions: numbered once, followed until carried out, drafted for the wall in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from village_app.db.files import write_atomically
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.resolutions import RESOLUTION_STATES, Resolution
from village_app.db.records.votes import Vote
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.meeting_facts import MeetingFacts
from village_app.papers.builders.resolutions import (
    LedgerLine,
    ResolutionFacts,
    build_resolution,
    build_resolution_ledger,
)
from village_app.papers.pdf import write_pdf
from village_app.services.checking import read_values
from village_app.services.house.links import Links
from village_app.services.issues.tasks import Tasks
from village_app.services.meetings.agenda import refuse_final
from village_app.services.meetings.decision_progress import open_before, progress
from village_app.services.meetings.papers import MeetingPapers
from village_app.services.meetings.votes import VoteCounts
from village_app.services.notices.notices import Draft, Notices
from village_app.services.numbers import Numbers
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

# The catalogue's item: 村民会议、村民代表会议决议及实施情况.
CATALOGUE_CODE = "C02"
SERIES = "resolution"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many were decided in a year and how many of them are done."""

    decided: int
    done: int
    stopped: int


class Resolutions(Service):
    """The ledger of decisions."""

    @permitted("meetings.edit")
    def decide(self, item: AgendaItem, typed: Mapping[str, Any] | None = None) -> Resolution:
        """Make the decision of a carried item, with the next number of the year.

        A decision with a responsible person and a limit becomes a task at once.
        Refused without a carried vote and a second time.
        """
        meeting = refuse_final(self.session, item.meeting_id)
        vote = VoteCounts(self.session).of(item)
        if vote is None or vote.verdict != "carried":
            raise Refused("not_carried", "这个议题没有表决通过，不能形成决议。")
        if self.of_item(item) is not None:
            raise Refused("decided", "这个议题已经有决议。")
        given = {"name": item.name, "text": item.decision or item.name, **(typed or {})}
        values = read_values(
            Resolution,
            {
                **given,
                "meeting_id": meeting.id,
                "item_id": item.id,
                "vote_id": vote.id,
                "day": meeting.day,
                "state": "open",
            },
        )
        with self.session.change(f"形成决议 {values['name']}", undoable=False) as change:
            resolution: Resolution = change.insert(Resolution(**values))
            number = Numbers(self.session).issue(change, SERIES, meeting.day.year, resolution)
            change.update(resolution, number=number)
            Links(self.session).link(change, item, resolution, "决议")
            if resolution.responsible and resolution.due_on:
                Tasks(self.session).start(
                    {
                        "heading": f"落实决议：{resolution.name}",
                        "owner": resolution.responsible,
                        "due_on": resolution.due_on,
                    },
                    source=resolution,
                )
        return resolution

    @permitted("meetings.edit")
    def follow(self, resolution: Resolution, typed: Mapping[str, Any]) -> Resolution:
        """Take down how far a decision is; what is stopped wants its reason.

        Its open tasks end with it: a decision that is carried out leaves nobody a task. Refused
        while a task lacks the evidence it needs.
        """
        values = read_values(Resolution, typed, partly=True)
        fixed = {"text", "name"} & set(values)
        if fixed and any(values[one] != getattr(resolution, one) for one in fixed):
            raise Refused("decided", "决议的事项和内容不能改，要改须重新表决。")
        state = values.get("state", resolution.state)
        if state == "stopped" and not (values.get("reason") or resolution.reason):
            raise InvalidInput([Fault("reason", "required", "不再办要写明原因。")])
        if state == "done" and not values.get("done_on"):
            values["done_on"] = resolution.done_on or self.session.today()
        with self.session.change(f"落实决议 {resolution.number}") as change:
            followed: Resolution = change.update(resolution, **values)
            self._end_tasks(followed)
        return followed

    def _end_tasks(self, resolution: Resolution) -> None:
        tasks = Tasks(self.session)
        if resolution.state not in {"done", "stopped"}:
            return
        for task in tasks.started_by(resolution):
            if resolution.state == "done":
                told = resolution.reason or f"决议{resolution.number}已办成"
                tasks.finish(task, told, on=resolution.done_on)
            else:
                tasks.drop(task, resolution.reason)

    @permitted("meetings.read")
    def get(self, resolution_id: int) -> Resolution:
        return self.store.get(Resolution, resolution_id)

    @permitted("meetings.read")
    def of_item(self, item: AgendaItem) -> Resolution | None:
        """Give the decision of an item, or None."""
        found: Resolution | None = (
            self.store.select(Resolution).where(Resolution.item_id == item.id).first()
        )
        return found

    @permitted("meetings.read")
    def listed(
        self, *, year: int | None = None, state: str = "", words: str = ""
    ) -> list[Resolution]:
        """List decisions, the latest first."""
        query = self.store.select(Resolution)
        if year is not None:
            query = query.where(Resolution.day.between(date(year, 1, 1), date(year, 12, 31)))
        if state:
            query = query.where(Resolution.state == state)
        if words.strip():
            query = query.where(
                Resolution.name.contains(words.strip())
                | Resolution.number.contains(words.strip())
                | Resolution.responsible.contains(words.strip())
            )
        return self.store.rows(query.order_by(Resolution.day.desc(), Resolution.id.desc()))

    @permitted("meetings.read")
    def unfinished_before(self, meeting: Meeting) -> list[Resolution]:
        """Give what the body's earlier meetings decided and was not done: a meeting opens with it.

        What was done between then and now is still in it, with its day.
        """
        return open_before(self.store, meeting)

    @permitted("meetings.read")
    def progress(self, resolution: Resolution) -> str:
        """Say how far a decision is, its task with it."""
        return progress(self.session, resolution)

    @permitted("meetings.read")
    def years(self) -> list[int]:
        """Give the years with decisions, the latest first."""
        return sorted({one.day.year for one in self.listed()}, reverse=True)

    @permitted("meetings.read")
    def kept(self, year: int) -> Kept:
        """Count decided against done."""
        states = [one.state for one in self.listed(year=year)]
        return Kept(len(states), states.count("done"), states.count("stopped"))

    @permitted("meetings.read")
    def paper(
        self, resolution: Resolution, facts: MeetingFacts | None = None, *, public: bool = False
    ) -> Paper:
        """Build 决议; `facts` of its meeting are gathered unless they are at hand."""
        papers = MeetingPapers(self.session)
        vote = papers.vote_facts(self.store.get(Vote, resolution.vote_id))
        if facts is None:
            facts = papers.facts(self.store.get(Meeting, resolution.meeting_id))
        decided = ResolutionFacts(resolution.number, resolution.name, resolution.text, vote)
        return in_own_words(self.session, build_resolution(facts, decided, public=public))

    @permitted("notices.edit")
    def draft_notice(self, resolution: Resolution) -> Notice:
        """Draft the notice of a decision, linked, with the posting days of the rule.

        Refused for an internal item and when a notice is there already.
        """
        item = self.store.get(AgendaItem, resolution.item_id)
        if item.is_internal:
            raise Refused("internal", "这是内部议题，决议不张贴。")
        if resolution.notice_id is not None:
            raise Refused("drafted", "这份决议已经起草公示。")
        rule = Rules(self.session).on("meeting_posting")
        with self.session.change(f"起草公示 {resolution.number}") as change:
            notice = Notices(self.session).draft(
                Draft(
                    self.paper(resolution, public=True),
                    "publicity",
                    policy="office",
                    source=resolution,
                    catalogue_code=CATALOGUE_CODE,
                    period_days=rule["days"],
                    rule_id=rule.id,
                )
            )
            change.update(resolution, notice_id=notice.id)
            Links(self.session).link(change, resolution, notice, "公示")
        return notice

    @permitted("meetings.read")
    def ledger_paper(self, year: int) -> Paper:
        """Build 决议台账 of a year, in the order of the numbers."""
        lines = []
        for one in reversed(self.listed(year=year)):
            vote = self.store.get(Vote, one.vote_id)
            lines.append(
                LedgerLine(
                    one.number,
                    one.day,
                    one.name,
                    f"赞成{vote.in_favour}、反对{vote.against}、弃权{vote.abstained}",
                    one.responsible or "",
                    one.due_on,
                    RESOLUTION_STATES.show(one.state),
                    one.done_on,
                    one.reason or "",
                )
            )
        issuer = Settings(self.session).read().committee_name()
        return in_own_words(
            self.session, build_resolution_ledger(f"{year}年决议台账", lines, issuer)
        )

    @permitted("meetings.export")
    def save_ledger(self, year: int, target: Path) -> None:
        """Keep the ledger of a year as a PDF file."""
        content = write_pdf(self.ledger_paper(year)).data
        write_atomically(target, content, doing="保存PDF", mode=0o644)
