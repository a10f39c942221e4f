"""The village's own fields of people: added without coding, in form, search, import and export.

A field's values lie in `Resident.extra` as the texts they are shown as, by the field's id, so
that a search for any text finds them; everywhere else a field is an ordinary declaration.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from village_app.db.records.residents import Resident
from village_app.db.records.upkeep import OwnField
from village_app.domain.kinds import (
    COUNT,
    DAY,
    FLAG,
    MONEY,
    TEXT,
    Choice,
    FieldDeclaration,
    Kind,
    Unreadable,
    options_of,
)
from village_app.domain.own_values import read_own, write_own
from village_app.errors import Fault, InvalidInput
from village_app.services.checking import read_values
from village_app.services.session import Service, permitted

PREFIX = "own_"
_KINDS: Mapping[str, Kind] = {"text": TEXT, "count": COUNT, "day": DAY, "money": MONEY,
                              "flag": FLAG}  # fmt: skip
_SEPARATORS = re.compile(r"[、,，;；\s]+")


class OwnFields(Service):
    """Adds, renames and ends fields; gives them as declarations with their values."""

    @permitted("residents.read")
    def listed(self) -> list[OwnField]:
        """List the fields in use, in their order."""
        query = self.store.select(OwnField).where(OwnField.ended_on.is_null())
        return self.store.rows(query.order_by(OwnField.position, OwnField.id))

    @permitted("residents.read")
    def declared(self) -> tuple[FieldDeclaration, ...]:
        """Give the fields in use as declarations, named own_ and their id."""
        return tuple(_declaration(field) for field in self.listed())

    @permitted("settings.edit")
    def add(self, typed: Mapping[str, Any]) -> OwnField:
        """Add a field; refuses a name that a person's field has already."""
        values = self._checked(typed, None)
        values["position"] = self.store.select(OwnField).count() + 1
        with self.session.change(f"新增自设项目 {values['name']}") as change:
            field: OwnField = change.insert(OwnField(**values))
        return field

    @permitted("settings.edit")
    def correct(self, field: OwnField, typed: Mapping[str, Any]) -> OwnField:
        """Rename a field or change its choices; what was written stays."""
        values = self._checked({"kind": field.kind, **typed}, field)
        with self.session.change(f"修改自设项目 {field.name}") as change:
            corrected: OwnField = change.update(field, **values)
        return corrected

    @permitted("settings.edit")
    def end(self, field: OwnField) -> OwnField:
        """Take a field out of use; its values are kept and come back with an undo."""
        with self.session.change(f"停用自设项目 {field.name}") as change:
            ended: OwnField = change.update(field, ended_on=self.session.today())
        return ended

    @permitted("residents.read")
    def values(self, resident: Resident) -> dict[str, Any]:
        """Give a person's values by declaration name; a value that no longer fits stays a text."""
        return OwnFieldReader(self.declared()).values(resident)

    @permitted("residents.edit")
    def typed(self, typed: Mapping[str, Any], before: str | None) -> dict[str, str | None]:
        """Read what was typed into own fields; gives the column to store, nothing if none was.

        Raises `InvalidInput` with all faults. A blank one takes the value away.
        """
        faults: list[Fault] = []
        values: dict[str, str] = {}
        for declared in self.declared():
            if declared.name not in typed:
                continue
            raw = typed[declared.name]
            try:
                # A form hands over what it has read already; only texts are read here.
                value = declared.kind.parse(raw) if isinstance(raw, str) else raw
            except Unreadable as error:
                faults.append(Fault(declared.name, error.code, error.message, error.suggestion))
                continue
            shown = "" if value is None else declared.kind.show(value)
            values[declared.name.removeprefix(PREFIX)] = shown
        if faults:
            raise InvalidInput(faults)
        return {"extra": write_own({**read_own(before), **values})} if values else {}

    def _checked(self, typed: Mapping[str, Any], field: OwnField | None) -> dict[str, Any]:
        values = read_values(OwnField, {"kind": "text", **typed}, partly=field is not None)
        faults = []
        name = str(values.get("name") or "")
        taken = {declared.label for declared in Resident.declarations()}
        taken |= {one.name for one in self.listed() if field is None or one.id != field.id}
        if name in taken:
            faults.append(Fault("name", "taken", f"已经有“{name}”这一项了，请换个名称。"))
        if values.get("kind") == "choice" and len(_words(values.get("choices"))) < 2:
            faults.append(Fault("choices", "choices", "请写至少两项，用顿号隔开。"))
        if faults:
            raise InvalidInput(faults)
        return values


class OwnFieldReader:
    """Reads the values of many people against one list of fields."""

    def __init__(self, declared: tuple[FieldDeclaration, ...]) -> None:
        self.declared = declared

    def values(self, resident: Resident) -> dict[str, Any]:
        """Give a person's values by declaration name."""
        if not self.declared or not resident.extra:
            return {}
        kept = read_own(resident.extra)
        return {
            declared.name: _parsed(declared.kind, kept[key])
            for declared in self.declared
            if (key := declared.name.removeprefix(PREFIX)) in kept
        }


def _declaration(field: OwnField) -> FieldDeclaration:
    kind = _KINDS.get(field.kind) or Choice(
        options_of(tuple((word, word) for word in _words(field.choices)))
    )
    return FieldDeclaration(f"{PREFIX}{field.id}", field.name, kind, sensitivity="personal")


def _words(choices: str | None) -> list[str]:
    return [word for word in dict.fromkeys(_SEPARATORS.split(choices or "")) if word]


def _parsed(kind: Kind, text: str) -> Any:
    try:
        return kind.parse(text)
    except Unreadable:
        return text
