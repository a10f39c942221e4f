"""One encrypted database file, opened by its path and raw key: for copies, checks and rescue.

Daily work goes through `engine`; what stands here needs no records and no open village, so that a
backup can be proved beside today's data.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from village_app.db.problems import map_os_error
from village_app.db.torn_texts import whole_text
from village_app.domain.reporting import Report
from village_app.errors import Cancelled, EnvironmentProblem

if TYPE_CHECKING:  # the engine has the standard library's interface and no types of its own
    import sqlite3 as engine
else:
    from sqlcipher3 import dbapi2 as engine

Connection = engine.Connection
EngineError = engine.DatabaseError

KEY_BYTES = 32
_BUSY_SECONDS = 5
_STEPS_BETWEEN_REPORTS = 5_000
_FULL_TEXT_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a database says of itself: whose it is, and the version of its tables."""

    application_id: int
    schema_version: int


def connect(path: Path, key: bytes, *, read_only: bool = True) -> Connection:
    """Open a database with its raw key; raises the engine's error when it cannot be read.

    The file must exist: an empty one would be made, and be a valid empty database (D04).
    """
    _check_key(key)
    mode = "ro" if read_only else "rw"
    connection = engine.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.text_factory = whole_text
    try:
        for pragma in _opening(key, read_only=read_only):
            connection.execute(pragma)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path, key: bytes) -> Connection:
    """Make a new encrypted database; refuses an existing name."""
    _check_key(key)
    path.touch(mode=0o600, exist_ok=False)
    return connect(path, key, read_only=False)


def create_with_salt(path: Path, key: bytes, salt: bytes) -> Connection:
    """Make a new encrypted database whose pages another file of the same key and salt can take."""
    _check_key(key)
    path.touch(mode=0o600, exist_ok=False)
    connection = engine.connect(path, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    return connection


@contextmanager
def opened(
    path: Path, key: bytes, *, read_only: bool = True, doing: str = "打开数据"
) -> Iterator[Connection]:
    """Open a database for a block; its failures come out as `EnvironmentProblem`."""
    try:
        with closing(connect(path, key, read_only=read_only)) as connection:
            yield connection
    except EngineError as error:
        raise map_os_error(error, path, doing) from error


@contextmanager
def interruptible(connection: Connection, report: Report, text: str) -> Iterator[None]:
    """Let a long statement be cancelled: `report` is called with no total while it runs."""
    stopped: list[Cancelled] = []

    def ask() -> int:
        try:
            report(0, 0, text)
        except Cancelled as stop:
            stopped.append(stop)
        return len(stopped)

    connection.set_progress_handler(ask, _STEPS_BETWEEN_REPORTS)
    try:
        yield
    except EngineError as error:
        if stopped:
            raise stopped[0] from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def identity(connection: Connection) -> Identity:
    """Read whose database it is and the version of its tables."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return Identity(application_id, version)


def tables(connection: Connection) -> tuple[str, ...]:
    """Name the tables that hold records: no system tables, no full-text indexes and their parts."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    virtual = {name for name, sql in rows if (sql or "").upper().startswith("CREATE VIRTUAL")}
    shadows = {name + end for name in virtual for end in _FULL_TEXT_SHADOWS}
    return tuple(
        sorted(
            name
            for name, _ in rows
            if not name.startswith("sqlite_") and name not in virtual | shadows
        )
    )


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table that holds records."""
    return {name: _count(connection, name) for name in tables(connection)}


def _count(connection: Connection, table: str) -> int:
    statement = f"SELECT count(*) FROM {quoted(table)}"
    return int(connection.execute(statement).fetchone()[0])


def head(connection: Connection) -> tuple[int, str] | None:
    """Read the journal's last number and code, None where nothing was ever written."""
    if "change" not in tables(connection):
        return None
    row = connection.execute('SELECT id, mac FROM "change" ORDER BY id DESC LIMIT 1').fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def quoted(name: str) -> str:
    """Quote the name of a table or column (names come from the database itself)."""
    return '"' + name.replace('"', '""') + '"'


def is_plain(path: Path) -> bool:
    """Say whether a file is an unencrypted database; ours never is."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError as error:
        raise map_os_error(error, path, "打开数据") from error


def journal_of(database: Path) -> Path:
    """Give the name of the rollback journal beside a database."""
    return database.with_name(database.name + "-journal")


def settle(database: Path, key: bytes) -> bool:
    """Let a journal left by a cut be rolled back, then take it away; says whether none is left.

    A journal beside another database than its own would be mixed into it (A09), so nothing is put
    in a database's place before this. A journal whose header was not yet written is no use and
    goes too. Where the database cannot be read its journal stays.
    """
    journal = journal_of(database)
    if not journal.exists():
        return True
    try:
        with opened(database, key, read_only=False):
            pass  # the first read has rolled the journal back, or found nothing in it
        journal.unlink(missing_ok=True)
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise
        return False
    except OSError as error:
        raise map_os_error(error, journal, "整理数据") from error
    return True


def _check_key(key: bytes) -> None:
    """Refuse a wrong length: with an empty key the engine would make a plain file (E16)."""
    if len(key) != KEY_BYTES:
        raise ValueError("the data key has 32 bytes")


def _opening(key: bytes, *, read_only: bool) -> Iterator[str]:
    yield "PRAGMA cipher_log_level = NONE"
    yield f"PRAGMA key = \"x'{key.hex()}'\""
    if not read_only:
        yield "PRAGMA journal_mode = TRUNCATE"
        yield "PRAGMA synchronous = FULL"
        yield "PRAGMA secure_delete = ON"
    yield "PRAGMA trusted_schema = OFF"
    yield "PRAGMA temp_store = MEMORY"
