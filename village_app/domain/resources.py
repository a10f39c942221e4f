"""Where the data that comes with the program lies: rules, calendars, characters, fonts."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any


def resource_path(*parts: str) -> Path:
    """Give the path of a file or folder under `resources/`, in a checkout or a built program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)


@cache
def load_json(*parts: str) -> Any:
    """Read one JSON file under `resources/`; the answer is shared, so nobody may change it."""
    return json.loads(resource_path(*parts).read_text(encoding="utf-8"))
