"""Step: heads of households, household steps, life events, labels, several telephones."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    'ALTER TABLE "resident" ADD COLUMN "other_phones" TEXT',
    'ALTER TABLE "household" ADD COLUMN "ended_on" TEXT',
    """CREATE TABLE "household_head" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "household_id" INTEGER NOT NULL REFERENCES "household" ("id") ON DELETE RESTRICT,
  "resident_id" INTEGER NOT NULL REFERENCES "resident" ("id") ON DELETE RESTRICT,
  "from_day" TEXT,
  "to_day" TEXT
)""",
    """CREATE TABLE "household_step" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "text" TEXT NOT NULL,
  "household_id" INTEGER NOT NULL REFERENCES "household" ("id") ON DELETE RESTRICT,
  "kind" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "other_id" INTEGER REFERENCES "household" ("id") ON DELETE RESTRICT
)""",
    """CREATE TABLE "life_event" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "kind" TEXT NOT NULL,
  "resident_id" INTEGER NOT NULL REFERENCES "resident" ("id") ON DELETE RESTRICT,
  "day" TEXT NOT NULL,
  "place" TEXT,
  "note" TEXT,
  "status_before" TEXT
)""",
    """CREATE TABLE "resident_label" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "resident_id" INTEGER NOT NULL REFERENCES "resident" ("id") ON DELETE RESTRICT,
  "from_day" TEXT NOT NULL,
  "to_day" TEXT,
  "note" TEXT,
  "is_sensitive" INTEGER
)""",
    'CREATE INDEX "household_head_household" ON "household_head" ("household_id", "from_day")',
    'CREATE INDEX "household_head_resident" ON "household_head" ("resident_id")',
    'CREATE INDEX "household_step_household" ON "household_step" ("household_id", "day")',
    'CREATE INDEX "household_step_other" ON "household_step" ("other_id")',
    'CREATE INDEX "life_event_resident" ON "life_event" ("resident_id", "day")',
    'CREATE INDEX "life_event_day" ON "life_event" ("day", "kind")',
    'CREATE INDEX "resident_label_resident" ON "resident_label" ("resident_id")',
    'CREATE INDEX "resident_label_name" ON "resident_label" ("name", "from_day", "to_day")',
    """CREATE INDEX "resident_search" ON "resident"
  ("name", "spellings", "id_number", "phone", "other_phones")""",
    'CREATE INDEX "resident_id_tail" ON "resident" (substr("id_number", -4))',
    'CREATE INDEX "resident_phone_tail" ON "resident" (substr("phone", -4))',
    """CREATE INDEX "resident_other_phones" ON "resident" ("other_phones")
  WHERE "other_phones" IS NOT NULL""",
    'CREATE INDEX "resident_politics" ON "resident" ("politics", "status")',
    'CREATE INDEX "resident_stroke" ON "resident" ("stroke_key", "status", "group_id")',
    """CREATE INDEX "resident_name_stroke" ON "resident"
  ("name_stroke_key", "status", "group_id")""",
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
