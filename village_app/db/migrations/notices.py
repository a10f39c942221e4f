"""Step: notices and their privacy reviews."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "notice" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "heading" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "number" TEXT,
  "state" TEXT NOT NULL,
  "policy" TEXT NOT NULL,
  "catalogue_code" TEXT,
  "period_label" TEXT,
  "source_table" TEXT,
  "source_id" INTEGER,
  "paper" TEXT NOT NULL,
  "issuer" TEXT,
  "contact" TEXT,
  "period_days" INTEGER,
  "period_unit" TEXT,
  "period_from" TEXT,
  "period_to" TEXT,
  "rule_id" INTEGER REFERENCES "rule_set" ("id") ON DELETE RESTRICT,
  "place" TEXT,
  "drafted_by" TEXT,
  "checked_by" TEXT,
  "checked_at" TEXT,
  "opinion" TEXT,
  "approved_by" TEXT,
  "approved_at" TEXT,
  "posted_by" TEXT,
  "published_at" TEXT,
  "taken_down_on" TEXT,
  "frozen" TEXT,
  "fingerprint" TEXT,
  "code" TEXT,
  "journal_head" TEXT,
  "corrects_id" INTEGER REFERENCES "notice" ("id") ON DELETE RESTRICT,
  "reason" TEXT
)""",
    """CREATE TABLE "privacy_review" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "notice_id" INTEGER REFERENCES "notice" ("id") ON DELETE RESTRICT,
  "at" TEXT NOT NULL,
  "user" TEXT NOT NULL,
  "policy" TEXT NOT NULL,
  "findings" TEXT NOT NULL,
  "second_user" TEXT,
  "reason" TEXT,
  "fingerprint" TEXT
)""",
    'CREATE UNIQUE INDEX "notice_number" ON "notice" ("number") WHERE "number" IS NOT NULL',
    'CREATE INDEX "notice_state" ON "notice" ("state", "period_to")',
    'CREATE INDEX "notice_source" ON "notice" ("source_id", "source_table")',
    'CREATE UNIQUE INDEX "notice_code" ON "notice" ("code") WHERE "code" IS NOT NULL',
    'CREATE INDEX "privacy_review_notice" ON "privacy_review" ("notice_id")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
