"""Where the column names stand: rows scored by known words, joined over merges, repeats found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from village_app.importing.files.grid import Merge
from village_app.importing.tables.headers import (
    Heading,
    Vocabulary,
    clean_heading,
    number_occurrences,
)
from village_app.importing.tables.surface import Surface

SEARCHED_CLOSELY = 60
"""Rows in which also half-known words count; further down only usual column names do."""
MOST_ROWS = 6
"""Rows a header may have; five were seen in a real file."""

_DATA_LIKE = re.compile(r"\d{5}|^\d+(?:\.\d+)?$|^\d{2,4}[-/.年]\d{1,2}")
_LABELLED = re.compile(r"[:：]|\d{4}年|(?:表|册|名单|台账|登记|清册)$")


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """Adjoining header rows, both ends included, and how many known words they hold."""

    first_row: int
    last_row: int
    hits: float

    @property
    def rows(self) -> tuple[int, ...]:
        return tuple(range(self.first_row, self.last_row + 1))


def grow_block(surface: Surface, vocabulary: Vocabulary, row: int) -> HeaderBlock:
    """Take the row a person points at, with the rows above and below that belong to it."""
    return _grow(surface, vocabulary, row, row_hits(surface, row, vocabulary), above=-1)


def find_header_blocks(surface: Surface, vocabulary: Vocabulary) -> tuple[HeaderBlock, ...]:
    """Find every block of header rows on a sheet from top to bottom, repeats included."""
    found = _blocks(surface, vocabulary, least=2.0)
    return found or _blocks(surface, vocabulary, least=1.0)


def _blocks(surface: Surface, vocabulary: Vocabulary, least: float) -> tuple[HeaderBlock, ...]:
    blocks: list[HeaderBlock] = []
    row = 0
    while row < surface.height:
        hits = row_hits(surface, row, vocabulary)
        if hits >= least:
            above = blocks[-1].last_row if blocks else -1
            if not _precedes_better(surface, vocabulary, row, hits):
                block = _grow(surface, vocabulary, row, hits, above)
                blocks.append(block)
                row = block.last_row
        row += 1
    return tuple(blocks)


def _precedes_better(surface: Surface, vocabulary: Vocabulary, row: int, hits: float) -> bool:
    """Tell whether a line of labels (单位：… 联系人：…) only stands above the real header."""
    if row + 1 >= surface.height:
        return False
    below = row_hits(surface, row + 1, vocabulary)
    filled = surface.filled(row)
    merged = any(surface.merge(row, column) for column in filled)
    covered = set(filled) <= set(surface.filled(row + 1))
    return below > hits and covered and not merged and hits < 0.7 * len(filled)


def row_hits(surface: Surface, row: int, vocabulary: Vocabulary) -> float:
    """Count the known column names of a row; 0 where the row looks like data or a title.

    Near the top of a sheet a fifth of the cells is enough if none of the others looks like data.
    """
    filled = surface.filled(row)
    if len(filled) < 2 and surface.width > 1:
        return 0.0
    closely = row < SEARCHED_CLOSELY
    if not closely and any(_is_data_like(surface, row, column) for column in filled[:3]):
        return 0.0
    texts = [surface.text(row, column) for column in filled]
    if not closely and not any(vocabulary.is_word(text) for text in texts[:3]):
        return 0.0
    data_like = [
        column
        for column, text in zip(filled, texts, strict=True)
        if _is_data_like(surface, row, column) and vocabulary.exact(text) is None
    ]
    if data_like and data_like[0] in filled[:3]:
        return 0.0
    hits = sum(vocabulary.weight(text) for text in texts) - len(data_like)
    share = 0.2 if closely and not data_like else 0.4
    return hits if hits >= share * len(filled) or hits >= 4 else 0.0


def _is_data_like(surface: Surface, row: int, column: int) -> bool:
    cell = surface.cell(row, column)
    return cell.kind in ("number", "date") or bool(_DATA_LIKE.search(surface.text(row, column)))


def _grow(
    surface: Surface, vocabulary: Vocabulary, row: int, hits: float, above: int
) -> HeaderBlock:
    """Join the rows that belong to the header: parents above, names below, merges over both."""
    first = row
    while first - 1 > above and row - first < 3 and _is_parent_row(surface, first - 1, first):
        first -= 1
    last = row
    while last - first + 1 < MOST_ROWS and last + 1 < surface.height:
        below = row_hits(surface, last + 1, vocabulary)
        if not _continues(surface, first, last, below):
            break
        last += 1
        hits += max(below, 0.0)
    return HeaderBlock(first, last, hits)


def _is_parent_row(surface: Surface, row: int, below: int) -> bool:
    """Tell whether a row holds names over groups of columns, not a title or a line of remarks."""
    filled = surface.filled(row)
    if not filled or any(_is_data_like(surface, row, column) for column in filled):
        return False
    texts = [surface.text(row, column) for column in filled]
    if any(len(clean_heading(text)) > 14 or _LABELLED.search(text) for text in texts):
        return False
    merges = [merge for column in filled if (merge := surface.merge(row, column))]
    if any(merge.last_row >= below for merge in merges):
        return True
    return _spans_groups(surface, below, filled, merges)


def _spans_groups(surface: Surface, below: int, filled: list[int], merges: list[Merge]) -> bool:
    names = surface.filled(below)
    if len(filled) == 1:
        only = merges[0] if merges else None
        if only is None or only.first_column <= min(names, default=0):
            return False
        return 1 < only.last_column - only.first_column + 1 < 0.8 * len(names)
    if merges:
        return True
    gaps = set(names) - set(filled)
    return len(filled) < len(names) and bool(gaps) and min(filled) >= min(names)


def _continues(surface: Surface, first: int, last: int, hits_below: float) -> bool:
    """Tell whether the row under a block still belongs to it."""
    below = last + 1
    filled = surface.filled(below)
    corners = (
        surface.merge(row, column)
        for row in range(first, last + 1)
        for column in surface.filled(row)
    )
    merges = [merge for merge in corners if merge]
    if any(below <= merge.last_row < first + MOST_ROWS for merge in merges):
        return True
    if not filled or any(_is_data_like(surface, below, column) for column in filled):
        return False
    mostly_names = hits_below >= max(2.0, 0.7 * len(filled))
    return mostly_names or _fills_gaps(surface, last, filled, merges)


def _fills_gaps(surface: Surface, last: int, filled: list[int], merges: list[Merge]) -> bool:
    """Tell whether a row names only columns that stand under a wider or an empty heading."""
    if any(len(surface.text(last + 1, column)) > 14 for column in filled):
        return False
    wide = {
        column
        for merge in merges
        if merge.last_row == last and merge.last_column > merge.first_column
        for column in range(merge.first_column, merge.last_column + 1)
    }
    if wide:
        return set(filled) <= wide and len(filled) >= 2
    empty = {column for column in range(surface.width) if not surface.shown(last, column)}
    openers = {column - 1 for column in empty}
    return set(filled) <= empty | openers and bool(set(filled) & empty) and len(filled) >= 2


def join_headings(surface: Surface, rows: tuple[int, ...]) -> tuple[Heading, ...]:
    """Give each column with a name or content its heading, joined over the header rows.

    The text of a merged rectangle counts for all its columns. Where no merges were kept, a name
    over a blank neighbour counts for the neighbour as well if that one has a name below.
    """
    parts: dict[int, list[str]] = {column: [] for column in range(surface.width)}
    for place, row in enumerate(rows):
        spoken = ""
        for column in range(surface.width):
            own = surface.shown(row, column)
            below = rows[place + 1 :]
            if own:
                spoken = own
            elif not _stands_under(surface, row, column, below):
                spoken = ""
            text = own or spoken
            if text and (not parts[column] or parts[column][-1] != _one_line(text)):
                parts[column].append(_one_line(text))
    headings = (
        Heading(column, tuple(texts))
        for column, texts in parts.items()
        if texts or not surface.column_is_blank(column)
    )
    return number_occurrences(headings)


def _stands_under(surface: Surface, row: int, column: int, below: tuple[int, ...]) -> bool:
    """Tell whether a blank header cell belongs to the wider name at its left."""
    if not below or surface.merge(row, column):
        return False
    left = column - 1
    while left >= 0 and not surface.text(row, left):
        left -= 1
    if left < 0 or surface.merge(row, left):
        return False
    named_below = any(surface.text(deeper, column) for deeper in below)
    left_named_below = any(surface.text(deeper, left) for deeper in below)
    return named_below and left_named_below


def _one_line(text: str) -> str:
    return (
        re.sub(r"\s+", "", text) if re.search(r"[\u3400-\u9fff]", text) else " ".join(text.split())
    )
