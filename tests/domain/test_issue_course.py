"""The course of a matter: every move needs its state and its facts; lights by the limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.calendar import shipped_calendar
from village_app.domain.issue_course import (
    MOVES,
    OPEN_STATES,
    STATE_LABELS,
    blocked,
    light_of,
    moves_from,
)

FULL = {
    "reason": "原因",
    "merged_into": 1,
    "handler": "叶志坚",
    "due": datetime(2026, 1, 15, tzinfo=UTC),
    "hold_until": "2026-02-01",
    "reported_on": "2026-02-01",
    "result": "换了灯",
    "answer_way": "phone",
    "answered_at": datetime(2026, 1, 14, tzinfo=UTC),
    "visit": True,
}


@pytest.mark.parametrize("code", sorted(MOVES))
@pytest.mark.parametrize("state", sorted(STATE_LABELS))
def test_a_move_with_all_facts_is_free_exactly_from_its_own_states(code: str, state: str) -> None:
    assert (blocked(code, state, FULL) == ()) == (state in MOVES[code].leaves)


@given(st.sampled_from(sorted(MOVES)), st.data())
def test_each_lacking_fact_is_named_once(code: str, data: st.DataObject) -> None:
    needs = MOVES[code].needs
    given_facts = data.draw(st.sets(st.sampled_from([need.field for need in needs] or ["-"])))
    facts = {name: FULL.get(name) for name in given_facts}
    named = [fault.field for fault in blocked(code, MOVES[code].leaves[0], facts)]
    assert named == [need.field for need in needs if need.field not in given_facts]


def test_nothing_can_be_closed_without_result_answer_and_visit() -> None:
    assert [fault.field for fault in blocked("close", "accepted", {})] == [
        "result",
        "answered_at",
        "visit",
    ]


def test_every_open_state_has_a_way_on() -> None:
    assert all(moves_from(state) for state in OPEN_STATES)


@pytest.mark.parametrize(
    ("due", "now", "kind", "word"),
    [
        ("2026-01-15 23:59", "2026-01-12 08:40", "ok", "还有 3 天"),
        ("2026-01-15 23:59", "2026-01-14 08:40", "soon", "明天"),
        ("2026-01-15 23:59", "2026-01-15 08:40", "today", "今天"),
        ("2026-01-15 11:30", "2026-01-15 08:40", "today", "今天 11:30"),
        ("2026-01-15 11:30", "2026-01-15 14:40", "over", "超期 3 小时"),
        ("2026-01-15 23:59", "2026-01-19 08:40", "over", "超期 4 天"),
        ("2026-01-19 23:59", "2026-01-16 08:40", "soon", "还有 3 天"),
    ],
)
def test_the_light_says_in_a_word_whether_it_is_in_time(
    due: str, now: str, kind: str, word: str
) -> None:
    light = light_of("working", _moment(due), _moment(now), shipped_calendar())
    assert (light.kind, light.word) == (kind, word)


@pytest.mark.parametrize(
    ("state", "kind"), [("closed", "done"), ("held", "hold"), ("merged", "hold")]
)
def test_a_resting_or_finished_matter_is_never_late(state: str, kind: str) -> None:
    light = light_of(state, _moment("2026-01-01 08:00"), _moment("2026-05-01 08:00"), CALENDAR)
    assert (light.kind, light.word) == (kind, STATE_LABELS[state])


CALENDAR = shipped_calendar()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)
