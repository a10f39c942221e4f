"""What is said about a row: problems with their place, and changes made while cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found about a field of a row: how grave, a code, a sentence, a sure suggestion.

    An error keeps the row from being imported until it is put right; a warning asks for a look.
    """

    field: str
    level: Level
    code: str
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaning:
    """One change made to what stood in a cell, or a value filled in from another: both shown."""

    field: str
    before: str
    after: str
    reason: str
