"""The values of a village's own fields, kept beside a record as one JSON text by field id."""

from __future__ import annotations

import json
from collections.abc import Mapping


def read_own(kept: str | None) -> dict[str, str]:
    """Read the kept text: field id → text as it is shown; nothing for a blank one."""
    if not kept:
        return {}
    found = json.loads(kept)
    return {str(key): str(value) for key, value in found.items()}


def write_own(values: Mapping[str, str]) -> str | None:
    """Write values to be kept, in the order of their ids; None where there are none."""
    filled = {key: values[key] for key in sorted(values) if values[key]}
    return json.dumps(filled, ensure_ascii=False) if filled else None
