"""Step: the ledger: accounts, openings, entries, closed months."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "ledger_account" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "book" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "nature" TEXT NOT NULL,
  "parent_id" INTEGER REFERENCES "ledger_account" ("id") ON DELETE RESTRICT,
  "holds" INTEGER,
  "holder" TEXT,
  "is_active" INTEGER
)""",
    """CREATE TABLE "ledger_opening" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "account_id" INTEGER NOT NULL REFERENCES "ledger_account" ("id") ON DELETE RESTRICT,
  "day" TEXT NOT NULL,
  "amount" INTEGER NOT NULL,
  "party" TEXT,
  "formed_on" TEXT,
  "due_on" TEXT,
  "note" TEXT
)""",
    """CREATE TABLE "ledger_entry" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "summary" TEXT NOT NULL,
  "book" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "voucher" TEXT,
  "debit_id" INTEGER NOT NULL REFERENCES "ledger_account" ("id") ON DELETE RESTRICT,
  "credit_id" INTEGER NOT NULL REFERENCES "ledger_account" ("id") ON DELETE RESTRICT,
  "amount" INTEGER NOT NULL,
  "party" TEXT,
  "method" TEXT,
  "receipt" TEXT,
  "handler" TEXT,
  "witness" TEXT,
  "approver" TEXT,
  "note" TEXT,
  "source_table" TEXT,
  "source_id" INTEGER,
  "reverses_id" INTEGER REFERENCES "ledger_entry" ("id") ON DELETE RESTRICT,
  "reason" TEXT,
  "booked_by" TEXT,
  "booked_at" TEXT,
  "origin" TEXT
)""",
    """CREATE TABLE "ledger_month" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "month" TEXT NOT NULL,
  "book" TEXT NOT NULL,
  "closed_by" TEXT NOT NULL,
  "closed_at" TEXT NOT NULL
)""",
    'CREATE UNIQUE INDEX "ledger_account_code" ON "ledger_account" ("book", "code")',
    'CREATE UNIQUE INDEX "ledger_account_name" ON "ledger_account" ("book", "name")',
    'CREATE INDEX "ledger_opening_account" ON "ledger_opening" ("account_id")',
    'CREATE INDEX "ledger_entry_day" ON "ledger_entry" ("book", "day", "id")',
    # The month's table is read from these two alone, without touching the rows.
    'CREATE INDEX "ledger_entry_debit" ON "ledger_entry" ("debit_id", "day", "amount")',
    'CREATE INDEX "ledger_entry_credit" ON "ledger_entry" ("credit_id", "day", "amount")',
    'CREATE INDEX "ledger_entry_source" ON "ledger_entry" ("source_id", "source_table")',
    'CREATE INDEX "ledger_entry_voucher" ON "ledger_entry" ("voucher")',
    'CREATE INDEX "ledger_entry_origin" ON "ledger_entry" ("origin") WHERE "origin" IS NOT NULL',
    'CREATE UNIQUE INDEX "ledger_entry_reverses" ON "ledger_entry" ("reverses_id") WHERE "reverses_id" IS NOT NULL',
    'CREATE UNIQUE INDEX "ledger_month_once" ON "ledger_month" ("book", "month")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
