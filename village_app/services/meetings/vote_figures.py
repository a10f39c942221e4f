"""What is counted at a vote: the figures, how an item stands, the sums that must come out."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from village_app.db.records.meetings import AgendaItem
from village_app.domain.quorum import Attendance as Heads
from village_app.domain.quorum import (
    Ballots,
    Imbalance,
    QuorumRule,
    Verdict,
    check_ballots,
    check_heads,
    check_votes,
)
from village_app.domain.quorum import Votes as Tally


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted; the ballot figures are None where no paper was used."""

    in_favour: int
    against: int
    abstained: int = 0
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None

    @property
    def tally(self) -> Tally:
        return Tally(self.in_favour, self.against, self.abstained)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an item may be voted on now: the heads, the rule, what is needed."""

    heads: Heads
    rule: QuorumRule
    attendance_needed: int
    votes_needed: int
    is_quorate: bool

    def sentence(self) -> str:
        """Say it with both numbers and the rule's name."""
        share = self.rule.attendance.words().removesuffix("以上")
        lead = f"应到 {self.heads.entitled} 人的{share}是 {self.attendance_needed} 人"
        if self.is_quorate:
            return f"{lead}，实到 {self.heads.present} 人，可以表决。"
        short = self.attendance_needed - self.heads.present
        return (
            f"{lead}，实到 {self.heads.present} 人，还差 {short} 人，"
            f"按{self.rule.label}的规则只能登记为未达法定人数。"
        )


def imbalances_of(heads: Heads, kind: str, count: Count) -> tuple[Imbalance, ...]:
    """Find every sum that does not come out: heads, votes, and on paper the ballots too."""
    found = check_heads(heads)
    if kind != "ballot":
        return (*found, *check_votes(heads, count.tally))
    numbers = (count.issued, count.returned, count.valid, count.invalid)
    issued, returned, valid, invalid = (one or 0 for one in numbers)
    if issued > heads.voters:
        over = issued - heads.voters
        message = f"发出 {issued} 张，参加表决 {heads.voters} 人，多 {over} 张，请核对。"
        found = (*found, Imbalance("issued_over_voters", over, message))
    if returned > issued:
        over = returned - issued
        message = f"收回 {returned} 张，比发出 {issued} 张多 {over} 张，请核对。"
        found = (*found, Imbalance("returned_over_issued", over, message))
    papers = Ballots(issued, returned, issued - returned, valid, invalid, count.tally)
    return (*found, *check_ballots(papers))


def figures_of(heads: Heads, count: Count | None, verdict: Verdict) -> dict[str, int | str | None]:
    """Give the figures of a vote by the names of its columns; None where nothing was counted."""
    return {
        "entitled": heads.entitled,
        "present": heads.present,
        "recused": heads.recused,
        "absent": heads.entitled - heads.present,
        "in_favour": count.in_favour if count else None,
        "against": count.against if count else None,
        "abstained": count.abstained if count else None,
        "issued": count.issued if count else None,
        "returned": count.returned if count else None,
        "valid": count.valid if count else None,
        "invalid": count.invalid if count else None,
        "attendance_needed": verdict.attendance_needed,
        "votes_needed": verdict.votes_needed,
        "base": verdict.base,
        "verdict": verdict.outcome,
    }


def digest_of(item: AgendaItem) -> str:
    """Fingerprint the text that is voted on; a changed text voids what was said before."""
    return sha256(f"{item.name}\n{item.decision or ''}".encode()).hexdigest()[:16]
