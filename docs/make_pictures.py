"""Make the pictures of the README again from the sample village: `python docs/make_pictures.py`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# Page title in the demonstration → file beside this script.
PICTURES = {
    "首页": "home",
    "诉求台账": "issues",
    "议事厅会议": "meetings",
    "项目公开": "projects",
    "公示公告": "notices",
    "导入居民": "import",
    "居民台账": "residents",
    "财务收支": "money",
}


def main() -> int:
    """Run the demonstration in a passing folder and keep the pictures of its pages."""
    from village_app.cli import main as command_line

    with tempfile.TemporaryDirectory() as place:
        code = command_line(["demo", place])
        for path in sorted(Path(place).glob("画面*.png")):
            name = PICTURES.get(path.stem.partition(" ")[2])
            if name is not None:
                shutil.copyfile(path, ROOT / "docs" / "pictures" / f"{name}.png")
    return code


if __name__ == "__main__":
    sys.exit(main())
