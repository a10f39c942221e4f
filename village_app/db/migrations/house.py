"""Step: the house's own tables: identity, journal, id ranges."""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = (
    'CREATE TABLE "identity" ("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL)',
    'CREATE TABLE "id_range" ("desk" INTEGER NOT NULL PRIMARY KEY, "next" INTEGER NOT NULL)',
    """CREATE TABLE "draft" (
  "user" TEXT NOT NULL,
  "page" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  PRIMARY KEY ("user", "page")
) WITHOUT ROWID""",
    """CREATE TABLE "change" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "at" TEXT NOT NULL,
  "user" TEXT NOT NULL,
  "desk" INTEGER NOT NULL,
  "label" TEXT NOT NULL,
  "label_erased" INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT NOT NULL,
  "undoes" INTEGER,
  "undoable" INTEGER NOT NULL,
  "digest" TEXT NOT NULL,
  "mac" TEXT NOT NULL
)""",
    'CREATE INDEX "change_undoes" ON "change" ("undoes") WHERE "undoes" IS NOT NULL',
    'CREATE INDEX "change_user" ON "change" ("user", "id")',
    """CREATE TABLE "change_row" (
  "change_id" INTEGER NOT NULL REFERENCES "change" ("id"),
  "position" INTEGER NOT NULL,
  "table_name" TEXT NOT NULL,
  "record_id" INTEGER NOT NULL,
  "record_version" INTEGER NOT NULL,
  "before" TEXT,
  "after" TEXT,
  "digest" TEXT NOT NULL,
  "erased" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("change_id", "position")
) WITHOUT ROWID""",
    'CREATE INDEX "change_row_record" ON "change_row" ("record_id", "table_name")',
    # The journal only grows; erasing a payload for privacy keeps its digest and is the one exception.
    """CREATE TRIGGER "change_stays" BEFORE UPDATE ON "change" WHEN
  NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.user IS NOT OLD.user OR NEW.desk IS NOT OLD.desk
  OR NEW.kind IS NOT OLD.kind OR NEW.undoes IS NOT OLD.undoes OR NEW.undoable IS NOT OLD.undoable
  OR NEW.digest IS NOT OLD.digest OR NEW.mac IS NOT OLD.mac OR NEW.label_erased = 0
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    """CREATE TRIGGER "change_never_goes" BEFORE DELETE ON "change"
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    """CREATE TRIGGER "change_row_stays" BEFORE UPDATE ON "change_row" WHEN
  NEW.change_id IS NOT OLD.change_id OR NEW.position IS NOT OLD.position
  OR NEW.table_name IS NOT OLD.table_name OR NEW.record_id IS NOT OLD.record_id
  OR NEW.digest IS NOT OLD.digest OR NEW.erased = 0
  OR NEW."before" IS NOT NULL OR NEW."after" IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    """CREATE TRIGGER "change_row_never_goes" BEFORE DELETE ON "change_row"
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
)


def step(store: Store) -> None:
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
