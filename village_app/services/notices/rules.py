"""What must hold of a notice itself before it hangs: nothing left open, long enough, let through.

Source of the shortest period: rule `notice_posting`; a notice whose subject brought its own rule
(a project's, the money tables') is held to that one alone.
"""

from __future__ import annotations

from hashlib import sha256

from village_app.db.records.notices import Notice, PrivacyReview
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.filling import DATE, NUMBER, PERIOD, open_places
from village_app.papers.gate import Findings
from village_app.papers.places import texts_of
from village_app.services.rules import Rules
from village_app.services.session import Session

# Filled by the program itself when the notice is posted.
_FILLED_AT_POSTING = frozenset({PERIOD, DATE, NUMBER})


def left_open(paper: Paper) -> tuple[str, ...]:
    """Name the places of a template that nobody has filled yet, table cells too."""
    named = dict.fromkeys(open_places(paper))
    for placed in texts_of(paper):
        for part in placed.text.split("｛")[1:]:
            named.setdefault(part.partition("｝")[0])
    return tuple(name for name in named if name and name not in _FILLED_AT_POSTING)


def shortest_period(session: Session, notice: Notice) -> int | None:
    """Give the fewest days a notice must hang; None where no rule asks for any."""
    rule = Rules(session).on("notice_posting")
    if notice.rule_id is not None or notice.kind not in rule["kinds"]:
        return None
    if notice.source_table is not None and notice.period_days is None:
        # A record's own sheet without a period (a project's poster) hangs as long as it is wanted.
        return None
    return int(rule["minimum_days"])


def is_too_short(session: Session, notice: Notice) -> bool:
    """Tell whether the posting period is shorter than the rule asks; a blank one is too short."""
    shortest = shortest_period(session, notice)
    return shortest is not None and (notice.period_days or 0) < shortest


def ready_to_hang(session: Session, notice: Notice, paper: Paper) -> None:
    """Refuse a notice with open places or too short a period, saying which."""
    opened = left_open(paper)
    if opened:
        raise Refused(
            "left_open",
            f"还有 {len(opened)} 处没有填：{'、'.join(opened[:8])}。填好再发布。",
            places=opened,
        )
    if is_too_short(session, notice):
        shortest = shortest_period(session, notice)
        raise Refused(
            "period_short",
            f"公示期 {notice.period_days or 0} 天，不足 {shortest} 天，请改到 {shortest} 天。",
        )


def fingerprint_of_draft(notice: Notice) -> str:
    """Give the fingerprint of a draft's content; any edit changes it."""
    return sha256(notice.paper.encode()).hexdigest()


def reviewed_by_two(session: Session, notice: Notice, findings: Findings) -> bool:
    """Tell whether a second person let this very draft through, and whether that is enough."""
    if not findings.stops:
        return True
    if not findings.can_be_overridden:
        return False
    query = session.store.select(PrivacyReview).where(
        PrivacyReview.notice_id == notice.id,
        PrivacyReview.second_user.is_null(False),
        PrivacyReview.fingerprint == fingerprint_of_draft(notice),
    )
    return query.first() is not None
