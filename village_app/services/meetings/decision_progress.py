"""How far earlier decisions are when a meeting begins: the decision's state and its tasks'."""

from __future__ import annotations

from village_app.db.engine import Store
from village_app.db.records.issues import Task
from village_app.db.records.meetings import Meeting
from village_app.db.records.resolutions import RESOLUTION_STATES, Resolution
from village_app.services.house.links import Links
from village_app.services.session import Session


def open_before(store: Store, meeting: Meeting) -> list[Resolution]:
    """Give the body's decisions of earlier meetings that were not done by a meeting's day."""
    return store.rows(
        store.select(Resolution)
        .join(Meeting, on=Resolution.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == meeting.body_id,
            Resolution.day < meeting.day,
            Resolution.state != "stopped",
            Resolution.done_on.is_null() | (Resolution.done_on >= meeting.day),
        )
        .order_by(Resolution.day, Resolution.id)
    )


def tasks_of(session: Session, resolution: Resolution) -> list[Task]:
    """Give the tasks that a decision became."""
    links = Links(session)
    found = [links.record(one) for one in links.of(resolution) if one.table == "task"]
    return [one for one in found if isinstance(one, Task)]


def progress(session: Session, resolution: Resolution) -> str:
    """Say how far a decision is; a finished task is told although nobody followed it up yet."""
    word = RESOLUTION_STATES.show(resolution.state)
    if resolution.state == "done":
        return f"{word}（{resolution.done_on}）" if resolution.done_on else word
    done = [one for one in tasks_of(session, resolution) if one.state == "done"]
    return f"{word}，任务已完成（{done[-1].done_on}）" if done else word
