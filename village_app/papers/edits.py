"""Changes to a paper that is never changed itself: one text written anew, a row left out …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from village_app.domain.kinds import TEXT
from village_app.papers.blocks import (
    BarChart,
    Block,
    Column,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    PhotoGrid,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.pictures import clean_picture
from village_app.papers.places import Place
from village_app.papers.table_lines import shown


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write `new` where `old` stands in a text; the whole text where `old` is blank."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class LeaveOutRow:
    """Leave a table row out; totals are computed anew from what stays."""

    block: int
    row: int


@dataclass(frozen=True, slots=True)
class LeaveOutColumn:
    """Leave a table column out."""

    block: int
    column: int


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """Take out of a picture what the camera wrote into it."""

    block: int
    photo: int


_Item = TypeVar("_Item")
_Record = TypeVar("_Record", Paper, Table, Column)

Edit = Rewrite | LeaveOutRow | LeaveOutColumn | CleanPhoto


def edit(paper: Paper, edits: Sequence[Edit]) -> Paper:
    """Make all edits; places are meant as they were before the first one.

    Texts go first, then rows and columns from the last one up, so that no place moves meanwhile.
    """
    cells: dict[int, list[Rewrite]] = {}
    for change in edits:
        if isinstance(change, Rewrite) and change.place.part == "cell":
            cells.setdefault(change.place.block, []).append(change)
        elif isinstance(change, Rewrite):
            paper = _rewrite(paper, change)
        elif isinstance(change, CleanPhoto):
            paper = _with_block(paper, change.block, _cleaned(paper, change))
    for block, changes in cells.items():
        table = paper.blocks[block]
        assert isinstance(table, Table)
        paper = _with_block(paper, block, _rewritten_cells(table, changes))
    rows = {(change.block, change.row) for change in edits if isinstance(change, LeaveOutRow)}
    columns = {
        (change.block, change.column) for change in edits if isinstance(change, LeaveOutColumn)
    }
    for block in {block for block, _ in rows | columns}:
        table = paper.blocks[block]
        assert isinstance(table, Table)
        table = without_rows(table, {row for at, row in rows if at == block})
        table = without_columns(table, {column for at, column in columns if at == block})
        paper = _with_block(paper, block, table)
    return paper


def without_rows(table: Table, rows: set[int]) -> Table:
    """Leave rows out of a table."""
    kept = tuple(row for number, row in enumerate(table.rows) if number not in rows)
    return replace(table, rows=kept)


def without_columns(table: Table, columns: set[int]) -> Table:
    """Leave columns out of a table; the rules that name columns by number follow."""
    kept = [number for number in range(len(table.columns)) if number not in columns]
    moved = {old: new for new, old in enumerate(kept)}
    return replace(
        table,
        columns=tuple(table.columns[number] for number in kept),
        rows=tuple(
            replace(row, cells=tuple(row.cells[number] for number in kept)) for row in table.rows
        ),
        in_words=None if table.in_words is None else moved.get(table.in_words),
        group_by=None if table.group_by is None else moved.get(table.group_by),
    )


def as_texts(table: Table, index: int) -> Table:
    """Turn a column into texts as printed, so that a masked value can stand among its values."""
    column = table.columns[index]
    rows = tuple(
        replace(row, cells=_put(row.cells, index, shown(column.kind, row.cells[index], row.role)))
        for row in table.rows
    )
    return replace(table, columns=_put(table.columns, index, replace(column, kind=TEXT)), rows=rows)


def _with_block(paper: Paper, index: int, block: Block) -> Paper:
    return replace(paper, blocks=(*paper.blocks[:index], block, *paper.blocks[index + 1 :]))


def _cleaned(paper: Paper, change: CleanPhoto) -> Block:
    grid = paper.blocks[change.block]
    assert isinstance(grid, PhotoGrid)
    photo = grid.photos[change.photo]
    clean = replace(photo, data=clean_picture(photo.data).data)
    return replace(grid, photos=_put(grid.photos, change.photo, clean))


def _rewrite(paper: Paper, change: Rewrite) -> Paper:
    place = change.place
    if place.part == "meta":
        return replace(paper, meta=paper.meta | {place.key: _new(paper.meta[place.key], change)})
    if place.block < 0:
        return _with(paper, place.part, _new(getattr(paper, place.part), change))
    return _with_block(paper, place.block, _rewritten(paper.blocks[place.block], change))


def _new(text: str, change: Rewrite) -> str:
    return text.replace(change.old, change.new) if change.old else change.new


def _rewritten(block: Block, change: Rewrite) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, text=_new(block.text, change))
        case Table():
            return _rewritten_table(block, change)
        case FormGrid():
            place = change.place
            line = block.lines[place.row]
            cell = replace(line[place.column], text=_new(line[place.column].text, change))
            return replace(
                block, lines=_put(block.lines, place.row, _put(line, place.column, cell))
            )
        case Signature() | SignLines():
            return _rewritten_signing(block, change)
        case PhotoGrid():
            photo = block.photos[change.place.row]
            photo = replace(photo, caption=_new(photo.caption, change))
            return replace(block, photos=_put(block.photos, change.place.row, photo))
        case BarChart():
            return _rewritten_chart(block, change)
        case _:
            raise AssertionError(f"{type(block).__name__} has no text")


def _rewritten_cells(table: Table, changes: Sequence[Rewrite]) -> Table:
    """Write many cells anew in one pass; a column with a value that is no text becomes texts."""
    for column in {change.place.column for change in changes}:
        at = [change.place.row for change in changes if change.place.column == column]
        if not all(isinstance(table.rows[row].cells[column], str) for row in at):
            table = as_texts(table, column)
    cells = {change.place.row: list(table.rows[change.place.row].cells) for change in changes}
    for change in changes:
        row = cells[change.place.row]
        row[change.place.column] = _new(row[change.place.column], change)
    rows = tuple(
        replace(row, cells=tuple(cells[number])) if number in cells else row
        for number, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _rewritten_table(table: Table, change: Rewrite) -> Table:
    place = change.place
    if place.part == "note":
        note = _new(table.notes[place.row], change)
        return replace(table, notes=_put(table.notes, place.row, note))
    if place.part in ("label", "group"):
        column = table.columns[place.column]
        column = _with(column, place.part, _new(getattr(column, place.part), change))
        return replace(table, columns=_put(table.columns, place.column, column))
    return _with(table, place.part, _new(getattr(table, place.part), change))


def _rewritten_signing(block: Signature | SignLines, change: Rewrite) -> Block:
    place = change.place
    if isinstance(block, Signature):
        if place.part == "date":
            return replace(block, date=_new(block.date, change))
        issuer = _new(block.issuers[place.row], change)
        return replace(block, issuers=_put(block.issuers, place.row, issuer))
    what, name = block.entries[place.row]
    entry = (_new(what, change), name) if place.part == "what" else (what, _new(name, change))
    return replace(block, entries=_put(block.entries, place.row, entry))


def _rewritten_chart(chart: BarChart, change: Rewrite) -> Block:
    place = change.place
    if place.part == "chart":
        return replace(chart, title=_new(chart.title, change))
    bar = chart.bars[place.row]
    if place.part == "part":
        name, value = bar.parts[place.column]
        bar = replace(bar, parts=_put(bar.parts, place.column, (_new(name, change), value)))
    elif place.part == "figure":
        bar = replace(bar, figure=_new(bar.figure, change))
    else:
        bar = replace(bar, label=_new(bar.label, change))
    return replace(chart, bars=_put(chart.bars, place.row, bar))


def _with(item: _Record, name: str, text: str) -> _Record:
    """Give a copy with one text attribute written anew."""
    changes: dict[str, Any] = {name: text}
    return replace(item, **changes)


def _put(items: tuple[_Item, ...], index: int, item: _Item) -> tuple[_Item, ...]:
    return (*items[:index], item, *items[index + 1 :])
