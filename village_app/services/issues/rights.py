"""Who sees which matters: confidential ones only the heads, their handler and their writer."""

from __future__ import annotations

from typing import Any

from peewee import SQL

from village_app.db.records.issues import Issue
from village_app.domain.permissions import may
from village_app.services.session import Session


def visible(session: Session) -> Any:
    """Give the condition under which this user may see a matter."""
    if sees_all(session):
        return Issue.id.is_null(False)
    # Named by what is hidden: the few confidential ones have an index of their own, so that
    # counting and ordering all others never reads the matters themselves.
    me = session.user.full_name
    return Issue.id.not_in(SQL(HIDDEN, (me, me)))


# Written without bound values where the index of the confidential ones is to answer.
HIDDEN = (
    "(SELECT h.id FROM issue h WHERE h.is_confidential = 1 "
    "AND ifnull(h.handler, '') <> ? AND ifnull(h.registered_by, '') <> ?)"
)


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
