"""Record what a program writes into one folder, call by call, with its data."""

from __future__ import annotations

import atexit
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from bench.registry import Unavailable

SOURCE = Path(__file__).with_name("recorder.c")
ROOT = Path(__file__).resolve().parents[2]
_HEAD = struct.Struct("<cQQQII")
_CARRIES_DATA = b"W"


@dataclass(frozen=True, slots=True)
class Call:
    """One call that changed the folder; the kinds are told in recorder.c. Paths are absolute."""

    kind: str
    inode: int
    path: str
    second: str
    offset: int
    length: int
    data: bytes


@cache
def library() -> Path:
    """Compile the recorder once per run; `Unavailable` where there is no C compiler."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        raise Unavailable("没有 C 编译器，或不是 Linux，录不了写盘的过程")
    place = Path(mkdtemp(prefix="recorder-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    target = place / "recorder.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(target), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return target


def record(words: Sequence[str], folder: Path, log: Path) -> list[Call]:
    """Run a Python module (`words` after `-m`) and give the calls it made in a folder."""
    variables = {
        **os.environ,
        "LD_PRELOAD": str(library()),
        "RECORD_FOLDER": str(folder),
        "RECORD_LOG": str(log),
    }
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=variables,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(f"{words[-1]} failed: {done.stderr[-2000:]}")
    return list(_calls(log.read_bytes()))


def _calls(raw: bytes) -> Iterator[Call]:
    place = 0
    while place < len(raw):
        kind, inode, offset, length, first, second = _HEAD.unpack_from(raw, place)
        place += _HEAD.size
        one = raw[place : place + first].decode()
        place += first
        two = raw[place : place + second].decode()
        place += second
        size = length if kind == _CARRIES_DATA else 0
        yield Call(kind.decode(), inode, one, two, offset, length, raw[place : place + size])
        place += size
