"""One search over everything: each subject says how it is found, rights decide what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from village_app.db.records.issues import Issue
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Project
from village_app.db.records.residents import Household
from village_app.db.records.resolutions import Resolution
from village_app.domain.permissions import may
from village_app.services.house.attachment_words import AttachmentWords
from village_app.services.house.recent import Recent
from village_app.services.house.reports import Reports
from village_app.services.issues.rights import matches, visible
from village_app.services.register.residents import Residents
from village_app.services.session import Service, Session, permitted

_SHORTEST = 2


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
        """Find records by words, pinyin initials or number tails.

        What this user opened lately comes first; then the subjects share the room, so that no
        subject with many finds hides the others.
        """
        if not words.strip():
            return []
        kinds = [
            list(finder.find(self.session, words, limit))
            for finder in FINDERS
            if may(self.session.user.role, finder.action)
        ]
        found = {(hit.page, hit.record) for kind in kinds for hit in kind}
        low = words.strip().lower()
        lately = [
            Hit(one.page, one.record, one.title, one.note)
            for one in Recent(self.session).listed()
            if (one.page, one.record) in found or low in f"{one.title} {one.note}".lower()
        ]
        first = {(hit.page, hit.record) for hit in lately}
        rest = [[hit for hit in kind if (hit.page, hit.record) not in first] for kind in kinds]
        return [*lately, *_shared(rest, max(0, limit - len(lately)))][:limit]


def _shared(kinds: Sequence[Sequence[Hit]], limit: int) -> list[Hit]:
    """Deal the room out among the subjects that found something; their order stays."""
    taken = [0] * len(kinds)
    while sum(taken) < limit and any(t < len(k) for t, k in zip(taken, kinds, strict=True)):
        for number, kind in enumerate(kinds):
            if taken[number] < len(kind) and sum(taken) < limit:
                taken[number] += 1
    return [hit for number, kind in enumerate(kinds) for hit in kind[: taken[number]]]


def _residents(session: Session, words: str, limit: int) -> list[Hit]:
    return [
        Hit(
            "residents",
            one.id,
            one.name,
            " · ".join(part for part in (one.group, one.phone) if part),
        )
        for one in Residents(session).find(words, limit=limit, anywhere=False)
    ]


def _notices(session: Session, words: str, limit: int) -> list[Hit]:
    # Found by the index of these two alone: the papers themselves are long.
    ids = Notice.select(Notice.id).where(
        Notice.heading.contains(words) | Notice.number.contains(words)
    )
    query = session.store.select(Notice).where(Notice.id.in_(ids))
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


def _households(session: Session, words: str, limit: int) -> list[Hit]:
    """Find households by number or door; the head's page shows them."""
    word = words.strip()
    query = (
        session.store.select(Household)
        .where(
            Household.head_id.is_null(False)
            & (Household.number.startswith(word) | Household.address.contains(word))
        )
        .order_by(Household.number)
    )
    return [
        Hit("residents", one.head_id, f"{one.number}户", one.address or "")
        for one in session.store.rows(query.limit(limit))
    ]


def _projects(session: Session, words: str, limit: int) -> list[Hit]:
    word = words.strip()
    query = session.store.select(Project).where(
        Project.name.contains(word) | Project.number.contains(word) | Project.place.contains(word)
    )
    return [
        Hit("projects", one.id, one.name, one.number or "")
        for one in session.store.rows(query.order_by(Project.id.desc()).limit(limit))
    ]


def _documents(session: Session, words: str, limit: int) -> list[Hit]:
    """Find words inside attached documents; a single character is too little to look for."""
    if len(words.strip()) < _SHORTEST:
        return []
    return [
        Hit(one.page, one.record, one.name, one.excerpt)
        for one in AttachmentWords(session).find(words, limit)
    ]


def _resolutions(session: Session, words: str, limit: int) -> list[Hit]:
    query = session.store.select(Resolution).where(
        Resolution.name.contains(words) | Resolution.number.contains(words)
    )
    return [
        Hit("resolutions", one.id, one.name, one.number)
        for one in session.store.rows(query.order_by(Resolution.id.desc()).limit(limit))
    ]


def _report_lines(session: Session, words: str, limit: int) -> list[Hit]:
    """Find the records behind a figure by the code that stands beside it on paper."""
    del limit
    found = Reports(session).by_code(words)
    if found is None:
        return []
    title = f"{found.period.show()} {found.label}"
    return [Hit("reports", int("".join(words.split())), title, f"{len(found.rows)} 条")]


FINDERS: tuple[Finder, ...] = (
    Finder("settings.read", _report_lines),
    Finder("residents.read", _residents),
    Finder("residents.read", _households),
    Finder("issues.read", _issues),
    Finder("notices.read", _notices),
    Finder("meetings.read", _meetings),
    Finder("meetings.read", _resolutions),
    Finder("projects.read", _projects),
    Finder("attachments.read", _documents),
)
