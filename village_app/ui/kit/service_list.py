"""A service's list as a table's source: the query counts, orders and gives windows of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from village_app.domain.listing import ListRow as FetchedRow
from village_app.ui.kit.columns import ColumnSpec, ListRow

Cells = Callable[[FetchedRow], Mapping[str, Any]]


class Listing(Protocol):
    """What a service gives for a list (`village_app.services.listing.QueryList`)."""

    def count(self) -> int: ...

    def ids(self) -> list[int]: ...

    def window(self, first: int, count: int) -> list[FetchedRow]: ...

    def sort(self, key: str, *, descending: bool) -> None: ...


class ServiceList:
    """Shows a service's list; `cells` turns fetched values into lights, two lines, verbs.

    Example: `RecordTable(ServiceList(COLUMNS, listing), name="residents")`.
    """

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        listing: Listing,
        cells: Cells = lambda row: row.values,
        *,
        muted: Callable[[FetchedRow], bool] = lambda _row: False,
    ) -> None:
        self.columns = tuple(columns)
        self._listing = listing
        self._cells = cells
        self._muted = muted

    def count(self) -> int:
        return self._listing.count()

    def keys(self) -> Sequence[int]:
        return self._listing.ids()

    def window(self, first: int, count: int) -> Sequence[ListRow]:
        return [
            ListRow(row.id, self._cells(row), muted=self._muted(row))
            for row in self._listing.window(first, count)
        ]

    def sort(self, column: str, descending: bool) -> None:
        self._listing.sort(column, descending=descending)
