"""Papers of meetings from the records: facts gathered once, built by the builders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from village_app.db.fields import table_of
from village_app.db.records.bodies import Body
from village_app.db.records.house import Attachment
from village_app.db.records.meetings import AgendaItem, Meeting, Recusal, Speech
from village_app.db.records.resolutions import Resolution
from village_app.db.records.votes import VERDICTS, VOTE_KINDS, Vote
from village_app.domain.calendar import show_day
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.meeting_facts import (
    Earlier,
    Entitled,
    ItemFacts,
    MeetingFacts,
    VoteFacts,
)
from village_app.papers.builders.meeting_minutes import build_minutes
from village_app.papers.builders.meeting_votes import build_ballots, build_tally
from village_app.papers.builders.meetings import build_agenda, build_meeting_notice, build_sign_in
from village_app.papers.filling import DATE, fill
from village_app.services.meetings.agenda import NumberedItem
from village_app.services.meetings.attendance import Attendance
from village_app.services.meetings.bodies import Bodies
from village_app.services.meetings.decision_progress import open_before, progress
from village_app.services.meetings.meetings import Meetings
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings


class MeetingPapers(Service):
    """Builds the papers of a meeting; `facts` are gathered unless they are at hand already."""

    @permitted("meetings.read")
    def facts(self, meeting: Meeting) -> MeetingFacts:
        """Gather what the papers of a meeting say."""
        body = self.store.get(Body, meeting.body_id)
        rule = Bodies(self.session).rule_by_id(meeting.rule_id).rule
        people = tuple(
            Entitled(
                one.name,
                one.office or "",
                one.group_name or "",
                one.state,
                one.proxy or "",
                one.reason or "",
            )
            for one in Attendance(self.session).roster(meeting)
        )
        return MeetingFacts(
            name=meeting.name,
            body=body.name,
            day=meeting.day,
            starts=meeting.starts or "",
            ends=meeting.ends or "",
            place=meeting.place,
            chair=meeting.chair or "",
            recorder=meeting.recorder or "",
            form=meeting.form or "",
            guests=meeting.guests or "",
            supervision=meeting.supervision or "",
            issuer=Settings(self.session).read().committee_name(),
            rule=rule.label,
            people=people,
            items=self._items(meeting),
            earlier=self._earlier(meeting),
        )

    def _earlier(self, meeting: Meeting) -> tuple[Earlier, ...]:
        """Give what was not done when the meeting began, as far as it is by now."""
        return tuple(
            Earlier(
                one.number,
                one.name,
                one.responsible or "",
                one.due_on,
                progress(self.session, one),
            )
            for one in open_before(self.store, meeting)
        )

    @permitted("meetings.read")
    def notice(self, meeting: Meeting, facts: MeetingFacts | None = None) -> Paper:
        """Build 会议通知, dated today but never after the meeting; refused without an agenda."""
        facts = facts or self.facts(meeting)
        if not facts.items:
            raise Refused("no_agenda", "还没有议题，通知发不出去。请先加议题。")
        day = min(self.session.today(), meeting.day)
        return fill(in_own_words(self.session, build_meeting_notice(facts)), {DATE: show_day(day)})

    @permitted("meetings.read")
    def sign_in(
        self, meeting: Meeting, facts: MeetingFacts | None = None, *, large: bool = False
    ) -> Paper:
        """Build 签到表."""
        return in_own_words(self.session, build_sign_in(facts or self.facts(meeting), large=large))

    @permitted("meetings.read")
    def minutes(self, meeting: Meeting, *, version: int = 1) -> Paper:
        """Build 会议记录 as the records stand."""
        return in_own_words(self.session, build_minutes(self.facts(meeting), version=version))

    @permitted("meetings.read")
    def agenda(self, meeting: Meeting, facts: MeetingFacts | None = None) -> Paper:
        """Build 会议议程 with the files that lie beside each item."""
        return in_own_words(self.session, build_agenda(facts or self.facts(meeting)))

    @permitted("meetings.read")
    def tally(self, meeting: Meeting, facts: MeetingFacts | None = None) -> Paper:
        """Build 表决结果; refused before the first vote."""
        facts = facts or self.facts(meeting)
        if not any(one.vote is not None for one in facts.items):
            raise Refused("no_vote", "还没有表决，没有结果可以印。")
        return in_own_words(self.session, build_tally(facts))

    @permitted("meetings.read")
    def ballots(self, item: AgendaItem) -> Paper:
        """Build ballot papers in the right number: one for each who may vote now."""
        meeting = self.store.get(Meeting, item.meeting_id)
        heads = Attendance(self.session).heads(item)
        if heads.voters < 1:
            raise Refused("nobody_here", "还没有人签到，不知道要印几张表决票。请先签到。")
        numbered = Meetings(self.session).agenda(meeting)
        at = next(at for at, one in enumerate(numbered) if one.item.id == item.id)
        facts = self.facts(meeting)
        return in_own_words(self.session, build_ballots(facts, facts.items[at], heads.voters))

    @permitted("meetings.read")
    def vote_facts(self, vote: Vote) -> VoteFacts:
        """Give a vote as the papers say it, with the rule it was judged by."""
        rule = Bodies(self.session).rule_by_id(vote.rule_id).rule
        return VoteFacts(
            kind=VOTE_KINDS.show(vote.kind),
            entitled=vote.entitled,
            present=vote.present,
            absent=vote.absent,
            recused=vote.recused,
            in_favour=vote.in_favour,
            against=vote.against,
            abstained=vote.abstained,
            attendance_needed=vote.attendance_needed,
            votes_needed=vote.votes_needed,
            word=VERDICTS.show(vote.verdict),
            rule=rule.source or rule.label,
            issued=vote.issued,
            returned=vote.returned,
            valid=vote.valid,
            invalid=vote.invalid,
        )

    def _items(self, meeting: Meeting) -> tuple[ItemFacts, ...]:
        """Gather what is kept of all items, each kind of record asked for once."""
        numbered = Meetings(self.session).agenda(meeting)
        ids = [one.item.id for one in numbered]
        votes = self._by_item(Vote, ids)
        decided = self._by_item(Resolution, ids)
        speeches, recused = self._by_item(Speech, ids), self._by_item(Recusal, ids)
        files = self._by_item(Attachment, ids)
        return tuple(
            _item(
                one,
                next(map(self.vote_facts, votes.get(one.item.id, ())), None),
                next(iter(decided.get(one.item.id, ())), None),
                speeches.get(one.item.id, ()),
                recused.get(one.item.id, ()),
                files.get(one.item.id, ()),
            )
            for one in numbered
        )

    def _by_item(self, model: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
        """Give the records of a kind by the item they belong to, in their order."""
        query = self.store.select(model)
        if model is Attachment:
            key = "record_id"
            query = query.where(model.table_name == table_of(AgendaItem), model.record_id.in_(ids))
        else:
            key = "item_id"
            query = query.where(model.item_id.in_(ids))
        found: dict[int, list[Any]] = {}
        for one in self.store.rows(query.order_by(model.id)):
            found.setdefault(getattr(one, key), []).append(one)
        return found


def _item(
    numbered: NumberedItem,
    vote: VoteFacts | None,
    decided: Resolution | None,
    speeches: Sequence[Speech],
    recused: Sequence[Recusal],
    files: Sequence[Attachment],
) -> ItemFacts:
    item = numbered.item
    return ItemFacts(
        number=numbered.number,
        depth=numbered.depth,
        name=item.name,
        state=item.state,
        reporter=item.reporter or "",
        proposer=item.proposer or "",
        minutes=item.minutes,
        is_internal=bool(item.is_internal),
        report=item.report or "",
        discussion=item.discussion or "",
        speeches=tuple((one.name, one.seconds, one.content or "") for one in speeches),
        recused=tuple((one.name, one.reason) for one in recused),
        decision=item.decision or "",
        vote=vote,
        resolution=decided.number if decided is not None else "",
        responsible=(decided.responsible or "") if decided is not None else "",
        due_on=decided.due_on if decided is not None else None,
        files=tuple(one.name for one in files),
    )
