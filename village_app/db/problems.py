"""Turn failures of disks and of the database engine into sentences that say what to do.

The one place that does: whoever touches a file or the database passes the error through
`map_os_error` and raises what comes back.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from village_app.errors import EnvironmentProblem

MEGABYTE = 1024 * 1024

_BY_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
    errno.ENODEV: "gone",
    errno.ENXIO: "gone",
    errno.ESTALE: "gone",
    errno.EBUSY: "held",
    errno.ETXTBSY: "held",
    errno.EIO: "disk_error",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EFBIG: "file_too_large",
    errno.EISDIR: "name_taken",
    errno.ENOTEMPTY: "name_taken",
    errno.EEXIST: "name_taken",
    errno.EMFILE: "too_many_open",
    errno.ENFILE: "too_many_open",
    errno.ENOMEM: "no_memory",
}

# Windows tells more in `winerror` than in `errno`; numbers from "System Error Codes" (winerror.h).
_BY_WINERROR = {
    2: "gone",
    3: "gone",
    15: "gone",
    21: "gone",
    53: "gone",
    64: "gone",
    67: "gone",
    55: "gone",
    433: "gone",
    1167: "gone",
    5: "held_or_no_right",
    32: "held",
    33: "held",
    1224: "held",
    19: "read_only",
    39: "disk_full",
    112: "disk_full",
    1117: "disk_error",
    23: "disk_error",
    206: "name_too_long",
    111: "name_too_long",
    223: "file_too_large",
    183: "name_taken",
    80: "name_taken",
    8: "no_memory",
}

_BY_SQLITE = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_IOERR": "disk_error",
    "SQLITE_CANTOPEN": "cannot_open",
    "SQLITE_PERM": "no_right",
    "SQLITE_NOMEM": "no_memory",
    "SQLITE_PROTOCOL": "busy",
}

# Messages of the engine, for errors that reach us without their number (wrapped by peewee).
_BY_TEXT = (
    ("is full", "SQLITE_FULL"),
    ("readonly", "SQLITE_READONLY"),
    ("locked", "SQLITE_BUSY"),
    ("not a database", "SQLITE_NOTADB"),
    ("malformed", "SQLITE_CORRUPT"),
    ("could not decode to utf-8", "SQLITE_CORRUPT"),
    ("disk i/o error", "SQLITE_IOERR"),
    ("unable to open", "SQLITE_CANTOPEN"),
    ("out of memory", "SQLITE_NOMEM"),
)

_NO_TRANSACTION = "no transaction is active"

_SENTENCES = {
    "disk_full": "磁盘已经满了{needed}，原来的内容没有动。请删去不用的文件或换一个盘，再试一次。",
    "read_only": "这个位置只能读、不能写。请检查U盘的写保护开关，或换一个文件夹，再试一次。",
    "no_right": "没有权限使用“{name}”。请换一个文件夹，或请管电脑的人打开权限，再试一次。",
    "gone": "找不到“{name}”。U盘可能被拔出，或文件夹被移走；请接好以后再试一次。",
    "held": "“{name}”正被别的程序打开着。请关掉打开它的窗口（例如表格软件），再试一次。",
    "held_or_no_right": (
        "“{name}”正被别的程序打开着，或没有权限改动。请关掉打开它的窗口，或换一个文件夹，再试一次。"
    ),
    "disk_error": "读写磁盘时出错。U盘可能松动或损坏；请重新插好或换一个盘，再试一次。",
    "name_too_long": "文件名或文件夹的路径太长。请换一个短一些的名字或上一层文件夹，再试一次。",
    "file_too_large": (
        "文件太大，这个盘放不下单个这么大的文件{needed}。请换一个盘，或把U盘改成支持大文件的格式。"
    ),
    "name_taken": "已经有同名的“{name}”，不能用这个名字。请换一个名字，再试一次。",
    "too_many_open": "这台电脑同时打开的文件太多。请关掉一些程序，再试一次。",
    "no_memory": "这台电脑的内存不够了。请关掉一些程序，再试一次。",
    "busy": "数据正被另一个窗口或程序占用。请稍等几秒，再试一次。",
    "damaged": "数据文件有损坏的地方，或不是本程序的数据。请先做一次自检，再从备份恢复。",
    "cannot_open": "打不开“{name}”。请确认文件夹还在，并且有权限使用。",
    "unknown": "磁盘没有接受。请检查磁盘，或换一个位置，再试一次。",
}


def map_os_error(
    error: Exception, path: Path | str, doing: str, *, needed: int | None = None
) -> EnvironmentProblem:
    """Give the sentence for an `OSError` or an error of the database engine.

    `doing` is what was tried, as a phrase the sentence can start with (保存名单); `needed` is how
    many bytes it needs, where known. An error that is no fault of the machine (a constraint, a
    wrong statement) is our bug: it is raised again as it came.
    """
    code = problem_code(error)
    if code is None:
        raise error
    sentence = _SENTENCES[code].format(name=Path(path).name or str(path), needed=_needed(needed))
    return EnvironmentProblem(
        "held" if code == "held_or_no_right" else code,
        f"{doing}没有成功：{sentence}",
        path=str(path),
        needed=needed,
        errno=getattr(error, "errno", None),
    )


def problem_code(error: BaseException) -> str | None:
    """Say which problem of the machine an error is, None when it is none (our bug)."""
    if isinstance(error, OSError):
        code = _BY_WINERROR.get(getattr(error, "winerror", None) or 0)
        return code or _BY_ERRNO.get(error.errno or 0, "unknown")
    if isinstance(error, MemoryError):
        return "no_memory"
    for name in _sqlite_names(error):
        for start, code in _BY_SQLITE.items():
            if name == start or name.startswith(f"{start}_"):
                return code
    return None


def _sqlite_names(error: BaseException) -> Iterator[str]:
    """Give the engine's own names for an error and for those it wraps.

    After a full disk the engine rolls back by itself; the rollback that the layer above tries then
    fails in turn, and hides the reason behind it.
    """
    seen: BaseException | None = error
    while seen is not None:
        name = getattr(seen, "sqlite_errorname", None)
        text = str(seen).lower()
        if isinstance(name, str):
            yield name
            if _NO_TRANSACTION not in text:
                return
        elif type(seen).__name__ in {"DatabaseError", "OperationalError", "InternalError"}:
            yield from (each for mark, each in _BY_TEXT if mark in text)
        seen = seen.__cause__ or seen.__context__


def _needed(count: int | None) -> str:
    if count is None:
        return ""
    return f"（大约需要 {megabytes(count)} MB）"


def megabytes(count: int) -> int:
    """Round bytes up to whole megabytes, at least one."""
    return max(1, -(-count // MEGABYTE))
