"""Step: accounts, settings, issued numbers, rules, holidays, attachments."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "user_account" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "full_name" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "is_active" INTEGER,
  "must_change_password" INTEGER
)""",
    """CREATE TABLE "setting" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "key" TEXT NOT NULL,
  "value" TEXT NOT NULL
)""",
    """CREATE TABLE "issued_number" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "text" TEXT NOT NULL,
  "series" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "serial" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "table_name" TEXT,
  "record_id" INTEGER,
  "reason" TEXT
)""",
    """CREATE TABLE "rule_set" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "region" TEXT,
  "basis" TEXT,
  "effective_from" TEXT,
  "effective_to" TEXT,
  "parameters" TEXT NOT NULL
)""",
    """CREATE TABLE "holiday" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "day" TEXT NOT NULL,
  "is_off" INTEGER NOT NULL,
  "name" TEXT,
  "source" TEXT
)""",
    """CREATE TABLE "attachment" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "table_name" TEXT NOT NULL,
  "record_id" INTEGER NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "media_type" TEXT,
  "caption" TEXT,
  "purpose" TEXT,
  "taken_at" TEXT
)""",
    'CREATE UNIQUE INDEX "user_account_name" ON "user_account" ("name")',
    'CREATE UNIQUE INDEX "setting_key" ON "setting" ("key")',
    'CREATE UNIQUE INDEX "issued_number_serial" ON "issued_number" ("series", "year", "serial")',
    'CREATE UNIQUE INDEX "issued_number_text" ON "issued_number" ("text")',
    'CREATE INDEX "rule_set_code" ON "rule_set" ("code", "effective_from")',
    'CREATE UNIQUE INDEX "holiday_day" ON "holiday" ("day")',
    'CREATE INDEX "attachment_record" ON "attachment" ("record_id", "table_name")',
    'CREATE INDEX "attachment_fingerprint" ON "attachment" ("fingerprint")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
