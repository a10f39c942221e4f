"""The code of one line of a report: eleven digits on the paper that lead back to its records.

3 2026 2 03 501  →  report 3, the third quarter of 2026, line 501
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from village_app.domain.periods import Period, PeriodKind, period_of

_KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "year")
_LENGTH = {"month": 1, "quarter": 3, "year": 12}
_CODE = re.compile(r"([1-9])(\d{4})([123])(\d{2})(\d{3})")


@dataclass(frozen=True, slots=True)
class LineCode:
    """Which report, of which period, and which of its lines (0 = the whole report)."""

    report: int
    period: Period
    line: int = 0

    def digits(self) -> str:
        """Write the code."""
        kind = self.period.kind
        place = (self.period.first.month - 1) // _LENGTH[kind] + 1
        year = self.period.first.year
        return f"{self.report}{year:04d}{_KINDS.index(kind) + 1}{place:02d}{self.line:03d}"


def read_code(text: str) -> LineCode | None:
    """Read a code as typed from the paper (blanks between do not matter); None for others."""
    found = _CODE.fullmatch("".join(text.split()))
    if found is None:
        return None
    report, year, kind_number, place, line = map(int, found.groups())
    kind = _KINDS[kind_number - 1]
    month = (place - 1) * _LENGTH[kind] + 1
    if not 1 <= month <= 12 or year < 1900:
        return None
    return LineCode(report, period_of(kind, date(year, month, 1)), line)
