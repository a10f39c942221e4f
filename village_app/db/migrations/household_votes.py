"""Step: until when households may say what they think of an item, and how many they are."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    'ALTER TABLE "agenda_item" ADD COLUMN "statements_until" TEXT',
    'ALTER TABLE "agenda_item" ADD COLUMN "households" INTEGER',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
