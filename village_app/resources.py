"""Where the files that travel with the program lie: fonts, icons, tables, rule sets, help texts."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

from village_app.errors import EnvironmentProblem

PACKAGE = Path(__file__).resolve().parent


@functools.cache
def resource_folder() -> Path:
    """Find the folder of a frozen program, of an installed package, or of a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    installed = PACKAGE / "resource_files"
    return installed if installed.is_dir() else PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """Give the path of what travels with the program, as `resource("fonts", "GSHei.ttf")`.

    Refuses (`EnvironmentProblem`, code "missing_resource") what is not there.
    """
    path = resource_folder().joinpath(*parts)
    if not path.exists():
        name = "/".join(parts)
        message = f"程序的文件不全，少了 {name}。请重新安装共治通，村里的数据不受影响。"
        raise EnvironmentProblem("missing_resource", message, name=name)
    return path
