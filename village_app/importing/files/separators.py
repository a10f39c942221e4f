"""Finds the character that separates the columns of a text file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from village_app.importing.files.separated import long_fields

# In the order of preference where two would cut the lines equally well.
SEPARATORS = ("\t", ";", "|", ",", "，", "、", "；")
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_LINES = 300
_WIDE_GAP = re.compile(r"(?:[ \u3000]{2,}|\u3000)")
_GAP = re.compile(r"[ \u3000]+")
_TAB_AFTER_TEXT = re.compile(r"\t\"?[,;]")
_TAB_BETWEEN = re.compile(r"\t(?!\"?[,;]|\"?\r?\n|\"?$)")
_STATED = re.compile(r"sep=(.)\r?\n|sep=(.)$", re.IGNORECASE)


def stated_separator(text: str) -> tuple[str | None, str]:
    """Take off the line `sep=;` that Excel writes and obeys; gives (separator, rest of text)."""
    match = _STATED.match(text)
    if match is None:
        return None, text
    return match[1] or match[2], text[match.end() :]


def find_separator(text: str) -> tuple[str | None, float]:
    """Give the separator under which most lines have the same number of columns, at least two.

    With it comes the share of lines that agree. None where no separator cuts lines alike: the
    text is one column, or no table.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    with long_fields():
        scores = {separator: _agreement(sample, separator) for separator in SEPARATORS}
    if _TAB_AFTER_TEXT.search(sample) and not _TAB_BETWEEN.search(sample):
        scores["\t"] = 0  # it only keeps long numbers from being read as numbers
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return (best, scores[best]) if scores[best] > 0 else (None, 0)


def _agreement(sample: str, separator: str) -> float:
    """Score a separator: how many lines agree on a width, a little more for wider tables."""
    if separator not in sample:
        return 0
    widths: Counter[int] = Counter()
    try:
        for fields in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(field.strip() for field in fields):
                widths[len(fields)] += 1
            if widths.total() >= _SAMPLE_LINES:
                break
    except csv.Error:
        return 0
    wide = {width: lines for width, lines in widths.items() if width > 1}
    if not wide:
        return 0
    width, lines = max(wide.items(), key=lambda item: (item[1], item[0]))
    return lines / widths.total() + min(width, 50) / 1000


def tabs_for_blanks(text: str) -> str | None:
    """Put tabs where columns are only held apart by blanks, as in a print or a chat message.

    Two blanks and more separate where nearly all lines then have the same width; single ones only
    where all lines do and one column is numbers throughout. None where blanks make no columns.
    """
    lines = [line.strip() for line in text.splitlines()]
    filled = [line for line in lines if line][:_SAMPLE_LINES]
    for gap, least in ((_WIDE_GAP, 0.8), (_GAP, 1.0)):
        cut = [gap.split(line) for line in filled]
        width, agreeing = Counter(map(len, cut)).most_common(1)[0] if cut else (0, 0)
        if width < 2 or len(cut) < 2 or agreeing < least * len(cut):
            continue
        alike = [fields for fields in cut if len(fields) == width]
        if gap is _WIDE_GAP or any(_are_numbers(column) for column in zip(*alike, strict=True)):
            return "\n".join(gap.sub("\t", line) for line in lines)
    return None


def _are_numbers(column: tuple[str, ...]) -> bool:
    return all(re.fullmatch(r"\d{7,18}[\dXx]?", text) for text in column)
