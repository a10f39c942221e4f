"""What every part of 示范村 is made with: the village, the clock, chance, and who sits there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from village_app.db.records.residents import Resident
from village_app.demo.stage import SAMPLE_PASSWORD
from village_app.domain.calendar import CHINA, WorkCalendar
from village_app.domain.reporting import Report
from village_app.village import Village

CLERK = "陈丽珍"
SECRETARY, SUPERVISOR, ACCOUNTANT = "梁书记", "叶志坚", "李会计"
PEOPLE = (
    (SECRETARY, "secretary", "梁国栋"),
    (SUPERVISOR, "supervisor", "叶志坚"),
    (ACCOUNTANT, "accountant", "李美玲"),
)
HANDLERS = ("叶志坚", "黄伟雄", "邓永康", "罗顺娣")


class SampleClock:
    """Stands where the script puts it, never after the moment the sample is made."""

    def __init__(self, now: datetime) -> None:
        self.end = now
        self.moment = now

    def now(self) -> datetime:
        self.moment = min(self.moment + timedelta(milliseconds=50), self.end)
        return self.moment

    def turn_to(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Go to an hour of a day in the village; a moment to come becomes now."""
        wanted = datetime.combine(day, time(hour, minute), CHINA).astimezone(UTC)
        self.moment = min(wanted, self.end)


@dataclass(slots=True)
class Scene:
    """The village while its sample is made."""

    village: Village
    clock: SampleClock
    chance: Random
    today: date
    report: Report
    people: list[Resident] = field(default_factory=list)

    @property
    def calendar(self) -> WorkCalendar:
        return self.village.rules.calendar()

    def back(self, days: int) -> date:
        """Give the day so many days ago."""
        return self.today - timedelta(days=days)

    def work_day_back(self, days: int) -> date:
        """Give the last work day at least so many days ago."""
        day = self.back(days)
        while not self.calendar.is_work_day(day):
            day -= timedelta(days=1)
        return day

    @contextmanager
    def as_person(self, name: str) -> Iterator[Village]:
        """Let another person sit at the desk for a while, by his own password."""
        self.village.users.switch(name, SAMPLE_PASSWORD)
        try:
            yield self.village
        finally:
            self.village.users.switch(CLERK, SAMPLE_PASSWORD)

    def grown_ups(self, group: str = "") -> list[Resident]:
        """Give the grown-up people, of one group if told."""
        latest = self.today.replace(year=self.today.year - 19, day=1)
        groups = {place.id: place.name for place in self.village.places.groups()}
        return [
            one
            for one in self.people
            if one.birth and one.birth < latest and group in groups.get(one.group_id, "")
        ]
