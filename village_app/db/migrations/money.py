"""Step: approvals, the year's budget, assets and leases, questions, supervision visits."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "approval" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "step" TEXT NOT NULL,
  "about_table" TEXT NOT NULL,
  "about_id" INTEGER NOT NULL,
  "user" TEXT NOT NULL,
  "full_name" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "agrees" INTEGER NOT NULL,
  "opinion" TEXT
)""",
    """CREATE TABLE "budget_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "year" INTEGER NOT NULL,
  "account_id" INTEGER NOT NULL REFERENCES "ledger_account" ("id") ON DELETE RESTRICT,
  "planned" INTEGER NOT NULL,
  "adjusted" INTEGER,
  "note" TEXT
)""",
    """CREATE TABLE "asset" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "quantity" TEXT,
  "place" TEXT,
  "area" TEXT,
  "value" INTEGER,
  "keeper" TEXT,
  "acquired_on" TEXT,
  "is_active" INTEGER,
  "note" TEXT
)""",
    """CREATE TABLE "lease" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "tenant" TEXT NOT NULL,
  "asset_id" INTEGER NOT NULL REFERENCES "asset" ("id") ON DELETE RESTRICT,
  "number" TEXT,
  "starts_on" TEXT NOT NULL,
  "ends_on" TEXT NOT NULL,
  "yearly_rent" INTEGER NOT NULL,
  "months" INTEGER NOT NULL,
  "first_due" TEXT NOT NULL,
  "deposit" INTEGER,
  "ended_on" TEXT,
  "note" TEXT
)""",
    """CREATE TABLE "question" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "text" TEXT NOT NULL,
  "about_table" TEXT NOT NULL,
  "about_id" INTEGER NOT NULL,
  "asker" TEXT,
  "contact" TEXT,
  "way" TEXT,
  "asked_on" TEXT NOT NULL,
  "due_on" TEXT NOT NULL,
  "rule_id" INTEGER REFERENCES "rule_set" ("id") ON DELETE RESTRICT,
  "reply" TEXT,
  "result" TEXT,
  "replied_on" TEXT,
  "replied_by" TEXT
)""",
    """CREATE TABLE "supervision_visit" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "day" TEXT NOT NULL,
  "project_id" INTEGER NOT NULL REFERENCES "project" ("id") ON DELETE RESTRICT,
  "visitors" TEXT NOT NULL,
  "procurement" TEXT,
  "progress" TEXT,
  "quality" TEXT,
  "money" TEXT,
  "advice" TEXT,
  "answer" TEXT
)""",
    'CREATE INDEX "approval_about" ON "approval" ("about_id", "about_table")',
    'CREATE UNIQUE INDEX "budget_line_once" ON "budget_line" ("year", "account_id")',
    'CREATE INDEX "lease_asset" ON "lease" ("asset_id")',
    'CREATE INDEX "lease_end" ON "lease" ("ends_on")',
    'CREATE INDEX "question_about" ON "question" ("about_id", "about_table")',
    'CREATE INDEX "question_due" ON "question" ("due_on")',
    'CREATE INDEX "supervision_visit_project" ON "supervision_visit" ("project_id", "day")',
    'CREATE INDEX "ledger_entry_party" ON "ledger_entry" ("party", "day")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
