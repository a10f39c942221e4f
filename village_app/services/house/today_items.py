"""What one thing to do looks like, and how a subject gives its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from village_app.domain.issue_course import IssueLight
from village_app.services.session import Session


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing to do: its light, due day, what it is, a note, where it is, the next verb.

    `owner` is the full name of whose it is, blank where it is anybody's with the right; `record`
    0 opens the page alone, `page` may name a part of it (notices/catalogue). A `backlog` is one
    line for many old things; it stands last and is not counted with what is due.
    """

    light: IssueLight
    due: date | None
    title: str
    note: str
    page: str
    record: int
    verb: str
    owner: str = ""
    backlog: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One subject's things to do, and the action that somebody must be allowed to do them."""

    action: str
    items: Callable[[Session], Iterator[TodayItem]]


def day_light(session: Session, due: date) -> IssueLight:
    """Give the light of something that is due on a day."""
    days = (due - session.today()).days
    if days < 0:
        return IssueLight("over", f"超期 {-days} 天")
    if days == 0:
        return IssueLight("today", "今天")
    return IssueLight("soon", "明天") if days == 1 else IssueLight("ok", f"还有 {days} 天")
