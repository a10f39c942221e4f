"""How wide the columns of a table are in the workable files, counted in digits of text.

A Chinese character is two digits wide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice

from village_app.papers.blocks import Column, Table
from village_app.papers.table_lines import lines_of, shown_in

_UNBROKEN = frozenset(
    {"identity_number", "document_number", "phone", "bank_account", "day", "month", "moment"}
)
_NARROWEST = 6.0
_WIDEST = 60.0
_MEASURED_ROWS = 2_000


def width_of(text: str) -> int:
    """Give the width of one line of text: 1 for a Latin letter, 2 for a Chinese character."""
    if text.isascii():
        return len(text)
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) // 2


def widest_line(text: str) -> int:
    """Give the width of the widest line of a text."""
    if "\n" not in text:
        return width_of(text)
    return max(map(width_of, text.split("\n")))


def wraps(column: Column) -> bool:
    """Tell whether a column may wrap: figures, days and numbers of people and cards may not."""
    return column.kind.storage == "text" and column.kind.name not in _UNBROKEN


def table_widths(table: Table, page: float) -> tuple[float, ...]:
    """Share the page's width among the columns: by their own shares, else by their contents."""
    if all(column.width for column in table.columns):
        total = sum(column.width or 0 for column in table.columns)
        return tuple(round((column.width or 0) / total * page, 2) for column in table.columns)
    return shared_out(_natural_widths(table), [wraps(column) for column in table.columns], page)


def _natural_widths(table: Table) -> list[float]:
    """Measure heads, the first two thousand lines and the total."""
    widest = [widest_line(column.label) for column in table.columns]
    measured = list(islice(lines_of(table), _MEASURED_ROWS))
    if table.has_total and len(table.rows) >= _MEASURED_ROWS:
        *_, last = lines_of(table)
        measured.append(last)
    for line in measured:
        if line.role != "section":
            for index, column in enumerate(table.columns):
                text = shown_in(column, line.cells[index], line.role)
                widest[index] = max(widest[index], widest_line(text))
    return [min(_WIDEST, max(_NARROWEST, width + 2.0)) for width in widest]


def shared_out(
    natural: Sequence[float], stretchable: Sequence[bool], page: float
) -> tuple[float, ...]:
    """Share the page's width out: figures keep what they need, texts wrap or grow.

    What is too wide is taken from the widest texts first, down to 10; what is left over goes to
    all in proportion, at most half as much again.
    """
    total = sum(natural)
    if total <= page:
        factor = min(1.5, page / total)
        return tuple(round(width * factor, 2) for width in natural)
    fixed = sum(width for width, stretch in zip(natural, stretchable, strict=True) if not stretch)
    texts = sorted(width for width, stretch in zip(natural, stretchable, strict=True) if stretch)
    cap = max(10.0, _cap(texts, page - fixed))
    return tuple(
        round(min(width, cap) if stretch else width, 2)
        for width, stretch in zip(natural, stretchable, strict=True)
    )


def _cap(widths: Sequence[float], room: float) -> float:
    """Find the width to which the widest of ascending `widths` must come down to fill `room`."""
    for index, width in enumerate(widths):
        left = len(widths) - index
        if width * left >= room:
            return room / left
        room -= width
    return math.inf
