"""Proposals that a body should meet: who supports them, and when the meeting must be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from village_app.db.records.bodies import Body, Membership
from village_app.db.records.meetings import Meeting
from village_app.db.records.resolutions import Proposal, ProposalSupporter
from village_app.domain.quorum import Threshold
from village_app.errors import Refused
from village_app.services.checking import read_values
from village_app.services.meetings.bodies import Bodies
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class Support:
    """How many support a proposal, how many must, of how many."""

    count: int
    needed: int
    members: int

    @property
    def must_call(self) -> bool:
        return self.count >= self.needed

    def sentence(self) -> str:
        """Say whether the meeting has to be called."""
        lead = f"{self.members} 名代表的联名人数须达 {self.needed} 人，已有 {self.count} 人"
        return f"{lead}，应当召集会议。" if self.must_call else f"{lead}。"


class Proposals(Service):
    """Joint proposals of members."""

    @permitted("meetings.edit")
    def propose(self, body: Body, typed: Mapping[str, Any]) -> Proposal:
        """Take a proposal down."""
        values = read_values(Proposal, {**typed, "body_id": body.id})
        with self.session.change(f"登记提议 {values['name']}") as change:
            proposal: Proposal = change.insert(Proposal(**values))
        return proposal

    @permitted("meetings.edit")
    def support(self, proposal: Proposal, member: Membership) -> Support:
        """Put a member's name under a proposal; refuses others and a second time."""
        body = self.store.get(Body, proposal.body_id)
        sitting = {one.id for one in Bodies(self.session).members_on(body, proposal.day)}
        if member.id not in sitting:
            raise Refused("no_member", f"{member.name}在提出那天不是{body.name}成员。")
        if any(one.membership_id == member.id for one in self.supporters(proposal)):
            raise Refused("supports_already", f"{member.name}已经联名。")
        with self.session.change(f"{member.name}联名") as change:
            change.insert(
                ProposalSupporter(
                    name=member.name, proposal_id=proposal.id, membership_id=member.id
                )
            )
        return self.standing(proposal)

    @permitted("meetings.edit")
    def set_supporters(self, proposal: Proposal, members: Sequence[Membership]) -> Support:
        """Let exactly these members stand under a proposal, in one change."""
        wanted = {one.id: one for one in members}
        held = {one.membership_id: one for one in self.supporters(proposal)}
        with self.session.change(f"联名 {proposal.name} {len(wanted)} 人") as change:
            for key, supporter in held.items():
                if key not in wanted:
                    change.delete(supporter)
            for key, member in wanted.items():
                if key not in held:
                    self.support(proposal, member)
        return self.standing(proposal)

    @permitted("meetings.read")
    def listed(self) -> list[Proposal]:
        """List the proposals, the latest first."""
        return self.store.rows(
            self.store.select(Proposal).order_by(Proposal.day.desc(), Proposal.id.desc())
        )

    @permitted("meetings.read")
    def get(self, proposal_id: int) -> Proposal:
        return self.store.get(Proposal, proposal_id)

    @permitted("meetings.read")
    def meeting_since(self, proposal: Proposal) -> Meeting | None:
        """Give the body's first meeting after the day of a proposal, or None."""
        found: Meeting | None = (
            self.store.select(Meeting)
            .where(Meeting.body_id == proposal.body_id, Meeting.day > proposal.day)
            .order_by(Meeting.day)
            .first()
        )
        return found

    @permitted("meetings.read")
    def to_call(self) -> list[Proposal]:
        """Give the proposals with enough support for which no meeting has been arranged yet."""
        return [
            one
            for one in self.listed()
            if self.standing(one).must_call and self.meeting_since(one) is None
        ]

    @permitted("meetings.read")
    def supporters(self, proposal: Proposal) -> list[ProposalSupporter]:
        """Give who supports a proposal."""
        return self.store.rows(
            self.store.select(ProposalSupporter)
            .where(ProposalSupporter.proposal_id == proposal.id)
            .order_by(ProposalSupporter.id)
        )

    @permitted("meetings.read")
    def standing(self, proposal: Proposal) -> Support:
        """Count the support against the rule of the day of the proposal, representatives only."""
        body = self.store.get(Body, proposal.body_id)
        members = [
            one
            for one in Bodies(self.session).members_on(body, proposal.day)
            if one.is_representative
        ]
        share = Rules(self.session).on("meeting_requests", proposal.day)["representatives"]
        ids = {one.id for one in members}
        count = sum(one.membership_id in ids for one in self.supporters(proposal))
        return Support(count, Threshold(*share).needed(len(members)), len(members))
