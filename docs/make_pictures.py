"""Make the pictures of the README and of the help again: `python docs/make_pictures.py`.

They show 示范村, made anew for this day by the program itself.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# Page → file beside this script. The help gets every page under its topic.
PICTURES = ("home", "issues", "meetings", "projects", "notices", "import", "residents", "money")
SIZE = (1366, 768)
HELP_WIDTH = 800


def main() -> int:
    """Make the sample village in a passing folder and keep the pictures of its pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from village_app.demo.sample_village import open_sample_village
    from village_app.ui.pages import entries
    from village_app.ui.portraits import Portraits
    from village_app.window_village import WindowVillage

    pictures, help_ = ROOT / "docs" / "pictures", ROOT / "resources" / "help" / "pictures"
    for folder in (pictures, help_):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        village = WindowVillage(open_sample_village(Path(place) / "示范村"))
        portraits = Portraits(village, entries())
        for entry in portraits.entries:
            if entry.under:
                continue
            path = pictures / f"{entry.key}.png"
            portraits.save(entry.key, path, SIZE)
            page = portraits.shell.page()
            if page is not None:
                shrink(path, help_ / f"{page.topic}.png")
            if entry.key not in PICTURES:
                path.unlink()
        portraits.shell.leave()
        village.close()
    return 0


def shrink(source: Path, target: Path) -> None:
    """Keep a picture small enough to travel in the help."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    image = QImage(str(source))
    image.scaledToWidth(HELP_WIDTH, Qt.TransformationMode.SmoothTransformation).save(str(target))


if __name__ == "__main__":
    sys.exit(main())
