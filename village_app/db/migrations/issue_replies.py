"""Step: numbered letters that answer matters, and what the long list of matters is counted by."""

from __future__ import annotations

from village_app.db.engine import Store

# What most matters leave blank stands in no index: an entry then writes fewer pages.
OFTEN_BLANK = (
    ("issue_reporter", "reporter_id", "reporter_id"),
    ("issue_household", "household_id, at", "household_id"),
    ("issue_group", "group_id", "group_id"),
    ("issue_handler", "handler", "handler"),
    ("issue_merged", "merged_into", "merged_into"),
    ("issue_source", "source_number, source", "source_number"),
)
# The figures leave voided numbers out without reading the matters.
_FIGURES = "at, category, source, handler, group_id, state"
STATEMENTS = (
    """CREATE TABLE "issue_reply" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL DEFAULT 1,
  "number" TEXT,
  "issue_id" INTEGER NOT NULL REFERENCES "issue" ("id") ON DELETE RESTRICT,
  "heading" TEXT NOT NULL,
  "addressee" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "signed_on" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "author" TEXT NOT NULL
)""",
    'CREATE INDEX "issue_reply_issue" ON "issue_reply" ("issue_id")',
    # As narrow as can be: who may see a matter is told by the few that are hidden.
    'DROP INDEX "issue_open_due"',
    'DROP INDEX "issue_due"',
    'DROP INDEX "issue_state_due"',
    'CREATE INDEX "issue_state_due" ON "issue" ("state", "due")',
    """CREATE INDEX "issue_open_count" ON "issue" (CASE WHEN state IN ('registered', 'accepted',
    'working', 'held', 'reported', 'answering', 'visiting') THEN due END)""",
    """CREATE INDEX "issue_hidden" ON "issue" ("state", "due", "handler", "registered_by")
    WHERE is_confidential = 1""",
    'DROP INDEX "issue_at"',
    f'CREATE INDEX "issue_at" ON "issue" ({_FIGURES})',
    *(
        statement
        for name, columns, filled in OFTEN_BLANK
        for statement in (
            f'DROP INDEX "{name}"',
            f'CREATE INDEX "{name}" ON "issue" ({columns}) WHERE {filled} IS NOT NULL',
        )
    ),
)


def step(store: Store) -> None:
    """Make the table and the index."""
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
