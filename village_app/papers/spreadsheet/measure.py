"""How wide texts are and how high rows must be; a Chinese character is two digits wide.

Programs that read spreadsheets do not fit merged or wrapped Chinese rows reliably, so that we
set the heights ourselves. Widths are in digit widths of an 11 pt face, heights in points.
"""

from __future__ import annotations

import math

from village_app.papers.column_widths import width_of

POINTS_OF_MM = 72 / 25.4
# The file format allows no higher row.
HIGHEST_ROW = 409.0
# Printable width in digit widths within margins of 20 mm.
_PAGE_WIDTHS = {
    ("A4", False): 88.0,
    ("A4", True): 132.0,
    ("A3", False): 132.0,
    ("A3", True): 196.0,
    ("A2", False): 196.0,
    ("A2", True): 286.0,
}
_CELL_EDGES = 1.2


def page_width(paper_size: str, *, landscape: bool) -> float:
    """Give the printable width of a page in digit widths."""
    return _PAGE_WIDTHS[paper_size, landscape]


def lines_needed(text: str, width: float, size: float = 11) -> int:
    """Count the lines that a text takes in a cell of `width` when set in `size` points."""
    room = max(2.0, (width - _CELL_EDGES) * 11 / size)
    if "\n" not in text:
        return max(1, math.ceil(width_of(text) / room))
    return sum(max(1, math.ceil(width_of(line) / room)) for line in text.split("\n"))


def row_height(lines: int, size: float = 11) -> float:
    """Give the height in points of a row that holds so many lines of `size` points."""
    return round(lines * size * 1.36 + 3, 1)
