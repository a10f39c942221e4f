"""Field kinds: how a value is read, shown, masked, sorted and written into a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Align = Literal["left", "right", "center"]


class Unreadable(ValueError):
    """What was typed is not a value of the kind; says what is wrong and what would be right."""

    def __init__(self, code: str, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class SpreadsheetFormat:
    """How a column of this kind stands in a spreadsheet: number format, width in characters."""

    number_format: str = "General"
    width: float = 14
    as_text: bool = False


class Kind:
    """The behaviour of one kind of value; an instance has no state of its own.

    `storage` is what the database holds: "text" or "integer".
    `parse` takes what people type or a spreadsheet holds and returns the stored Python value,
    None for blank, or raises `Unreadable`.
    """

    name: ClassVar[str] = ""
    storage: ClassVar[Literal["text", "integer"]] = "text"
    align: ClassVar[Align] = "left"
    spreadsheet: ClassVar[SpreadsheetFormat] = SpreadsheetFormat()

    def parse(self, raw: object) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Write the value as the screen and internal papers show it; blank for None."""
        return "" if value is None else str(value)

    def mask(self, value: Any) -> str:
        """Write the value as someone may see it who must not see all of it."""
        return self.show(value)

    def sort_key(self, value: Any) -> Any:
        return (value is None, value)

    def for_spreadsheet(self, value: Any) -> Any:
        """Give the cell value: a number, a date, or text."""
        return value

    def to_database(self, value: Any) -> Any:
        """Give what the database holds for a value that is not None."""
        return value

    def from_database(self, raw: Any) -> Any:
        """Give the value for what the database holds."""
        return raw


Sensitivity = Literal["public", "personal", "sensitive"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the stored code, the printed label, other words people write for it."""

    code: str
    label: str
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """All that form, list, filter, import, export, history and privacy gate know of a field."""

    name: str
    label: str
    kind: Kind
    required: bool = False
    sensitivity: Sensitivity = "public"
    synonyms: tuple[str, ...] = ()
    purpose: str = ""
    hint: str = ""
    in_form: bool = True


def options_of(pairs: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """Make plain options from (code, label) pairs."""
    return tuple(Option(code, label) for code, label in pairs)
