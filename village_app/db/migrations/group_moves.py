"""Step: from which group to which a person moved on a day, as one more dated event."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """ALTER TABLE "life_event" ADD COLUMN "from_group_id" INTEGER
  REFERENCES "place" ("id") ON DELETE RESTRICT""",
    """ALTER TABLE "life_event" ADD COLUMN "to_group_id" INTEGER
  REFERENCES "place" ("id") ON DELETE RESTRICT""",
    """CREATE INDEX "life_event_from_group" ON "life_event" ("from_group_id")
  WHERE "from_group_id" IS NOT NULL""",
    """CREATE INDEX "life_event_to_group" ON "life_event" ("to_group_id")
  WHERE "to_group_id" IS NOT NULL""",
)


def step(store: Store) -> None:
    """Add the columns."""
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
