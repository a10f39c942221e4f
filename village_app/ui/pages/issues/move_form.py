"""What the forms of a matter's moves share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.records.issues import Issue
from village_app.domain.kinds import DAY, LONG_TEXT, FieldDeclaration
from village_app.errors import Fault, InvalidInput
from village_app.ui.pages.form_dialog import Typed

REASON = FieldDeclaration("reason", "原因", LONG_TEXT, required=True)
NOTE = FieldDeclaration("note", "说明", LONG_TEXT)


@dataclass(frozen=True, slots=True)
class Form:
    """One move's form: title, button words, fields, what saves it, what is said then."""

    title: str
    words: str
    fields: tuple[FieldDeclaration, ...]
    save: Callable[[Typed], object]
    said: str
    values: dict[str, Any] | None = None


Maker = Callable[[Any, Issue], Form]


def field_of(model: Any, name: str, *, required: bool | None = None) -> FieldDeclaration:
    """Give a record's field for a form, with another requirement where one is told."""
    found: FieldDeclaration = model.declaration(name)
    if required is None:
        return found
    return FieldDeclaration(found.name, found.label, found.kind, required=required)


def day_typed(name: str, label: str, text: str) -> date:
    """Read a day; a blank one is a fault of its field."""
    found: date | None = DAY.parse(text)
    if found is None:
        raise InvalidInput([Fault(name, "required", f"{label}不能空。")])
    return found
