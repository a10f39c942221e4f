"""Votes: judged by the rule of the meeting, closed only when every sum comes out."""

from __future__ import annotations

from collections.abc import Mapping

from village_app.db.records.meetings import AgendaItem, AttendanceMark, Meeting
from village_app.db.records.votes import CHOICES, HouseholdStatement, Vote, Voter
from village_app.domain.quorum import Attendance as Heads
from village_app.domain.quorum import (
    Imbalance,
    attendance_needed,
    check_heads,
    is_quorate,
    judge,
    votes_needed,
)
from village_app.domain.quorum import Votes as Tally
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.meetings.agenda import refuse_final
from village_app.services.meetings.attendance import HERE, Attendance
from village_app.services.meetings.bodies import Bodies, HeldRule
from village_app.services.meetings.vote_figures import (
    Count,
    Standing,
    digest_of,
    figures_of,
    imbalances_of,
)
from village_app.services.session import Service, permitted

COUNTED = ("hands", "oral", "ballot")


class VoteCounts(Service):
    """Takes votes down and judges them."""

    @permitted("meetings.read")
    def standing(self, item: AgendaItem) -> Standing:
        """Say how an item stands before the vote."""
        heads, rule = self._heads(item), self._rule(item).rule
        return Standing(
            heads,
            rule,
            attendance_needed(rule, heads),
            votes_needed(rule, heads),
            is_quorate(rule, heads),
        )

    @permitted("meetings.read")
    def of(self, item: AgendaItem) -> Vote | None:
        """Give the vote of an item, or None."""
        found: Vote | None = self.store.select(Vote).where(Vote.item_id == item.id).first()
        return found

    @permitted("meetings.read")
    def voters(self, vote: Vote) -> list[Voter]:
        """Give who was there at a vote."""
        return self.store.rows(
            self.store.select(Voter).where(Voter.vote_id == vote.id).order_by(Voter.id)
        )

    @permitted("meetings.read")
    def who_may_vote(self, item: AgendaItem) -> list[AttendanceMark]:
        """Give who is here and does not stand aside, in the order of the roster."""
        aside = self._aside(item)
        return [one for one in self._present(item) if one.id not in aside]

    @permitted("meetings.read")
    def imbalances(self, item: AgendaItem, kind: str, count: Count) -> tuple[Imbalance, ...]:
        """Find every sum that does not come out for a count of an item."""
        return imbalances_of(self._heads(item), kind, count)

    @permitted("meetings.vote")
    def close(self, item: AgendaItem, kind: str, count: Count) -> Vote:
        """Close a vote by hands, by word or on paper.

        Refused below the quorum, while a sum does not come out, and a second time.
        """
        if kind not in COUNTED:
            raise Refused("wrong_kind", "这种表决方式要逐人或逐户登记。")
        self._refuse_unready(item)
        heads = self._heads(item)
        faults = imbalances_of(heads, kind, count)
        if faults:
            raise InvalidInput([Fault(one.code, one.code, one.message) for one in faults])
        return self._keep(item, kind, heads, count, {})

    @permitted("meetings.vote")
    def close_roll(self, item: AgendaItem, choices: Mapping[int, str]) -> Vote:
        """Close a roll call: one choice for each voter (by the id of the attendance mark)."""
        self._refuse_unready(item)
        voters = {one.id: one for one in self.who_may_vote(item)}
        read = {key: CHOICES.parse(word) for key, word in choices.items()}
        missing = [one.name for key, one in voters.items() if read.get(key) is None]
        if missing:
            message = f"还没有问到：{'、'.join(missing)}。"
            raise InvalidInput([Fault("choices", "missing", message)])
        strangers = set(read) - set(voters)
        if strangers:
            message = "不在场或回避的人不能表决。"
            raise InvalidInput([Fault("choices", "not_voting", message)])
        values = list(read.values())
        count = Count(values.count("yes"), values.count("no"), values.count("abstain"))
        return self._keep(item, "roll", self._heads(item), count, read)

    @permitted("meetings.vote")
    def close_households(self, item: AgendaItem, entitled: int) -> Vote:
        """Close a vote of households: the statements that count, of `entitled` households."""
        self._refuse_voted(item)
        said = [one.choice for one in self.counting_statements(item)]
        count = Count(said.count("yes"), said.count("no"), said.count("abstain"))
        heads = Heads(entitled, len(said))
        faults = check_heads(heads)
        if faults:
            raise InvalidInput([Fault(one.code, one.code, one.message) for one in faults])
        return self._keep(item, "household", heads, count, {})

    @permitted("meetings.read")
    def counting_statements(self, item: AgendaItem) -> list[HouseholdStatement]:
        """Give each household's last statement on the present text that was not withdrawn."""
        found: dict[str, HouseholdStatement] = {}
        for one in self.store.rows(
            self.store.select(HouseholdStatement)
            .where(
                HouseholdStatement.item_id == item.id,
                HouseholdStatement.text_digest == digest_of(item),
            )
            .order_by(HouseholdStatement.day, HouseholdStatement.id)
        ):
            found[one.household] = one
        return [one for one in found.values() if not one.is_withdrawn]

    @permitted("meetings.vote")
    def record_below_quorum(self, item: AgendaItem) -> Vote:
        """Take down that an item could not be voted on; refused when enough are there."""
        self._refuse_voted(item)
        heads = self._heads(item)
        if is_quorate(self._rule(item).rule, heads):
            raise Refused("quorate", "到会人数已够，可以正常表决。")
        return self._keep(item, "hands", heads, None, {})

    @permitted("meetings.vote")
    def take_back(self, vote: Vote) -> None:
        """Take a vote back whole; refused once a resolution stands on it."""
        item = self.store.get(AgendaItem, vote.item_id)
        refuse_final(self.session, item.meeting_id)
        with self.session.change(f"撤回表决 {item.name}") as change:
            for voter in self.voters(vote):
                change.delete(voter)
            change.delete(vote)
            change.update(item, state="open")

    def _refuse_voted(self, item: AgendaItem) -> None:
        meeting = refuse_final(self.session, item.meeting_id)
        if meeting.state != "running":
            raise Refused("not_running", "会议没有在开。请先点“开会”，再登记表决。")
        if self.of(item) is not None:
            raise Refused("voted", "这个议题已经表决过。要重来请先撤回这次表决。")

    def _refuse_unready(self, item: AgendaItem) -> None:
        self._refuse_voted(item)
        standing = self.standing(item)
        if not standing.is_quorate:
            raise Refused("below_quorum", standing.sentence())

    def _rule(self, item: AgendaItem) -> HeldRule:
        meeting = self.store.get(Meeting, item.meeting_id)
        return Bodies(self.session).rule_by_id(meeting.rule_id)

    def _heads(self, item: AgendaItem) -> Heads:
        return Attendance(self.session).heads(item)

    def _present(self, item: AgendaItem) -> list[AttendanceMark]:
        meeting = self.store.get(Meeting, item.meeting_id)
        return [one for one in Attendance(self.session).roster(meeting) if one.state in HERE]

    def _aside(self, item: AgendaItem) -> set[int]:
        return {one.mark_id for one in Attendance(self.session).recusals(item)}

    def _keep(
        self,
        item: AgendaItem,
        kind: str,
        heads: Heads,
        count: Count | None,
        choices: Mapping[int, str | None],
    ) -> Vote:
        """Write the vote, who was there, and the item's state in one change."""
        held = self._rule(item)
        verdict = judge(held.rule, heads, count.tally if count is not None else Tally(0, 0))
        with self.session.change(f"表决 {item.name} {verdict.word}") as change:
            vote: Vote = change.insert(
                Vote(
                    text=item.decision or item.name,
                    item_id=item.id,
                    kind=kind,
                    at=self.session.now(),
                    rule_id=held.id,
                    **figures_of(heads, count, verdict),
                )
            )
            if kind != "household":
                aside = self._aside(item)
                change.insert_rows(
                    Voter,
                    [
                        {
                            "name": one.name,
                            "vote_id": vote.id,
                            "mark_id": one.id,
                            "standing": "recused" if one.id in aside else "voter",
                            "choice": choices.get(one.id),
                        }
                        for one in self._present(item)
                    ],
                )
            change.update(item, state=verdict.outcome)
        return vote
