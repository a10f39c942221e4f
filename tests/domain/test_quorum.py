"""Quorums: the vectors of the field, the story of the three lamps, ballots that must balance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.quorum import (
    Attendance,
    Ballots,
    Threshold,
    Votes,
    attendance_needed,
    check_ballots,
    check_heads,
    check_votes,
    explain,
    is_quorate,
    judge,
    quorum_rules,
    request_thresholds,
    votes_needed,
)

RULES = quorum_rules()
REPRESENTATIVES = RULES["representatives"]


@pytest.mark.parametrize(
    ("entitled", "attendance", "votes"),
    [(31, 21, 11), (45, 30, 16), (50, 34, 18), (60, 40, 21)],
)
def test_two_thirds_there_and_more_than_half_of_them(
    entitled: int, attendance: int, votes: int
) -> None:
    heads = Attendance(entitled, attendance)
    assert attendance_needed(REPRESENTATIVES, heads) == attendance
    assert is_quorate(REPRESENTATIVES, heads)
    assert not is_quorate(REPRESENTATIVES, Attendance(entitled, attendance - 1))
    assert votes_needed(REPRESENTATIVES, heads) == votes


def test_the_lamps_are_carried() -> None:
    heads = Attendance(45, 38)
    votes = Votes(36, 1, 1)
    verdict = judge(REPRESENTATIVES, heads, votes)
    assert (verdict.outcome, verdict.attendance_needed, verdict.votes_needed) == ("carried", 30, 20)
    assert check_votes(heads, votes) == ()
    assert explain(verdict, heads, votes) == (
        "应到 45 人，须到 30 人，实到 38 人，达到法定人数；须 20 票赞成，得 36 票，通过。"
    )


def test_the_allowances_are_not_carried_with_one_recused() -> None:
    heads = Attendance(45, 37, recused=1)
    votes = Votes(18, 12, 6)
    assert check_votes(heads, votes) == ()
    verdict = judge(REPRESENTATIVES, heads, votes)
    assert (verdict.outcome, verdict.base, verdict.votes_needed) == ("not_carried", 37, 19)


def test_recusal_may_lower_the_base_where_the_village_says_so() -> None:
    rule = replace(REPRESENTATIVES, recusal="lowers_base")
    verdict = judge(rule, Attendance(45, 37, recused=2), Votes(18, 12, 5))
    assert (verdict.base, verdict.votes_needed, verdict.outcome) == (35, 18, "carried")
    assert verdict.attendance_needed == 29


def test_the_same_meeting_with_29_present_decides_nothing() -> None:
    heads = Attendance(45, 29)
    verdict = judge(REPRESENTATIVES, heads, Votes(29, 0, 0))
    assert verdict.outcome == "below_quorum"
    assert verdict.word == "未达法定人数"
    assert "未达法定人数" in explain(verdict, heads)


def test_party_members_of_the_story() -> None:
    heads = Attendance(34, 26)
    assert attendance_needed(RULES["party_members"], heads) == 23
    assert is_quorate(RULES["party_members"], heads)


@given(st.integers(1, 500), st.integers(0, 500))
def test_a_tie_is_never_carried(half: int, abstained: int) -> None:
    present = 2 * half + abstained
    verdict = judge(REPRESENTATIVES, Attendance(present, present), Votes(half, half, abstained))
    assert verdict.outcome == "not_carried"


@given(
    st.integers(0, 5),
    st.integers(1, 7),
    st.booleans(),
    st.integers(0, 10_000),
)
def test_needed_is_the_smallest_count_that_meets(
    numerator: int, denominator: int, over: bool, base: int
) -> None:
    threshold = Threshold(numerator, denominator, over)
    needed = threshold.needed(base)
    assert threshold.is_met(needed, base)
    assert needed == 0 or not threshold.is_met(needed - 1, base)


def test_collective_matters_need_two_thirds_of_all() -> None:
    heads = Attendance(90, 70)
    assert votes_needed(RULES["collective_members"], heads) == 60
    assert judge(RULES["collective_members"], heads, Votes(59, 11)).outcome == "not_carried"
    assert votes_needed(RULES["collective_board"], Attendance(9, 7)) == 5


def test_a_second_round_needs_a_third_of_the_votes() -> None:
    heads = Attendance(900, 300)
    assert judge(RULES["election_second"], heads, Votes(100, 200)).outcome == "carried"
    assert judge(RULES["election_second"], heads, Votes(99, 201)).outcome == "not_carried"


def test_nobody_in_favour_never_carries() -> None:
    assert votes_needed(RULES["election_second"], Attendance(10, 0)) == 1


def test_thresholds_are_named_as_in_law() -> None:
    assert Threshold(2, 3).words() == "三分之二以上"
    assert Threshold(1, 2, over=True).words() == "过半数"
    assert Threshold(1, 3, over=True).words() == "超过三分之一"


def test_a_fifth_of_the_representatives_may_ask_for_a_meeting() -> None:
    assert request_thresholds()["call_representatives"].needed(45) == 9
    assert request_thresholds()["call_assembly_villagers"].needed(101) == 11


def test_every_rule_has_a_source_and_a_roster() -> None:
    for rule in RULES.values():
        assert rule.source
        assert rule.roster


def test_votes_that_do_not_add_up_name_the_difference() -> None:
    (found,) = check_votes(Attendance(45, 38), Votes(36, 1, 2))
    assert found.difference == 1
    assert found.message == ("赞成 36 + 反对 1 + 弃权 2 = 39，参加表决 38 人，多 1 票，请核对。")


def test_ballots_that_balance_raise_nothing() -> None:
    assert check_ballots(Ballots(38, 37, 1, 36, 1, Votes(30, 4, 2))) == ()


def test_each_broken_sum_of_ballots_is_named() -> None:
    found = check_ballots(Ballots(38, 37, 2, 35, 1, Votes(30, 4, 2)))
    assert [(gap.code, gap.difference) for gap in found] == [
        ("issued_differ", 1),
        ("returned_differ", -1),
        ("valid_differ", 1),
    ]
    assert found[1].message == "收回 37 张，有效 + 无效 = 36 张，少 1 张，请核对。"


def test_heads_that_cannot_be_are_named() -> None:
    found = check_heads(Attendance(30, 31, recused=32))
    assert [gap.code for gap in found] == ["present_over_entitled", "recused_over_present"]
    assert check_heads(Attendance(30, 30, recused=1)) == ()
