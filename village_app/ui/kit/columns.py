"""What a list is made of: columns, rows, cells, and where the rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from village_app.domain.kinds import Align, Kind
from village_app.ui.kit.lights import Light


@dataclass(frozen=True, slots=True)
class TwoLines:
    """A cell of two lines: what it is, and small words below."""

    first: str
    second: str = ""

    def __str__(self) -> str:
        return f"{self.first} {self.second}".strip()


@dataclass(frozen=True, slots=True)
class Verb:
    """A cell that says the next step of its row (催办, 去公示) and can be pressed."""

    word: str

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of a list.

    `key` names the cell in `ListRow.cells` and the order asked of the source; `width` is px at
    100 % type size; `stretch` takes the room that is left (one column of a list);
    `kind` writes the value and decides its side; `masked` shows it as `kind.mask` does;
    `lines` 2 makes the rows high enough for `TwoLines`; `narrow` False leaves the column out
    where the window is narrow; `shown` False keeps it out until it is chosen; `whole` is a text
    of the widest kind that is never cut off, whatever face and type size (a number, a day).
    """

    key: str
    label: str
    kind: Kind | None = None
    width: int = 120
    lines: int = 1
    stretch: bool = False
    align: Align | None = None
    sortable: bool = True
    masked: bool = False
    narrow: bool = True
    shown: bool = True
    whole: str = ""

    @property
    def side(self) -> Align:
        """The side on which the words stand: figures at the right, all else at the left.

        A paper centres days and marks between its lines; a list has no such lines to stand
        between, and one edge is easier to follow.
        """
        if self.align is not None:
            return self.align
        return "right" if self.kind is not None and self.kind.align == "right" else "left"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: the id of its record, its cells by column key; `muted` greys it (future, void)."""

    key: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    muted: bool = False


class ListSource(Protocol):
    """Where a list gets its rows: a query that counts, orders and gives windows of rows.

    A filter is the source's own business; the page changes it and calls `RecordTable.refresh`.
    """

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        """All columns that can be shown."""
        ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def keys(self) -> Sequence[int]:
        """The ids of all rows in their order (a query of ids alone)."""
        ...

    def window(self, first: int, count: int) -> Sequence[ListRow]:
        """The rows from `first` on, at most `count`."""
        ...

    def sort(self, column: str, descending: bool) -> None:
        """Order by a column from now on."""
        ...


def cell_text(column: ColumnSpec, value: Any) -> str:
    """Write a cell in one line, as it is read aloud and copied."""
    if value is None:
        return ""
    if isinstance(value, (TwoLines, Verb, Light)) or column.kind is None:
        return str(value)
    return column.kind.mask(value) if column.masked else column.kind.show(value)


class ShortList:
    """A source for a list that is already in memory (some dozens of rows).

    Example: `RecordTable(ShortList(columns, rows), name="付款")`.
    """

    def __init__(self, columns: Iterable[ColumnSpec], rows: Iterable[ListRow] = ()) -> None:
        self.columns = tuple(columns)
        self._rows = list(rows)
        self._order: Callable[[ListRow], Any] | None = None
        self._descending = False

    def set_rows(self, rows: Iterable[ListRow]) -> None:
        """Take other rows; they are ordered as before."""
        self._rows = list(rows)
        if self._order is not None:
            self._rows.sort(key=self._order, reverse=self._descending)

    def count(self) -> int:
        return len(self._rows)

    def keys(self) -> Sequence[int]:
        return [row.key for row in self._rows]

    def window(self, first: int, count: int) -> Sequence[ListRow]:
        return self._rows[first : first + count]

    def sort(self, column: str, descending: bool) -> None:
        spec = next(spec for spec in self.columns if spec.key == column)

        def order(row: ListRow) -> Any:
            value = row.cells.get(column)
            if spec.kind is not None and not isinstance(value, (TwoLines, Verb, Light)):
                return spec.kind.sort_key(value)
            return (value is None, cell_text(spec, value))

        self._order, self._descending = order, descending
        self._rows.sort(key=order, reverse=descending)
