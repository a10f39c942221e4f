"""Step: the later life of notices: objections, prints, seal uses, blank forms, catalogue."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    'ALTER TABLE "notice" ADD COLUMN "template" TEXT',
    """CREATE TABLE "objection" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "number" TEXT,
  "notice_id" INTEGER NOT NULL REFERENCES "notice" ("id") ON DELETE RESTRICT,
  "person" TEXT,
  "phone" TEXT,
  "way" TEXT NOT NULL,
  "raised_on" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "received_by" TEXT,
  "forwarded_on" TEXT,
  "due_on" TEXT,
  "finding" TEXT,
  "is_founded" INTEGER,
  "outcome" TEXT,
  "reply" TEXT,
  "replied_on" TEXT,
  "replied_by" TEXT,
  "reply_way" TEXT,
  "rule_id" INTEGER REFERENCES "rule_set" ("id") ON DELETE RESTRICT
)""",
    """CREATE TABLE "print_run" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "paper" TEXT NOT NULL,
  "notice_id" INTEGER REFERENCES "notice" ("id") ON DELETE RESTRICT,
  "at" TEXT NOT NULL,
  "user" TEXT NOT NULL,
  "copies" INTEGER NOT NULL,
  "pages" INTEGER,
  "printer" TEXT NOT NULL,
  "round" INTEGER NOT NULL,
  "batch" TEXT
)""",
    """CREATE TABLE "printer_offset" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "printer" TEXT NOT NULL,
  "right" INTEGER NOT NULL,
  "down" INTEGER NOT NULL
)""",
    """CREATE TABLE "seal_use" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "number" TEXT,
  "day" TEXT NOT NULL,
  "paper" TEXT NOT NULL,
  "copies" INTEGER NOT NULL,
  "seal" TEXT NOT NULL,
  "asked_by" TEXT NOT NULL,
  "approved_by" TEXT NOT NULL,
  "sealed_by" TEXT NOT NULL,
  "note" TEXT,
  "notice_id" INTEGER REFERENCES "notice" ("id") ON DELETE RESTRICT
)""",
    """CREATE TABLE "blank_form" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "number" TEXT NOT NULL,
  "form" TEXT NOT NULL,
  "printed_on" TEXT NOT NULL,
  "printed_by" TEXT NOT NULL,
  "given_to" TEXT,
  "returned_on" TEXT,
  "void_reason" TEXT
)""",
    """CREATE TABLE "notice_template" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "heading" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "base" TEXT NOT NULL
)""",
    """CREATE TABLE "catalogue_item" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "code" TEXT NOT NULL,
  "level" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "basis" TEXT,
  "frequency" TEXT NOT NULL,
  "timing" TEXT,
  "sheet" TEXT,
  "caution" TEXT,
  "body" TEXT,
  "place" TEXT,
  "is_active" INTEGER NOT NULL,
  "position" INTEGER NOT NULL
)""",
    'CREATE INDEX "notice_catalogue" ON "notice" ("catalogue_code", "published_at")',
    'CREATE INDEX "notice_corrects" ON "notice" ("corrects_id")',
    'CREATE INDEX "notice_published" ON "notice" ("published_at")',
    'CREATE INDEX "objection_notice" ON "objection" ("notice_id", "replied_on")',
    'CREATE INDEX "print_run_notice" ON "print_run" ("notice_id")',
    'CREATE INDEX "print_run_at" ON "print_run" ("at")',
    'CREATE UNIQUE INDEX "printer_offset_printer" ON "printer_offset" ("printer")',
    'CREATE INDEX "seal_use_day" ON "seal_use" ("day")',
    'CREATE UNIQUE INDEX "blank_form_number" ON "blank_form" ("number")',
    'CREATE INDEX "blank_form_returned" ON "blank_form" ("returned_on", "printed_on")',
    'CREATE UNIQUE INDEX "notice_template_code" ON "notice_template" ("code")',
    'CREATE UNIQUE INDEX "catalogue_item_code" ON "catalogue_item" ("code")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
