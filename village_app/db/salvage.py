"""Save what can still be read of a damaged database into a new one, and list what is lost.

`damaged_table` reads one table around its broken pages; here the tables are put together again.
"""

from __future__ import annotations

import errno
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from village_app.db.cipher_file import (
    Connection,
    EngineError,
    create,
    identity,
    journal_of,
    opened,
    quoted,
    tables,
)
from village_app.db.damaged_table import LostRange, TableReader
from village_app.db.files import passing_name
from village_app.db.layout import graft
from village_app.db.problems import map_os_error
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem

DOING = "抢救数据"


@dataclass(frozen=True, slots=True)
class TableSalvage:
    """What was saved of one table, and what not."""

    table: str
    saved: int
    lost: tuple[LostRange, ...]


@dataclass(frozen=True, slots=True)
class Salvage:
    """The result for the whole file, table by table."""

    tables: tuple[TableSalvage, ...]

    @property
    def saved(self) -> int:
        return sum(each.saved for each in self.tables)

    @property
    def is_complete(self) -> bool:
        return not any(each.lost for each in self.tables)


def salvage(path: Path, key: bytes, target: Path, *, report: Report = silently) -> Salvage:
    """Save a damaged database into a new file with the same key and tables.

    `target` must not exist. Full-text indexes are left out: they are built again. Where the list of
    tables is broken, the one kept beside takes its place (`layout`); without one nothing can be
    read: `EnvironmentProblem` damaged.
    """
    if target.exists():
        raise map_os_error(FileExistsError(errno.EEXIST, "", str(target)), target, DOING)
    try:
        return _salvage(path, key, target, report)
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise
        copy = passing_name(target.parent)
        try:
            target.unlink(missing_ok=True)
            if not graft(path, key, copy):
                raise
            return _salvage(copy, key, target, report)
        except (EngineError, OSError) as error:
            raise map_os_error(error, target, DOING) from error
        finally:
            for passing in (copy, journal_of(copy)):
                passing.unlink(missing_ok=True)


def _salvage(path: Path, key: bytes, target: Path, report: Report) -> Salvage:
    with opened(path, key, doing=DOING) as connection:
        schema = _schema(connection)
        names = tables(connection)
        found = identity(connection)
    results = []
    try:
        with closing(create(target, key)) as new:
            new.execute(f"PRAGMA application_id = {found.application_id}")
            new.execute(f"PRAGMA user_version = {found.schema_version}")
            for statement in schema.tables:
                new.execute(statement)
            for done, table in enumerate(names):
                report(done, len(names), f"抢救“{table}”")
                results.append(_save_table(path, key, new, table))
            for statement in schema.rest:
                new.execute(statement)
    except (EngineError, OSError) as error:
        raise map_os_error(error, target, DOING) from error
    return Salvage(tuple(results))


@dataclass(frozen=True, slots=True)
class _Schema:
    tables: tuple[str, ...]
    rest: tuple[str, ...]


def _schema(connection: Connection) -> _Schema:
    """Read how the tables are made; indexes and triggers come after the rows."""
    kept = set(tables(connection))
    rows = connection.execute("SELECT type, tbl_name, sql FROM sqlite_master").fetchall()
    wanted = [(kind, sql) for kind, table, sql in rows if sql and table in kept]
    return _Schema(
        tuple(sql for kind, sql in wanted if kind == "table"),
        tuple(sql for kind, sql in wanted if kind in {"index", "trigger"}),
    )


def _save_table(path: Path, key: bytes, new: Connection, table: str) -> TableSalvage:
    reader = TableReader(path, key, table)
    names = ",".join(quoted(name) for name in reader.columns)
    marks = ",".join("?" * len(reader.columns))
    statement = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"
    saved = 0
    new.execute("BEGIN")
    for batch in reader.rows():
        new.executemany(statement, batch)
        saved += len(batch)
    new.execute("COMMIT")
    return TableSalvage(table, saved, reader.lost())
