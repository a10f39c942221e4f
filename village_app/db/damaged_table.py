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
    """Ids that could not be read, from the first to the last (None: the key is no number).

    `rows` is how many an index names among them, None where no index could be read.
    """

    first: int | None
    last: int | None
    rows: int | None

    def covers(self, number: int) -> bool:
        """Say whether an id lies in the range; one without numbers may hold any."""
        return self.first is None or self.last is None or self.first <= number <= self.last


class BrokenPage(Exception):
    """A page that was needed cannot be read."""


@dataclass(frozen=True, slots=True)
class _Key:
    """How a table's rows are ordered and told apart.

    `number` is the whole-number column that ranges are asked by (None: its key is a text),
    `order` the columns of the whole key, `is_unique` whether one number is one row.
    """

    number: str | None
    order: tuple[str, ...]
    is_unique: bool


class TableReader:
    """One table of a damaged database; go through `rows` first, then ask `lost`.

    `columns` names what each row holds, the row id first where the table has one of its own.
    """

    def __init__(self, path: Path, key: bytes, table: str) -> None:
        self._path = path
        self._data_key = key
        self._name = table
        self._table = quoted(table)
        self._connection: Connection | None = None
        self._read: set[Row] = set()
        self._read_ids: set[int] = set()
        self._gaps: list[tuple[int, int]] = []
        self._is_torn = False
        self.columns, self._key = self._shape()
        self._known = self._indexed_ids() if self._key.is_unique else None

    def rows(self) -> Iterator[list[Row]]:
        """Give all readable rows once, in batches."""
        if self._key.number is None:
            yield from self._from_both_ends()
        else:
            yield from self._around_gaps()
        self._close()

    def lost(self) -> tuple[LostRange, ...]:
        """List what was not read, in the order of ids."""
        if self._known is not None:
            return tuple(_runs_of_missing(self._known, self._read_ids))
        if self._is_torn:
            return (LostRange(None, None, None),)
        return tuple(LostRange(low, high, None) for low, high in _merged(self._gaps))

    def _from_both_ends(self) -> Iterator[list[Row]]:
        """Read a table whose key is no number up to the first error from either end."""
        for order in ("ASC", "DESC"):
            stopped = yield from self._scan(None, order)
            if stopped is None:
                return
        self._is_torn = True

    def _around_gaps(self) -> Iterator[list[Row]]:
        step = 1 if self._key.is_unique else 0
        waiting = [(_FIRST, _LAST)]
        while waiting:
            low, high = waiting.pop()
            stopped = yield from self._scan((low, high), "ASC")
            if stopped is None:
                continue
            back = yield from self._scan((low, high), "DESC")
            if back is None:
                continue
            low, high = max(low, stopped + step), min(high, back - step)
            if self._known is None:
                waiting.extend(self._split(low, high))
            else:
                yield from self._single_rows(low, high)

    def _scan(
        self, bounds: tuple[int, int] | None, order: str
    ) -> Generator[list[Row], None, int | None]:
        """Read on until an error; returns the number of the last row before it, None at the end.

        Rows read before are passed over.
        """
        last = 0 if bounds is None else bounds[0] - 1 if order == "ASC" else bounds[1] + 1
        batch: list[Row] = []
        try:
            for found in self._open().execute(
                self._select(bounds is not None, order), bounds or ()
            ):
                last = found[0] if bounds is not None else 0
                row = tuple(found[1:])
                if not self._is_new(found[0], row):
                    continue
                batch.append(row)
                if len(batch) == _BATCH:
                    yield batch
                    batch = []
        except EngineError as error:
            self._give_up(error)
            yield batch
            return last
        yield batch
        return None

    def _is_new(self, number: object, row: Row) -> bool:
        """Take note of a row; False when it was read before."""
        if self._key.is_unique:
            before = len(self._read_ids)
            self._read_ids.add(int(str(number)))
            return len(self._read_ids) > before
        key = tuple(row[self.columns.index(name)] for name in self._key.order)
        before = len(self._read)
        self._read.add(key)
        return len(self._read) > before

    def _single_rows(self, low: int, high: int) -> Iterator[list[Row]]:
        """Ask for every id an index names in a gap."""
        for number in self._known or ():
            if not low <= number <= high:
                continue
            try:
                found = self._ask(self._select(True, "ASC"), (number, number))
            except BrokenPage:
                continue
            yield [tuple(row[1:]) for row in found if self._is_new(number, row)]

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
                    f"SELECT {self._key.number} FROM {self._table} "
                    f"WHERE {self._key.number} BETWEEN ? AND ? LIMIT 1",
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

    def _shape(self) -> tuple[tuple[str, ...], _Key]:
        """Read the columns and the key from the list of tables."""
        rows = self._ask(f"PRAGMA table_info({self._table})", ())
        names = tuple(str(row[1]) for row in rows)
        keys = sorted(
            (int(str(row[5])), str(row[1]), str(row[2]).upper()) for row in rows if row[5]
        )
        if self._has_row_ids():
            # An INTEGER PRIMARY KEY is the row id itself and must not be named twice.
            alias = keys[0][1] if len(keys) == 1 and keys[0][2] == "INTEGER" else None
            columns = tuple(name for name in names if name != alias)
            return ("rowid", *columns), _Key(quoted("rowid"), ("rowid",), is_unique=True)
        order = tuple(name for _, name, _ in keys)
        number = quoted(order[0]) if keys[0][2] == "INTEGER" else None
        return names, _Key(number, order, is_unique=False)

    def _has_row_ids(self) -> bool:
        listed = self._ask("PRAGMA table_list", ())
        return not any(row[1] == self._name and row[4] for row in listed)

    def _select(self, is_bounded: bool, order: str) -> str:
        names = ",".join(map(quoted, self.columns))
        first = self._key.number or "NULL"
        bounds = f"WHERE {first} BETWEEN ? AND ?" if is_bounded else ""
        key = ",".join(f"{quoted(name)} {order}" for name in self._key.order)
        return f"SELECT {first}, {names} FROM {self._table} {bounds} ORDER BY {key}"

    def _ask(self, statement: str, values: tuple[int, ...]) -> list[Row]:
        try:
            return [tuple(row) for row in self._open().execute(statement, values)]
        except EngineError as error:
            self._give_up(error)
            raise BrokenPage from error

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = connect(self._path, self._data_key)
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
