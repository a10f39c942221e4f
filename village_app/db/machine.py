"""What we know of the machine we run on: its name, who is logged in, and when it was started.

The sign-in page asks for the start alone, so what the names need is imported with them.
"""

from __future__ import annotations

import sys
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


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
