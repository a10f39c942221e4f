"""Break a paragraph into lines by the Chinese rules.

First fit. A closing mark at the line's end may give up its blank half; facing blanks of adjacent
marks share one half; a gap stands between Chinese characters and words or numbers. Where the last
legal break would leave the line too loose to be stretched, marks inside are squeezed to pull the
next unit in (push-in). What is wider than a whole line is cut at a character. Nothing that may
not begin or end a line does so, unless no other cut exists at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_app.papers.blocks import Face
from village_app.papers.typeset.setting import EPSILON, STRETCH_CAP, Line, set_line
from village_app.papers.typeset.strip import HARD_SQUEEZE, MARK_SQUEEZE, Strip
from village_app.papers.typeset.units import Unit, single_characters

LOOSE = 1.0
# A ragged line that lacks more characters than this is filled by squeezing, if that is enough.
HOLE = 5.0
KIND = 0.08
MEASURES = frozenset("年月日时分元万亿人户个名位份张次场条件亩宗票盏台套天岁米吨斤组号届期")
_LONGEST_TAIL = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The room of a paragraph's lines in points: width, first-line and later indents, justified.

    `role` is the face used where a word must be cut; `size` and `char_space` are in points.
    """

    width: float
    size: float
    char_space: float = 0.0
    first_indent: float = 0.0
    hanging_indent: float = 0.0
    justify: bool = True
    role: Face = "fangsong"

    def indent(self, line_number: int) -> float:
        """Give the indent of a line (numbered from 0)."""
        return self.hanging_indent if line_number else self.first_indent


def break_lines(units: Sequence[Unit], measure: Measure) -> list[Line]:
    """Break one paragraph's units into set lines; one empty line for no units."""
    if not units:
        return [Line((), 0.0, "")]
    return _Breaker(list(units), measure).lines()


class _Breaker:
    """One paragraph being broken; a place is an index between units, lengths are in em."""

    def __init__(self, units: list[Unit], measure: Measure) -> None:
        self._measure = measure
        self._strip = self._new_strip(units)

    def _new_strip(self, units: list[Unit]) -> Strip:
        measure = self._measure
        return Strip(
            units, measure.char_space / measure.size, flush_start=measure.first_indent <= 0
        )

    def lines(self) -> list[Line]:
        """Break everything; each line starts where the one before ended."""
        measure = self._measure
        lines: list[Line] = []
        start = 0
        while start < self._strip.count:
            room = (measure.width - measure.indent(len(lines))) / measure.size
            end = self._end_of_line(start, room + EPSILON)
            full = measure.justify and end < self._strip.count
            lines.append(set_line(self._strip, start, end, room, measure.size, full=full))
            start = end
        return lines

    def _end_of_line(self, start: int, room: float) -> int:
        best = self._last_fit(start, room)
        if best is not None and not self._is_loose(start, best, room):
            return self._kinder(start, best, room)
        return (
            self._push_in(start, best or start, room, MARK_SQUEEZE)
            or self._cut_inside(start, best, room)
            or best
            or self._push_in(start, start, room, HARD_SQUEEZE)
            or self._forced_cut(start, room)
        )

    def _kinder(self, start: int, best: int, room: float) -> int:
        """Go back a little where a number would be parted from its unit, if it hardly shows."""
        strip = self._strip
        if best == strip.count or not self._parts_number(best):
            return best
        place = best
        while self._parts_number(place):
            place = max(p for p in range(start, place) if p == start or strip.breakable[p])
            if place == start:
                return best
        slack = room - strip.width(start, place)
        return place if slack <= KIND * len(strip.spots(start, place)) else best

    def _parts_number(self, place: int) -> bool:
        left, right = self._strip.units[place - 1], self._strip.units[place]
        return left.gap_right and left.text[-1].isdigit() and right.text in MEASURES

    def _last_fit(self, start: int, room: float) -> int | None:
        """Find the last legal break whose line fits without squeezing inside it."""
        strip = self._strip
        widths, joints, breakable = strip.widths, strip.joints, strip.breakable
        best = None
        reached = -strip.start_blank(start) - joints[start]
        for place in range(start, strip.count):
            reached += joints[place] + widths[place]
            end = place + 1
            if reached <= room:
                if breakable[end]:
                    best = end
            elif breakable[end] and reached - strip.tail(end) <= room:
                best = end
            elif reached - _LONGEST_TAIL > room and not strip.units[place].is_space:
                break
        return best

    def _is_loose(self, start: int, end: int, room: float) -> bool:
        """Tell whether a line would fall apart when stretched, or stay ragged with a wide hole."""
        slack = room - self._strip.width(start, end)
        if end == self._strip.count or slack <= LOOSE:
            return False
        spots = len(self._strip.spots(start, end))
        return slack > LOOSE * spots or slack > max(HOLE, STRETCH_CAP * spots)

    def _push_in(self, start: int, place: int, room: float, most: float) -> int | None:
        """Try to squeeze what follows `place` into the line."""
        end = self._strip.next_legal(place)
        overrun = self._strip.width(start, end) - self._strip.tail(end) - room
        capacity = sum(most for _, most in self._strip.squeezes(start, end, most))
        return end if overrun <= capacity else None

    def _cut_inside(self, start: int, best: int | None, room: float) -> int | None:
        """Cut what is wider than a whole line at a character, so that this line is filled."""
        begin = best or start
        end = self._strip.next_legal(begin)
        if best is not None and self._strip.width(begin, end) - self._strip.tail(end) <= room:
            return None
        units = self._strip.units
        if not any(unit.is_word and unit.chars > 1 for unit in units[begin:end]):
            return None
        self._strip = self._new_strip([*units[:begin], *self._cut(units[begin:end]), *units[end:]])
        return self._last_fit(start, room)

    def _cut(self, units: list[Unit]) -> list[Unit]:
        singles: list[Unit] = []
        for unit in units:
            singles += single_characters(unit, self._measure.role) if unit.is_word else [unit]
        return singles

    def _forced_cut(self, start: int, room: float) -> int:
        """Cut anywhere: only where marks follow one another over more than a whole line."""
        strip = self._strip
        end = start + 1
        while end < strip.count and strip.width(start, end + 1) - strip.tail(end + 1) <= room:
            end += 1
        return end
