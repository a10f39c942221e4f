"""Read one table around its broken pages, and say which ids are lost.

Rows are read from both ends up to the first error. What lies between is asked for id by id where
an index still names the ids; without one the gap is halved until what lies between broken pages
is found too. After every error the connection is opened anew, because one bad page spoils it
(D15).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from village_app.db.cipher_file import Connection, EngineError, connect, quoted

_FIRST, _LAST = -(2**63), 2**63 - 1
_BATCH = 500
# Ids are dense within a desk's own range; a wider gap lies between desks and is probed instead.
_DENSE = 4096
_PAGE_FAULTS = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class LostRange:
    """Ids that could not be read, from the first to the last.

    `rows` is how many an index names among them, None where no index could be read.
    """

    first: int
    last: int
    rows: int | None


class BrokenPage(Exception):
    """A page that was needed cannot be read."""


class TableReader:
    """One table with row ids (all of ours have them) of a damaged database.

    Go through `rows` first, then ask `lost`.
    """

    def __init__(self, path: Path, key: bytes, table: str) -> None:
        self._path = path
        self._key = key
        self._table = quoted(table)
        self._connection: Connection | None = None
        self._read: set[int] = set()
        self._gaps: list[tuple[int, int]] = []
        self.columns = self._columns()
        self._known = self._indexed_ids()

    def rows(self) -> Iterator[list[Row]]:
        """Give all readable rows in batches, each row with its id first."""
        waiting = [(_FIRST, _LAST)]
        while waiting:
            low, high = waiting.pop()
            stopped = yield from self._scan(low, high, "ASC")
            if stopped is None:
                continue
            back = yield from self._scan(stopped + 1, high, "DESC")
            if back is None:
                continue
            if self._known is None:
                waiting.extend(self._split(stopped + 1, back - 1))
            else:
                yield from self._single_rows(stopped + 1, back - 1)
        self._close()

    def lost(self) -> tuple[LostRange, ...]:
        """List what was not read, in the order of ids."""
        if self._known is None:
            return tuple(LostRange(low, high, None) for low, high in _merged(self._gaps))
        return tuple(_runs_of_missing(self._known, self._read))

    def _scan(self, low: int, high: int, order: str) -> Generator[list[Row], None, int | None]:
        """Read on until an error; returns the last id before it, None when all was read."""
        last = low - 1 if order == "ASC" else high + 1
        batch: list[Row] = []
        try:
            for row in self._open().execute(self._select(order), (low, high)):
                last = int(row[0])
                self._read.add(last)
                batch.append(tuple(row))
                if len(batch) == _BATCH:
                    yield batch
                    batch = []
        except EngineError as error:
            self._give_up(error)
            yield batch
            return last
        yield batch
        return None

    def _single_rows(self, low: int, high: int) -> Iterator[list[Row]]:
        """Ask for every id an index names in a gap."""
        for number in self._known or ():
            if not low <= number <= high:
                continue
            try:
                batch = self._ask(self._select("ASC"), (number, number))
            except BrokenPage:
                continue
            self._read.update(number for _ in batch)
            yield batch

    def _split(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Cut a gap without index into parts that may hold readable rows."""
        if low > high:
            return
        if low == high:
            self._gaps.append((low, high))
        elif high - low < _DENSE:
            middle = (low + high) // 2
            yield from ((low, middle), (middle + 1, high))
        else:
            yield from self._probed(low, high)

    def _probed(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Look for a readable row at growing distances from both ends of a wide gap."""
        for place in _places(low, high):
            try:
                found = self._ask(
                    f"SELECT rowid FROM {self._table} WHERE rowid BETWEEN ? AND ? LIMIT 1",
                    (place, high),
                )
            except BrokenPage:
                continue
            if found:
                row = int(str(found[0][0]))
                yield from ((low, row - 1), (row, high))
            else:
                yield low, place - 1
            return
        self._gaps.append((low, high))

    def _indexed_ids(self) -> list[int] | None:
        """Read all ids from an index that covers every row, None where none can be read."""
        indexes = self._ask(f"PRAGMA index_list({self._table})", ())
        for name, partial in ((str(row[1]), row[4]) for row in indexes):
            if partial:
                continue
            statement = f"SELECT rowid FROM {self._table} INDEXED BY {quoted(name)}"
            try:
                return sorted(int(str(row[0])) for row in self._ask(statement, ()))
            except BrokenPage:
                continue
        return None

    def _columns(self) -> tuple[str, ...]:
        rows = self._ask(f"PRAGMA table_info({self._table})", ())
        keys = [row for row in rows if row[5]]
        # An INTEGER PRIMARY KEY is the row id itself and must not be named twice.
        is_alias = len(keys) == 1 and str(keys[0][2]).upper() == "INTEGER"
        return tuple(str(row[1]) for row in rows if not (is_alias and row[5]))

    def _select(self, order: str) -> str:
        names = ",".join(("rowid", *map(quoted, self.columns)))
        return (
            f"SELECT {names} FROM {self._table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid {order}"
        )

    def _ask(self, statement: str, values: tuple[int, ...]) -> list[Row]:
        try:
            return [tuple(row) for row in self._open().execute(statement, values)]
        except EngineError as error:
            self._give_up(error)
            raise BrokenPage from error

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = connect(self._path, self._key)
        return self._connection

    def _give_up(self, error: EngineError) -> None:
        """Close after a broken page; anything else is not ours to swallow."""
        self._close()
        if not str(getattr(error, "sqlite_errorname", "")).startswith(_PAGE_FAULTS):
            raise error

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _places(low: int, high: int) -> Iterator[int]:
    distance = 1
    while distance <= high - low:
        yield low + distance
        yield high - distance
        distance *= 2


def _merged(gaps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(gaps):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _runs_of_missing(known: list[int], read: set[int]) -> Iterator[LostRange]:
    """Group ids that are neighbours in the table and were not read."""
    run: list[int] = []
    for number in known:
        if number not in read:
            run.append(number)
        elif run:
            yield LostRange(run[0], run[-1], len(run))
            run = []
    if run:
        yield LostRange(run[0], run[-1], len(run))
