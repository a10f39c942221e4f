"""Step: lists of subsidies and aid with their lines."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "aid_list" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "source" TEXT,
  "document" TEXT,
  "standard" TEXT,
  "paid_on" TEXT,
  "note" TEXT
)""",
    """CREATE TABLE "aid_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "list_id" INTEGER NOT NULL REFERENCES "aid_list" ("id") ON DELETE RESTRICT,
  "id_number" TEXT,
  "group_name" TEXT,
  "phone" TEXT,
  "bank_account" TEXT,
  "quantity" TEXT,
  "amount" INTEGER NOT NULL,
  "note" TEXT,
  "resident_id" INTEGER REFERENCES "resident" ("id") ON DELETE RESTRICT,
  "is_out" INTEGER,
  "reason" TEXT,
  "received_on" TEXT,
  "received_by" TEXT
)""",
    'CREATE INDEX "aid_line_list" ON "aid_line" ("list_id")',
    'CREATE INDEX "aid_line_resident" ON "aid_line" ("resident_id")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
