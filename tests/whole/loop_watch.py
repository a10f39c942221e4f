"""A watch over the event loop: names the place in our code where it stood still for long.

It counts what the main thread computed between two beats of the loop, not the time that went by:
a loaded machine only lets it wait longer, it does not make it compute more. How fast the machine
is just now is measured by a loop of known length. What waits by design (a pause, another process,
another thread) computes nothing: such calls are named where the main thread makes them.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

MILLISECONDS = 100
_BEAT_MS, _LOOK_MS = 10, 4
# What the loop below takes on a quiet office computer of two cores, in seconds of one core.
_ROUNDS, _USUAL = 20_000, 0.009
_WAITS: tuple[tuple[Any, str], ...] = (
    (time, "sleep"),
    (subprocess.Popen, "wait"),
    (subprocess.Popen, "communicate"),
    (threading.Thread, "join"),
    (Future, "result"),
    (Connection, "recv"),
    (Connection, "poll"),
)


@dataclass(frozen=True, slots=True)
class Standstill:
    """What kept the loop, in ms of a usual computer (0 for a wait), and the place in our code."""

    place: str
    cost: float

    def __str__(self) -> str:
        return f"{self.place}: " + (f"{self.cost:.0f} ms" if self.cost else "waits")


class LoopWatch:
    """Beats with the event loop; a thread looks where the loop is meanwhile.

    Example: `watch.begin(); window.go("residents"); qtbot.wait(50); assert watch.end() == []`.
    """

    def __init__(self, application: QApplication, limit_ms: int = MILLISECONDS) -> None:
        self._limit = limit_ms
        self._timer = QTimer(application)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._main = threading.get_ident()
        self._computed = time.thread_time()
        self._slowness = slowness()
        self._stops = threading.Event()
        self._places: list[str] = []
        self._found: list[Standstill] = []
        self._thread = threading.Thread(target=self._look, name="loop-watch", daemon=True)
        self._patches = [
            patch.object(owner, name, self._told(owner, name)) for owner, name in _WAITS
        ]

    def begin(self) -> None:
        """Watch from now on."""
        self._thread.start()
        for one in self._patches:
            one.start()
        self._computed = time.thread_time()
        self._timer.start()

    def end(self) -> list[Standstill]:
        """Stop, and give where the loop stood still, in the order it happened."""
        self._timer.stop()
        self._beat()
        for one in self._patches:
            one.stop()
        self._stops.set()
        self._thread.join()
        slow = max(self._slowness, slowness())
        costs = [Standstill(one.place, one.cost / slow) for one in self._found]
        return [one for one in costs if not one.cost or one.cost > self._limit]

    def enough(self) -> float:
        """Give the seconds of computing on this machine that are surely too long in one piece."""
        return self._limit * self._slowness * 4 / 1000

    def _beat(self) -> None:
        now, places = time.thread_time(), self._places
        self._places = []
        cost = (now - self._computed) * 1000
        self._computed = time.thread_time()
        if cost > self._limit:
            named = Counter(places).most_common(1)
            self._found.append(Standstill(named[0][0] if named else "outside our code", cost))

    def _look(self) -> None:
        while not self._stops.wait(_LOOK_MS / 1000):
            place = place_of(sys._current_frames().get(self._main))
            if place:
                self._places.append(place)

    def _told(self, owner: Any, name: str) -> Callable[..., Any]:
        """Give a waiting function that tells where the main thread calls it."""
        waits = getattr(owner, name)

        def told(*args: Any, **named: Any) -> Any:
            if threading.get_ident() == self._main:
                place = place_of(sys._getframe(1))
                if place:
                    self._found.append(Standstill(place, 0))
            return waits(*args, **named)

        return told


def slowness() -> float:
    """Say how much slower than usual this machine computes just now; never less than 1."""
    times = []
    for _ in range(5):
        begun = time.thread_time()
        # Like a page: many small things, all over the memory.
        named = {f"{number * 7919 % _ROUNDS}": [number] for number in range(_ROUNDS)}
        sorted(named)
        times.append(time.thread_time() - begun)
    return max(1.0, min(times) / _USUAL)


def place_of(frame: FrameType | None) -> str:
    """Name the part of a page that is at work and the innermost line of our own code.

    Blank where only tests or Qt are at work.
    """
    lines = []
    # Seen from another thread a frame may be on its way; what is no frame ends the look.
    while isinstance(frame, FrameType):
        name = frame.f_code.co_filename
        if "/village_app/" in name:
            inside = name.partition("/village_app/")[2]
            lines.append(f"{inside}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    if not lines:
        return ""
    page = next((line for line in reversed(lines) if line.startswith("ui/pages/")), lines[-1])
    return page if page == lines[0] else f"{page} → {lines[0]}"
