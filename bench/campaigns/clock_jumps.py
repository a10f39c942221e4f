"""The clock of the PC jumps, minutes to ten years, forward and back, in the middle of the work.

After every jump somebody works and often makes a backup. Nothing may hang on the wall clock: the
journal goes by number, the backup just made stays, at least three good ones are always there, and
the records open (K01, K02).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.campaigns.quick_folder import quick_folder
from bench.campaigns.random_clerk import CLERK, MORNING, PASSWORD, Clerk, DayClock, new_office
from village_app.errors import EnvironmentProblem
from village_app.opening import open_village
from village_app.village import Village

ACTS = 4
ALWAYS = 3
FARTHEST_MINUTES = 10 * 365 * 24 * 60


@dataclass(slots=True)
class JumpFigures:
    """What the jumps found."""

    jumps: int = 0
    acts: int = 0
    backups: int = 0
    broken: int = 0
    pushed_out: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        return not (self.broken or self.pushed_out)


def jump(
    rounds: int,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> JumpFigures:
    """Let the clock jump so many times, with work and a backup after each."""
    figures, chance, clock = JumpFigures(), random.Random(seed), DayClock()
    with quick_folder("clock-jumps-") as place:
        folder = place / "村"
        new_office(folder, clock)
        for done in range(rounds):
            clock.moment = _landing(clock, chance)
            figures.jumps += 1
            try:
                with open_village(folder, CLERK, PASSWORD, clock=clock) as village:
                    _work(village, clock, chance, figures)
            except EnvironmentProblem as problem:
                figures.broken += 1
                figures.reasons[problem.code] += 1
            progress(done + 1, rounds)
    return figures


def _landing(clock: DayClock, chance: random.Random) -> datetime:
    """Choose where the clock lands: near, far, or right again; never before 2020."""
    far = 10 ** chance.uniform(0, 6.72)
    minutes = chance.choice((-1, 1)) * min(far, FARTHEST_MINUTES)
    if chance.random() < 0.2:
        return MORNING
    landed = clock.moment + timedelta(minutes=minutes)
    return landed if 2020 <= landed.year <= 2060 else MORNING


def _work(village: Village, clock: DayClock, chance: random.Random, figures: JumpFigures) -> None:
    clerk = Clerk(village, clock, chance)
    for _ in range(ACTS):
        clerk.act()
        figures.acts += 1
    made = village.backups.make("钟跳了以后")
    figures.backups += 1
    kept = village.backups.listed()
    is_there = any(one.manifest.sequence == made.manifest.sequence for one in kept)
    figures.pushed_out += not is_there or len(kept) < min(ALWAYS, figures.backups)
    found = [one.code for one in village.selfcheck.run().findings]
    figures.broken += bool(found)
    figures.reasons.update(found)
