"""The looks of cells, prepared once and named by a number, as the file format shares them.

Fonts are named only; a program without them takes its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook

Horizontal = Literal["left", "right", "center", "justify"]

SONG = "宋体"
HEI = "黑体"
KAI = "楷体"
FANGSONG = "仿宋"
TITLE = "方正小标宋简体"
TEXT_FORMAT = "@"
LETTERHEAD_RED = "FFC00000"
SHADE = "FFEDEDED"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: face and size, place in the cell, frame, grey ground, number format."""

    font: str = SONG
    size: float = 11
    bold: bool = False
    color: str | None = None
    horizontal: Horizontal | None = None
    vertical: Literal["center", "top"] = "center"
    wrap: bool = True
    indent: int = 0
    upright: bool = False
    framed: bool = False
    shaded: bool = False
    number_format: str = "General"


class Styles:
    """Turns looks into the style numbers of one workbook, each look once."""

    def __init__(self, workbook: Workbook) -> None:
        self._sheet = workbook.active
        self._line = Side(style="thin", color="FF000000")
        self._numbers: dict[Look, int] = {}

    def number(self, look: Look) -> int:
        """Give the style number of a look, making it when it is new."""
        known = self._numbers.get(look)
        if known is None:
            known = self._numbers[look] = self._make(look)
        return known

    def _make(self, look: Look) -> int:
        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(name=look.font, size=look.size, bold=look.bold, color=look.color)
        cell.alignment = Alignment(
            horizontal=look.horizontal,
            vertical=look.vertical,
            wrap_text=look.wrap,
            indent=look.indent,
            text_rotation=255 if look.upright else 0,
        )
        if look.framed:
            cell.border = Border(*(self._line,) * 4)
        if look.shaded:
            cell.fill = PatternFill("solid", fgColor=SHADE)
        cell.number_format = look.number_format
        number: int = cell.style_id
        return number
