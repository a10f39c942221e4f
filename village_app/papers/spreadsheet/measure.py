"""How wide texts are and how high rows must be; a Chinese character is two digits wide.

Programs that read spreadsheets do not fit merged or wrapped Chinese rows reliably, so that we
set the heights ourselves. Widths are in digit widths of an 11 pt face, heights in points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

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


def lines_needed(text: str, width: float, size: float = 11) -> int:
    """Count the lines that a text takes in a cell of `width` when set in `size` points."""
    room = max(2.0, (width - _CELL_EDGES) * 11 / size)
    if "\n" not in text:
        return max(1, math.ceil(width_of(text) / room))
    return sum(max(1, math.ceil(width_of(line) / room)) for line in text.split("\n"))


def row_height(lines: int, size: float = 11) -> float:
    """Give the height in points of a row that holds so many lines of `size` points."""
    return round(lines * size * 1.36 + 3, 1)


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
