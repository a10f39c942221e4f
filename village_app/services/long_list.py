"""A list of very many rows: the first ones and their number without asking for every id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from village_app.domain.listing import ListRow
from village_app.services.listing import QueryList

# As far as somebody reads on without searching; deeper windows ask for all ids once.
_NEAR = 400


class LongList(QueryList):
    """Opens at the cost of its first rows.

    `counted` gives the number of rows by a cheaper way than reading their ids, None where there
    is none. The order is the same as that of all ids, so that windows never overlap.
    """

    def __init__(self, *given: Any, counted: Callable[[], int] | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        self._counted = counted

    def count(self) -> int:
        """Count the rows."""
        if self._ids is None and self._counted is not None:
            return self._counted()
        return super().count()

    def window(self, first: int, count: int) -> list[ListRow]:
        """Fetch the rows of a window; near the beginning only their own ids are asked for."""
        if self._ids is None and self._counted is not None and first + count <= _NEAR:
            with self.store.reading():
                near = self._ordered(self._query.columns(self._id)).limit(count).offset(first)
                return self._fetched([one for (one,) in self.store.database.execute(near)])
        return super().window(first, count)
