"""What a kind of value is: read, shown, masked, sorted, kept and written into a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Align = Literal["left", "right", "center"]
Sensitivity = Literal["public", "personal", "sensitive"]


@dataclass(frozen=True, slots=True)
class SpreadsheetFormat:
    """How a column of this kind stands in a spreadsheet: number format, width in characters.

    `as_text` makes the cell a text cell, so that no digit of a long number is lost.
    """

    number_format: str = "General"
    width: float = 14
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look again at a value that can be read and kept."""

    code: str
    message: str


class Kind:
    """The behaviour of one kind of value.

    `storage` is what the database holds: "text" or "integer".
    `parse` takes what people type (a text) or a spreadsheet holds (a number, a day, a moment)
    and returns the Python value, None for blank, or raises `Unreadable`. A number handed over as
    int, float or Decimal stands for a number cell, a text for a text cell: long numbers differ.
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
        """Write the value as someone may see it on screen who must not see all of it."""
        return self.show(value)

    def doubts(self, value: Any, raw: object = None) -> tuple[Doubt, ...]:
        """Say what is odd about a value that `parse` made of `raw`; most kinds doubt nothing."""
        del value, raw
        return ()

    def sort_key(self, value: Any) -> Any:
        """Give a key that sorts values of this kind as people expect, blanks last."""
        return (value is None, value)

    def for_spreadsheet(self, value: Any) -> Any:
        """Give the cell value: a number, a date, or text."""
        return value

    def to_database(self, value: Any) -> Any:
        """Give what the database keeps: a text or an integer, None for blank."""
        return value

    def from_database(self, raw: Any) -> Any:
        """Give the Python value back from what the database keeps."""
        return raw


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
