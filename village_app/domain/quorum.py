"""Whether a meeting may decide and whether a matter is carried; whole numbers only, never shares.

Rules are values with their source. A tie is never enough, an abstention is no vote in favour, and
the base is who is present at the vote, so every agenda item has its own count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from village_app.domain.numerals import to_chinese
from village_app.domain.resources import load_json

Base = Literal["entitled", "present"]
Recusal = Literal["keeps_base", "lowers_base"]
Outcome = Literal["carried", "not_carried", "below_quorum"]

OUTCOME_WORDS: dict[Outcome, str] = {
    "carried": "通过",
    "not_carried": "未通过",
    "below_quorum": "未达法定人数",
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A part of a base that must be reached, or exceeded where `over`."""

    numerator: int
    denominator: int
    over: bool = False

    def is_met(self, count: int, base: int) -> bool:
        left, right = count * self.denominator, base * self.numerator
        return left > right if self.over else left >= right

    def needed(self, base: int) -> int:
        """Give the smallest count that meets the threshold."""
        whole, rest = divmod(base * self.numerator, self.denominator)
        return whole + (1 if self.over or rest else 0)

    def words(self) -> str:
        """Name the threshold as laws do: 三分之二以上, 过半数."""
        if (self.numerator, self.denominator, self.over) == (1, 2, True):
            return "过半数"
        part = f"{to_chinese(self.denominator)}分之{to_chinese(self.numerator)}"
        return f"超过{part}" if self.over else f"{part}以上"


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """How many must be there and how many must be in favour, of which base, by which source.

    `recusal`: whether who stands aside stays in the base and only does not vote, or leaves the
    base altogether.
    """

    code: str
    label: str
    attendance: Threshold
    passing: Threshold
    passing_base: Base = "present"
    recusal: Recusal = "keeps_base"
    roster: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Heads at the vote: entitled 应到, present 实到, and of these recused 回避."""

    entitled: int
    present: int
    recused: int = 0

    @property
    def voters(self) -> int:
        return self.present - self.recused


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes in favour 赞成, against 反对, abstentions 弃权."""

    in_favour: int
    against: int
    abstained: int = 0

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Counts that must be equal and are not: which, by how much, in a sentence."""

    code: str
    difference: int
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vote came to, with the figures that it was measured by."""

    outcome: Outcome
    attendance_needed: int
    votes_needed: int
    base: int
    rule: QuorumRule

    @property
    def word(self) -> str:
        return OUTCOME_WORDS[self.outcome]


def quorum_rule_from_plain(entry: Mapping[str, Any]) -> QuorumRule:
    """Make a rule from its plain form, as it stands in the rule files and the village's own."""
    return QuorumRule(
        code=entry["code"],
        label=entry["label"],
        attendance=_threshold(entry["attendance"]),
        passing=_threshold(entry["passing"]),
        passing_base=entry["passing"]["of"],
        recusal=entry.get("recusal", "keeps_base"),
        roster=entry.get("roster", ""),
        source=entry.get("source", ""),
    )


def _threshold(entry: Mapping[str, Any]) -> Threshold:
    numerator, denominator = entry["share"]
    return Threshold(numerator, denominator, bool(entry["over"]))


@cache
def quorum_rules() -> dict[str, QuorumRule]:
    """Read the rules that come with the program, by code."""
    entries = load_json("rules", "quorums.json")["rules"]
    return {entry["code"]: quorum_rule_from_plain(entry) for entry in entries}


@cache
def request_thresholds() -> dict[str, Threshold]:
    """Read how many must ask so that a meeting has to be called or a recall is admitted."""
    entries = load_json("rules", "quorums.json")["requests"]
    return {entry["code"]: _threshold(entry) for entry in entries}


def attendance_needed(rule: QuorumRule, heads: Attendance) -> int:
    """Give how many must be present for the body to decide."""
    return rule.attendance.needed(_entitled(rule, heads))


def is_quorate(rule: QuorumRule, heads: Attendance) -> bool:
    """Tell whether enough are present for the body to decide."""
    return rule.attendance.is_met(_present(rule, heads), _entitled(rule, heads))


def voting_base(rule: QuorumRule, heads: Attendance) -> int:
    """Give the number that the votes in favour are measured against."""
    return _present(rule, heads) if rule.passing_base == "present" else _entitled(rule, heads)


def votes_needed(rule: QuorumRule, heads: Attendance) -> int:
    """Give how many votes in favour carry a matter; never less than one."""
    return max(1, rule.passing.needed(voting_base(rule, heads)))


def judge(rule: QuorumRule, heads: Attendance, votes: Votes) -> Verdict:
    """Judge a vote whose counts balance; below the quorum nothing is carried."""
    needed = votes_needed(rule, heads)
    outcome: Outcome = "carried" if votes.in_favour >= needed else "not_carried"
    if not is_quorate(rule, heads):
        outcome = "below_quorum"
    base = voting_base(rule, heads)
    return Verdict(outcome, attendance_needed(rule, heads), needed, base, rule)


def _entitled(rule: QuorumRule, heads: Attendance) -> int:
    return heads.entitled - (heads.recused if rule.recusal == "lowers_base" else 0)


def _present(rule: QuorumRule, heads: Attendance) -> int:
    return heads.voters if rule.recusal == "lowers_base" else heads.present


def check_heads(heads: Attendance) -> tuple[Imbalance, ...]:
    """Find counts of heads that cannot be: more present than entitled, more recused than there."""
    found = []
    if heads.present > heads.entitled:
        over = heads.present - heads.entitled
        message = f"实到 {heads.present} 人比应到 {heads.entitled} 人多 {over} 人，请核对签到。"
        found.append(Imbalance("present_over_entitled", over, message))
    if heads.recused > heads.present:
        over = heads.recused - heads.present
        message = f"回避 {heads.recused} 人比实到 {heads.present} 人多 {over} 人，请核对。"
        found.append(Imbalance("recused_over_present", over, message))
    return tuple(found)


def check_votes(heads: Attendance, votes: Votes) -> tuple[Imbalance, ...]:
    """Find the difference between votes counted and those who could vote (present − recused)."""
    difference = votes.total - heads.voters
    if difference == 0:
        return ()
    sentence = (
        f"赞成 {votes.in_favour} + 反对 {votes.against} + 弃权 {votes.abstained} = {votes.total}，"
        f"参加表决 {heads.voters} 人，{_more_or_less(difference, '票')}，请核对。"
    )
    return (Imbalance("votes_differ", difference, sentence),)


@dataclass(frozen=True, slots=True)
class Ballots:
    """A count of paper ballots: 发出, 收回, 未收回, 有效, 无效 and what the valid ones say."""

    issued: int
    returned: int
    unreturned: int
    valid: int
    invalid: int
    votes: Votes


def check_ballots(ballots: Ballots) -> tuple[Imbalance, ...]:
    """Find every sum that does not come out; a round can be closed only when none is left.

    发出 = 收回 + 未收回; 收回 = 有效 + 无效; 有效 = 赞成 + 反对 + 弃权.
    """
    votes = ballots.votes
    sums = (
        ("issued", "发出", ballots.issued, "收回 + 未收回", ballots.returned + ballots.unreturned),
        ("returned", "收回", ballots.returned, "有效 + 无效", ballots.valid + ballots.invalid),
        ("valid", "有效", ballots.valid, "赞成 + 反对 + 弃权", votes.total),
    )
    return tuple(
        Imbalance(
            f"{code}_differ",
            counted - claimed,
            f"{label} {claimed} 张，{parts} = {counted} 张，"
            f"{_more_or_less(counted - claimed, '张')}，请核对。",
        )
        for code, label, claimed, parts, counted in sums
        if counted != claimed
    )


def _more_or_less(difference: int, measure: str) -> str:
    return f"{'多' if difference > 0 else '少'} {abs(difference)} {measure}"


def explain(verdict: Verdict, heads: Attendance, votes: Votes | None = None) -> str:
    """Say on screen what the rule asks for and what was reached, before or after the vote."""
    quorate = "达到" if verdict.outcome != "below_quorum" else "未达"
    attendance = (
        f"应到 {heads.entitled} 人，须到 {verdict.attendance_needed} 人，实到 {heads.present} 人，"
        f"{quorate}法定人数"
    )
    if votes is None or verdict.outcome == "below_quorum":
        return f"{attendance}；须 {verdict.votes_needed} 票赞成。"
    return (
        f"{attendance}；须 {verdict.votes_needed} 票赞成，得 {votes.in_favour} 票，{verdict.word}。"
    )
