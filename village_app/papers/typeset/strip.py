"""Units side by side: the spaces between them, where lines may end, what may be squeezed."""

from __future__ import annotations

from village_app.papers.typeset.units import HALF, Unit

GAP = 0.25
GAP_SHOWN = 0.125
MARK_SQUEEZE = 0.25
HARD_SQUEEZE = HALF


def joint(left: Unit, right: Unit) -> float:
    """Give the space between two units on one line in em: a gap, a squeeze, or nothing.

    Adjacent marks whose facing blanks reach half an em share one half; a gap stands between
    Chinese characters and words or numbers, never at a line's edge. Lines are filled as if gaps
    were a quarter em wide, so that there is room to stretch; an eighth is what they show at least.
    """
    if left.is_mark and right.is_mark:
        return -HALF if left.blank_right + right.blank_left >= HALF else 0.0
    if (left.is_han and right.gap_left) or (left.gap_right and right.is_han):
        return GAP
    return 0.0


class Strip:
    """The units of one paragraph before it is broken; a place is an index between units.

    All lengths are in em. `char_space` is added for every character; with `flush_start` an
    opening mark at the very beginning drops its blank half, as it does on every later line.
    """

    def __init__(self, units: list[Unit], char_space: float, *, flush_start: bool) -> None:
        count = len(units)
        self.units = units
        self.count = count
        self.char_space = char_space
        self.flush_start = flush_start
        self.joints = [0.0] * (count + 1)
        self.breakable = [True] * (count + 1)
        self.stretchable = [True] * (count + 1)
        self.widths = [unit.width + unit.chars * char_space for unit in units]
        self._join()

    def _join(self) -> None:
        left = self.units[0]
        for place in range(1, self.count):
            right = self.units[place]
            if not (left.is_plain and right.is_plain):
                self.joints[place] = joint(left, right)
                self.breakable[place] = left.ends_line and right.starts_line
                self.stretchable[place] = not (left.is_word and right.is_word)
            if right.is_space and not left.ends_line:
                right = left  # a space does not free what stands before it
            left = right

    def start_blank(self, start: int) -> float:
        """Give the blank dropped at a line's head: an opening mark stands flush there."""
        return self.units[start].blank_left if start or self.flush_start else 0.0

    def width(self, start: int, end: int) -> float:
        """Sum a line's natural width, trailing spaces and the last mark's blank included."""
        inside = sum(self.widths[start:end]) + sum(self.joints[start + 1 : end])
        return inside - self.start_blank(start)

    def shown_joints(self, start: int, end: int) -> list[float]:
        """Give the spaces inside a line as they are set, gaps at their least."""
        return [GAP_SHOWN if space == GAP else space for space in self.joints[start + 1 : end]]

    def tail(self, end: int) -> float:
        """Give what a line ending at `end` may drop at its right edge: spaces, a mark's blank."""
        spaces = 0.0
        while end > 1 and self.units[end - 1].is_space:
            end -= 1
            spaces += self.widths[end]
        return spaces + self.units[end - 1].blank_right

    def next_legal(self, place: int) -> int:
        """Find the first place after `place` where a line may end."""
        return next(p for p in range(place + 1, self.count + 1) if self.breakable[p])

    def spots(self, start: int, end: int) -> list[int]:
        """List the places inside a line where it may be stretched: nowhere inside words."""
        stretchable = self.stretchable
        return [place for place in range(start + 1, end) if stretchable[place]]

    def squeezes(self, start: int, end: int, most: float) -> list[tuple[int, float]]:
        """List the places inside a line where blank may be taken away, with how much at most.

        A mark gives up to `most` of its blank half, unless that half is already shared with the
        mark beside it; a gap gives what it is fitted with beyond what is shown.
        """
        found: list[tuple[int, float]] = []
        for place in range(start + 1, end):
            left, right = self.units[place - 1], self.units[place]
            if left.is_plain and right.is_plain:
                continue
            space = self.joints[place]
            if space > 0:
                found.append((place, GAP - GAP_SHOWN))
            elif space == 0 and (left.blank_right or right.blank_left):
                found.append((place, min(left.blank_right + right.blank_left, most)))
        return found
