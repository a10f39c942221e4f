"""What the operating system must bring: libraries, test tools, a screen; and how it gets them."""

from __future__ import annotations

import ctypes
import functools
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from first_start.telling import Progress, follow, say

Use = Literal["base", "screen", "print"]


class Library(NamedTuple):
    """A system library: its file, its Debian package, and what it is needed for.

    Without one for "print" nothing fails, the list of printers is just empty.
    """

    file: str
    package: str
    use: Use


# Qt names one missing library at a time, and for the screen's ones it aborts with a wrong name;
# so all are looked for before Qt is loaded.
LIBRARIES = (
    Library("libGL.so.1", "libgl1", "base"),
    Library("libEGL.so.1", "libegl1", "base"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "base"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "base"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "base"),
    Library("libfontconfig.so.1", "libfontconfig1", "base"),
    Library("libfreetype.so.6", "libfreetype6", "base"),
    Library("libX11.so.6", "libx11-6", "base"),
    Library("libdbus-1.so.3", "libdbus-1-3", "base"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "screen"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "screen"),
    Library("libxcb-image.so.0", "libxcb-image0", "screen"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "screen"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "screen"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "screen"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "screen"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "screen"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "screen"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "screen"),
    Library("libcups.so.2", "libcups2", "print"),
)


class Tool(NamedTuple):
    """A command that some tests use and skip without: its name and its Debian package."""

    command: str
    package: str


TEST_TOOLS = (
    Tool("Xvfb", "xvfb"),
    Tool("openbox", "openbox"),
    Tool("xdotool", "xdotool"),
    Tool("xprop", "x11-utils"),
    Tool("pdftoppm", "poppler-utils"),
    Tool("qpdf", "qpdf"),
)


def loads(file: str) -> bool:
    """Tell whether the system's loader finds this library."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def missing_libraries(
    uses: Iterable[Use], is_there: Callable[[str], bool] = loads
) -> list[Library]:
    """List the libraries for these uses that a Linux system lacks, in the table's order."""
    if sys.platform != "linux":
        return []
    wanted = set(uses)
    return [
        library for library in LIBRARIES if library.use in wanted and not is_there(library.file)
    ]


def find_command(name: str) -> str | None:
    """Give the place of a command in PATH."""
    import shutil

    return shutil.which(name)


def missing_tools(is_there: Callable[[str], object] = find_command) -> list[Tool]:
    """List the test tools that are not there."""
    if sys.platform != "linux":
        return []
    return [tool for tool in TEST_TOOLS if not is_there(tool.command)]


def packages_of(items: Iterable[Library | Tool]) -> list[str]:
    """Name the Debian packages once each, in order."""
    return list(dict.fromkeys(item.package for item in items))


def has_display(environment: Mapping[str, str]) -> bool:
    """Tell whether a screen is named, or Qt is told which platform to use (`QT_QPA_PLATFORM`)."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(environment.get(name) for name in names)


def display_answers(environment: Mapping[str, str]) -> bool:
    """Tell whether the X server behind DISPLAY answers; True where X is not asked for.

    Qt aborts on a dead one. Needs libX11, so it is asked after the libraries.
    """
    if sys.platform != "linux" or not environment.get("DISPLAY"):
        return True
    if environment.get("WAYLAND_DISPLAY") or environment.get("QT_QPA_PLATFORM"):
        return True
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if display:
        x11.XCloseDisplay(display)
    return bool(display)


NO_DISPLAY = """\
这里没有可用的屏幕，窗口打不开。
请在电脑的桌面里打开终端，再运行 ./run。
没有桌面，也能看到它做出来的东西：运行 ./run demo 输出文件夹，
会做出一个样例村，把各种公示、台账和页面图片放进那个文件夹。"""


def apt_line(packages: Sequence[str]) -> str:
    """Write the one line that a person types to install these packages."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def may_install() -> bool:
    """Tell whether we are root on a system with apt."""
    return sys.platform == "linux" and os.geteuid() == 0 and bool(find_command("apt-get"))


def apt_install(needed: Sequence[str], extra: Sequence[str]) -> None:
    """Update apt's lists and install both groups; the caller probes again to see what came of it.

    They go in separately, so that an extra that cannot be had does not hold up what is needed.
    """
    follow(("apt-get", "-q", "update"), "apt-update.log")
    for packages, record in ((needed, "apt-install.log"), (extra, "apt-extra.log")):
        if not packages:
            continue
        say(f"    要装的：{'、'.join(packages)}")
        progress = Progress("正在装")
        command = ("apt-get", "-q", "install", "-y", "--no-install-recommends", *packages)
        follow(command, record, functools.partial(read_apt, progress))
        progress.end()


def read_apt(progress: Progress, line: str) -> None:
    """Learn from a line of apt how many packages there are, or which one is being set up."""
    total = re.search(r"(\d+) newly installed", line)
    if total:
        progress.total = int(total[1])
    set_up = re.match(r"Setting up ([\w.+-]+)", line)
    if set_up:
        progress.count(set_up[1])


def missing_sentence(packages: Sequence[str], *, tried: bool) -> str:
    """Say what the system lacks and the one line to type; `tried` after a failed installation."""
    lines = ["这台电脑的系统里还少几样东西，程序开不了。"]
    if tried:
        lines.append("刚才装过，没有成功；经过记在 .run/apt-install.log。请检查网络，再运行一次。")
    lines += [
        "在 Debian、Ubuntu、统信、麒麟上，请先运行下面这一行，再回来运行一次：",
        f"    {apt_line(packages)}",
        "别的系统，请用它自己的软件安装工具，装上同样的软件包。",
    ]
    return "\n".join(lines)


def without_extras_sentence(extras: Sequence[Library | Tool]) -> str:
    """Say what will not work for want of these, and the one line to type to have it."""
    names = "、".join(packages_of(extras))
    effect = "用到它们的测试这次跳过" if isinstance(extras[0], Tool) else "打印机的列表会是空的"
    line = apt_line(packages_of(extras))
    return f"系统里没有 {names}，{effect}。要补上，请运行：\n    {line}"
