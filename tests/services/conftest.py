"""A village of its own for every test: encrypted, opened by a password, clock in hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from village_app.db.key_slots import Cost
from village_app.opening import NewVillage, create_village
from village_app.village import Village

PASSWORD = "三只白鹅过石桥去赶集"
# A cheap guess keeps the suite quick; the real cost is measured at set-up.
QUICK = Cost(passes=1, memory_kib=1024)


class TurningClock:
    """Stands where it is put; every look moves it on by a millisecond, so that order shows."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def turn_to(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Go to a moment of the village (Beijing time)."""
        self.moment = datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock(datetime(2026, 1, 12, 0, 40, tzinfo=UTC))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "隔坑村 资料"


@pytest.fixture
def village(folder: Path, clock: TurningClock) -> Iterator[Village]:
    wish = NewVillage(
        village="隔坑村",
        town="横沥镇",
        user="陈丽珍",
        password=PASSWORD,
        role="admin+secretary+accountant+clerk+supervisor",
    )
    opened, _ = create_village(folder, wish, clock=clock, cost=QUICK)
    yield opened
    opened.close()
