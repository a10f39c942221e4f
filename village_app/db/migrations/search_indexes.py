"""Step: what the search box looks through lies beside the long texts, not among them.

A word within a heading is found by looking through all headings. The papers themselves are long,
so their headings and numbers get an index that answers alone.
"""

from __future__ import annotations

from village_app.db.engine import Store

STATEMENTS = ('CREATE INDEX "notice_words" ON "notice" ("heading", "number")',)


def step(store: Store) -> None:
    """Make the indexes."""
    for statement in STATEMENTS:
        store.database.execute_sql(statement)
