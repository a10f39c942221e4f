"""Where the user's own village lies when nobody names a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def own_folder() -> Path:
    """Give the user's own data folder, where the window keeps its village."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "共治通"
