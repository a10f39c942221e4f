"""How wide the columns of a table are: from their contents, their shares and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_app.papers.blocks import Column, Table
from village_app.papers.table_lines import column_total, shown_in
from village_app.papers.typeset.cells import CellSetter
from village_app.papers.typeset.layouts import LAYOUTS, TableStyle

SAMPLE = 400
_LONGEST_WISH = 30.0
_SHRINK = 0.5
_RUNS_MEASURED = 20
_HALVINGS = 30
_WIDE_TEXT = 12.0
_CROWDED = 1.15
_SHORT = 14.0
_LONGEST_WORD = 16.0


@dataclass(frozen=True, slots=True)
class Need:
    """What a column wants (natural width) and needs (nothing is cut), in points, bare text."""

    natural: float
    least: float


def fit_columns(table: Table, style: TableStyle, width: float) -> tuple[TableStyle, list[float]]:
    """Give the style, smaller if need be, and the column widths that fill `width` points.

    Type is made smaller, half a point at a time down to the smallest readable size, only where
    numbers would otherwise be cut.
    """
    while True:
        needs = column_needs(table, style)
        paddings = 2 * style.padding * len(needs)
        too_wide = sum(need.least for need in needs) + paddings > width
        if not too_wide or style.cell.size - _SHRINK < style.smallest:
            return style, _widths(table.columns, needs, style, width)
        style = style.scaled((style.cell.size - _SHRINK) / style.cell.size)


def wants_landscape(table: Table) -> bool:
    """Tell whether a table is too wide for an upright A4 page: numbers cut or texts squeezed."""
    layout = LAYOUTS["table"]
    needs = column_needs(table, layout.table)
    paddings = 2 * layout.table.padding * len(needs)
    least = sum(need.least for need in needs) + paddings
    natural = sum(min(need.natural, _WIDE_TEXT * layout.table.cell.size) for need in needs)
    return least > layout.area_width or natural + paddings > layout.area_width * _CROWDED


def column_needs(table: Table, style: TableStyle) -> list[Need]:
    """Measure the columns: a sample of the rows, and every longest text and number."""
    cells, heads = CellSetter(style.cell), CellSetter(style.head)
    step = max(1, len(table.rows) // SAMPLE)
    needs: list[Need] = []
    for index, column in enumerate(table.columns):
        texts = [
            shown_in(column, row.cells[index], row.role)
            for row in table.rows
            if row.role != "section"
        ]
        picked = set(texts[::step])
        picked.add(max(texts, key=len, default=""))
        picked.update(_total_texts(table, index))
        runs = _longest({cells.longest_run(text) for text in texts if len(text) > 5})
        needs.append(_need(column, picked, runs, cells, heads))
    return needs


def _longest(runs: set[str]) -> set[str]:
    """Keep the runs that can be the widest: a few of the longest."""
    return set(sorted(runs, key=len)[-_RUNS_MEASURED:])


def _total_texts(table: Table, index: int) -> list[str]:
    column = table.columns[index]
    if not table.has_total or column.total is None:
        return []
    return [shown_in(column, column_total(table, index), "total")]


def _need(
    column: Column, texts: set[str], runs: set[str], cells: CellSetter, heads: CellSetter
) -> Need:
    size = cells.style.size
    natural = max((_natural(cells, text) for text in texts), default=0.0)
    least = max((cells.least_width(text) for text in texts | runs), default=0.0)
    label = _natural(heads, column.label)
    label_least = max(min(label, 2 * size), min(label, heads.least_width(column.label)))
    natural = min(natural, _LONGEST_WISH * size)
    if column.kind.storage == "text":  # an endless word is cut before its neighbours' figures are
        least = min(least, _LONGEST_WORD * size)
    return Need(
        natural=max(natural, least, min(label, 5 * size)),
        least=max(least, label_least, min(natural, 3 * size)),
    )


def _natural(setter: CellSetter, text: str) -> float:
    line = setter.single(text)
    if line is not None:
        return line.width
    return max(_natural(setter, part) for part in text.splitlines() or [""])


def _widths(
    columns: Sequence[Column], needs: list[Need], style: TableStyle, width: float
) -> list[float]:
    padding, size = style.padding, style.cell.size
    if all(column.width for column in columns):
        total = sum(column.width or 0 for column in columns)
        bare = [width * (column.width or 0) / total - 2 * padding for column in columns]
        return [value + 2 * padding for value in _unwrapped(bare, needs, size)]
    inner = width - 2 * padding * len(needs)
    naturals = [need.natural for need in needs]
    leasts = [need.least for need in needs]
    shares = [column.width for column in columns]
    bare = _spread(naturals, leasts, inner)
    if any(shares):
        bare = _with_shares(bare, shares)
    return [value + 2 * padding for value in bare]


def _spread(naturals: list[float], leasts: list[float], inner: float) -> list[float]:
    """Share the room out: spare room by natural width, missing room taken from the widest.

    The widest columns give way down to one common width, so that short ones never wrap.
    """
    total, least = sum(naturals), sum(leasts)
    if total <= inner:
        return [natural * inner / total for natural in naturals] if total else naturals
    if least >= inner:
        return [value * inner / least for value in leasts]
    low, high = 0.0, max(naturals)
    for _ in range(_HALVINGS):
        level = (low + high) / 2
        taken = sum(_capped(naturals, leasts, level))
        low, high = (level, high) if taken <= inner else (low, level)
    return _capped(naturals, leasts, low)


def _capped(naturals: list[float], leasts: list[float], level: float) -> list[float]:
    return [
        max(least, min(natural, level)) for natural, least in zip(naturals, leasts, strict=True)
    ]


def _unwrapped(bare: list[float], needs: list[Need], size: float) -> list[float]:
    """Widen columns whose short contents would wrap by what others have to spare.

    First those give that are wider than their contents, then long texts, which wrap anyway.
    """
    short = _SHORT * size
    lacking = [
        max(0.0, min(need.natural, short) - value) if need.natural <= short else 0.0
        for value, need in zip(bare, needs, strict=True)
    ]
    spare = [max(0.0, value - need.natural) for value, need in zip(bare, needs, strict=True)]
    long = [
        max(0.0, value - max(need.least, short)) if need.natural > value else 0.0
        for value, need in zip(bare, needs, strict=True)
    ]
    wanted = sum(lacking)
    from_spare = min(wanted, sum(spare))
    from_long = min(wanted - from_spare, sum(long))
    got = (from_spare + from_long) / wanted if wanted else 0.0
    return [
        value
        + lack * got
        - (give * from_spare / sum(spare) if from_spare else 0.0)
        - (room * from_long / sum(long) if from_long else 0.0)
        for value, lack, give, room in zip(bare, lacking, spare, long, strict=True)
    ]


def _with_shares(bare: list[float], shares: list[float | None]) -> list[float]:
    """Let columns with a share divide among themselves the room that they have together."""
    room = sum(value for value, share in zip(bare, shares, strict=True) if share)
    total = sum(share for share in shares if share)
    return [
        room * share / total if share else value for value, share in zip(bare, shares, strict=True)
    ]
