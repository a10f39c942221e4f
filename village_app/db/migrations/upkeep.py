"""Step: the village's own fields of people, and pairs of people who are not one."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "own_field" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "choices" TEXT,
  "position" INTEGER,
  "ended_on" TEXT
)""",
    """CREATE TABLE "not_same_person" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "first_id" INTEGER NOT NULL REFERENCES "resident" ("id") ON DELETE RESTRICT,
  "second_id" INTEGER NOT NULL REFERENCES "resident" ("id") ON DELETE RESTRICT
)""",
    'CREATE INDEX "not_same_person_first" ON "not_same_person" ("first_id")',
    'CREATE INDEX "not_same_person_second" ON "not_same_person" ("second_id")',
)


def step(store: Store) -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
