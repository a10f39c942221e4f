"""How single facts of matters are written on paper."""

from __future__ import annotations

from datetime import datetime

from village_app.db.fields import Record
from village_app.domain.calendar import CHINA, show_day


def shown(record: Record, name: str) -> str:
    """Write a field as its kind shows it; blank for None."""
    return record.declaration(name).kind.show(getattr(record, name))


def due_words(due: datetime | None) -> str:
    """Write a limit: the day, and the hour where it does not run to the day's end."""
    if due is None:
        return ""
    local = due.astimezone(CHINA)
    ends_the_day = (local.hour, local.minute) == (23, 59)
    return show_day(local.date()) + ("" if ends_the_day else f"{local.hour}时{local.minute:02d}分")
