"""The list of tables, kept beside the database, so that losing its page loses no row.

The engine keeps in a few pages where each table begins. Where one of these is broken it reads
nothing at all, though every row is still there. So the list lies beside the file once more: names,
statements and first pages, nothing of the village. With it the readable pages are put behind a new
list in a copy of the file, sealed under the same key, and read from there (D02, D07).
"""

from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from village_app.db.cipher_file import EngineError, connect, create_with_salt, quoted
from village_app.db.engine import Store
from village_app.db.files import write_atomically

SUFFIX = ".tables"
PAGE = 4096
SALT = 16
_FILLING = "filling"
_LIST = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master ORDER BY rowid"

Entry = tuple[str, str, str, int, str | None]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a database's tables and indexes begin.

    `salt` are the first 16 bytes of the file, `cookie` changes whenever a table is made.
    """

    salt: bytes
    application_id: int
    version: int
    cookie: int
    entries: tuple[Entry, ...]


def remember_layout(store: Store) -> None:
    """Keep the list of an open database where it is not kept yet as it is now."""
    pragmas = ("application_id", "user_version", "schema_version")
    application_id, version, cookie = (int(store.scalar(f"PRAGMA {name}")) for name in pragmas)
    with store.path.open("rb") as file:
        salt = file.read(SALT)
    entries = tuple((str(a), str(b), str(c), int(d), e) for a, b, c, d, e in store.sql(_LIST))
    layout = Layout(salt, application_id, version, cookie, entries)
    if layout_of(store.path) != layout:
        values = {
            "salt": salt.hex(),
            "application_id": application_id,
            "version": version,
            "cookie": cookie,
            "entries": entries,
        }
        content = json.dumps(values, ensure_ascii=False).encode()
        write_atomically(store.path.with_suffix(SUFFIX), content, doing="记下数据的目录")


def forget_layout(database: Path) -> None:
    """Forget the list, because another file takes the database's place."""
    with suppress(OSError):
        database.with_suffix(SUFFIX).unlink(missing_ok=True)


def layout_of(database: Path) -> Layout | None:
    """Give the list kept beside a database, None where there is none that can be read."""
    try:
        found = json.loads(database.with_suffix(SUFFIX).read_bytes())
        return Layout(
            bytes.fromhex(found["salt"]),
            int(found["application_id"]),
            int(found["version"]),
            int(found["cookie"]),
            tuple((str(a), str(b), str(c), int(d), e) for a, b, c, d, e in found["entries"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def graft(database: Path, key: bytes, target: Path) -> bool:
    """Make a readable copy of a database whose list of tables is broken; False where it cannot be.

    `target` must not exist; it is left for the caller to remove. The copy is for reading rows
    around the other broken pages, not for work.
    """
    layout = layout_of(database)
    if layout is None or _is_of_another_time(database, key, layout):
        return False
    raw = database.read_bytes()
    _write_list(target, key, layout, len(raw) // PAGE)
    with target.open("r+b") as file:
        file.seek(PAGE)
        file.write(raw[PAGE : len(raw) // PAGE * PAGE])
    return _opens(target, key, layout)


def _is_of_another_time(database: Path, key: bytes, layout: Layout) -> bool:
    """Say whether the file tells of itself that tables were made since the list was kept."""
    try:
        with closing(connect(database, key)) as connection:
            (cookie,) = connection.execute("PRAGMA schema_version").fetchone()
    except EngineError:
        return False
    return int(cookie) != layout.cookie


def _write_list(target: Path, key: bytes, layout: Layout, pages: int) -> None:
    """Write a file whose own pages lie behind the first `pages`, with the list in the first one."""
    with closing(create_with_salt(target, key, layout.salt)) as connection:
        connection.execute(f"CREATE TABLE {_FILLING} (x)")
        connection.execute(f"INSERT INTO {_FILLING} VALUES (zeroblob(?))", (pages * PAGE,))
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
            "VALUES (?, ?, ?, ?, ?)",
            layout.entries,
        )
        connection.execute("DELETE FROM sqlite_master WHERE name = ?", (_FILLING,))
        connection.execute(f"PRAGMA application_id = {layout.application_id}")
        connection.execute(f"PRAGMA user_version = {layout.version}")
        connection.execute("COMMIT")


def _opens(target: Path, key: bytes, layout: Layout) -> bool:
    """Say whether the first page of any table is readable: else the key is not the file's."""
    for kind, name, _, _, _ in layout.entries:
        if kind != "table":
            continue
        with suppress(EngineError), closing(connect(target, key)) as connection:
            connection.execute(f"SELECT 1 FROM {quoted(name)} LIMIT 1").fetchone()
            return True
    return False
