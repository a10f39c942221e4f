"""What the search box can do besides finding: go to a page, lock, undo, show the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from village_app.domain.names import search_keys


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words, the small words beside it, what it does, other words for it."""

    words: str
    note: str
    act: Callable[[], object]
    also: str = ""


def matching(commands: Iterable[Command], text: str) -> Sequence[Command]:
    """Give the commands that a text means: part of the words, or pinyin and its initials."""
    low = text.strip().lower()
    return [one for one in commands if low and _matches(one, low)]


def _matches(command: Command, low: str) -> bool:
    if low in command.words.lower() or low in command.also.lower():
        return True
    return low.isascii() and any(key.startswith(low) for key in _spellings(command.words))


@cache
def _spellings(words: str) -> tuple[str, ...]:
    return search_keys(words)
