"""Step: places, households, residents, imports."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "place" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "parent_id" INTEGER REFERENCES "place" ("id") ON DELETE RESTRICT,
  "position" INTEGER
)""",
    """CREATE TABLE "household" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "number" TEXT NOT NULL,
  "group_id" INTEGER REFERENCES "place" ("id") ON DELETE RESTRICT,
  "address" TEXT,
  "head_id" INTEGER,
  "note" TEXT,
  "door_key" TEXT
)""",
    """CREATE TABLE "resident" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "id_type" TEXT,
  "id_number" TEXT,
  "sex" TEXT,
  "birth" TEXT,
  "ethnicity" TEXT,
  "phone" TEXT,
  "household_id" INTEGER REFERENCES "household" ("id") ON DELETE RESTRICT,
  "relation" TEXT,
  "group_id" INTEGER REFERENCES "place" ("id") ON DELETE RESTRICT,
  "grid_id" INTEGER REFERENCES "place" ("id") ON DELETE RESTRICT,
  "address" TEXT,
  "politics" TEXT,
  "education" TEXT,
  "marriage" TEXT,
  "registration" TEXT,
  "residence" TEXT,
  "member" TEXT,
  "status" TEXT,
  "bank" TEXT,
  "bank_account" TEXT,
  "shares" TEXT,
  "note" TEXT,
  "reading" TEXT,
  "extra" TEXT,
  "spellings" TEXT,
  "pinyin_key" TEXT,
  "stroke_key" TEXT,
  "name_stroke_key" TEXT
)""",
    """CREATE TABLE "import_batch" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "file_name" TEXT NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "target" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "user" TEXT NOT NULL,
  "counts" TEXT NOT NULL,
  "state" TEXT NOT NULL
)""",
    """CREATE TABLE "column_mapping" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "signature" TEXT NOT NULL,
  "target" TEXT NOT NULL,
  "mapping" TEXT NOT NULL,
  "name" TEXT
)""",
    'CREATE INDEX "place_parent" ON "place" ("parent_id")',
    'CREATE INDEX "household_number" ON "household" ("number")',
    'CREATE INDEX "household_group" ON "household" ("group_id", "door_key")',
    'CREATE INDEX "resident_id_number" ON "resident" ("id_number")',
    'CREATE INDEX "resident_household" ON "resident" ("household_id")',
    'CREATE INDEX "resident_group" ON "resident" ("group_id")',
    'CREATE INDEX "resident_name" ON "resident" ("name")',
    'CREATE INDEX "resident_pinyin" ON "resident" ("pinyin_key", "status", "group_id")',
    'CREATE INDEX "resident_phone" ON "resident" ("phone")',
    'CREATE INDEX "import_batch_fingerprint" ON "import_batch" ("fingerprint")',
    'CREATE UNIQUE INDEX "column_mapping_signature" ON "column_mapping" ("signature", "target")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
