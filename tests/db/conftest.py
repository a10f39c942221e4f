"""A small encrypted store with two tables of its own and a journal whose clock stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.db.trial import TRIAL_TABLES
from village_app.db.engine import Store
from village_app.db.journal import Author, Journal
from village_app.db.migrations import house

KEY = bytes(range(32))
AUDIT_KEY = b"audit" * 8


class SteppingClock:
    """Moves a second on at every look, so that order shows."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "village.db", KEY, create=True)
    house.step(opened)
    for statement in TRIAL_TABLES:
        opened.database.execute_sql(statement)
    yield opened
    opened.close()


@pytest.fixture
def journal(store: Store) -> Journal:
    return Journal(store, AUDIT_KEY, Author("陈文书"), SteppingClock())
