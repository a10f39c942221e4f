"""A day of random work in the office, with the program killed once in each minute of work (L06).

A minute is what a busy clerk does in one: some six acts, done at the machine's speed while the
village's clock goes on by a minute (the kill is aimed at a random point of six; on a busy machine
it comes a little later). A child opens the real data, works at random through the services, tells
what it was told to be saved, and is killed somewhere in the minute, the opening included; then the
data are opened as the next start would, and looked through by the self-check.
"""

from __future__ import annotations

import io
import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bench.campaigns.quick_folder import quick_folder
from bench.campaigns.random_clerk import CLERK, PASSWORD, Clerk, DayClock, new_office
from village_app.db.cipher_file import journal_of
from village_app.db.files import is_passing
from village_app.errors import VillageError
from village_app.opening import DATABASE, open_village

ACTS_A_MINUTE = 6
SECONDS_AN_ACT = (4, 9)
MINUTE = timedelta(minutes=1)
PATIENCE = 60.0
_SHORTEST, _MOST = 0.05, 4096


@dataclass(slots=True)
class DayFigures:
    """What a day found; `leftovers` are passing files that an opening did not sweep."""

    kills: int = 0
    acts: int = 0
    hot_journals: int = 0
    broken: int = 0
    lost: int = 0
    leftovers: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        return not (self.broken or self.lost or self.leftovers)


def work_a_day(
    rounds: int,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> DayFigures:
    """Kill a working office so many times; it goes on each time with what the last one left."""
    figures, chance, clock = DayFigures(), random.Random(seed), DayClock()
    with quick_folder("random-day-") as place:
        folder = place / "村"
        new_office(folder, clock)
        for _ in range(rounds):
            told, acts = _one(folder, clock, chance)
            journal = journal_of(folder / DATABASE)
            figures.hot_journals += journal.exists() and journal.stat().st_size > 0
            figures.acts += acts
            figures.kills += 1
            _judge(folder, clock, told, figures)
            progress(figures.kills, rounds)
    return figures


def _judge(folder: Path, clock: DayClock, told: int, figures: DayFigures) -> None:
    """Open what was left, look through all of it, and compare with what was told."""
    try:
        with open_village(folder, CLERK, PASSWORD, clock=clock) as village:
            head = village.journal.head().number
            found = [one.code for one in village.selfcheck.run().findings]
            figures.leftovers += any(is_passing(path) for path in folder.rglob("*"))
    except VillageError as problem:
        found, head = [problem.code], told
    figures.lost += head < told
    figures.broken += bool(found)
    figures.reasons.update(found)


def _one(folder: Path, clock: DayClock, chance: random.Random) -> tuple[int, int]:
    """Let a child work until it is killed; gives the last change it told, and how many acts."""
    began = clock.moment
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        _work_for_ever(folder, tell, clock, random.Random(chance.random()))
    os.close(tell)
    with os.fdopen(hear, "rb", buffering=0) as words:
        told = _until_a_moment(words, chance)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = [line for line in (told + words.read()).split(b"\n") if line.isdigit()]
    # The child's clock went with it; the next one starts later than it was.
    clock.moment = began + MINUTE
    return max((int(line) for line in lines), default=0), max(0, len(lines) - 1)


def _until_a_moment(words: io.FileIO, chance: random.Random) -> bytes:
    """Wait for a random point of the minute; gives what the child told until then.

    The first word comes when the data are open, one more after each act. The point lies as far
    behind a word as a random part of what came before it took.
    """
    told, begun = b"", time.perf_counter()
    for _ in range(chance.randrange(ACTS_A_MINUTE + 1)):
        begun = time.perf_counter()
        if not select.select([words], [], [], PATIENCE)[0]:
            break
        told += words.read(_MOST)
    taken = max(time.perf_counter() - begun, _SHORTEST)
    select.select([], [], [], chance.random() * taken)
    return told


def _work_for_ever(folder: Path, tell: int, clock: DayClock, chance: random.Random) -> None:
    """Work at random until the end comes from outside; never returns."""
    try:
        with open_village(folder, CLERK, PASSWORD, clock=clock) as village:
            clerk = Clerk(village, clock, chance, seconds_an_act=SECONDS_AN_ACT)
            os.write(tell, b"%d\n" % village.journal.head().number)
            while True:
                clerk.act()
                os.write(tell, b"%d\n" % village.journal.head().number)
    finally:
        os._exit(1)
