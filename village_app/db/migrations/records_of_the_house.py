"""Step: accounts, settings, issued numbers, rules, holidays, attachments."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = ()


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
