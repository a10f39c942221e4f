"""Text in table cells: one line where it fits, broken by the same rules where it does not.

Most cells of a ledger are one short text in one font; those take a short way past the line
breaker. Figures are set with digits of equal width, so that sums stand under each other.
"""

from __future__ import annotations

import re
from functools import cached_property

from village_app.papers.typeset.faces import chain, font
from village_app.papers.typeset.layouts import TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.setting import Line, Segment
from village_app.papers.typeset.strip import Strip
from village_app.papers.typeset.units import clean, units_of

_FIGURES = re.compile(r"[-+−]?[\d,.]+%?")
_PLAIN_ASCII = re.compile(r"[!-~]+(?: [!-~]+)*")
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]+")
_LONG_RUN = re.compile(r"[0-9A-Za-z*×.\-]{6,}")
_REMEMBERED = 4096
_TOLERANCE = 0.05


class CellSetter:
    """Sets the texts of cells in one style; remembers what it has set lately."""

    def __init__(self, style: TextStyle) -> None:
        self.style = style
        self._faces = chain(style.role)
        self._singles: dict[str, Line] = {}

    @cached_property
    def _own_characters(self) -> frozenset[str]:
        """List the characters that the role's own font has."""
        return frozenset(map(chr, font(self._faces.names[0]).face.charToGlyph))

    def lines(self, text: str, width: float, *, justify: bool = False) -> list[Line]:
        """Set a text into a cell of the given inner width; newlines are kept."""
        single = self.single(text)
        if single is not None and single.width <= width + _TOLERANCE:
            return [single]
        style = self.style
        measure = Measure(width, style.size, justify=justify, role=style.role)
        return [
            line
            for part in clean(text).split("\n")
            for line in break_lines(units_of(part, style.role), measure)
        ]

    def single(self, text: str) -> Line | None:
        """Set a text as one line at its natural width; None if it holds a newline."""
        known = self._singles.get(text)
        if known is not None:
            return known
        line = self._set_single(text)
        if line is not None:
            if len(self._singles) >= _REMEMBERED:
                self._singles.clear()
            self._singles[text] = line
        return line

    def _set_single(self, text: str) -> Line | None:
        if not text:
            return Line((), 0.0, "")
        if _HAN_ONLY.fullmatch(text) and self._own_characters.issuperset(text):
            segment = Segment(self._faces.names[0], False, text, 0.0, 0.0)
            return Line((segment,), len(text) * self.style.size, text)
        if _FIGURES.fullmatch(text):
            return figure_line(text, self.style)
        if _PLAIN_ASCII.fullmatch(text):
            segment = Segment(self._faces.names[0], False, text, 0.0, 0.0)
            return Line((segment,), self._faces.width(text) * self.style.size, text)
        cleaned = clean(text)
        if "\n" in cleaned:
            return None
        wide = Measure(1e6, self.style.size, justify=False, role=self.style.role)
        return break_lines(units_of(cleaned, self.style.role), wide)[0]

    def least_width(self, text: str) -> float:
        """Give the width below which a word or number of the text would have to be cut."""
        widest = 0.0
        for part in clean(text).split("\n"):
            units = units_of(part, self.style.role)
            if units:
                widest = max(widest, _widest_atom(Strip(units, 0.0, flush_start=True)))
        return widest * self.style.size

    def longest_run(self, text: str) -> str:
        """Give the longest run of digits and letters in a text, blank if none is long."""
        return max(_LONG_RUN.findall(text), key=len, default="")


def _widest_atom(strip: Strip) -> float:
    widest = 0.0
    start = 0
    while start < strip.count:
        end = strip.next_legal(start)
        widest = max(widest, strip.width(start, end) - strip.tail(end))
        start = end
    return widest


def figure_line(text: str, style: TextStyle) -> Line:
    """Set figures with all digits as wide as the nought; narrow ones stand in the middle."""
    faces = chain(style.role)
    digit_width = faces.glyph("0").width
    segments: list[Segment] = []
    pending, shift, carried, width = "", 0.0, 0.0, 0.0
    for char in text:
        glyph = faces.glyph(char)
        lacking = (digit_width - glyph.width) / 2 * style.size if char.isdigit() else 0.0
        needed = carried + lacking
        if abs(needed) > _TOLERANCE and pending:
            segments.append(Segment(faces.names[0], False, pending, 0.0, shift))
            pending, shift = "", needed
        elif not pending:
            shift = needed
        pending += char
        carried = lacking
        width += glyph.width * style.size + 2 * lacking
    segments.append(Segment(faces.names[0], False, pending, 0.0, shift))
    return Line(tuple(segments), width, text)
