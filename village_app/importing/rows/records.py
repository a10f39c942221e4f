"""One record before cleaning: the cells that stand for its fields, and what its line shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from village_app.importing.rows.sources import Source


@dataclass(slots=True)
class Record:
    """One record before cleaning: what stands for each field, and what the line itself shows.

    `block` is a number that the lines of one merged block or below one household line share.
    `member` counts household members in columns, 0 for a record with a line of its own;
    `columns` gives the column of each field on the sheet, also where this record's cell is blank.
    """

    part: int
    sheet: str
    row: int
    sources: dict[str, Source]
    columns: Mapping[str, int]
    member: int = 0
    block: int | None = None
    struck_out: bool = False
    hidden: bool = False
    colour: str = ""
    unspoken: dict[str, Source] = field(default_factory=dict)
