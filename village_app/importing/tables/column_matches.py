"""What was understood of the columns of a table, as values that are shown and remembered."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.importing.files.grid import column_letters
from village_app.importing.tables.headers import Heading
from village_app.importing.tables.layouts import MemberGroup


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What was understood of one column.

    `field` is None where nothing fits; then `role` may still say what it is (serial, signature).
    `member` counts the household member the column belongs to where members stand in columns,
    0 for the household and its head. `examples` are up to three different texts.
    """

    heading: Heading
    field: str | None
    confidence: float
    reason: str
    examples: tuple[str, ...] = ()
    role: str | None = None
    member: int = 0
    filled: int = 0
    chosen: bool = False

    @property
    def column(self) -> int:
        return self.heading.column

    @property
    def letters(self) -> str:
        return column_letters(self.heading.column)


@dataclass(frozen=True, slots=True)
class Matching:
    """All columns of a table with what they were taken for; `signature` marks their header."""

    columns: tuple[ColumnMatch, ...]
    signature: str
    members: tuple[MemberGroup, ...] = ()

    def column_of(self, field: str, member: int = 0) -> int | None:
        """Give the column of a field, counted from 0, or None."""
        return next(
            (
                match.column
                for match in self.columns
                if match.field == field and match.member == member
            ),
            None,
        )

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(match.field for match in self.columns if match.field)

    @property
    def unmatched(self) -> tuple[ColumnMatch, ...]:
        """List the columns with content that mean nothing to the target."""
        return tuple(
            match for match in self.columns if not match.field and not match.role and match.filled
        )

    @property
    def remembered(self) -> dict[str, str | None]:
        """Give the choices as they are remembered for the next file with this header."""
        return {match.heading.key: match.field for match in self.columns if match.heading.parts}


@dataclass(frozen=True, slots=True)
class Given:
    """What was decided for a column, now or for an earlier file, and why in words."""

    field: str | None
    reason: str
