"""Pictures of the pages of the sample village, taken without a screen."""

from __future__ import annotations

import os
from pathlib import Path

from village_app.db.journal import Clock
from village_app.demo.sample import CLERK
from village_app.demo.stage import SAMPLE_PASSWORD
from village_app.opening import open_village

SIZE = (1366, 768)


def take_pictures(data: Path, out: Path, clock: Clock) -> list[Path]:
    """Open the sample village in a window offscreen, on its own day, and save each page as PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from village_app.ui.pages import entries
    from village_app.ui.portraits import Portraits
    from village_app.window_village import WindowVillage

    village = WindowVillage(open_village(data, CLERK, SAMPLE_PASSWORD, clock=clock))
    try:
        portraits = Portraits(village, entries())
        return portraits.save_all(out, SIZE)
    finally:
        village.close()
