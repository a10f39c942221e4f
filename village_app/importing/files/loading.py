"""A file from a disk into memory: at once and whole, or refused in a sentence."""

from __future__ import annotations

import stat
from pathlib import Path

from village_app.errors import EnvironmentProblem, Refused
from village_app.importing.files import limits
from village_app.importing.files.preflight import check_name, check_size


def load_file(path: Path) -> bytes:
    """Read a file into memory at once, so that it may be closed, unplugged or changed after.

    Refuses folders, devices and pipes (which may never end) without opening them, and more bytes
    than a table can have; `EnvironmentProblem` where the machine does not let us read.
    """
    check_name(path.name)
    try:
        _check_kind(path)
        with path.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
    except PermissionError as error:
        raise EnvironmentProblem(
            "file_in_use",
            "打不开这个文件，它可能正被 WPS 表格或 Excel 使用，也可能没有读取权限。"
            "请关闭它，或另存一份到桌面，再导入。",
        ) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EnvironmentProblem(
            "file_unreadable",
            f"找不到“{path.name}”。请检查名字有没有写错、U 盘是否插好，再导入。",
        ) from error
    except OSError as error:
        raise EnvironmentProblem(
            "file_unreadable",
            f"读不出“{path.name}”。U 盘可能松动了，请重新插好，或复制一份到桌面，再导入。",
        ) from error
    check_size(len(data))
    return data


def _check_kind(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise Refused("folder", f"“{path.name}”是文件夹，请选里面的那个表格。")
    if not stat.S_ISREG(mode):
        raise Refused(
            "no_file", f"“{path.name}”不是文件，是设备或管道，没有打开。请选一个表格文件。"
        )
