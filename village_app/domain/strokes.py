"""Sorting by strokes (按姓氏笔画为序, 按姓名笔画为序) in the mainland's stroke order.

Rules: stroke count of the character, then the shapes in writing order 横 < 竖 < 撇 < 点 < 折, then
the order of the table of general standard characters. Characters outside the ordered data are
placed by their count alone, behind the others of that count; `approximate_characters` names them.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from village_app.domain.masking import surname_length
from village_app.domain.resources import resource_path

Custom = Literal["surname", "name"]

CUSTOM_WORDS: dict[Custom, str] = {
    "surname": "按姓氏笔画为序",
    "name": "按姓名笔画为序",
}
_EMPTY_SLOT = "0" * 8
_FIRST_APPROXIMATE = 100_000
_NO_STROKES = 99


@cache
def _ordered() -> dict[str, tuple[int, int, str]]:
    """Read character → (place in the order, stroke count, stroke classes or blank)."""
    text = resource_path("characters", "stroke-order.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[0]: (place, int(row[1]), row[2]) for place, row in enumerate(rows)}


@cache
def _counted() -> dict[str, int]:
    """Read the stroke counts of the other characters."""
    text = resource_path("characters", "stroke-counts.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {character: int(count) for count, characters in rows for character in characters}


def stroke_count(character: str) -> int | None:
    """Count the strokes of one character; None for what is no Chinese character."""
    known = _ordered().get(character)
    return known[1] if known else _counted().get(character)


def stroke_classes(character: str) -> str | None:
    """Give the strokes in writing order as 1 横 2 竖 3 撇 4 点 5 折; None where not known."""
    known = _ordered().get(character)
    return (known[2] or None) if known else None


def _character_key(character: str) -> str:
    known = _ordered().get(character)
    if known:
        return f"{known[1]:02d}{known[0]:06d}"
    count = _counted().get(character, _NO_STROKES)
    return f"{count:02d}{_FIRST_APPROXIMATE + ord(character):06d}"


def stroke_key(name: str, custom: Custom = "surname") -> str:
    """Give a text that sorts names by strokes, to be kept beside the name.

    "surname" puts single given names first (an empty slot stands behind the surname): 田富 before
    田大利. "name" compares the second character directly: 田大利 before 田富. A compound surname
    counts by its first character.
    """
    kept = surname_length(name)
    keys = [_character_key(character) for character in name if character.isalnum()]
    if custom == "surname" and len(name) - kept == 1:
        keys.insert(kept, _EMPTY_SLOT)
    return "".join(keys)


def approximate_characters(name: str) -> tuple[str, ...]:
    """Name the characters whose place among those of equal count is not certain."""
    return tuple(
        character
        for character in name
        if stroke_classes(character) is None and stroke_count(character) is not None
    )


def order_note(names: list[str], custom: Custom) -> str:
    """Write the words under a list; say so when rare characters stand by their count only."""
    rare = dict.fromkeys(mark for name in names for mark in approximate_characters(name))
    words = CUSTOM_WORDS[custom]
    return f"（{words}；{'、'.join(rare)}按笔画数排列）" if rare else f"（{words}）"
