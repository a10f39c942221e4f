"""Kinds of values in time: day, month, moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from village_app.domain.calendar import CHINA
from village_app.domain.kind import Doubt, Kind, SpreadsheetFormat
from village_app.domain.spreadsheet_damage import digits_of
from village_app.domain.typed_date import Lean
from village_app.domain.typed_dates import read_date, read_full_date
from village_app.domain.typed_moments import read_moment, show_moment
from village_app.domain.unreadable import Unreadable


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return datetime.now(CHINA).date()


class Day(Kind):
    """A day (`datetime.date`), kept as ISO text; reads what people type, from today's view.

    `lean` says where a day without a year lies; `today` gives the current day.
    """

    name = "day"
    align = "center"
    spreadsheet = SpreadsheetFormat("yyyy-mm-dd", 12)

    def __init__(self, lean: Lean = "near", today: Callable[[], date] = _today) -> None:
        self.lean: Lean = lean
        self._today = today

    def parse(self, raw: object) -> date | None:
        if isinstance(raw, datetime):
            return raw.astimezone(CHINA).date() if raw.tzinfo else raw.date()
        if raw is None or isinstance(raw, date):
            return raw
        text = raw if isinstance(raw, str) else digits_of(raw)
        return read_full_date(text, self._today(), self.lean)

    def doubts(self, value: Any, raw: object = None) -> tuple[Doubt, ...]:
        found = read_date(raw, self._today(), self.lean) if value and isinstance(raw, str) else None
        return tuple(Doubt("unsure_day", f"{doubt}。") for doubt in found.doubts) if found else ()

    def show(self, value: Any) -> str:
        return "" if value is None else str(value.isoformat())

    def mask(self, value: Any) -> str:
        return "" if value is None else f"{value.year}年"

    def sort_key(self, value: Any) -> Any:
        return (value is None, value or date.min)

    def to_database(self, value: Any) -> str | None:
        return None if value is None else str(value.isoformat())

    def from_database(self, raw: Any) -> date | None:
        return None if raw is None else date.fromisoformat(raw)


class Month(Kind):
    """A month, as the text 2026-03; a full day is taken for its month."""

    name = "month"
    align = "center"
    spreadsheet = SpreadsheetFormat("@", 10, as_text=True)

    def __init__(self, today: Callable[[], date] = _today) -> None:
        self._today = today

    def parse(self, raw: object) -> str | None:
        if isinstance(raw, date):
            return f"{raw.year:04d}-{raw.month:02d}"
        if raw is None:
            return None
        found = read_date(raw if isinstance(raw, str) else digits_of(raw), self._today())
        if found is None:
            return None
        if found.month is None:
            raise Unreadable("month_missing", f"“{raw}”还缺月份，请写成 2026-03。")
        return f"{found.year:04d}-{found.month:02d}"

    def show(self, value: Any) -> str:
        """Write the month in words: 2026年3月."""
        return "" if value is None else f"{int(value[:4])}年{int(value[5:])}月"


class Moment(Kind):
    """A moment as aware UTC, kept as ISO text ending in Z, shown in village time."""

    name = "moment"
    align = "center"
    spreadsheet = SpreadsheetFormat("yyyy-mm-dd hh:mm", 17)

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        self._now = now

    def parse(self, raw: object) -> datetime | None:
        if raw is None:
            return None
        if isinstance(raw, datetime):
            local = raw if raw.tzinfo else raw.replace(tzinfo=CHINA)
            return local.astimezone(UTC)
        return read_moment(str(raw), self._now())

    def show(self, value: Any) -> str:
        return "" if value is None else show_moment(value)

    def sort_key(self, value: Any) -> Any:
        return (value is None, value or datetime.min.replace(tzinfo=UTC))

    def for_spreadsheet(self, value: Any) -> Any:
        """Give village time without a zone, as spreadsheets have it."""
        return None if value is None else value.astimezone(CHINA).replace(tzinfo=None)

    def to_database(self, value: Any) -> str | None:
        if value is None:
            return None
        utc = value.astimezone(UTC).replace(tzinfo=None)
        return f"{utc.isoformat(timespec='microseconds')}Z"

    def from_database(self, raw: Any) -> datetime | None:
        return None if raw is None else datetime.fromisoformat(raw)


DAY = Day()
PAST_DAY = Day("past")
FUTURE_DAY = Day("future")
MONTH = Month()
MOMENT = Moment()
