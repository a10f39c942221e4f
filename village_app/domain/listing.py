"""What a list shows and how it is fetched: the same value for screen, export and command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from village_app.domain.kinds import Align, FieldDeclaration, Kind, Sensitivity


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list: key of the value, label, kind, width in characters.

    `is_light` values are `Light`s (shape and word); `second` is the key of a small second line.
    """

    key: str
    label: str
    kind: Kind
    width: float = 12
    sensitivity: Sensitivity = "public"
    sortable: bool = True
    is_light: bool = False
    second: str = ""
    shown: bool = True

    @property
    def align(self) -> Align:
        return self.kind.align


@dataclass(frozen=True, slots=True)
class Light:
    """A state as shape and word; kinds: over, today, soon, ok, done, hold, new, same, dup, fault."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One fetched row: the record's id and its values by column key."""

    id: int
    values: dict[str, Any]


class ListSource(Protocol):
    """A list that is counted, sorted and fetched window by window, never as a whole."""

    columns: Sequence[ListColumn]

    def count(self) -> int: ...

    def ids(self) -> list[int]: ...

    def window(self, first: int, count: int) -> list[ListRow]: ...

    def sort(self, key: str, *, descending: bool) -> None: ...

    def sorted_by(self) -> tuple[str, bool]: ...


def column_of(declaration: FieldDeclaration, *, width: float | None = None) -> ListColumn:
    """Make a list column from a field's declaration."""
    return ListColumn(
        key=declaration.name,
        label=declaration.label,
        kind=declaration.kind,
        width=width or declaration.kind.spreadsheet.width,
        sensitivity=declaration.sensitivity,
    )
