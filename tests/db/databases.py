"""Small encrypted databases for tests of files: records with a link, a photo table, a journal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from village_app.db.checks import check_database
from village_app.db.cipher_file import connect, create

APPLICATION_ID = 0x475A5431
SCHEMA = """
CREATE TABLE household (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE resident (
    id INTEGER PRIMARY KEY, household INTEGER NOT NULL REFERENCES household (id),
    name TEXT NOT NULL, note TEXT
);
CREATE INDEX resident_name ON resident (name);
CREATE TABLE change (id INTEGER PRIMARY KEY, mac TEXT NOT NULL);
CREATE TABLE change_row (
    change_id INTEGER NOT NULL, position INTEGER NOT NULL, after TEXT NOT NULL,
    PRIMARY KEY (change_id, position)
) WITHOUT ROWID;
CREATE TABLE draft (page TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
"""


def fill(path: Path, key: bytes, residents: int = 500, *, start: int = 1) -> None:
    """Write households, residents and one change with its rows into a database of ours."""
    with closing(connect(path, key, read_only=False)) as connection:
        connection.execute("BEGIN")
        ids = range(start, start + residents)
        connection.executemany(
            "INSERT INTO household (id, name) VALUES (?, ?)", [(i, f"{i}户") for i in ids]
        )
        connection.executemany(
            "INSERT INTO resident (id, household, name, note) VALUES (?, ?, ?, ?)",
            [(i, i, f"村民{i}", "记事" * 40) for i in ids],
        )
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
        connection.execute("INSERT INTO change VALUES (?, ?)", (last + 1, f"{last + 1:064x}"))
        connection.executemany(
            "INSERT INTO change_row VALUES (?, ?, ?)",
            [(last + 1, place, f"村民{place}" * 5) for place in range(residents // 5)],
        )
        connection.execute("COMMIT")


def new_database(path: Path, key: bytes, residents: int = 500, *, version: int = 3) -> Path:
    """Make a database of ours with so many residents."""
    with closing(create(path, key)) as connection:
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
    fill(path, key, residents)
    return path


def ask(path: Path, key: bytes, statement: str) -> list[tuple[object, ...]]:
    """Run one query on a database of its own connection."""
    with closing(connect(path, key)) as connection:
        return connection.execute(statement).fetchall()


def change_bytes(path: Path, change: Callable[[bytearray], None]) -> None:
    """Damage a file in place."""
    raw = bytearray(path.read_bytes())
    change(raw)
    path.write_bytes(raw)


PAGE = 4096


def flip(path: Path, page: int, at: int = 100) -> None:
    """Flip one bit in a page (the first is 1)."""

    def change(raw: bytearray) -> None:
        raw[(page - 1) * PAGE + at] ^= 4

    change_bytes(path, change)


def break_page_until(database: Path, key: bytes, wanted: set[str]) -> None:
    """Damage the first page whose damage gives just these findings."""
    for page in range(2, database.stat().st_size // PAGE + 1):
        flip(database, page)
        if {finding.code for finding in check_database(database, key)} == wanted:
            return
        flip(database, page)
    raise LookupError("no such page")
