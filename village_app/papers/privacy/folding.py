"""Text as a searcher reads it: narrow digits, nothing invisible, with the way back to the paper."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = re.compile(
    "[\x20-\x7e\n\u3001\u3002\u300a\u300b\u3400-\u9fff\uff08\uff09\uff0c\uff1a\uff1b]*"
)
_NUMERALS = dict(
    zip("零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789", strict=True)
)
# A telephone number is the shortest number that somebody writes out in Chinese numerals.
_SPELLED_OUT = re.compile(f"[{''.join(_NUMERALS)}]{{11,}}")
_INVISIBLE = {"Cf", "Cc", "Mn", "Me"}


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; `places[i]` is the index in the original of its i-th character."""

    text: str
    places: range | tuple[int, ...]
    original: str

    def cut(self, start: int, end: int) -> str:
        """Give the piece of the original behind `text[start:end]`."""
        return self.original[self.places[start] : self.places[end - 1] + 1]


def fold(text: str) -> Folded:
    """Fold a text: any digit or letter to its plain form, numerals of a spelled-out number too."""
    if _PLAIN.fullmatch(text) and not _SPELLED_OUT.search(text):
        return Folded(text, range(len(text)), text)
    spelled = {
        place
        for found in _SPELLED_OUT.finditer(text)
        for place in range(found.start(), found.end())
    }
    kept: list[str] = []
    places: list[int] = []
    for place, mark in enumerate(text):
        folded = _NUMERALS[mark] if place in spelled else _folded(mark)
        if folded:
            kept.append(folded)
            places.append(place)
    return Folded("".join(kept), tuple(places), text)


def _folded(mark: str) -> str:
    """Fold one character to at most one, so that places can be counted."""
    if mark == "\n":
        return mark
    if unicodedata.category(mark) in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKC", mark)
    return plain if len(plain) == 1 else mark
