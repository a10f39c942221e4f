"""Step: special funds, pay of officials, payee rules; bid bond and wages account of a project."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "special_fund" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "source" TEXT,
  "document" TEXT,
  "granted" INTEGER,
  "day" TEXT,
  "purpose" TEXT NOT NULL,
  "note" TEXT
)""",
    """CREATE TABLE "official_pay" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "post" TEXT NOT NULL,
  "month" TEXT NOT NULL,
  "basic" INTEGER NOT NULL,
  "merit" INTEGER,
  "allowance" INTEGER,
  "deduction" INTEGER,
  "note" TEXT
)""",
    """CREATE TABLE "payee_rule" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "words" TEXT NOT NULL,
  "side" TEXT NOT NULL,
  "account_id" INTEGER NOT NULL REFERENCES "ledger_account" ("id") ON DELETE RESTRICT,
  "project_id" INTEGER REFERENCES "project" ("id") ON DELETE RESTRICT,
  "note" TEXT
)""",
    """ALTER TABLE "ledger_entry"
  ADD COLUMN "fund_id" INTEGER REFERENCES "special_fund" ("id") ON DELETE RESTRICT""",
    'ALTER TABLE "project" ADD COLUMN "bid_bond" INTEGER',
    'ALTER TABLE "project" ADD COLUMN "bid_bond_returned_on" TEXT',
    'ALTER TABLE "project" ADD COLUMN "wages_notice_on" TEXT',
    'ALTER TABLE "project" ADD COLUMN "wages_closed_on" TEXT',
    'CREATE INDEX "ledger_entry_fund" ON "ledger_entry" ("fund_id") WHERE "fund_id" IS NOT NULL',
    'CREATE INDEX "official_pay_month" ON "official_pay" ("month")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
