"""What a list holds: columns and rows as values, the same for screen, export and command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from village_app.domain.kinds import FieldDeclaration, Kind, Sensitivity


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list: key of the value, label, kind, width in characters for exports."""

    key: str
    label: str
    kind: Kind
    width: float = 12
    sensitivity: Sensitivity = "public"
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class ListRow:
    """One fetched row: the record's id and its values by column key."""

    id: int
    values: dict[str, Any]


def column_of(declaration: FieldDeclaration, *, width: float | None = None) -> ListColumn:
    """Make a list column from a field's declaration."""
    return ListColumn(
        key=declaration.name,
        label=declaration.label,
        kind=declaration.kind,
        width=width or declaration.kind.spreadsheet.width,
        sensitivity=declaration.sensitivity,
    )
