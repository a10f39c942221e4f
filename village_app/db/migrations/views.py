"""Step: saved filters and reports; what was opened last; the words inside attachments.

The last two are no records: what somebody looked at is nobody's fact, and the words can be drawn
out of the files again at any time.
"""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    """CREATE TABLE "saved_view" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "page" TEXT NOT NULL,
  "owner" TEXT NOT NULL,
  "role" TEXT,
  "shared" INTEGER,
  "content" TEXT NOT NULL
)""",
    """CREATE TABLE "saved_report" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL,
  "report" TEXT NOT NULL,
  "period_kind" TEXT NOT NULL,
  "period_from" TEXT NOT NULL,
  "text" TEXT
)""",
    """CREATE TABLE "opened_record" (
  "user" TEXT NOT NULL,
  "page" TEXT NOT NULL,
  "record" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  PRIMARY KEY ("user", "page", "record")
) WITHOUT ROWID""",
    """CREATE TABLE "attachment_words" (
  "fingerprint" TEXT NOT NULL PRIMARY KEY,
  "words" TEXT NOT NULL
) WITHOUT ROWID""",
    'CREATE INDEX "saved_view_page" ON "saved_view" ("page", "name")',
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
