"""A typed day as a value: what was written, what was filled in, what remains in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Lean = Literal["near", "past", "future"]


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What was typed: a day, or only a month (`day` None) or a year (`month` None), with doubts."""

    year: int
    month: int | None = None
    day: int | None = None
    doubts: tuple[str, ...] = ()

    @property
    def value(self) -> date | None:
        """The full day, or None where only a month or a year was written."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def typed(day: date, *doubts: str) -> TypedDate:
    """Make the value of a whole day."""
    return TypedDate(day.year, day.month, day.day, doubts)


def choose(candidates: list[TypedDate], today: date, lean: Lean, what_is_missing: str) -> TypedDate:
    """Take the candidate that the lean asks for among those that exist; say so as a doubt."""
    real = [found for found in candidates if exists(found)]
    days = [found.value for found in real if found.value is not None]
    if not days:
        return candidates[1]
    if lean == "past":
        days = [day for day in days if day <= today] or days
    if lean == "future":
        days = [day for day in days if day >= today] or days
    chosen = min(days, key=lambda day: (abs((day - today).days), day < today))
    same = (chosen.year, chosen.month) == (today.year, today.month)
    is_plain = same if what_is_missing == "没有写月份" else chosen.year == today.year
    doubts = () if is_plain else (f"{what_is_missing}，按 {chosen.isoformat()} 算",)
    return typed(chosen, *doubts)


def exists(found: TypedDate) -> bool:
    """Tell whether a whole day was written that the calendar has."""
    try:
        return found.value is not None
    except ValueError:
        return False
