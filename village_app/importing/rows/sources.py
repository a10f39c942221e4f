"""Where the content for a field comes from: its own cell, a merged one, the line above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from village_app.domain.resources import load_json
from village_app.importing.files.grid import Cell
from village_app.importing.tables.line_texts import compact

Origin = Literal["own", "merged", "ditto", "repeated", "line", "label", "assumed", "repaired"]
"""Where a cell's content comes from: itself, a merged cell, 同上, the household's first line, a
line above the records, a column's label, the sheet as a whole, or the user's hand."""


@dataclass(frozen=True, slots=True)
class Source:
    """The content for one field of one record; `row` and `column` count from 0, -1 for none."""

    cell: Cell
    row: int
    column: int
    origin: Origin = "own"

    @property
    def text(self) -> str:
        return self.cell.text.strip()


def without_formula(cell: Cell) -> Cell:
    """Take the wrapping off a text that a text file keeps from being read as a number: ="0012"."""
    found = re.fullmatch(r'="(.*)"', cell.text.strip())
    return Cell(cell.kind, found[1], cell.struck_out) if found else cell


@cache
def ditto_words() -> frozenset[str]:
    """Give the words that repeat the line above: 同上, 〃."""
    return frozenset(compact(word) for word in load_json("rules", "sheet-words.json")["ditto"])


@cache
def ditto_dashes() -> frozenset[str]:
    """Give the dashes that repeat the line above in household fields, elsewhere mean nothing."""
    words = load_json("rules", "sheet-words.json")["ditto_in_household_fields"]
    return frozenset(compact(word) for word in words)
