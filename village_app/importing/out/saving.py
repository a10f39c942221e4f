"""Writes a workbook to its place so that there is either the whole file or none."""

from __future__ import annotations

import errno
import io
import os
import secrets
from pathlib import Path
from typing import Any

from village_app.errors import EnvironmentProblem


def save_workbook(book: Any, path: Path) -> None:
    """Write an openpyxl workbook beside its place and rename it; an old file is replaced."""
    content = io.BytesIO()
    book.save(content)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            file.write(content.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise _problem(error) from error
    finally:
        beside.unlink(missing_ok=True)


def _problem(error: OSError) -> EnvironmentProblem:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentProblem("disk_full", "磁盘已满，文件没有保存。请清理出空间，再保存一次。")
    return EnvironmentProblem(
        "cannot_save",
        "文件没有保存。同名的文件可能正开着，或这个文件夹不让写入。"
        "请关闭它，或换一个文件夹，再保存一次。",
    )
