"""Papers of meetings from the records: facts gathered once, built by the builders."""

from __future__ import annotations

from village_app.db.engine import Store
from village_app.db.records.bodies import Body
from village_app.db.records.meetings import AgendaItem, Meeting, Speech
from village_app.db.records.resolutions import RESOLUTION_STATES, Resolution
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
from village_app.services.agenda import NumberedItem
from village_app.services.attachments import Attachments
from village_app.services.attendance import Attendance
from village_app.services.bodies import Bodies
from village_app.services.meetings import Meetings
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings
from village_app.services.votes import VoteCounts


class MeetingPapers(Service):
    """Builds the papers of a meeting."""

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
            items=tuple(self._item(one) for one in Meetings(self.session).agenda(meeting)),
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
                RESOLUTION_STATES.show(one.state),
            )
            for one in open_before(self.store, meeting)
        )

    @permitted("meetings.read")
    def notice(self, meeting: Meeting) -> Paper:
        """Build 会议通知, dated today but never after the meeting; refused without an agenda."""
        facts = self.facts(meeting)
        if not facts.items:
            raise Refused("no_agenda", "还没有议题，通知发不出去。请先加议题。")
        day = min(self.session.today(), meeting.day)
        return fill(build_meeting_notice(facts), {DATE: show_day(day)})

    @permitted("meetings.read")
    def sign_in(self, meeting: Meeting, *, large: bool = False) -> Paper:
        """Build 签到表."""
        return build_sign_in(self.facts(meeting), large=large)

    @permitted("meetings.read")
    def minutes(self, meeting: Meeting, *, version: int = 1) -> Paper:
        """Build 会议记录 as the records stand."""
        return build_minutes(self.facts(meeting), version=version)

    @permitted("meetings.read")
    def agenda(self, meeting: Meeting) -> Paper:
        """Build 会议议程 with the files that lie beside each item."""
        return build_agenda(self.facts(meeting))

    @permitted("meetings.read")
    def tally(self, meeting: Meeting) -> Paper:
        """Build 表决结果; refused before the first vote."""
        facts = self.facts(meeting)
        if not any(one.vote is not None for one in facts.items):
            raise Refused("no_vote", "还没有表决，没有结果可以印。")
        return build_tally(facts)

    @permitted("meetings.read")
    def ballots(self, item: AgendaItem) -> Paper:
        """Build ballot papers in the right number: one for each who may vote now."""
        meeting = self.store.get(Meeting, item.meeting_id)
        heads = Attendance(self.session).heads(item)
        if heads.voters < 1:
            raise Refused("nobody_here", "还没有人签到，不知道要印几张表决票。请先签到。")
        found = next(
            one for one in Meetings(self.session).agenda(meeting) if one.item.id == item.id
        )
        return build_ballots(self.facts(meeting), self._item(found), heads.voters)

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

    def _item(self, numbered: NumberedItem) -> ItemFacts:
        item = numbered.item
        vote = VoteCounts(self.session).of(item)
        decided: Resolution | None = (
            self.store.select(Resolution).where(Resolution.item_id == item.id).first()
        )
        speeches = self.store.rows(
            self.store.select(Speech).where(Speech.item_id == item.id).order_by(Speech.id)
        )
        recused = Attendance(self.session).recusals(item)
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
            vote=self.vote_facts(vote) if vote is not None else None,
            resolution=decided.number if decided is not None else "",
            responsible=(decided.responsible or "") if decided is not None else "",
            due_on=decided.due_on if decided is not None else None,
            files=tuple(one.name for one in Attachments(self.session).of(item)),
        )


def open_before(store: Store, meeting: Meeting) -> list[Resolution]:
    """Give the body's decisions of earlier meetings that were not done by a meeting's day."""
    return store.rows(
        store.select(Resolution)
        .join(Meeting, on=Resolution.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == meeting.body_id,
            Resolution.day < meeting.day,
            Resolution.state != "stopped",
            Resolution.done_on.is_null() | (Resolution.done_on >= meeting.day),
        )
        .order_by(Resolution.day, Resolution.id)
    )
