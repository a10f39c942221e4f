"""Working days, limits and posting periods, from the yearly tables of the State Council.

Holidays are data. Where a year has no table yet, Monday to Friday count as working days and every
answer that touched such a year says that it is estimated (暂估).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from village_app.domain.resources import load_json, resource_path
from village_app.domain.zone import CHINA as CHINA  # noqa: PLC0414  # most ask the calendar

Unit = Literal["hour", "calendar_day", "work_day", "month"]

ESTIMATED = "暂估"
_DAY = timedelta(days=1)
_UNIT_WORDS: dict[Unit, str] = {
    "hour": "小时",
    "calendar_day": "日",
    "work_day": "个工作日",
    "month": "个月",
}


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day that differs from its weekday: off (休) or worked (班), and why."""

    day: date
    is_off: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class DueDay:
    """A computed day; `estimated` where a year without a holiday table was touched."""

    day: date
    estimated: bool = False


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of some years: weekdays, changed by holidays and worked weekends.

    `years` are those whose table is known; days the village itself adds (a typhoon) simply stand
    in `changed` as well.
    """

    changed: Mapping[date, Holiday] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_work_day(self, day: date) -> bool:
        holiday = self.changed.get(day)
        return day.weekday() < 5 if holiday is None else not holiday.is_off

    def holiday_name(self, day: date) -> str:
        """Name the holiday of a day off, blank for an ordinary day."""
        holiday = self.changed.get(day)
        return holiday.name if holiday is not None and holiday.is_off else ""

    def knows(self, first: date, last: date) -> bool:
        """Tell whether every year from one day to the other has its table."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def with_days(self, holidays: Iterable[Holiday], years: Iterable[int] = ()) -> WorkCalendar:
        """Make a calendar with more days (they win over what is known) and more known years."""
        changed = dict(self.changed) | {holiday.day: holiday for holiday in holidays}
        return WorkCalendar(changed, self.years | frozenset(years))

    def work_days_from(self, day: date) -> Iterator[date]:
        """Give the working days from a day on, that day included, without end."""
        while True:
            if self.is_work_day(day):
                yield day
            day += _DAY

    def next_work_day(self, day: date) -> DueDay:
        """Give the day itself where it is a working day, else the next one."""
        found = next(self.work_days_from(day))
        return DueDay(found, estimated=not self.knows(day, found))

    def add_work_days(self, start: date, count: int) -> DueDay:
        """Count working days; the start day is not counted (民法典 201). Nought gives the start."""
        if count < 0:
            raise ValueError("工作日数不能为负")
        day = start
        for _ in range(count):
            day = next(self.work_days_from(day + _DAY))
        return DueDay(day, estimated=count > 0 and not self.knows(start, day))

    def work_days_between(self, start: date, end: date) -> int:
        """Count working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.work_days_between(end, start)
        span = (end - start).days
        return sum(self.is_work_day(start + timedelta(days=n)) for n in range(1, span + 1))


def holidays_from_plain(plain: Mapping[str, Any]) -> tuple[Holiday, ...]:
    """Read a year's table in the exchange form {"year", "days": [{"name", "date", "isOffDay"}]}."""
    return tuple(
        Holiday(date.fromisoformat(line["date"]), bool(line["isOffDay"]), str(line["name"]))
        for line in plain["days"]
    )


@cache
def shipped_calendar() -> WorkCalendar:
    """Read the tables that come with the program; a table without days makes no year known."""
    calendar = WorkCalendar()
    for path in sorted(resource_path("calendar").glob("holidays-*.json")):
        plain = load_json("calendar", path.name)
        days = holidays_from_plain(plain)
        if days:
            calendar = calendar.with_days(days, (int(plain["year"]),))
    return calendar


def add_months(day: date, months: int) -> date:
    """Give the same day of another month; the last day of the month where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - _DAY).day
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as rules state it: a number and its unit."""

    count: int
    unit: Unit

    def show(self) -> str:
        """Write the term on paper: 72小时, 10日, 3个工作日, 1个月."""
        return f"{self.count}{_UNIT_WORDS[self.unit]}"


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A computed moment (aware, UTC) by which something is due; see `DueDay` for `estimated`."""

    moment: datetime
    estimated: bool = False

    @property
    def day(self) -> date:
        """The village's day of the moment."""
        return self.moment.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class Limit:
    """A term with the way its days are counted.

    `counts_first_day`: the start day is day one (civil law counts from the next day,
    民法典 201). `moves_off_holidays`: a last day that is no working day moves to the next one
    (民法典 203). Both concern days and months; hours run straight on.
    """

    term: Term
    counts_first_day: bool = False
    moves_off_holidays: bool = False

    def due_day(self, start: date, calendar: WorkCalendar) -> DueDay:
        """Give the last day of a limit of days, working days or months that starts on a day."""
        last = self._last_day(start, calendar)
        if not self.moves_off_holidays:
            return last
        moved = calendar.next_work_day(last.day)
        return DueDay(moved.day, last.estimated or moved.estimated)

    def _last_day(self, start: date, calendar: WorkCalendar) -> DueDay:
        match self.term.unit:
            case "work_day":
                before = start - _DAY if self.counts_first_day else start
                return calendar.add_work_days(before, self.term.count)
            case "calendar_day":
                shift = self.term.count - (1 if self.counts_first_day else 0)
                return DueDay(start + timedelta(days=shift))
            case "month":
                last = add_months(start, self.term.count)
                return DueDay(last - _DAY if self.counts_first_day else last)
            case "hour":
                raise ValueError("以小时计的期限要用 due_moment")

    def due_moment(self, start: datetime, calendar: WorkCalendar) -> DueMoment:
        """Give the moment a limit ends: hours later, or the end of the last day in the village."""
        if self.term.unit == "hour":
            return DueMoment(start + timedelta(hours=self.term.count))
        last = self.due_day(start.astimezone(CHINA).date(), calendar)
        end = datetime.combine(last.day + _DAY, datetime.min.time(), CHINA) - timedelta(seconds=1)
        return DueMoment(end.astimezone(UTC), last.estimated)


@dataclass(frozen=True, slots=True)
class PostingPeriod:
    """A posting period with both ends included, as the notice prints it."""

    first: date
    last: date
    term: Term
    estimated: bool = False

    @property
    def calendar_days(self) -> int:
        return (self.last - self.first).days + 1

    def show(self) -> str:
        """Write the period: 2026年3月13日至2026年3月19日（共7日）; working days are named so."""
        count = self.term.show() if self.term.unit == "work_day" else f"{self.calendar_days}日"
        mark = f"，{ESTIMATED}" if self.estimated else ""
        return f"{show_day(self.first)}至{show_day(self.last)}（共{count}{mark}）"

    def days_left(self, today: date) -> int:
        """Count the days still to run, today included; nought when the period is over."""
        return max(0, (self.last - max(today, self.first)).days + 1)


def posting_period(
    posted: date, term: Term, calendar: WorkCalendar, *, counts_posting_day: bool
) -> PostingPeriod:
    """Lay out a posting period; whether the posting day is day one is the village's setting.

    The printed period begins on the posting day or on the day after it.
    """
    limit = Limit(term, counts_first_day=counts_posting_day)
    last = limit.due_day(posted, calendar)
    first = posted if counts_posting_day else posted + _DAY
    return PostingPeriod(first, last.day, term, last.estimated)


def show_day(day: date) -> str:
    """Write a day as papers do (GB/T 9704): 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_word(day: date) -> str:
    """Name the day of the week: 星期一 … 星期日."""
    return f"星期{'一二三四五六日'[day.weekday()]}"
