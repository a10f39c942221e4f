"""Which lines stand under which header: from its last row to the next table or the sheet's end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from village_app.errors import Refused
from village_app.importing.tables.content import like_identity_number
from village_app.importing.tables.header_rows import HeaderBlock, join_headings
from village_app.importing.tables.headers import clean_heading
from village_app.importing.tables.surface import Surface


@dataclass(frozen=True, slots=True)
class Span:
    """Rows under one header, from `first` to before `end`, with the title rows above it.

    `repeats` counts how often the same header comes again inside, as on printed pages.
    """

    header_rows: tuple[int, ...]
    first: int
    end: int
    title_rows: tuple[int, ...]
    repeats: int = 0


def spans_of(surface: Surface, blocks: tuple[HeaderBlock, ...]) -> list[Span]:
    """Cut a sheet into spans; a header like the one before only repeats it.

    Another header counts only below a blank line or a line of one cell: a line of data that reads
    like names must not cut a list in two.
    """
    spans: list[Span] = []
    names: set[str] = set()
    for block in blocks:
        own = _names(surface, block.rows)
        if spans and len(own & names) >= 0.6 * max(len(own), 1):
            spans[-1] = replace(spans[-1], repeats=spans[-1].repeats + 1)
            continue
        if spans and len(surface.filled(block.first_row - 1)) > 1:
            continue
        titles = _title_rows(surface, block.first_row, spans[-1].first if spans else 0)
        if spans:
            spans[-1] = replace(spans[-1], end=titles[0] if titles else block.first_row)
        spans.append(Span(block.rows, block.last_row + 1, surface.height, titles))
        names = own
    return spans


def _names(surface: Surface, rows: tuple[int, ...]) -> set[str]:
    return {clean_heading(heading.leaf) for heading in join_headings(surface, rows)}


def _title_rows(surface: Surface, header: int, floor: int) -> tuple[int, ...]:
    """List the lines above a header that belong to it: few cells, or before the first table all.

    Below another table they end at a blank line or at somebody's number: a short last line of that
    table is a record and no title.
    """
    rows: list[int] = []
    row = header - 1
    while row >= floor:
        filled = surface.filled(row)
        if floor and (not 0 < len(filled) <= 2 or _has_identity_number(surface, row)):
            break
        if filled:
            rows.append(row)
        row -= 1
    return tuple(reversed(rows))


def chosen_span(header_rows: tuple[int, ...], surface: Surface) -> Span:
    """Take the header rows that a person names, numbered from 1; none for a list without names."""
    rows = tuple(sorted(row - 1 for row in header_rows))
    if any(row < 0 or row >= surface.height for row in rows):
        message = f"这张表只有 {surface.height} 行，表头不能在这之外，请重新指定。"
        raise Refused("header_outside", message)
    first = rows[-1] + 1 if rows else 0
    return Span(rows, first, surface.height, _title_rows(surface, rows[0] if rows else 0, 0))


def headless_span(surface: Surface) -> Span | None:
    """Find a list without column names by its identity numbers; None where there are none."""
    rows = [row for row in range(surface.height) if _has_identity_number(surface, row)]
    if not rows or len(rows) < 0.3 * surface.height:
        return None
    return Span((), rows[0], surface.height, _title_rows(surface, rows[0], 0))


def _has_identity_number(surface: Surface, row: int) -> bool:
    return any(
        like_identity_number(surface.cell(row, column)) == 1.0 for column in surface.filled(row)
    )
