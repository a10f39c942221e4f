"""Rows of the meetings, and when a body must meet, in words."""

from __future__ import annotations

from typing import Any

from village_app.db.records.meetings import MEETING_STATES, Meeting
from village_app.domain.kinds import DAY, TEXT
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light, LightKind

COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=110),
    ColumnSpec("name", "会议", TEXT, width=260, stretch=True),
    ColumnSpec("body", "组织", TEXT, width=150, narrow=False),
    ColumnSpec("place", "地点", TEXT, width=130, narrow=False),
    ColumnSpec("state", "状态", TEXT, width=100),
    ColumnSpec("heads", "实到/应到", TEXT, width=100),
    ColumnSpec("items", "议题", TEXT, width=80, narrow=False),
)
_LIGHTS: dict[str, LightKind] = {
    "planned": "new",
    "running": "today",
    "closed": "hold",
    "final": "done",
}


def meeting_row(village: Any, meeting: Meeting, body: str) -> ListRow:
    """Give the row of a meeting of a body."""
    counts = village.attendance.counts(meeting)
    return ListRow(
        meeting.id,
        {
            "day": meeting.day,
            "name": meeting.name,
            "body": body,
            "place": meeting.place,
            "state": Light(_LIGHTS[meeting.state], MEETING_STATES.show(meeting.state)),
            "heads": f"{counts.present + counts.left}/{counts.entitled}",
            "items": f"{len(village.meetings.agenda(meeting))} 项",
        },
    )


def due_words(due: Any) -> str:
    """Say until when a body must meet, or since when it should have met."""
    if due.state == "late":
        return f"{due.body.name}应在 {due.due_on} 前召开，已过 {-due.days_left} 天"
    return f"{due.body.name}应在 {due.due_on} 前召开，还有 {due.days_left} 天"
