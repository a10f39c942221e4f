"""How much waits for the signed-in user, by page: the counts beside the navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from village_app.db.records.issues import Issue, Task
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.resolutions import Resolution
from village_app.domain.issue_course import OPEN_STATES
from village_app.domain.permissions import may
from village_app.services.issues.rights import visible
from village_app.services.session import Service, Session, permitted


@dataclass(frozen=True, slots=True)
class Waiting:
    """One subject's count: its page, the action that acts on it, how it is counted."""

    page: str
    action: str
    count: Callable[[Session], int]


class WaitingCounts(Service):
    """Asks every subject whose work the user may do."""

    @permitted("settings.read")
    def by_page(self) -> Mapping[str, int]:
        """Give the counts by page key; pages with nothing waiting are left out."""
        counts: dict[str, int] = {}
        for waiting in WAITING:
            if may(self.session.user.role, waiting.action):
                number = waiting.count(self.session)
                if number:
                    counts[waiting.page] = counts.get(waiting.page, 0) + number
        return counts


def _notices(session: Session) -> int:
    query = session.store.select(Notice).where(
        Notice.state.in_(("draft", "checking", "returned", "approved"))
    )
    return int(query.count())


def _issues(session: Session) -> int:
    query = session.store.select(Issue).where(Issue.state.in_(OPEN_STATES), visible(session))
    return int(query.count())


def _meetings(session: Session) -> int:
    query = session.store.select(Meeting).where(Meeting.state.in_(("planned", "running", "closed")))
    return int(query.count())


def _resolutions(session: Session) -> int:
    query = session.store.select(Resolution).where(Resolution.state.in_(("open", "doing")))
    return int(query.count())


def _tasks(session: Session) -> int:
    query = session.store.select(Task).where(Task.state == "open", Task.due_on <= session.today())
    return int(query.count())


WAITING: tuple[Waiting, ...] = (
    Waiting("tasks", "tasks.edit", _tasks),
    Waiting("issues", "issues.edit", _issues),
    Waiting("notices", "notices.edit", _notices),
    Waiting("meetings", "meetings.edit", _meetings),
    Waiting("resolutions", "meetings.edit", _resolutions),
)
