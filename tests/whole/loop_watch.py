"""A watch over the event loop: names the place in our code where it stood still for long."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

MILLISECONDS = 100
_BEAT_MS = 20


class LoopWatch:
    """Beats with the event loop; a thread looks where the loop is when no beat came for long.

    A whole look at a loaded machine names places that only waited for the processor, so tests
    print what it finds and do not fail by it; `LoopWatch` names, people judge.
    """

    def __init__(self, application: QApplication, limit_ms: int = MILLISECONDS) -> None:
        self._limit = limit_ms / 1000
        self._timer = QTimer(application)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._main = threading.get_ident()
        self._last = time.monotonic()
        self._stops = threading.Event()
        self._places: Counter[str] = Counter()
        self._thread = threading.Thread(target=self._look, name="loop-watch", daemon=True)

    def begin(self) -> None:
        """Watch from now on."""
        self._last = time.monotonic()
        self._timer.start()
        self._thread.start()

    def end(self) -> list[str]:
        """Stop, and give the places, the most frequent first: 3× ui/shell.py:120 refresh."""
        self._timer.stop()
        self._stops.set()
        self._thread.join()
        return [f"{count}× {place}" for place, count in self._places.most_common()]

    def _beat(self) -> None:
        self._last = time.monotonic()

    def _look(self) -> None:
        told = 0.0
        while not self._stops.wait(_BEAT_MS / 1000):
            last = self._last
            if time.monotonic() - last > self._limit and last != told:
                told = last
                place = _place_of(sys._current_frames().get(self._main))
                if place:
                    self._places[place] += 1


def _place_of(frame: FrameType | None) -> str:
    """Name the innermost line of our own code; blank where only tests or Qt are at work."""
    while frame is not None:
        name = frame.f_code.co_filename
        if "/village_app/" in name:
            inside = name.partition("/village_app/")[2]
            return f"{inside}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return ""
