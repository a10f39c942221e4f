"""Our own Python environment: made once beside the program, filled by a hash-locked list."""

from __future__ import annotations

import contextlib
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from first_start.telling import RECORDS, ROOT, Progress, Stop, follow, say

VENV = ROOT / ".venv"
# Written when `venv` came to its end: a failed one leaves a folder that looks finished.
VENV_MARK = VENV / ".ok"
# Stands while pip works: an installation that was cut off is thrown away, never patched.
PIP_MARK = VENV / ".installing"
RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-dev.lock"
NEEDED_BYTES = 1_200_000_000

PIP_OPTIONS = (
    "--require-hashes",
    # The lock names everything; asked again, a package's own wishes may point past it.
    "--no-deps",
    "--only-binary=:all:",
    "--no-input",
    "--disable-pip-version-check",
    "--progress-bar=off",
)
PIP_TROUBLES = (
    ("No space left on device", "磁盘满了。请腾出 1.5 GB 以上的空间，再运行一次。"),
    ("DO NOT MATCH THE HASHES", "下载到的文件和清单里记的不一样，没有安装。请换一个下载来源再试。"),
    ("Permission denied", "这个文件夹不能写入。请把它整个复制到自己的文件夹里，再运行一次。"),
    ("timed out", "网络太慢，下载没有做完。请过一会儿再运行一次；已经下载的不用重来。"),
    ("onnection", "网络连不上。请检查网络，再运行一次；已经下载的不用重来。"),
    (
        "No matching distribution found",
        "下载来源里没有适合这种系统的安装包。请换一个下载来源再试。",
    ),
)


def identity(version: str = sys.version, root: Path = ROOT) -> str:
    """Say which Python made an environment and where; a moved folder or another Python differs."""
    return f"{version}\n{root}"


def stamp_of(lock: bytes, made_by: str) -> str:
    """Give the stamp of a finished installation: SHA-256 over the lock and the environment."""
    return hashlib.sha256(lock + made_by.encode()).hexdigest()


def text_of(path: Path) -> str:
    """Read a mark; blank when it is not there."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def stamp_file(lock_name: str) -> Path:
    """Name the file that holds the stamp of an installed lock."""
    return VENV / f".stamp-{lock_name}"


def python_of_venv() -> Path:
    """Name the Python of our own environment."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def venv_is_finished() -> bool:
    """Tell whether `.venv` was made to its end, by this Python, here, and no pip was cut off."""
    return text_of(VENV_MARK) == identity() and python_of_venv().exists() and not PIP_MARK.exists()


def lock_is_installed(lock_name: str) -> bool:
    """Tell whether `.venv` holds exactly what this lock says."""
    stamp = stamp_of((ROOT / lock_name).read_bytes(), identity())
    return text_of(stamp_file(lock_name)) == stamp and venv_is_finished()


def locks_within(lock_name: str) -> tuple[str, ...]:
    """Name the locks that an installed lock satisfies: the test lock holds the runtime lock."""
    return (RUNTIME_LOCK, TEST_LOCK) if lock_name == TEST_LOCK else (lock_name,)


def venv_package() -> str | None:
    """Name the package that brings `ensurepip` where the system split it off; None if it is here.

    Debian lets `venv` be imported without it, which then makes half an environment.
    """
    import importlib.util

    if importlib.util.find_spec("ensurepip"):
        return None
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def check_space(free: int) -> None:
    """Refuse to begin what the disk cannot hold (0.6 GB installed, 0.2 GB downloads, some air)."""
    if free < NEEDED_BYTES:
        megabytes = free // 1_000_000
        raise Stop(f"磁盘只剩 {megabytes} MB，第一次准备要 1200 MB。请腾出空间，再运行一次。")


def remove_venv() -> None:
    """Take `.venv` away, whatever it is."""
    import shutil

    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)


def make_venv() -> None:
    """Make `.venv` anew; what was half made before goes first."""
    import shutil

    remove_venv()
    check_space(shutil.disk_usage(ROOT).free)
    # The running Python may stand in the very `.venv` that is made anew.
    base = str(getattr(sys, "_base_executable", None) or sys.executable)
    code, _ = follow((base, "-m", "venv", str(VENV)), "venv.log")
    if code != 0:
        remove_venv()
        raise Stop("建立 .venv 没有成功，经过记在 .run/venv.log。请确认这个文件夹可以写入。")
    VENV_MARK.write_text(identity(), encoding="utf-8")


def explain_pip(output: str) -> str:
    """Put pip's failure into one sentence that says what to do."""
    for sign, sentence in PIP_TROUBLES:
        if sign in output:
            return sentence
    return "请再运行一次；还不行，请把 .run/pip.log 交给管电脑的人。"


def names_in(lock: str) -> list[str]:
    """Name the package of every pin of a lock, those for other systems included."""
    return re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)


def package_begun(line: str) -> str | None:
    """Read from a line of pip which package it turns to now; None for all other lines.

    A file that lies on a disk is "processed"; a package for another system is passed over by pip
    and counts as done.
    """
    signs = r"Collecting |Requirement already satisfied: |Ignoring |Processing .*/(?=[^/]*\.whl)"
    found = re.match(rf"(?:{signs})([A-Za-z][\w.]*(?:-[A-Za-z][\w.]*)*)", line)
    return found[1] if found else None


def install_lock(lock_name: str) -> None:
    """Install a lock by pip, every file checked against its hash; the stamps are written last."""
    lock = ROOT / lock_name
    progress = Progress("正在下载、核对", len(names_in(lock.read_text(encoding="utf-8"))))
    changing = False

    def read(line: str) -> None:
        nonlocal changing
        name = package_begun(line)
        if name:
            progress.count(name)
        elif line.startswith("Installing collected packages"):
            changing = True
            progress.end()
            say("    下载和核对完毕，正在放进 .venv。")

    PIP_MARK.touch()
    command = (str(python_of_venv()), "-m", "pip", "install", *PIP_OPTIONS, "-r", str(lock))
    try:
        code, output = follow(command, "pip.log", read)
    finally:
        progress.end()
        # Until then pip only downloads: what was installed before is still whole and stays.
        if not changing:
            PIP_MARK.unlink()
    if code != 0:
        raise Stop(f"要用的库没有装好。{explain_pip(output)}")
    for name in locks_within(lock_name):
        stamp = stamp_of((ROOT / name).read_bytes(), identity())
        stamp_file(name).write_text(stamp, encoding="utf-8")
    PIP_MARK.unlink(missing_ok=True)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start wait while a first one prepares the same folder."""
    RECORDS.mkdir(exist_ok=True)
    with (RECORDS / "lock").open("a") as handle:
        if sys.platform == "win32":
            import msvcrt

            # LK_LOCK gives up after ten seconds, which a first download outlasts.
            while True:
                with contextlib.suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一个窗口正在做同样的准备，这里等它做完。")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
