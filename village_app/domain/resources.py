"""Reading the data that travels with the program: rules, calendars, characters."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from village_app.resources import resource as resource_path

__all__ = ["load_json", "resource_path"]


@cache
def load_json(*parts: str) -> Any:
    """Read one JSON file under `resources/`; the answer is shared, so nobody may change it."""
    return json.loads(resource_path(*parts).read_text(encoding="utf-8"))
