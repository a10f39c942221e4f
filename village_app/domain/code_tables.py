"""Code tables of the national standards and of the village, as options with spoken forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from village_app.domain.kinds import Choice, Option
from village_app.domain.resources import load_json

TableName = Literal[
    "document",
    "education",
    "health",
    "life",
    "marriage",
    "member",
    "occupation",
    "people",
    "political",
    "registration",
    "relation",
    "residence",
    "sex",
]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One table: what it is called, which standard it follows, its options, words for nothing."""

    title: str
    source: str
    options: tuple[Option, ...]
    none: frozenset[str] = frozenset()

    def label(self, code: str | None) -> str:
        """Give the printed label of a code; blank for None, the code itself where unknown."""
        return next((option.label for option in self.options if option.code == code), code or "")


def plain_table(name: TableName) -> dict[str, Any]:
    """Read a table with everything that stands in it."""
    table: dict[str, Any] = load_json("rules", "codes", f"{name}.json")
    return table


@cache
def code_table(name: TableName) -> CodeTable:
    """Read a table that comes with the program."""
    plain = plain_table(name)
    options = tuple(
        Option(entry["code"], entry["label"], tuple(entry.get("spoken", ())))
        for entry in plain["options"]
    )
    return CodeTable(plain["title"], plain["source"], options, frozenset(plain.get("none", ())))


class CodeChoice(Choice):
    """A choice from a code table; words that mean "nothing" (未入学) read as blank."""

    def __init__(self, name: TableName) -> None:
        table = code_table(name)
        super().__init__(table.options)
        self.table = table

    def parse(self, raw: object) -> str | None:
        if isinstance(raw, str) and raw.strip() in self.table.none:
            return None
        return super().parse(_two_digits(raw, self.options))


def _two_digits(raw: object, options: tuple[Option, ...]) -> object:
    """Give a number cell its lost leading nought back where the codes have two digits: 1 → 01."""
    if not isinstance(raw, (int, float)) or any(len(option.code) != 2 for option in options):
        return raw
    return f"{int(raw):02d}"
