"""What a workload is: a state before, work that is recorded, and a judgement of what is left.

`python -m bench.campaigns.workload NAME FOLDER` does the work of one (the recorder is loaded into
that process).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol

ACKNOWLEDGED = "acknowledged"
MODULES = ("records_work", "backup_work", "files_work")

Kind = Literal["whole", "broken", "lost"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether what a cut left is whole, broken, or lacks what was told to be saved."""

    kind: Kind
    why: str = ""


WHOLE = Judgement("whole")


def broken(why: str) -> Judgement:
    return Judgement("broken", why)


def lost(why: str) -> Judgement:
    return Judgement("lost", why)


class Acknowledge(Protocol):
    """Tell the "user" that a numbered piece of work is saved."""

    def __call__(self, number: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Workload:
    """One kind of work.

    `judge` gets a folder as a cut left it and the number last acknowledged (0 for none).
    `is_control` marks work done wrongly on purpose: a simulator that finds nothing there proves
    nothing.
    """

    name: str
    about: str
    prepare: Callable[[Path], None]
    work: Callable[[Path, Acknowledge], None]
    judge: Callable[[Path, int], Judgement]
    is_control: bool = False


WORKLOADS: dict[str, Workload] = {}


def declare(workload: Workload) -> None:
    WORKLOADS[workload.name] = workload


def load_workloads() -> dict[str, Workload]:
    """Import the files that declare workloads."""
    for name in MODULES:
        import_module(f"bench.campaigns.{name}")
    # The process that is recorded runs this file as its main module.
    return import_module("bench.campaigns.workload").WORKLOADS  # type: ignore[no-any-return]


def main(words: list[str]) -> int:
    """Do one workload's work in a folder; acknowledgements go into a file the replayer knows."""
    name, place = words
    folder = Path(place)
    handle = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def acknowledge(number: int) -> None:
        os.write(handle, f"{number}\n".encode())

    load_workloads()[name].work(folder, acknowledge)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
