"""What the calendar brings up: bodies to be called, decisions, disclosure, reception days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from village_app.db.records.receptions import ReceptionDay
from village_app.db.records.resolutions import Resolution
from village_app.domain.issue_course import IssueLight
from village_app.services.house.today_items import Source, TodayItem, day_light
from village_app.services.meetings.meetings import Meetings
from village_app.services.meetings.proposals import Proposals
from village_app.services.notices.catalogue import Catalogue
from village_app.services.session import Session

# How far ahead the day's list looks.
_AHEAD = timedelta(days=7)
# The board of the year on the page of notices: all of it, and what is overdue.
BOARD, OVERDUE = "notices/catalogue", "notices/catalogue/over"


def _bodies(session: Session) -> Iterator[TodayItem]:
    """Give the bodies that must be called to a meeting soon."""
    for due in Meetings(session).due():
        if due.state != "later":
            title = f"{due.body.name}该开会了"
            light = day_light(session, due.due_on)
            yield TodayItem(light, due.due_on, title, "会议", "meetings", 0, "安排会议")


def _proposals(session: Session) -> Iterator[TodayItem]:
    """Give the proposals that enough members support, so that a meeting must be called."""
    for one in Proposals(session).to_call():
        light = IssueLight("today", "应召集")
        note = f"{one.day} 提出，联名够了"
        yield TodayItem(light, one.day, one.name, note, "meetings", 0, "安排会议")


def _resolutions(session: Session) -> Iterator[TodayItem]:
    """Give decisions that are not carried out and whose time limit comes near."""
    query = session.store.select(Resolution).where(
        Resolution.state.in_(("open", "doing")), Resolution.due_on <= session.today() + _AHEAD
    )
    for one in session.store.rows(query.order_by(Resolution.due_on).limit(50)):
        note = " · ".join(part for part in (one.number, one.responsible) if part)
        light = day_light(session, one.due_on)
        owner = one.responsible or ""
        yield TodayItem(light, one.due_on, one.name, note, "resolutions", one.id, "看落实", owner)


def _disclosure(session: Session) -> Iterator[TodayItem]:
    """Give what has to be disclosed: all that is late as one line, what is due soon one by one."""
    late, last = [], session.today() + _AHEAD
    for line in Catalogue(session).board(session.today().year):
        for slot in line.slots:
            title = f"{line.item.name}（{slot.label}）"
            if slot.state == "over":
                late.append((slot.due, title))
            elif slot.state == "due" and slot.due <= last:
                light = day_light(session, slot.due)
                yield TodayItem(light, slot.due, title, "信息公开", BOARD, 0, "去公示")
    if late:
        due, title = min(late)
        words = f"公开目录有 {len(late)} 项到期没公开"
        light, note = IssueLight("over", "没公开"), f"最早的是{title}"
        yield TodayItem(light, due, words, note, OVERDUE, 0, "看名单", backlog=True)


def _receptions(session: Session) -> Iterator[TodayItem]:
    """Give the reception days of today and tomorrow."""
    today = session.today()
    query = session.store.select(ReceptionDay).where(
        ReceptionDay.day.between(today, today + timedelta(days=1))
    )
    for one in session.store.rows(query.order_by(ReceptionDay.day)):
        light = day_light(session, one.day)
        title = f"接访日，{one.host}接访"
        note = " · ".join(part for part in (one.hours, one.place) if part)
        yield TodayItem(light, one.day, title, note, "receptions", one.id, "去接访")


CALENDAR_SOURCES = (
    Source("meetings.edit", _bodies),
    Source("meetings.edit", _proposals),
    Source("meetings.edit", _resolutions),
    Source("notices.edit", _disclosure),
    Source("issues.log", _receptions),
)
