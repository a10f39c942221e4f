"""What the typed words need, and what they start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from first_start.environment import RUNTIME_LOCK, TEST_LOCK
from first_start.system import Use


class Plan(NamedTuple):
    """The lock and libraries that are needed, then what runs: Python's own words, one command each.

    `in_root` runs from the program's folder; otherwise file names keep the caller's folder.
    """

    lock: str
    uses: tuple[Use, ...]
    commands: tuple[tuple[str, ...], ...]
    window: bool = False
    test: bool = False
    in_root: bool = False
    anew: bool = False


CHECKS = (
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "ruff", "check", "."),
    ("-m", "mypy"),
)


def plan_for(words: Sequence[str]) -> Plan:
    """Choose libraries, lock and commands for what was typed after `./run`."""
    if not words:
        return Plan(RUNTIME_LOCK, ("base", "screen"), (("-m", "village_app"),), window=True)
    verb, rest = words[0], tuple(words[1:])
    if verb == "test":
        pytest = ("-m", "pytest", *(rest or ("-n", "2")))
        return Plan(TEST_LOCK, ("base", "screen"), (pytest,), test=True, in_root=True)
    if verb == "check-code":
        return Plan(TEST_LOCK, (), CHECKS, in_root=True)
    if verb == "bench":
        return Plan(RUNTIME_LOCK, ("base",), (("-m", "bench", *rest),), in_root=True)
    if verb == "repair":
        return Plan(RUNTIME_LOCK, (), (), anew=True)
    # Only the sample village draws pages; the other verbs never load Qt.
    needs: tuple[Use, ...] = ("base",) if verb == "demo" else ()
    return Plan(RUNTIME_LOCK, needs, (("-m", "village_app", *words),))
