"""Number formats: does a stored number mean a day, a time or a length of time, and which one.

Spreadsheets store a day as the count of days since 1899-12-31 (or 1904-01-01) and a time as a
fraction of a day; only the cell's number format tells a day from a number (ECMA-376 part 1,
18.8.30 and 18.17.4.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from village_app.importing.files.grid import CellKind

Meaning = Literal["number", "day", "time", "moment", "duration", "padded"]

_DAY_SECONDS = 86_400
_LAST_SERIAL = 2_958_466  # 10000-01-01
_FALSE_LEAP_DAY = 60  # 1900-02-29, which spreadsheets believe in
_WHOLE_SECOND = 0.001  # what fifteen digits leave of a whole second is less than this

# Formats 27 to 36 and 50 to 58 are the Chinese ones (ECMA-376 part 1, 18.8.30, zh-cn).
_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36), "yyyy-m-d"),
    **dict.fromkeys((50, 51, 52, 53, 54, 57, 58), "yyyy-m-d"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 55, 56), "h:mm:ss"),
    22: "yyyy-m-d h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}
_SILENT = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|AM/PM|A/P|上午/下午', re.IGNORECASE
)
_GENERAL = re.compile(r"general|g/通用格式|通用格式|常规|e[+-]", re.IGNORECASE)
_TOKEN = re.compile(r"\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+|e+|g+|b+|aaa+", re.IGNORECASE)
_PADDED = re.compile(r"0{2,32}")


def built_in_format(number: int) -> str:
    """Give the format code behind a built-in number; numbers without date meaning give General."""
    return _BUILT_IN.get(number, "General")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What numbers under a format are; `digits` is the least width of padded numbers.

    "padded" is a format of noughts alone, which shows 12 as 0012.
    """

    meaning: Meaning = "number"
    digits: int = 0


PLAIN = NumberFormat()


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """Tell what numbers under this format code are; only its first section decides."""
    section = code.split(";", 1)[0].strip()
    if _PADDED.fullmatch(section):
        return NumberFormat("padded", len(section))
    bare = _GENERAL.sub("", _SILENT.sub("", section))
    tokens = [token[:2].lower() for token in _TOKEN.findall(bare)]
    if any(token.startswith("[") for token in tokens):
        return NumberFormat("duration")
    letters = [token[0] for token in tokens]
    has_time = any(letter in "hs" for letter in letters)
    has_day = any(letter in "ydegba" for letter in letters) or _has_month(letters)
    if has_day and not any(sign in bare for sign in "#?"):
        return NumberFormat("moment" if has_time else "day")
    return NumberFormat("time") if has_time and not has_day else PLAIN


def _has_month(letters: list[str]) -> bool:
    """Tell whether an m means a month: it does unless it follows hours or precedes seconds."""
    for place, letter in enumerate(letters):
        after_hours = place > 0 and letters[place - 1] == "h"
        before_seconds = place + 1 < len(letters) and letters[place + 1] == "s"
        if letter == "m" and not after_hours and not before_seconds:
            return True
    return False


def shown(stored: str, form: NumberFormat, *, date_1904: bool) -> tuple[CellKind, str] | None:
    """Give kind and text of a stored number under its format, None where it stays a number.

    Days become `1985-06-30`, moments `1985-06-30 08:30:00`, times `08:30:00`; lengths of time and
    padded numbers become text as shown (`26:30:00`, `0012`). Days that do not exist but that
    spreadsheets show (1900-01-00, 1900-02-29) are given as shown, so that people find them.
    """
    if form.meaning == "padded":
        return ("text", stored.zfill(form.digits)) if stored.isdigit() else None
    serial = _serial(stored)
    if serial is None or form.meaning == "number":
        return None
    if form.meaning == "duration":
        return "text", _clock(_seconds(serial))
    if form.meaning == "day" and not 0 < serial < 1:
        return "date", _day(int(serial), date_1904=date_1904)
    day, seconds = divmod(_seconds(serial), _DAY_SECONDS)
    if day == 0 and (form.meaning == "time" or 0 < serial < 1):
        return "date", _clock(seconds)
    return "date", f"{_day(day, date_1904=date_1904)} {_clock(seconds)}"


def _serial(stored: str) -> float | None:
    try:
        serial = float(stored)
    except ValueError:
        return None
    return serial if 0 <= serial < _LAST_SERIAL else None


def _seconds(serial: float) -> int:
    """Round to whole seconds, but never into the next minute: 23:59:59.7 stays in its day."""
    exact = serial * _DAY_SECONDS
    nearest = round(exact)
    if abs(exact - nearest) < _WHOLE_SECOND:
        return nearest
    below = int(exact)
    return nearest if nearest // 60 == below // 60 else below


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"


def _day(serial: int, *, date_1904: bool) -> str:
    if date_1904:
        return (date(1904, 1, 1) + timedelta(days=serial)).isoformat()
    if serial == 0:
        return "1900-01-00"
    if serial == _FALSE_LEAP_DAY:
        return "1900-02-29"
    origin = date(1899, 12, 31 if serial < _FALSE_LEAP_DAY else 30)
    return (origin + timedelta(days=serial)).isoformat()
