"""How names sound: pinyin for sorting and finding, surnames by their own readings.

A reading that the family corrects wins over the surname table, the surname table over the
ordinary reading. pypinyin takes a quarter of a second to load and is loaded at first use.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product

from village_app.domain.masking import surname_length
from village_app.domain.resources import load_json
from village_app.domain.strokes import stroke_key

MOST_READINGS = 64
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+|.", re.DOTALL)
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_DIAERESIS = "\u0308"


def to_numbered(syllable: str) -> str:
    """Write a syllable with its tone as a digit behind: zhāng → zhang1, lǚ → lv3, de → de5."""
    tone = "5"
    letters: list[str] = []
    for mark in unicodedata.normalize("NFD", syllable.lower()):
        if mark in _TONES:
            tone = _TONES[mark]
        elif mark == _DIAERESIS:
            letters[-1] = "v"
        elif mark.isdecimal():
            tone = mark
        else:
            letters.append("v" if mark == "ü" else mark)
    return "".join(letters) + tone


def _surname_reading(surname: str) -> list[str] | None:
    reading = load_json("characters", "surnames.json")["readings"].get(surname)
    return [to_numbered(syllable) for syllable in reading.split()] if reading else None


def surname_choices(surname: str) -> tuple[str, ...]:
    """Give the readings between which the family must choose (覃: qín, tán); mostly none."""
    return tuple(load_json("characters", "surnames.json")["ask"].get(surname, ()))


@cache
def _ordinary(character: str) -> tuple[str, ...]:
    """Give the readings of one character, the commonest first; itself where it has none."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]
    readings = tuple(dict.fromkeys(to_numbered(reading) for reading in found))
    return readings if readings[0][:-1].isascii() else (character,)


def _units(name: str) -> list[str]:
    """Split a name into characters, letting Latin letters stand together (张YAN)."""
    return [unit for unit in _LATIN.findall(name) if unit.isalnum()]


def name_pinyin(name: str, correction: str = "") -> tuple[str, ...]:
    """Read a name aloud: syllables with tone digits: 单小明 → shan4 xiao3 ming2.

    `correction` are the family's own syllables (tán, tan2 or tan, blanks between), for the first
    characters of the name or for all.
    """
    units = _units(name)
    syllables = [_first_reading(unit) for unit in units]
    kept = surname_length(name)
    by_surname = _surname_reading(name[:kept]) or _surname_reading(name[:1])
    if by_surname and len(units) > 1:
        syllables[: len(by_surname)] = by_surname
    corrected = [to_numbered(syllable) for syllable in correction.split()][: len(units)]
    syllables[: len(corrected)] = corrected
    return tuple(syllables)


def _first_reading(unit: str) -> str:
    folded = unicodedata.normalize("NFKC", unit).lower()
    return folded if folded.isascii() else _ordinary(unit)[0]


def pinyin_key(name: str, correction: str = "") -> str:
    """Give a text that sorts names by sound, to be kept beside the name.

    Compared are syllable by syllable letters and tone, then the strokes of the characters, so
    that names of one sound stand together in a fixed order.
    """
    return f"{' '.join(name_pinyin(name, correction))}|{stroke_key(name)}"


def search_keys(name: str, correction: str = "") -> tuple[str, ...]:
    """Give every spelling by which a name is found: full pinyin and initials, all readings.

    吴国标 → wuguobiao, wgb; 曾乐 → zengle, zengyue, cengle, cengyue and the initials. At most
    `MOST_READINGS` combinations are given, the likeliest first.
    """
    likely = name_pinyin(name, correction)
    choices = [
        tuple(dict.fromkeys((_letters(first), *_all_letters(unit))))
        for first, unit in zip(likely, _units(name), strict=True)
    ]
    spellings = []
    for combination in product(*choices):
        spellings.append("".join(combination))
        spellings.append("".join(syllable[:1] for syllable in combination))
        if len(spellings) >= 2 * MOST_READINGS:
            break
    return tuple(dict.fromkeys(spellings))


def _letters(syllable: str) -> str:
    return syllable.rstrip("12345")


def _all_letters(unit: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", unit).lower()
    return (
        (folded,) if folded.isascii() else tuple(_letters(reading) for reading in _ordinary(unit))
    )
