"""What we know of the machine we run on: its name, who is logged in, and when it was started.

The sign-in page asks for the start alone, so what the names need is imported with them.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_PR_SET_DUMPABLE = 4


def machine_name() -> str:
    """Give the name of this computer as its owner knows it."""
    import platform

    return platform.node() or "这台电脑"


def system_user() -> str:
    """Give the name under which the operating system knows who sits here."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, or no account data base at all
        return "未知用户"


def boot_id() -> str:
    """Give a mark that changes with every start of the machine; blank where there is none."""
    if sys.platform == "win32":
        return ""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def keep_no_core_dump() -> None:
    """Let no crash of this process write its memory, and with it names and keys, to the disk (I05).

    POSIX keeps no core file, Linux lets no other process of the user read this one's memory
    either; Windows is asked to send no error report of this program.
    """
    if sys.platform == "win32":
        _keep_no_error_report()
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _keep_no_error_report() -> None:
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.windll.wer.WerAddExcludedApplication(  # type: ignore[attr-defined, unused-ignore]
            Path(sys.executable).name, 0
        )
