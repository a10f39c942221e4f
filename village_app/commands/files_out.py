"""Where a verb may write a spreadsheet: looked at before anything else is done."""

from __future__ import annotations

from pathlib import Path

from village_app.errors import Refused

ENDING = ".xlsx"


def check_spreadsheet_target(path: Path, source: Path | None = None) -> None:
    """Refuse a place where no spreadsheet can be written, or the file that is being read."""
    if path.is_dir():
        raise Refused("folder", f"“{path.name}”是文件夹，请在后面写上表格的名字。")
    if path.suffix.lower() != ENDING:
        better = path.with_suffix(ENDING).name
        raise Refused("not_xlsx", f"清单只写成 {ENDING} 表格，请把“{path.name}”改成“{better}”。")
    if not path.absolute().parent.is_dir():
        raise Refused("no_folder", f"没有“{path.parent}”这个文件夹，请先建好，或换一个地方。")
    if source is not None and path.exists() and path.samefile(source):
        raise Refused("same_file", "这是正在导入的表格，不能写在它上面，请换一个名字。")
