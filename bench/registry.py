"""Named ratios against floors and peers, and the two primitives that measure them.

A file `bench/<subject>.py` declares its ratios and is found by itself:

    @ratio("xlsx-read", unit="s")
    def read_ten_thousand_rows() -> Measured:
        return alternate(ours, floor, rounds=5)
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Measured = tuple[float, float]
HARNESS = frozenset({"__main__", "registry"})


def peak_memory() -> float:
    """Give this process's peak memory in MB.

    Read from /proc: getrusage hands a child the peak of the process that started it. Refused
    where there is no /proc.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        raise Unavailable("内存峰值只在 Linux 上量")
    [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


class Unavailable(Exception):
    """A ratio cannot be measured on this machine; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio that can be measured: its name, its unit, what it compares, and the measuring."""

    name: str
    unit: str
    about: str
    measure: Callable[[], Measured]


@dataclass(frozen=True, slots=True)
class Result:
    """Our median and the other's, in `unit`; `ratio` below 1 means less than the other."""

    name: str
    ours: float
    other: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.ours / self.other

    def as_plain(self) -> dict[str, Any]:
        """Give the stable form of `--json`: name, ours, other, ratio, unit."""
        return {
            "name": self.name,
            "ours": self.ours,
            "other": self.other,
            "ratio": self.ratio,
            "unit": self.unit,
        }


class Registry:
    """The ratios by name, in the order in which they were declared."""

    def __init__(self) -> None:
        self.ratios: dict[str, Ratio] = {}

    def ratio(
        self, name: str, *, unit: str = "s"
    ) -> Callable[[Callable[[], Measured]], Callable[[], Measured]]:
        """Declare a ratio; the function gives (ours, other) as medians in `unit`.

        The first line of its docstring says what is compared. Refuses a name that is taken.
        """

        def declare(measure: Callable[[], Measured]) -> Callable[[], Measured]:
            if name in self.ratios:
                raise ValueError(f"two ratios are called {name}")
            about = (measure.__doc__ or "").strip().partition("\n")[0]
            self.ratios[name] = Ratio(name, unit, about, measure)
            return measure

        return declare

    def measure(self, name: str) -> Result:
        """Measure one ratio now; lets `Unavailable` pass."""
        chosen = self.ratios[name]
        ours, other = chosen.measure()
        return Result(name, ours, other, chosen.unit)


REGISTRY = Registry()
ratio = REGISTRY.ratio


def load_subjects(package: str = "bench") -> list[str]:
    """Import every subject file of the package, so that its ratios are declared; give the names."""
    folder = importlib.import_module(package).__path__
    names = sorted(
        found.name for found in pkgutil.iter_modules(folder) if found.name not in HARNESS
    )
    for name in names:
        importlib.import_module(f"{package}.{name}")
    return names


def alternate(
    ours: Callable[[], object],
    other: Callable[[], object],
    rounds: int = 7,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> Measured:
    """Time two callables in turn and give both medians in seconds.

    Each runs once unmeasured first.
    """

    def timed(call: Callable[[], object]) -> float:
        gc.collect()
        begun = clock()
        call()
        return clock() - begun

    ours()
    other()
    return alternate_figures(lambda: timed(ours), lambda: timed(other), rounds)


def alternate_figures(
    ours: Callable[[], float], other: Callable[[], float], rounds: int = 7
) -> Measured:
    """Ask two callables in turn for the figure that each measures itself; give both medians.

    Who begins changes every round, so that a machine that grows slower meets both alike.
    """
    figures: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            figures[which].append((ours, other)[which]())
    return statistics.median(figures[0]), statistics.median(figures[1])


def process_time(
    argv: Sequence[str],
    until: str | None = None,
    *,
    seconds: float = 60,
    variables: Mapping[str, str] | None = None,
) -> float:
    """Start a process and give the seconds until it prints a line holding `until`, then end it.

    With `until` None, until it ends by itself. Raises `RuntimeError` when it fails, ends without
    the line, or takes longer than `seconds`.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8", env=variables
    )
    alarm = threading.Timer(seconds, process.kill)
    alarm.start()
    with process:
        try:
            for line in process.stdout or ():
                if until is not None and until in line:
                    return time.perf_counter() - begun
            code = process.wait()
            taken = time.perf_counter() - begun
        finally:
            alarm.cancel()
            process.kill()
    if until is not None or code != 0:
        raise RuntimeError(f"{argv[0]} ended with {code} before it was measured")
    return taken
