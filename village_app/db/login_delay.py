"""The wait after wrong passwords: 30 seconds after the fifth, doubling to a quarter of an hour.

It never counts on a clock that people can set. What is known is how long the machine has been
running: in the same run the difference of its uptime has passed for certain, after a restart at
least the uptime so far. So neither moving the clock nor starting the program again shortens it.
"""

from __future__ import annotations

import hmac
import json
import math
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from village_app.db.files import REAL_DISK, Disk, write_atomically
from village_app.errors import EnvironmentProblem

FILE_NAME = "login.delay"
FREE_TRIES = 5
FIRST_WAIT = 30
LONGEST_WAIT = 900

DelayState = Literal["intact", "missing", "damaged"]


class Wrong(NamedTuple):
    """Wrong tries for one slot; `wait` seconds remained when the machine had run `uptime`."""

    tries: int
    wait: float
    uptime: float
    boot: str


def wait_after(tries: int) -> int:
    """Give the seconds to wait after so many wrong tries in a row."""
    if tries < FREE_TRIES:
        return 0
    return min(LONGEST_WAIT, FIRST_WAIT << min(tries - FREE_TRIES, 10))


class LoginDelay:
    """The counters of all slots, in a small sealed file that survives a restart (E02).

    Where the file cannot be written (full or read-only disk) the counters live in memory alone:
    nobody is kept from reading his records by a full disk.
    """

    def __init__(
        self,
        folder: Path,
        key: bytes,
        *,
        uptime: Callable[[], float],
        boot: str,
        disk: Disk = REAL_DISK,
    ) -> None:
        self.path = folder / FILE_NAME
        self._key = key
        self._uptime = uptime
        self._boot = boot
        self._disk = disk
        self._wrong: dict[str, Wrong] = {}
        self.state: DelayState = self._load()

    def seconds_left(self, slot: str) -> int:
        """Give the whole seconds that must still pass before another try, 0 for none."""
        entry = self._wrong.get(slot)
        if entry is None:
            return 0
        left = entry.wait - self._passed(entry)
        return max(0, math.ceil(left))

    def tries(self, slot: str) -> int:
        """Give the wrong tries since the last success."""
        entry = self._wrong.get(slot)
        return 0 if entry is None else entry.tries

    def count(self, slot: str) -> None:
        """Count a try before it is made: ending the program in between does not win one."""
        tries = self.tries(slot) + 1
        self._wrong[slot] = Wrong(tries, float(wait_after(tries)), self._uptime(), self._boot)
        self._save()

    def forgive(self, slot: str) -> int:
        """Forget the tries of a slot after a success; returns how many were wrong before it."""
        entry = self._wrong.pop(slot, None)
        self._save()
        return 0 if entry is None else entry.tries - 1

    def start_file(self) -> None:
        """Write the file for a new vault, so that its absence later means something (E04)."""
        self._save()
        self.state = "intact"

    def _passed(self, entry: Wrong) -> float:
        """Give the seconds that have passed for certain."""
        now = self._uptime()
        restarted = entry.boot != self._boot or now < entry.uptime
        return now if restarted else now - entry.uptime

    def _load(self) -> DelayState:
        try:
            values = json.loads(self.path.read_bytes())
            wrong = {
                str(slot): Wrong(int(each[0]), float(each[1]), float(each[2]), str(each[3]))
                for slot, each in values["wrong"].items()
            }
            sealed = hmac.compare_digest(values["seal"], self._seal(wrong))
        except FileNotFoundError:
            return "missing"
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            return "damaged"
        if not sealed:
            return "damaged"
        self._wrong = wrong
        return "intact"

    def _save(self) -> None:
        values = {"wrong": _plain(self._wrong), "seal": self._seal(self._wrong)}
        raw = json.dumps(values, ensure_ascii=False).encode()
        try:
            write_atomically(self.path, raw, doing="登录", disk=self._disk)
        except EnvironmentProblem:
            return  # see the class: the wait holds as long as the program runs

    def _seal(self, wrong: Mapping[str, Wrong]) -> str:
        raw = json.dumps(_plain(wrong), sort_keys=True).encode()
        return hmac.new(self._key, raw, sha256).hexdigest()


def _plain(wrong: Mapping[str, Wrong]) -> dict[str, list[int | float | str]]:
    return {slot: [w.tries, w.wait, w.uptime, w.boot] for slot, w in wrong.items()}
