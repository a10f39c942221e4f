"""The schema's history: an explicit tuple of steps; its length is the version.

Each step runs in one transaction together with the version, never imports today's records, and
is never edited after a release. Step 1 makes the house's own tables.
"""

from __future__ import annotations

from collections.abc import Callable

from village_app.db.engine import APPLICATION_ID, Store
from village_app.db.migrations import (
    aid,
    funds,
    group_moves,
    house,
    household_votes,
    issue_replies,
    issues,
    ledger,
    meetings,
    money,
    notices,
    posting,
    projects,
    records_of_the_house,
    register,
    residents,
    search_indexes,
    upkeep,
    views,
)
from village_app.errors import EnvironmentProblem

Step = Callable[[Store], None]

MIGRATIONS: tuple[Step, ...] = (
    house.step,
    records_of_the_house.step,
    residents.step,
    notices.step,
    ledger.step,
    projects.step,
    posting.step,
    issues.step,
    money.step,
    meetings.step,
    aid.step,
    register.step,
    issue_replies.step,
    household_votes.step,
    funds.step,
    views.step,
    upkeep.step,
    group_moves.step,
    search_indexes.step,
)


def migrate(store: Store, *, before_first: Callable[[], None] | None = None) -> int:
    """Bring the file to this program's version; refuses a newer or a foreign file.

    `before_first` makes the backup before the first step of an existing file. Returns how many
    steps ran.
    """
    version = store.schema_version
    identity = store.scalar("PRAGMA application_id")
    if version and identity != APPLICATION_ID:
        raise EnvironmentProblem("foreign_file", "这不是本程序的数据文件，没有打开。")
    if version > len(MIGRATIONS):
        raise EnvironmentProblem(
            "newer_data",
            "这份数据是由更新的程序写的，本程序不敢打开，数据没有动。请先更新程序。",
        )
    steps = MIGRATIONS[version:]
    if steps and version and before_first is not None:
        before_first()
    for number, step in enumerate(steps, start=version + 1):
        with store.reading(), store.database.atomic("EXCLUSIVE"):
            step(store)
            store.database.execute_sql(f"PRAGMA user_version = {number}")
            store.database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    return len(steps)
