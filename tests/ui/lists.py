"""A list of any size that counts what was asked of it."""

from __future__ import annotations

from collections.abc import Sequence

from village_app.domain.kinds import MONEY
from village_app.ui.kit.columns import ColumnSpec, ListRow, TwoLines, Verb
from village_app.ui.kit.lights import Light


class CountedList:
    """Rows with ids 1… in order; remembers the windows that were asked."""

    columns = (
        ColumnSpec("due", "期限", width=118),
        ColumnSpec("what", "事项", stretch=True, lines=2),
        ColumnSpec("fee", "金额（元）", MONEY, width=120),
        ColumnSpec("who", "经办", width=80, narrow=False),
        ColumnSpec("note", "备注", width=80, shown=False),
        ColumnSpec("verb", "下一步", width=80, align="right", sortable=False),
    )

    def __init__(self, count: int) -> None:
        self.ids = list(range(1, count + 1))
        self.asked: list[tuple[int, int]] = []
        self.sorted: list[tuple[str, bool]] = []
        self.key_asks = 0

    def count(self) -> int:
        return len(self.ids)

    def keys(self) -> Sequence[int]:
        self.key_asks += 1
        return list(self.ids)

    def window(self, first: int, count: int) -> Sequence[ListRow]:
        self.asked.append((first, count))
        return [self.row(key) for key in self.ids[first : first + count]]

    def row(self, key: int) -> ListRow:
        cells = {
            "due": Light("over", f"超期 {key} 天"),
            "what": TwoLines(f"事项 {key}", "市政设施"),
            "fee": key * 100,
            "who": "=SUM(A1)" if key == 3 else "叶志坚",
            "note": None,
            "verb": Verb("催办"),
        }
        return ListRow(key, cells)

    def sort(self, column: str, descending: bool) -> None:
        self.sorted.append((column, descending))
        self.ids.sort(reverse=descending)
