"""End a program at full work, over and over, and look at what it left (A01, A02)."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.campaigns.quick_folder import quick_folder
from bench.campaigns.records_work import (
    DATABASE,
    SMALL_CACHE,
    judge_records,
    new_records,
    one_change,
    opened,
)
from village_app.db.cipher_file import journal_of

LARGE, SMALL = 600, 1
LONGEST = 0.12
ROUNDS_PER_FILE = 40


@dataclass(slots=True)
class KillFigures:
    """What a campaign of kills found."""

    kills: int = 0
    hot_journals: int = 0
    changes: int = 0
    broken: int = 0
    lost: int = 0

    @property
    def holds(self) -> bool:
        return not self.broken and not self.lost


def kill(
    rounds: int,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> KillFigures:
    """Kill a writing program so many times; it goes on each time with what the last one left."""
    figures, chance = KillFigures(), random.Random(seed)
    while figures.kills < rounds:
        with quick_folder("kills-") as folder:
            new_records(folder)
            before = 0
            for _ in range(min(ROUNDS_PER_FILE, rounds - figures.kills)):
                acknowledged = _one(folder, chance) or before
                journal = journal_of(folder / DATABASE)
                figures.hot_journals += journal.exists() and journal.stat().st_size > 0
                judgement, number, _ = judge_records(folder)
                figures.kills += 1
                figures.broken += judgement.kind == "broken"
                figures.lost += number < acknowledged
                figures.changes += number - before
                before = number
                progress(figures.kills, rounds)
    return figures


def _one(folder: Path, chance: random.Random) -> int:
    """Let a child write until it is killed; gives the last change it told to be saved, or 0."""
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        _write_for_ever(folder, telling, random.Random(chance.random()))
    os.close(telling)
    with os.fdopen(told, "rb") as words:
        first = words.readline()
        time.sleep(chance.random() * LONGEST)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = (first + words.read()).split(b"\n")
    return max((int(line) for line in lines if line.isdigit()), default=0)


def _write_for_ever(folder: Path, telling: int, chance: random.Random) -> None:
    """Save and import until the end comes from outside; never returns."""
    try:
        with opened(folder) as (store, journal):
            store.sql(SMALL_CACHE)
            while True:
                one_change(journal, LARGE if chance.random() < 0.3 else SMALL)
                os.write(telling, b"%d\n" % journal.head().number)
    finally:
        os._exit(1)
