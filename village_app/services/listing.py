"""Lists from queries: counted, ordered and fetched by the database, window by window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from village_app.db.engine import Store
from village_app.domain.listing import ListColumn, ListRow

Shape = Callable[[Mapping[str, Any]], dict[str, Any]]


class QueryList:
    """A list over one bound query of a record class (joins allowed).

    `query` selects nothing yet; `expressions` give the value of each column key (a peewee field or
    expression), `orders` the expressions a column is sorted by where they differ. `shape` turns a
    fetched line into values as they may be seen (masked numbers). Every order ends with the id, so
    that windows never overlap.
    """

    def __init__(
        self,
        store: Store,
        query: Any,
        id_field: Any,
        columns: Sequence[ListColumn],
        expressions: Mapping[str, Any],
        *,
        orders: Mapping[str, Any] | None = None,
        shape: Shape | None = None,
        sort: tuple[str, bool] | None = None,
    ) -> None:
        self.store = store
        self.columns = tuple(columns)
        self._query = query
        self._id = id_field
        self._expressions = dict(expressions)
        self._orders = {**self._expressions, **(orders or {})}
        self._shape = shape
        self._sort = sort or (self.columns[0].key, False)
        self._ids: list[int] | None = None

    def count(self) -> int:
        """Count the rows; the ids are asked once an order, and serve every window."""
        return len(self._known_ids())

    def ids(self) -> list[int]:
        """Give the ids of all rows in their order."""
        return list(self._known_ids())

    def window(self, first: int, count: int) -> list[ListRow]:
        """Fetch the rows of a window by their ids, so that none before it is read again."""
        return self._fetched(self._known_ids()[first : first + count])

    def _fetched(self, wanted: Sequence[int]) -> list[ListRow]:
        """Fetch rows by their ids, in that order."""
        if not wanted:
            return []
        names = list(self._expressions)
        columns = [self._expressions[name].alias(name) for name in names]
        with self.store.reading():
            query = self._query.columns(self._id, *columns).where(self._id.in_(wanted))
            lines = {line[0]: line[1:] for line in query.tuples()}
        return [
            ListRow(one, self._shown(dict(zip(names, lines[one], strict=True))))
            for one in wanted
            if one in lines
        ]

    def _known_ids(self) -> list[int]:
        if self._ids is None:
            with self.store.reading():
                ordered = self._ordered(self._query.columns(self._id))
                # Ids are plain integers: fifty thousand need no conversion one by one.
                cursor = self.store.database.execute(ordered)
                self._ids = [one for (one,) in cursor.fetchall()]
        return self._ids

    def sort(self, key: str, *, descending: bool) -> None:
        """Order by a column; keys that are no sortable column are ignored."""
        if any(column.key == key and column.sortable for column in self.columns):
            self._sort = (key, descending)
            self._ids = None

    def sorted_by(self) -> tuple[str, bool]:
        return self._sort

    def _ordered(self, query: Any) -> Any:
        key, descending = self._sort
        order = self._orders.get(key)
        if order is None:
            return query.order_by(self._id)
        orders = order if isinstance(order, (tuple, list)) else (order,)
        if descending:
            return query.order_by(*(one.desc() for one in orders), self._id.desc())
        return query.order_by(*orders, self._id)

    def _shown(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._shape(values) if self._shape is not None else values
