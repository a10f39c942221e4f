"""Reading typed values by a record's declaration: all faults at once, never one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.fields import Record
from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.errors import Fault, InvalidInput


def read_values(
    model: type[Record], typed: Mapping[str, Any], *, partly: bool = False
) -> dict[str, Any]:
    """Turn what was typed into stored values.

    Raises `InvalidInput` with a fault for every unreadable or missing required field. `partly`
    checks only the given fields (a correction), otherwise blanks of required fields are faults.
    """
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for declared in model.declarations():
        if declared.name not in typed and partly:
            continue
        value, fault = _read(declared, typed.get(declared.name))
        if fault is not None:
            faults.append(fault)
        elif declared.name in typed:
            values[declared.name] = value
    if faults:
        raise InvalidInput(faults)
    return values


def _read(declared: FieldDeclaration, typed: Any) -> tuple[Any, Fault | None]:
    try:
        value = declared.kind.parse(typed)
    except Unreadable as error:
        return None, Fault(declared.name, error.code, error.message, error.suggestion)
    if value is None and declared.required:
        return None, Fault(declared.name, "required", f"{declared.label}不能空。")
    return value, None
