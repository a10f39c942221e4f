"""One figure against the one before: the difference, and its share where there is one.

A share of nothing is no number: from nought on there is only the difference, said in words.
"""

from __future__ import annotations

from dataclasses import dataclass

FROM_NOUGHT = "上期为零"
NONE = "无"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Now and before, as whole numbers of the same unit (件, 分)."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def share(self) -> int | None:
        """The difference in hundredths of a per cent of before, halves away from nought."""
        if self.before == 0:
            return None
        doubled, base = 2 * 10_000 * abs(self.difference), abs(self.before)
        rounded = (doubled + base) // (2 * base)
        return rounded if self.difference >= 0 else -rounded

    def share_words(self) -> str:
        """Write the share: +12.50%, -3.00%, 0.00%, 上期为零, 无."""
        share = self.share
        if share is None:
            return FROM_NOUGHT if self.now else NONE
        sign = "+" if share > 0 else "-" if share < 0 else ""
        whole, rest = divmod(abs(share), 100)
        return f"{sign}{whole}.{rest:02d}%"
