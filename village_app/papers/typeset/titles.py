"""Titles in balanced lines: as few as needed, words whole, in a trapezoid or a diamond.

GB/T 9704-2012 7.3.1: 回行时要做到词意完整，排列对称，长短适宜，间距恰当，使用梯形或菱形.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from village_app.papers.typeset.layouts import TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.setting import Line, set_line
from village_app.papers.typeset.strip import Strip
from village_app.papers.typeset.units import Unit, clean, units_of
from village_app.resources import resource

MOST_LINES = 5
_BROKEN_WORD = 4.0
_NUMBER_WORD = re.compile(
    r"第?[0-9一二三四五六七八九十百]+(?:年度?|季度|月份?|日|次|届|期|号|组|类|批|个|名|户|周年|届次)"
)
_GOOD_ENDS = ("关于", "的", "和", "与", "及", "暨", "、", "》", "”", "）", "：")
_BAD_STARTS = frozenset("的地得之和与及暨等了者们性化员部会")


def title_lines(text: str, style: TextStyle, width: float) -> list[Line]:
    """Break a title into balanced lines; newlines in the text are taken as they are."""
    lines: list[Line] = []
    for part in clean(text).split("\n"):
        lines += _balanced(part.strip(" \u3000"), style, width)
    return lines


@lru_cache(maxsize=256)  # a paper that is being fitted sets the same titles again and again
def _balanced(text: str, style: TextStyle, width: float) -> tuple[Line, ...]:
    """Use the fewest lines that keep words whole; one line more rather than a parted word."""
    units = units_of(text, style.role)
    measure = Measure(width, style.size, justify=False, role=style.role)
    plain = break_lines(units, measure)
    if len(plain) == 1 or len(plain) > MOST_LINES:
        return tuple(plain)
    strip = Strip(units, 0.0, flush_start=True)
    room = width / style.size
    cuts = _cuts(strip, _seam_costs(text, units), room, len(plain))
    if cuts is None:
        return tuple(plain)
    return tuple(
        set_line(strip, start, end, room, style.size, full=False)
        for start, end in pairwise((0, *cuts, strip.count))
    )


def _cuts(strip: Strip, seams: dict[int, float], room: float, count: int) -> tuple[int, ...] | None:
    legal = [place for place in range(1, strip.count) if strip.breakable[place]]
    whole = [place for place in legal if seams[place] < _BROKEN_WORD]
    for places, lines in ((whole, count), (whole, count + 1), (legal, count), (legal, count + 1)):
        ways = _ways(strip, places, room, 0, lines)
        best = min(((_cost(strip, seams, cuts), cuts) for cuts in ways), default=None)
        if best:
            return best[1]
    return None


def _ways(
    strip: Strip, places: list[int], room: float, start: int, count: int
) -> Iterator[tuple[int, ...]]:
    """Give the cuts whose lines all fit and none of which is less than half of what is left."""
    left = strip.width(start, strip.count)
    if count == 1:
        if left - strip.tail(strip.count) <= room:
            yield ()
        return
    for place in places:
        width = strip.width(start, place) if place > start else 0.0
        if width - strip.tail(place) > room:
            return
        if width * count * 2 >= left and left - width <= (count - 1) * (room + 1):
            for rest in _ways(strip, places, room, place, count - 1):
                yield (place, *rest)


def _cost(strip: Strip, seams: dict[int, float], cuts: tuple[int, ...]) -> float:
    places = [0, *cuts, strip.count]
    widths = [strip.width(a, b) - strip.tail(b) for a, b in pairwise(places)]
    return _unevenness(widths) + sum(seams[place] for place in cuts)


def _unevenness(widths: list[float]) -> float:
    """Punish lines of very different length, a tiny line, and the shape of an hourglass."""
    longest = max(widths)
    raggedness = sum(((longest - width) / longest) ** 2 for width in widths) * 6
    steps = [b - a for a, b in pairwise(widths)]
    hourglass = sum(2.0 for a, b in pairwise(steps) if a < -1 and b > 1)
    rectangle = 0.3 if len(widths) > 1 and max(map(abs, steps)) < 0.5 else 0.0
    return raggedness + hourglass + rectangle


def _seam_costs(text: str, units: list[Unit]) -> dict[int, float]:
    """Say for each place how much a line break there hurts the sense."""
    inside = _inside_words(text)
    costs: dict[int, float] = {}
    offset = 0
    for place, unit in enumerate(units):
        if place:
            costs[place] = _seam_cost(text, offset, is_inside=offset in inside)
        offset += len(unit.text)
    return costs


def _seam_cost(text: str, offset: int, *, is_inside: bool) -> float:
    if is_inside:
        return _BROKEN_WORD
    before, after = text[:offset], text[offset:]
    cost = 1.0
    if before.endswith(_GOOD_ENDS) or after[0] in "《“（":
        cost -= 0.9
    if after[0] in _BAD_STARTS:
        cost += 2.0
    if before.count("《") > before.count("》") or before.count("（") > before.count("）"):
        cost += 1.0
    return cost


def _inside_words(text: str) -> set[int]:
    """List the offsets that lie inside a known word or a number with its measure word."""
    inside: set[int] = set()
    for start, end in [*_known_words(text), *(m.span() for m in _NUMBER_WORD.finditer(text))]:
        inside.update(range(start + 1, end))
    return inside


def _known_words(text: str) -> Iterator[tuple[int, int]]:
    words, longest = title_words()
    start = 0
    while start < len(text):
        for length in range(min(longest, len(text) - start), 1, -1):
            if text[start : start + length] in words:
                yield start, start + length
                start += length
                break
        else:
            start += 1


@cache
def title_words() -> tuple[frozenset[str], int]:
    """Read the words that a title never parts, and the length of the longest."""
    path = resource("typesetting", "title-words.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    words = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return words, max(map(len, words))
