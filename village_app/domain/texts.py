"""Text as people and other programs leave it, made clean without losing what was meant."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from village_app.domain.resources import load_json

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_SPACES = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
_DOTS = re.compile("[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65\u25cf\u16eb\u2024]")
_WIDE_TO_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WIDE_LETTERS_AND_DIGITS = {
    wide: narrow
    for wide, narrow in _WIDE_TO_NARROW.items()
    if unicodedata.category(chr(wide)) in {"Nd", "Lu", "Ll"}
}

MIDDLE_DOT = "·"


def fold_width(text: str) -> str:
    """Turn every full-width digit, letter, mark and space into its narrow form."""
    return text.translate(_WIDE_TO_NARROW)


def fold_letters_and_digits(text: str) -> str:
    """Turn full-width digits and letters narrow, and leave Chinese punctuation as it is."""
    return text.translate(_WIDE_LETTERS_AND_DIGITS)


def remove_invisible(text: str) -> str:
    """Take out control characters, zero-width marks, direction marks and variation selectors.

    Line ends become line feeds; every kind of space but the full-width one becomes a plain space.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    return "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) != "Cc")


def clean_text(text: str) -> str:
    """Clean a text of several lines: nothing invisible, no blanks at line ends, no outer blanks."""
    lines = remove_invisible(repair_private_use(text)).split("\n")
    return "\n".join(line.rstrip(" \u3000") for line in lines).strip(" \u3000\n")


def clean_line(text: str) -> str:
    """Clean a text of one line: also line feeds and runs of blanks become one space."""
    folded = fold_letters_and_digits(clean_text(text)).replace("\u3000", " ")
    return re.sub(r"[ \n]+", " ", folded).strip()


def compact(text: str) -> str:
    """Clean a text in which no blank means anything (numbers, codes): narrow, without blanks."""
    if text.isascii() and text.isprintable():  # most numbers; a list has ten thousand of them
        return text.replace(" ", "")
    return re.sub(r"\s+", "", fold_width(remove_invisible(text)))


def unify_middle_dots(text: str) -> str:
    """Write every look-alike of the dot in the names of peoples as U+00B7."""
    return _DOTS.sub(MIDDLE_DOT, text)


@cache
def _moved_characters() -> dict[int, str]:
    table = load_json("characters", "gb18030-moved.json")["characters"]
    return {int(code, 16): character for code, character in table.items()}


def repair_private_use(text: str) -> str:
    """Turn private-use code points of old GBK and GB 18030 editions into the real characters.

    The table follows GB 18030-2022; code points of makers' own fonts stay as they are and are
    found by `private_use_characters`.
    """
    if not any("\ue000" <= mark <= "\uf8ff" for mark in text):
        return text
    return text.translate(_moved_characters())


def private_use_characters(text: str) -> tuple[str, ...]:
    """Name the characters without a public meaning, each once, in the order of the text."""
    return tuple(dict.fromkeys(mark for mark in text if unicodedata.category(mark) == "Co"))


def split_graphemes(text: str) -> tuple[str, ...]:
    """Split a text into what the eye sees as one sign: base with its marks, never half of one."""
    signs: list[str] = []
    for mark in text:
        joins = bool(signs) and (
            unicodedata.combining(mark) != 0
            or unicodedata.category(mark) in {"Mn", "Me", "Mc"}
            or mark == "\u200d"
            or signs[-1].endswith("\u200d")
        )
        if joins:
            signs[-1] += mark
        else:
            signs.append(mark)
    return tuple(signs)


def cut(text: str, length: int, ellipsis: str = "…") -> str:
    """Cut a text to `length` signs, the ellipsis included; a shorter text stays as it is."""
    signs = split_graphemes(text)
    if len(signs) <= length:
        return text
    return "".join(signs[: max(0, length - len(ellipsis))]) + ellipsis
