"""Where the files that travel with the program lie."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Give the path of a bundled file, from the source tree or from a built program.

    Example: `resource("fonts", "GSHei.ttf")`.
    """
    packed = getattr(sys, "_MEIPASS", None)
    root = Path(packed) if packed else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)
