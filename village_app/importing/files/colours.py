"""Colours as people use them in lists: a row in red means something, and nobody wrote down what.

Only the word for a colour is kept (红, 黄, 绿, 蓝, 紫, 灰); white, black and pale stripes are none.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from village_app.domain.resources import load_json

# The first eight and the usual further entries of the indexed palette (ECMA-376 18.8.27).
_INDEXED: Mapping[int, str] = {
    2: "FF0000", 3: "00FF00", 4: "0000FF", 5: "FFFF00", 6: "FF00FF", 7: "00FFFF",
    10: "FF0000", 11: "00FF00", 12: "0000FF", 13: "FFFF00", 14: "FF00FF", 15: "00FFFF",
    16: "800000", 17: "008000", 18: "000080", 19: "808000", 20: "800080", 22: "C0C0C0",
    23: "808080", 43: "FFFF99", 45: "FF99CC", 51: "FFCC00", 52: "FF9900", 53: "FF6600",
}  # fmt: skip
# The theme colours of a new workbook, accents 1 to 6.
_THEME: Mapping[int, str] = {
    4: "4472C4", 5: "ED7D31", 6: "A5A5A5", 7: "FFC000", 8: "5B9BD5", 9: "70AD47",
}  # fmt: skip
_HUES = ((20, "红"), (45, "橙"), (70, "黄"), (165, "绿"), (260, "蓝"), (330, "紫"), (361, "红"))
_COMMON = 0.4
"""A colour on more of the rows than this is a pattern of the sheet, not a mark."""


@dataclass(frozen=True, slots=True)
class ColouredRows:
    """The rows of one colour: how many, and what the sheet itself says of it, if anything."""

    colour: str
    rows: int
    legend: str = ""
    meaning: str = ""


def colour_word(attributes: Mapping[str, str]) -> str:
    """Name the colour of a fgColor or color element; blank for white, black, grey-white, none."""
    rgb = attributes.get("rgb", "")[-6:]
    if not rgb and attributes.get("indexed", "").isdecimal():
        rgb = _INDEXED.get(int(attributes["indexed"]), "")
    if not rgb and attributes.get("theme", "").isdecimal():
        rgb = _THEME.get(int(attributes["theme"]), "")
    return word_of_rgb(rgb)


def word_of_rgb(rgb: str) -> str:
    """Name a colour of six hexadecimal digits."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", rgb):
        return ""
    red, green, blue = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.18:
        return "灰" if 0.35 < value < 0.85 else ""
    if value < 0.25:
        return ""
    return next(word for limit, word in _HUES if hue * 360 < limit)


def row_colour(colours: Iterable[str]) -> str:
    """Give the colour that half of a row's filled cells have; blank where none has."""
    all_of = list(colours)
    for colour in dict.fromkeys(all_of):
        if colour and all_of.count(colour) * 2 >= len(all_of):
            return colour
    return ""


def marked_rows(colours: Iterable[str], texts: Iterable[str]) -> tuple[ColouredRows, ...]:
    """Tell which colours of the records are marks, with what the sheet's lines say of them.

    `texts` are lines and headings beside the records (红色为已迁出).
    """
    all_of = list(colours)
    lines = [text for text in texts if "色" in text or "标" in text]
    found = []
    for colour in dict.fromkeys(all_of):
        rows = all_of.count(colour)
        if not colour or rows > _COMMON * len(all_of):
            continue
        legend = next((line for line in lines if colour in line), "")
        found.append(ColouredRows(colour, rows, legend, _meaning(legend)))
    return tuple(found)


def _meaning(legend: str) -> str:
    words: Mapping[str, str] = load_json("rules", "sheet-words.json")["colour_meanings"]
    return next((code for word, code in words.items() if word in legend), "")
