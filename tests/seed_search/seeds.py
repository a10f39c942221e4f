"""What is sought: every name, number and phone that was written into a record during the run.

The tests need not share their people for that: what goes through a change of the journal is noted
by the kind of its field. To these come the people of the shipped rosters, which other processes
bring in. Sign-in names are no secret, they stand at the door.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from village_app.db.fields import Record
from village_app.db.journal import Change
from village_app.db.records.house import UserAccount
from village_app.domain.kind import FieldDeclaration
from village_app.domain.kinds_people import (
    BankAccount,
    DocumentNumber,
    IdentityNumber,
    PersonName,
    Phone,
    Phones,
)

_SOUGHT = (BankAccount, DocumentNumber, IdentityNumber, PersonName, Phone, Phones)
# Two characters are an ordinary word too often, and fewer than eleven digits an amount.
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{3,12}")
_NUMBER = re.compile(r"\d{11,19}[Xx]?")


@dataclass(slots=True)
class Seeds:
    """Names and numbers that must not be found, and the sign-in names that may."""

    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    users: set[str] = field(default_factory=set)

    def note(self, model: type[Record], values: Mapping[str, Any]) -> None:
        """Note what of a record's values is personal by its kind."""
        for declaration in _sought(model):
            value = values.get(declaration.name)
            if not value:
                continue
            if model is UserAccount:
                self.users.add(str(value))
            else:
                self.add(value if isinstance(value, list | tuple) else (value,))

    def add(self, values: Iterable[object]) -> None:
        for text in map(str, values):
            self.names.update(_NAME.findall(text))
            self.numbers.update(_NUMBER.findall(text))

    def sought_names(self) -> frozenset[str]:
        return frozenset(self.names - self.users)

    def save(self, path: Path) -> None:
        """Keep them for the process that searches."""
        kept = {"names": [*self.names], "numbers": [*self.numbers], "users": [*self.users]}
        path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    def join(self, path: Path) -> None:
        """Add what another process of the same run noted."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        self.names.update(kept["names"])
        self.numbers.update(kept["numbers"])
        self.users.update(kept["users"])


def watch_changes(seeds: Seeds) -> None:
    """Note from now on what this process writes through the journal."""
    insert_rows, update = Change.insert_rows, Change.update

    def watched_rows(
        change: Change, model: type[Record], rows: Iterable[Mapping[str, Any]]
    ) -> list[int]:
        def noted() -> Iterator[Mapping[str, Any]]:
            for row in rows:
                seeds.note(model, row)
                yield row

        return insert_rows(change, model, noted())

    def watched_update(change: Change, record: Record, **values: Any) -> Any:
        seeds.note(type(record), values)
        return update(change, record, **values)

    # The only place through which records are written (tests/test_architecture.py).
    Change.insert_rows = watched_rows  # type: ignore[method-assign, assignment]
    Change.update = watched_update  # type: ignore[method-assign, assignment]


def _sought(model: type[Record]) -> tuple[FieldDeclaration, ...]:
    if model not in _FIELDS:
        _FIELDS[model] = tuple(
            one
            for one in model.declarations()
            if isinstance(one.kind, _SOUGHT) or (model is UserAccount and one.name == "name")
        )
    return _FIELDS[model]


_FIELDS: dict[type[Record], tuple[FieldDeclaration, ...]] = {}
