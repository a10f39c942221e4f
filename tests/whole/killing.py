"""A village that is worked on in a child, which is killed without warning."""

from __future__ import annotations

import os
import random
import select
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.services.conftest import PASSWORD, QUICK
from village_app.opening import NewVillage, create_village, open_village
from village_app.village import Village

ROLES = "admin+secretary+accountant+clerk+supervisor"

Work = Callable[[Village], Iterator[object]]


def new_folder(folder: Path) -> Path:
    """Make a village's data in a folder and close it."""
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=ROLES)
    village, _ = create_village(folder, wish, cost=QUICK)
    village.close()
    return folder


def opened(folder: Path) -> Village:
    return open_village(folder, "陈丽珍", PASSWORD)


def killed_in(folder: Path, work: Work, seed: int, *, within: float = 0.02) -> int:
    """Let a child do one piece after another, and kill it a moment after one of them.

    `within` is how long that moment lasts at most, in seconds. Gives how many pieces were told to
    be done.
    """
    chance = random.Random(seed)
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            for _ in work(opened(folder)):
                os.write(tell, b".")
        finally:
            os._exit(0)
    os.close(tell)
    told = 0
    for _ in range(chance.randrange(1, 4)):
        told += len(os.read(hear, 1))
    select.select([], [], [], chance.random() * within)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(hear, 4096):
        told += len(more)
    os.close(hear)
    return told
