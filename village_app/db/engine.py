"""The encrypted database: how it is opened, asked and closed; the only module that knows SQLCipher.

A `Store` belongs to one open village. Nothing here is global, so that a backup can be open beside
today's data. Queries are bound to the store explicitly: `store.select(Resident).where(...)`.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import peewee
from sqlcipher3 import dbapi2 as sqlcipher

from village_app.db.machine import keep_no_core_dump
from village_app.db.problems import map_os_error
from village_app.db.torn_texts import refuse_torn
from village_app.errors import Refused

RecordType = TypeVar("RecordType", bound=peewee.Model)

APPLICATION_ID = 0x47_5A_54_31  # "GZT1": tells our files from any other SQLite file
BUSY_SECONDS = 5
WORKER_SECONDS = 30
KEY_BYTES = 32
CACHE_KIB = 32768

# At its finest level it writes every statement with its values: names and numbers of people.
logging.getLogger("peewee").disabled = True


class _SqlCipherDatabase(peewee.SqliteDatabase):  # type: ignore[misc]
    """peewee on SQLCipher with the raw data key and our pragmas, in the order that matters."""

    def __init__(self, path: Path, key: bytes, *, read_only: bool, create: bool) -> None:
        super().__init__(str(path), autoconnect=True, thread_safe=True)
        self._key: bytes | None = key
        self._read_only = read_only
        self._mode = "ro" if read_only else "rwc" if create else "rw"

    def forget_key(self) -> None:
        """Drop the key; connecting is refused until it is taken again."""
        self._key = None

    def take_key(self, key: bytes) -> None:
        """Take the key for the connections to come."""
        self._key = key

    def _connect(self) -> Any:
        if self._key is None:
            raise Refused("locked", "已锁屏，请先输入密码。")
        path = Path(self.database).absolute().as_uri()
        connection = sqlcipher.connect(
            f"{path}?mode={self._mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for pragma in self._opening():
                connection.execute(pragma)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._add_conn_hooks(connection)
        except Exception:
            connection.close()
            raise
        return connection

    def _opening(self) -> Iterator[str]:
        yield "PRAGMA cipher_log_level = NONE"
        assert self._key is not None
        yield f"PRAGMA key = \"x'{self._key.hex()}'\""
        if not self._read_only:
            # TRUNCATE leaves one file at rest and survives cuts where DELETE loses saves.
            yield "PRAGMA journal_mode = TRUNCATE"
            yield "PRAGMA synchronous = FULL"
            yield "PRAGMA secure_delete = ON"
        yield "PRAGMA foreign_keys = ON"
        yield "PRAGMA trusted_schema = OFF"
        yield f"PRAGMA cache_size = -{CACHE_KIB}"
        yield "PRAGMA temp_store = MEMORY"


class Store:
    """One open encrypted database; reads for everybody, raw writes for the journal alone."""

    def __init__(
        self, path: Path, key: bytes, *, read_only: bool = False, create: bool = False
    ) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("the data key has 32 bytes")
        keep_no_core_dump()
        self.path = path
        self.read_only = read_only
        self.database = _SqlCipherDatabase(path, key, read_only=read_only, create=create)
        self._workers: Counter[int] = Counter()
        self._worker_left = threading.Condition()
        with self.reading():
            self.database.connect()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn database failures into sentences; after one, the connection is opened anew."""
        try:
            yield
        except MemoryError as error:
            raise map_os_error(error, self.path, "读写数据") from error
        except (peewee.DatabaseError, sqlcipher.DatabaseError) as error:
            if isinstance(error, (peewee.IntegrityError, peewee.ProgrammingError)):
                raise
            problem = map_os_error(error, self.path, "读写数据")
            if not self.database.is_closed() and not self.database.in_transaction():
                self.database.close()
            raise problem from error

    def select(self, model: type[RecordType], *fields: Any) -> Any:
        """Start a query bound to this store."""
        return model.select(*fields).bind(self.database)

    def get(self, model: type[RecordType], record_id: int) -> RecordType:
        """Fetch one record by id; refuses when it is gone."""
        found = self.find(model, record_id)
        if found is None:
            raise Refused("not_found", "这条记录已经不在了，可能刚被删除。可到回收站找回。")
        return found

    def find(self, model: type[RecordType], record_id: int) -> RecordType | None:
        """Fetch one record by id, None when it is gone."""
        with self.reading():
            found: RecordType | None = self.select(model).where(model.id == record_id).first()
            refuse_torn(() if found is None else found.__data__.values())
        return found

    def rows(self, query: Any) -> list[Any]:
        """Run a query made by `select` (or any bound query) and return all of it."""
        with self.reading():
            rows = list(query)
            refuse_torn(_values(rows[-1]) if rows else ())
        return rows

    def sql(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one fixed statement with parameters; statements are never built from input."""
        with self.reading():
            rows = list(self.database.execute_sql(statement, tuple(parameters)).fetchall())
            refuse_torn(rows[-1] if rows else ())
        return rows

    def scalar(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        """Return the first value of the first row, None without a row."""
        rows = self.sql(statement, parameters)
        return rows[0][0] if rows else None

    def mark(self) -> tuple[int, int]:
        """Give a mark that is the same again only while nothing at all was written.

        The first number moves with what other connections wrote, the second with this one's.
        """
        with self.reading():
            connection = self.database.connection()
            others = connection.execute("PRAGMA data_version").fetchone()[0]
            return int(others), int(connection.total_changes)

    def write_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write many rows inside the journal's transaction; nobody else calls this."""
        self.database.connection().executemany(statement, rows)

    @contextmanager
    def in_this_thread(self) -> Iterator[Store]:
        """Let a worker thread use the store; its connection is closed before the thread goes on.

        A connection left to the end of a foreign thread is closed while the interpreter takes the
        thread's state down, and that stops the whole program (seen with Qt's thread pool).
        """
        me = threading.get_ident()
        with self._worker_left:
            self._workers[me] += 1
        try:
            yield self
        finally:
            if not self.database.is_closed():
                self.database.close()
            with self._worker_left:
                self._workers[me] -= 1
                self._worker_left.notify_all()

    def _wait_for_workers(self) -> None:
        """Wait until no other thread is at work here; refuses after half a minute."""
        me = threading.get_ident()
        with self._worker_left:
            left = self._worker_left.wait_for(
                lambda: not any(count for who, count in self._workers.items() if who != me),
                timeout=WORKER_SECONDS,
            )
        if not left:
            raise Refused("still_working", "还有一件事没做完，数据先不能关上。等它做完再试一次。")

    def let_go(self) -> None:
        """Close this thread's connection; the next question opens it anew.

        Needed in the window's thread before a job replaces the file: an idle connection would go
        on reading the old one.
        """
        if not self.database.is_closed():
            self.database.close()

    @contextmanager
    def set_aside(self, key_after: Callable[[], bytes]) -> Iterator[Path]:
        """Leave the file to what replaces or re-encrypts it, then open it with the key of then."""
        self.close()
        try:
            yield self.path
        finally:
            self.reopen(key_after())

    @property
    def schema_version(self) -> int:
        return int(self.scalar("PRAGMA user_version"))

    def close(self) -> None:
        """Close this thread's connection and forget the key; `reopen` takes it again.

        Waits for worker threads: a connection must not lose its file while it is used.
        """
        self._wait_for_workers()
        if not self.database.is_closed():
            self.database.close()
        self.database.forget_key()

    def reopen(self, key: bytes) -> None:
        """Open again after `close` (an unlocked screen, a restored file)."""
        self.database.take_key(key)
        with self.reading():
            self.database.connect(reuse_if_open=True)


def is_plain_sqlite(path: Path) -> bool:
    """Say whether a file is an unencrypted SQLite database (ours never is)."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def _values(row: Any) -> Iterable[object]:
    """Give the values of a row that a query gave: a record, a tuple, or values by name."""
    if isinstance(row, peewee.Model):
        return list(row.__data__.values())
    return row.values() if isinstance(row, dict) else row if isinstance(row, tuple) else ()
