"""Who sees which matters: confidential ones only the heads, their handler and their writer."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import Issue
from village_app.domain.permissions import may
from village_app.services.session import Session


def visible(session: Session) -> Any:
    """Give the condition under which this user may see a matter."""
    if sees_all(session):
        return Issue.id.is_null(False)
    me = session.user.full_name
    open_to_all = Issue.is_confidential.is_null() | (Issue.is_confidential == False)  # noqa: E712 - SQL
    return open_to_all | (Issue.handler == me) | (Issue.registered_by == me)


def matches(words: str) -> Any:
    """Match a matter by number, heading, content, person or place."""
    return (
        Issue.number.contains(words)
        | Issue.heading.contains(words)
        | Issue.content.contains(words)
        | Issue.reporter.contains(words)
        | Issue.place.contains(words)
    )


def sees_all(session: Session) -> bool:
    """Tell whether this user sees every matter."""
    return may(session.user.role, "issues.read_confidential")
