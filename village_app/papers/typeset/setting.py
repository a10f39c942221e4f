"""Set one line to its width: squeeze marks, or stretch evenly without touching words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from village_app.papers.typeset.strip import HARD_SQUEEZE, MARK_SQUEEZE, Strip
from village_app.papers.typeset.units import Unit

STRETCH_CAP = 0.25
EPSILON = 1e-3


class Segment(NamedTuple):
    """Characters of one font set with one character space, after a shift (both in points)."""

    font: str
    thicken: bool
    text: str
    char_space: float
    shift: float


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: what to draw, how wide it is in points, and the text it carries.

    The blank half of a mark at the end of a line that is not full is not counted in the width,
    so that centred and right-set lines stand optically right.
    """

    segments: tuple[Segment, ...]
    width: float
    text: str


def set_line(strip: Strip, start: int, end: int, room: float, size: float, *, full: bool) -> Line:
    """Set the units from `start` to `end` into `room` em at `size` points.

    `full` stretches the line to the room, unless that would need more than a quarter em at each
    place: such a line is left ragged. A line that is too wide is squeezed in either case.
    """
    text = "".join([unit.text for unit in strip.units[start:end]])
    while end - 1 > start and strip.units[end - 1].is_space:
        end -= 1
    shifts = [-strip.start_blank(start), *strip.shown_joints(start, end)]
    natural = sum(strip.widths[start:end])
    slack = room - natural - sum(shifts)
    stretch = 0.0
    dropped = strip.tail(end)
    if slack < 0:
        dropped = min(dropped, -slack)
        _squeeze(strip, start, end, shifts, -slack - dropped)
    elif full:
        spots = strip.spots(start, end)
        each = slack / len(spots) if spots else STRETCH_CAP + 1
        if each <= STRETCH_CAP:
            stretch, dropped = each, 0.0
            for place in spots:
                shifts[place - start] += each
    width = natural + sum(shifts) - dropped
    segments = _segments(strip.units[start:end], shifts, stretch, strip.char_space, size)
    return Line(segments, width * size, text)


def _squeeze(strip: Strip, start: int, end: int, shifts: list[float], needed: float) -> None:
    """Take `needed` em away inside the line, from each place in proportion to what it can give."""
    if needed <= EPSILON:
        return
    squeezes = _mark_squeezes(strip, start, end, MARK_SQUEEZE)
    capacity = sum(most for _, most in squeezes)
    if capacity < needed:
        squeezes = _mark_squeezes(strip, start, end, HARD_SQUEEZE)
        capacity = sum(most for _, most in squeezes)
    share = min(1.0, needed / capacity) if capacity else 0.0
    for place, most in squeezes:
        shifts[place - start] -= most * share
    left_over = needed - capacity * share
    if left_over > EPSILON and end - start > 1:  # marks alone, wider than the column
        for index in range(1, end - start):
            shifts[index] -= left_over / (end - start - 1)


def _mark_squeezes(strip: Strip, start: int, end: int, most: float) -> list[tuple[int, float]]:
    """List what marks can give; gaps are already at their least."""
    found = strip.squeezes(start, end, most)
    return [(place, give) for place, give in found if strip.joints[place] <= 0]


def _segments(
    units: list[Unit], shifts: list[float], stretch: float, char_space: float, size: float
) -> tuple[Segment, ...]:
    """Join characters that share font, character space and flow into segments.

    A single character carries the stretch that follows it in its character space; words and
    dashes do not, so that their inside stays untouched.
    """
    joined: list[tuple[str, bool, float, float, list[str]]] = []
    loose_space = (char_space + stretch) * size
    tight_space = char_space * size
    carried = 0.0
    last: tuple[str, bool, float] | None = None
    for unit, before in zip(units, shifts, strict=True):
        shift = before - carried
        elastic = unit.chars == 1 and not unit.is_word
        carried = stretch if elastic else 0.0
        space = loose_space if elastic else tight_space
        for font, thicken, text in unit.pieces:
            if last == (font, thicken, space) and -EPSILON < shift < EPSILON:
                joined[-1][4].append(text)
            else:
                joined.append((font, thicken, space, shift * size, [text]))
                last = (font, thicken, space)
            shift = 0.0
    return tuple(
        Segment(font, thicken, "".join(texts), space, shift)
        for font, thicken, space, shift, texts in joined
    )
