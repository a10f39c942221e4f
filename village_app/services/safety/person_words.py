"""The words that name one person, told from those of others: found in texts and taken out of them.

何强 is not meant where 何强志 is written and such a person is registered; a telephone that somebody
else of the register shares stays his; and where a second person bears the same name, the name alone
says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

from village_app.db.engine import Store

CLEARED = "已清除"
IN_TEXT = "（已清除）"
_NUMBERS = ("id_number", "phone", "other_phones", "bank_account")
_SHORTEST_NUMBER = 7


class PersonWords:
    """One person's name and numbers; `is_shared` says that another person bears the name too."""

    def __init__(
        self, name: str, numbers: Iterable[str], *, longer: Iterable[str] = (), is_shared: bool
    ) -> None:
        self.name = name
        self.numbers = tuple(numbers)
        self.is_shared = is_shared
        others = sorted(longer, key=len, reverse=True)
        own = sorted((name, *self.numbers), key=len, reverse=True)
        self._pattern = re.compile(
            "|".join([*map(re.escape, others), f"(?P<own>{'|'.join(map(re.escape, own))})"])
        )

    @classmethod
    def of(cls, store: Store, person: int, values: Mapping[str, Any]) -> Self:
        """Make them from a person's id and values as the database holds them."""
        name = str(values["name"])
        kept = [str(values.get(field) or "") for field in _NUMBERS]
        numbers = {one for text in kept for one in re.findall(r"[0-9A-Za-z]+", text)}
        rows = store.sql(
            "SELECT name FROM resident WHERE id <> ? AND instr(name, ?) > 0", (person, name)
        )
        found = {str(row[0]) for row in rows}
        return cls(
            name,
            sorted(
                one
                for one in numbers
                if len(one) >= _SHORTEST_NUMBER and not _is_of_others(store, person, one)
            ),
            longer=found - {name},
            is_shared=name in found,
        )

    @property
    def all(self) -> tuple[str, ...]:
        return (self.name, *self.numbers)

    def are_in(self, text: str) -> bool:
        """Say whether the person's name or a number of his stands in a text."""
        return any(match["own"] for match in self._pattern.finditer(text))

    def a_number_is_in(self, text: str) -> bool:
        return any(number in text for number in self.numbers)

    def taken_out_of(self, text: str) -> str:
        """Give the text with a mark in their place; a text that is nothing else becomes it."""
        if text in self.all:
            return CLEARED
        return self._pattern.sub(lambda match: IN_TEXT if match["own"] else match[0], text)


def _is_of_others(store: Store, person: int, number: str) -> bool:
    found = store.scalar(
        "SELECT count(*) FROM resident WHERE id <> ? AND (instr(id_number, ?) OR instr(phone, ?) "
        "OR instr(other_phones, ?) OR instr(bank_account, ?))",
        (person, number, number, number, number),
    )
    return bool(found)
