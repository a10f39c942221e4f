"""Where the files that come with the program lie: fonts, rules, calendars, sample village."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Give the path of a file or folder under `resources/`.

    Looked for in a built program, beside the package (a checkout), and inside the package
    (an installed wheel), in this order; the first that exists is taken.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen)] if frozen else []
    roots += [package.parent, package]
    candidates = [root.joinpath("resources", *parts) for root in roots]
    return next((path for path in candidates if path.exists()), candidates[0])
