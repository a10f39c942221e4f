"""One search over everything: each subject says how it is found, rights decide what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from village_app.db.records.issues import Issue
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.resolutions import Resolution
from village_app.domain.permissions import may
from village_app.services.issue_rights import matches, visible
from village_app.services.residents import Residents
from village_app.services.session import Service, Session, permitted


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: the page and record to go to, what it is called, a note beside it."""

    page: str
    record: int
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """How one subject is found, and the action that somebody must be allowed to see it."""

    action: str
    find: Callable[[Session, str, int], Sequence[Hit]]


class Search(Service):
    """Asks every finder that the user's role may ask; hidden records are not even counted."""

    @permitted("settings.read")
    def find(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Find records by words, pinyin initials or number tails, best of each subject first."""
        if not words.strip():
            return []
        found: list[Hit] = []
        for finder in FINDERS:
            if may(self.session.user.role, finder.action):
                found.extend(finder.find(self.session, words, limit))
        return found[:limit]


def _residents(session: Session, words: str, limit: int) -> list[Hit]:
    return [
        Hit(
            "residents",
            one.id,
            one.name,
            " · ".join(part for part in (one.group, one.phone) if part),
        )
        for one in Residents(session).find(words, limit=limit)
    ]


def _notices(session: Session, words: str, limit: int) -> list[Hit]:
    query = session.store.select(Notice).where(
        Notice.heading.contains(words) | Notice.number.contains(words)
    )
    return [
        Hit("notices", notice.id, notice.heading, notice.number or "草稿")
        for notice in session.store.rows(query.order_by(Notice.id.desc()).limit(limit))
    ]


def _issues(session: Session, words: str, limit: int) -> list[Hit]:
    query = session.store.select(Issue).where(visible(session), matches(words.strip()))
    return [
        Hit("issues", issue.id, issue.heading, issue.number or "")
        for issue in session.store.rows(query.order_by(Issue.at.desc()).limit(limit))
    ]


def _meetings(session: Session, words: str, limit: int) -> list[Hit]:
    query = session.store.select(Meeting).where(Meeting.name.contains(words))
    return [
        Hit("meetings", one.id, one.name, str(one.day))
        for one in session.store.rows(query.order_by(Meeting.day.desc()).limit(limit))
    ]


def _resolutions(session: Session, words: str, limit: int) -> list[Hit]:
    query = session.store.select(Resolution).where(
        Resolution.name.contains(words) | Resolution.number.contains(words)
    )
    return [
        Hit("resolutions", one.id, one.name, one.number)
        for one in session.store.rows(query.order_by(Resolution.id.desc()).limit(limit))
    ]


FINDERS: tuple[Finder, ...] = (
    Finder("residents.read", _residents),
    Finder("issues.read", _issues),
    Finder("notices.read", _notices),
    Finder("meetings.read", _meetings),
    Finder("meetings.read", _resolutions),
)
