"""What all readers share: their options, the budget they may spend, the sign of damage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.files import limits


class Damaged(Exception):
    """The bytes do not hold together for this reader; another reader may still manage."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller knows or wishes: name, encoding, separator, password, character repairs.

    `repairs` maps code points that an old encoding put into the private use area to the
    characters meant today; it is applied to text files in GB18030 only.
    """

    name: str = ""
    encoding: str | None = None
    separator: str | None = None
    password: str | None = None
    repairs: Mapping[int, str] = field(default_factory=dict)
    report: Report = silently


class Budget:
    """Counts what a workbook holds over all its sheets and refuses what no village writes.

    Characters are counted where they are shown, not where they are stored: one long text used in
    a million cells is a million long texts for everyone who reads the sheet.
    """

    def __init__(self) -> None:
        self.cells = 0
        self.places = 0
        self.characters = 0

    def spend(self, *, places: int, cells: int, characters: int) -> None:
        """Add one row: its width, its filled cells, the length of their texts."""
        self.places += places
        self.cells += cells
        self.characters += characters
        self.check()

    def check(self, more: int = 0) -> None:
        """Refuse what is over the limits, or would be with `more` filled cells."""
        if self.characters > limits.CHARACTERS:
            raise Refused(
                "too_many_characters",
                "这个文件里的文字太多，不像一张名册或流水账。请只保留需要的表格，另存一份再导入。",
            )
        if self.cells + more > limits.CELLS or self.places + more > limits.PLACES:
            raise Refused(
                "too_many_cells",
                "这个文件里的格子太多。请删去空白的行和列，或分成几个文件，再导入。",
            )

    @staticmethod
    def check_cell(length: int) -> None:
        """Refuse a single cell that is longer than any text a person writes."""
        if length > limits.CELL_CHARACTERS:
            raise Refused(
                "cell_too_long",
                "表里有一格文字超过一百万字，无法导入。请删去这一格的内容，或另存一份再导入。",
            )
