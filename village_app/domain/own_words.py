"""The village's own words for the standard ones: 社区 says 居民小组, a village may say 片区.

Only words of institutions are replaced, never a lone 村: names of places stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from village_app.domain.resources import load_json

Wording = tuple[tuple[str, str], ...]


def wording_of(unit_word: str, own: Mapping[str, str] | None) -> Wording:
    """Give standard and own word in pairs; the village's own stand before those of a 社区."""
    words = dict(_of_communities()) if unit_word == "社区" else {}
    words.update(own or {})
    return tuple((standard, said) for standard, said in words.items() if said and standard)


def reword(text: str, wording: Wording) -> str:
    """Put own words in the place of the standard ones; longer words are looked for first.

    What is said in own words already stays so: a paper may be said anew without harm.
    """
    if not wording or not text:
        return text
    words = dict(wording)
    return _pattern(wording).sub(lambda found: words.get(found[0], found[0]), text)


@cache
def _pattern(wording: Wording) -> re.Pattern[str]:
    every = {word for pair in wording for word in pair}
    longest_first = sorted(every, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def _of_communities() -> tuple[tuple[str, str], ...]:
    plain = load_json("rules", "community-words.json")["words"]
    return tuple((standard, said) for standard, said in plain)
