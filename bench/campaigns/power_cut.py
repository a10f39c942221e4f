"""Cut the power after every recorded call, and look at what is left."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.campaigns.quick_folder import quick_folder
from bench.campaigns.recorder import Call, record
from bench.campaigns.replayer import Disk
from bench.campaigns.workload import ACKNOWLEDGED, Judgement, Workload


@dataclass(slots=True)
class CutFigures:
    """What a campaign found for one workload."""

    workload: Workload
    steps: int = 0
    cuts: int = 0
    torn: int = 0
    found: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        """Say whether nothing was broken or lost; of a control, that something was."""
        harmed = self.found["broken"] + self.found["lost"]
        return bool(harmed) == self.workload.is_control

    def take(self, judgement: Judgement) -> None:
        self.cuts += 1
        self.found[judgement.kind] += 1
        if judgement.why:
            self.reasons[f"{judgement.kind}: {judgement.why}"] += 1


def cut(
    workload: Workload,
    rounds: int,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> CutFigures:
    """Record a workload once and judge so many images, spread over all its calls.

    Every second image has torn writes. The same seed gives the same images of the same recording.
    """
    figures = CutFigures(workload)
    with quick_folder("power-cut-") as root:
        folder = root / "recorded"
        folder.mkdir()
        workload.prepare(folder)
        before = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        empty = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()]
        disk = Disk(folder, before, empty)
        words = ["bench.campaigns.workload", workload.name, str(folder)]
        calls = record(words, folder, root / "calls")
        figures.steps = len(calls)
        for acknowledged, chance, torn in _moments(disk, calls, rounds, seed):
            image = root / "image"
            image.mkdir()
            disk.image(image, chance, torn=torn)
            figures.torn += torn
            figures.take(workload.judge(image, acknowledged))
            shutil.rmtree(image)
            progress(figures.cuts, rounds)
    return figures


def _moments(
    disk: Disk, calls: list[Call], rounds: int, seed: int
) -> Iterator[tuple[int, random.Random, bool]]:
    """Follow the calls and stop after those where the power is to fail."""
    chance = random.Random(seed)
    stops = Counter(chance.randrange(len(calls)) for _ in range(rounds))
    if rounds >= len(calls):
        stops = Counter({step: rounds // len(calls) for step in range(len(calls))})
        stops.update(chance.sample(range(len(calls)), rounds % len(calls)))
    acknowledged = 0
    done = 0
    for step, call in enumerate(calls):
        if call.path.endswith(f"/{ACKNOWLEDGED}"):
            acknowledged = int(call.data) if call.kind == "W" else acknowledged
        else:
            disk.follow(call)
        for _ in range(stops[step]):
            done += 1
            yield acknowledged, random.Random(f"{seed} {done}"), done % 2 == 0
