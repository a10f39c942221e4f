"""Fill pages with slabs: what belongs together stays together, heads are repeated, rows split.

A slab is a horizontal piece of the type area with a height: a line of text, a row, a picture.
Slabs stream through, so that a ledger of ten thousand rows is never held as a whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from village_app.papers.typeset.pen import Pen

_TOLERANCE = 0.05

# So many slabs of text stand on the page with a signature or with places to sign.
COMPANY = 2
_HELD = 2 * COMPANY + 1

Draw = Callable[[Pen, float, float], None]


def _nothing(pen: Pen, x: float, y: float) -> None:
    del pen, x, y


@dataclass(slots=True)
class Slab:
    """One piece of the type area (heights in points).

    `draw` gets the pen and the slab's top left corner. `before` is white above, dropped at a
    page's head. `glued` forbids a page break after it. `repeat` gives the slabs set again when a
    page break falls before it (a table's head). `split` cuts it at a height, if it can be cut;
    `splits_early` allows that although it would fit on the next page. `company` is how many slabs
    before it must stand on the same page. `outline` is (title, level) for the file's contents.
    """

    height: float
    draw: Draw = _nothing
    before: float = 0.0
    glued: bool = False
    repeat: Callable[[], list[Slab]] | None = None
    split: Callable[[float], tuple[Slab, Slab] | None] | None = None
    splits_early: bool = False
    starts_page: bool = False
    company: int = 0
    outline: tuple[str, int] | None = None


class Sheets(Protocol):
    """Where pages go: drawn into a PDF, or only counted."""

    def begin_page(self) -> Pen | None:
        """Start a page and give the pen to draw on it; None when pages are only counted."""

    def end_page(self) -> None:
        """Finish the page."""

    def add_outline(self, title: str, level: int, y: float) -> None:
        """Note where a heading stands."""


class Flow:
    """Sets slabs one under the other on page after page."""

    def __init__(self, sheets: Sheets, x: float, top: float, bottom: float) -> None:
        self._sheets = sheets
        self._x = x
        self._top = top
        self._bottom = bottom
        self._y = top
        self._pen: Pen | None = None
        self._is_fresh = True
        self._page_break_due = False
        self.pages = 0

    def run(self, slabs: Iterable[Slab]) -> int:
        """Set everything and give the number of pages; an empty paper still has one."""
        self._begin_page()
        for chain in _chains(_with_company(slabs)):
            if chain[0].starts_page:
                self._page_break_due = True
            if chain[0].height or chain[0].before or len(chain) > 1:
                self._place(chain)
        self._sheets.end_page()
        return self.pages

    def _begin_page(self) -> None:
        self._pen = self._sheets.begin_page()
        self.pages += 1
        self._y = self._top
        self._is_fresh = True

    def _next_page(self, first: Slab) -> None:
        self._sheets.end_page()
        self._begin_page()
        if first.repeat:
            for slab in first.repeat():
                self._draw(slab)
            self._is_fresh = True

    def _room(self) -> float:
        return self._bottom - self._y + _TOLERANCE

    def _needed(self, chain: list[Slab]) -> float:
        inner = sum(slab.before for slab in chain[1:])
        before = 0.0 if self._is_fresh else chain[0].before
        return before + inner + sum(slab.height for slab in chain)

    def _place(self, chain: list[Slab]) -> None:
        first = chain[0]
        if self._page_break_due and not self._is_fresh:
            self._next_page(first)
        self._page_break_due = False
        overflows = self._needed(chain) > self._room() and not self._is_fresh
        if overflows and not self._begins_here(chain):
            self._next_page(first)
        for number, slab in enumerate(chain):
            if self._needed([slab]) > self._room() and self._cut(chain[number:]):
                return
            if self._needed([slab]) > self._room() and not self._is_fresh:
                self._next_page(slab)
            self._draw(slab)

    def _begins_here(self, chain: list[Slab]) -> bool:
        """Tell whether a chain too high for the page begins on it with part of a tall slab."""
        for number, slab in enumerate(chain):
            room = self._room() - self._needed(chain[:number]) if number else self._room()
            if room < slab.height and slab.splits_early and slab.split:
                return slab.split(room - slab.before) is not None
        return False

    def _cut(self, chain: list[Slab]) -> bool:
        """Cut the chain's first slab at the foot of the page and go on with the rest."""
        first = chain[0]
        before = 0.0 if self._is_fresh else first.before
        parts = first.split(self._room() - before) if first.split else None
        if parts is None:
            return False
        parts[0].before = first.before
        parts[1].repeat = first.repeat
        parts[1].glued = first.glued
        self._draw(parts[0])
        self._next_page(first)
        self._place([parts[1], *chain[1:]])
        return True

    def _draw(self, slab: Slab) -> None:
        if not self._is_fresh:
            self._y += slab.before
        if slab.outline:
            self._sheets.add_outline(*slab.outline, self._y)
        if self._pen is not None:
            slab.draw(self._pen, self._x, self._y)
        self._y += slab.height
        self._is_fresh = self._is_fresh and not slab.height


def _chains(slabs: Iterable[Slab]) -> Iterator[list[Slab]]:
    chain: list[Slab] = []
    for slab in slabs:
        chain.append(slab)
        if not slab.glued:
            yield chain
            chain = []
    if chain:
        yield chain


def _with_company(slabs: Iterable[Slab]) -> Iterator[Slab]:
    """Glue to a slab that asks for company the slabs that come before it; white is none."""
    held: deque[Slab] = deque()
    for slab in slabs:
        wanted = slab.company
        for neighbour in reversed(held) if wanted else ():
            neighbour.glued = True
            wanted -= neighbour.draw is not _nothing
            if not wanted:
                break
        held.append(slab)
        if len(held) > _HELD:
            yield held.popleft()
    yield from held
