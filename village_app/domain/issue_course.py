"""A matter's way from the first word to the archive: states, moves, and what each move needs.

    登记 → 受理 → 交办 → 办理中 → 待反馈 → 待回访 → 办结 → 归档

The table is data; `blocked` says in sentences why a move cannot be made, all reasons at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from village_app.domain.calendar import CHINA, WorkCalendar
from village_app.errors import Fault

State = Literal[
    "registered",
    "accepted",
    "working",
    "held",
    "reported",
    "answering",
    "visiting",
    "closed",
    "archived",
    "refused",
    "merged",
    "passed_on",
    "void",
]
LightKind = Literal["over", "today", "soon", "ok", "done", "hold"]

STATE_LABELS: dict[str, str] = {
    "registered": "待受理",
    "accepted": "已受理",
    "working": "办理中",
    "held": "挂起",
    "reported": "上报跟踪",
    "answering": "待反馈",
    "visiting": "待回访",
    "closed": "已办结",
    "archived": "已归档",
    "refused": "不予受理",
    "merged": "并入他件",
    "passed_on": "转其他途径",
    "void": "已作废",
}
OPEN_STATES = ("registered", "accepted", "working", "held", "reported", "answering", "visiting")
DONE_STATES = ("closed", "archived")
# States in which the clock of the village's own limit does not run.
RESTING_STATES = ("held", "reported")


@dataclass(frozen=True, slots=True)
class Need:
    """A field that a move needs, and the sentence when it is blank."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Move:
    """One move: its code and verb, the states it leaves, the state it reaches, what it needs."""

    code: str
    verb: str
    leaves: tuple[State, ...]
    reaches: State
    needs: tuple[Need, ...] = ()


_REASON = "要写明原因。"
MOVES: dict[str, Move] = {
    move.code: move
    for move in (
        Move("accept", "受理", ("registered",), "accepted"),
        Move(
            "refuse",
            "不予受理",
            ("registered",),
            "refused",
            (Need("reason", f"不予受理{_REASON}"),),
        ),
        Move(
            "merge",
            "并案",
            ("registered", "accepted", "working"),
            "merged",
            (Need("merged_into", "并案要指明并入哪一件。"),),
        ),
        Move(
            "assign",
            "交办",
            ("registered", "accepted", "working"),
            "working",
            (Need("handler", "交办要写明承办人。"), Need("due", "交办要有办理期限。")),
        ),
        Move("return", "退回", ("working",), "accepted", (Need("reason", f"退回{_REASON}"),)),
        Move(
            "hold",
            "挂起",
            ("accepted", "working"),
            "held",
            (Need("reason", f"挂起{_REASON}"), Need("hold_until", "挂起要定下复查日。")),
        ),
        Move(
            "report",
            "上报镇街",
            ("accepted", "working"),
            "reported",
            (Need("reported_on", "上报要写日期。"),),
        ),
        Move("resume", "恢复办理", ("held", "reported"), "working"),
        Move(
            "pass_on",
            "转其他途径",
            ("registered", "accepted", "working", "reported"),
            "passed_on",
            (Need("reason", "转其他途径要写明转到哪里、为什么。"),),
        ),
        Move(
            "finish",
            "写办理结果",
            ("accepted", "working"),
            "answering",
            (Need("result", "还没有办理结果，先写清楚怎么办的。"),),
        ),
        Move(
            "answer",
            "反馈",
            ("answering",),
            "visiting",
            (Need("answer_way", "反馈要写明方式：电话、当面或书面。"),),
        ),
        Move(
            "close",
            "办结",
            ("visiting",),
            "closed",
            (
                Need("result", "没有办理结果，不能办结。"),
                Need("answered_at", "还没有向反映人反馈，不能办结。"),
                Need("visit", "还没有回访，也没有写明不回访的原因，不能办结。"),
            ),
        ),
        Move("archive", "归档", ("closed",), "archived"),
        Move(
            "void",
            "作废",
            ("registered", "accepted"),
            "void",
            (Need("reason", f"作废{_REASON}"),),
        ),
        Move(
            "reopen",
            "重办",
            ("visiting", "closed", "archived"),
            "working",
            (Need("reason", f"重办{_REASON}"), Need("due", "重办要有新的期限。")),
        ),
    )
}


def moves_from(state: str) -> tuple[Move, ...]:
    """List the moves that leave a state, in the order of the table."""
    return tuple(move for move in MOVES.values() if state in move.leaves)


def blocked(code: str, state: str, facts: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Say why a move cannot be made from a state with these facts; empty when it can.

    A closing of a matter that does not stand before it names everything that is lacking, not only
    that the state is wrong, so that one reading tells the whole rest of the way.
    """
    move = MOVES[code]
    lacking = tuple(
        Fault(need.field, "required", need.sentence)
        for need in move.needs
        if facts.get(need.field) in (None, "", False)
    )
    if state in move.leaves or (code == "close" and lacking):
        return lacking
    word = STATE_LABELS[state]
    return (Fault("state", "wrong_state", f"现在是“{word}”，不能{move.verb}。"), *lacking)


@dataclass(frozen=True, slots=True)
class IssueLight:
    """In time or not, in a word: 超期 4 天, 今天 11:30, 明天, 还有 5 天."""

    kind: LightKind
    word: str


def light_of(
    state: str, due: datetime | None, now: datetime, calendar: WorkCalendar, soon: int = 1
) -> IssueLight:
    """Tell how a matter stands to its limit; `soon` work days or fewer left make it amber."""
    if state in DONE_STATES:
        return IssueLight("done", STATE_LABELS[state])
    if state not in OPEN_STATES or state in RESTING_STATES:
        return IssueLight("hold", STATE_LABELS[state])
    if due is None:
        return IssueLight("ok", "未定期限")
    return _running(due, now, calendar, soon)


def _running(due: datetime, now: datetime, calendar: WorkCalendar, soon: int) -> IssueLight:
    local, here = due.astimezone(CHINA), now.astimezone(CHINA)
    days = (local.date() - here.date()).days
    if due < now:
        if days < 0:
            return IssueLight("over", f"超期 {-days} 天")
        hours = max(1, (now - due) // timedelta(hours=1))
        return IssueLight("over", f"超期 {hours} 小时")
    if days == 0:
        clock = "" if (local.hour, local.minute) == (23, 59) else f" {local:%H:%M}"
        return IssueLight("today", f"今天{clock}")
    left = calendar.work_days_between(here.date(), local.date())
    word = "明天" if days == 1 else f"还有 {days} 天"
    return IssueLight("soon" if left <= soon else "ok", word)
