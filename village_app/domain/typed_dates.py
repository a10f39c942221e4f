"""Days as people type them: 8.3, 明天, 上周五, 20260803, 88年3月, 1985年6月30日.

What is missing is filled in from "today", and whatever could also mean something else is said as
a doubt, so that a form can show it and an import can list it. Spreadsheet serial numbers are the
reader's business, not ours.
"""

from __future__ import annotations

import re
from datetime import date

from village_app.domain.numerals import from_chinese
from village_app.domain.relative_days import read_relative
from village_app.domain.texts import fold_width, remove_invisible
from village_app.domain.typed_date import Lean, TypedDate, choose, exists
from village_app.domain.unreadable import Unreadable

_BLANK = {"", "-", "—", "/", "无", "不详"}
_YEAR_WORDS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_NUMERAL = re.compile(
    r"[零〇一二三四五六七八九十廿卅两]+(?=[年月日号天周个])|(?<=年)[一二三四五六七八九十]+$"
)
_TIME_TAIL = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_WEEKDAY_TAIL = re.compile(r"\(?(?:周|星期)[一二三四五六日天]\)?$")

_MARKED = re.compile(r"(\d{2}|\d{4})年(?:(\d{1,2})月(?:份)?(?:(\d{1,2})[日号]?)?)?")
_SEPARATED = re.compile(r"(\d{4}|\d{2})([-/.])(\d{1,2})\2(\d{1,2})\.?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:月(?:份)?|[-/.])(\d{1,2})[日号]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})(\d{2})|(\d{4})")


def read_date(raw: str, today: date, lean: Lean = "near") -> TypedDate | None:
    """Read a typed day; None for blank.

    `lean` says where a day without a year lies: "near" today, in the "past" (births, payments) or
    in the "future" (limits). Refused: days that do not exist, ages, lunar days, anything else.
    """
    text = _TIME_TAIL.sub("", fold_width(remove_invisible(raw)).strip())
    text = re.sub(r"\s+", "", text).removeprefix("'")
    if text in _BLANK:
        return None
    _refuse_other_things(text)
    if re.match(r"\d", text):
        text = _WEEKDAY_TAIL.sub("", text)
    plain = _NUMERAL.sub(lambda found: str(_numeral(found[0])), text)
    for read in (read_relative, _with_year_word, _absolute):
        found = read(plain, today, lean)
        if found is not None:
            return _existing(found, text)
    raise _no_day(text)


def read_full_date(raw: str, today: date, lean: Lean = "near") -> date | None:
    """Read a typed day that must be a whole day; refuses a mere month or year."""
    found = read_date(raw, today, lean)
    if found is None:
        return None
    if found.value is None:
        missing = "日" if found.month else "月和日"
        raise Unreadable("day_missing", f"“{raw.strip()}”还缺{missing}，请补全，如 1985-06-30。")
    return found.value


def _numeral(text: str) -> int:
    value = from_chinese(text)
    if value is None:
        raise _no_day(text)
    return value


def _no_day(text: str) -> Unreadable:
    return Unreadable("no_day", f"“{text}”不像日期，请写成 2026-08-03 或 8.3。")


def _refuse_other_things(text: str) -> None:
    if re.search(r"\d岁$|周岁", text):
        raise Unreadable("age", f"“{text}”是年龄，不是日期，请填出生日期。")
    if re.search(r"农历|阴历|旧历|初[一二三四五六七八九十]", text):
        raise Unreadable("lunar", f"“{text}”是农历，请换成公历日期。")


def _existing(found: TypedDate, text: str) -> TypedDate:
    try:
        date(
            found.year,
            1 if found.month is None else found.month,
            1 if found.day is None else found.day,
        )
    except ValueError as error:
        raise Unreadable("no_such_day", f"“{text}”这一天不存在，请核对。") from error
    return found


def _with_year_word(text: str, today: date, lean: Lean) -> TypedDate | None:
    del lean
    for word, shift in _YEAR_WORDS.items():
        if text.startswith(word):
            rest = text.removeprefix(word)
            year = today.year + shift
            if rest in {"底", "末", "年底"}:
                return TypedDate(year, 12, 31)
            found = _MARKED.fullmatch(f"{year}年{rest}")
            return _from_groups(found) if found and rest else None
    return TypedDate(today.year, 12, 31) if text in {"年底", "年末"} else None


def _from_groups(found: re.Match[str]) -> TypedDate:
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    return TypedDate(year, month, day)


def _absolute(text: str, today: date, lean: Lean) -> TypedDate | None:
    marked = _MARKED.fullmatch(text)
    if marked:
        return _century(_from_groups(marked), len(marked[1]), today, lean)
    separated = _SEPARATED.fullmatch(text)
    if separated:
        parts = TypedDate(int(separated[1]), int(separated[3]), int(separated[4]))
        return _century(parts, len(separated[1]), today, lean)
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        return _year_last(int(day_first[1]), int(day_first[3]), int(day_first[4]))
    year_month = _YEAR_MONTH.fullmatch(text)
    if year_month:
        return _lost_october(year_month, text)
    return _only_digits(text, today, lean) or _without_year(text, today, lean)


def _lost_october(found: re.Match[str], text: str) -> TypedDate:
    year, month = int(found[1]), int(found[2])
    lost = text.endswith(".1")  # a number cell turns 1985.10 into 1985.1
    doubts = (f"也可能是 {year} 年 10 月（末尾的 0 被表格去掉）",) if lost else ()
    return TypedDate(year, month, None, doubts)


def _century(found: TypedDate, digits: int, today: date, lean: Lean) -> TypedDate:
    if digits == 4:
        return found
    year = today.year // 100 * 100 + found.year
    ahead = year > today.year + (0 if lean == "past" else 20)
    year -= 100 if ahead else 0
    return TypedDate(year, found.month, found.day, (f"年份只写了两位，按 {year} 年算",))


def _year_last(first: int, second: int, year: int) -> TypedDate:
    if first > 12:
        return TypedDate(year, second, first)
    if second > 12 or first == second:
        return TypedDate(year, first, second)
    other = f"也可能是 {year} 年 {second} 月 {first} 日"
    return TypedDate(year, first, second, (other,))


def _only_digits(text: str, today: date, lean: Lean) -> TypedDate | None:
    found = _DIGITS.fullmatch(text)
    if not found:
        return None
    if found[1]:
        return TypedDate(int(found[1]), int(found[2]), int(found[3]))
    if found[6]:
        return TypedDate(int(found[6])) if 1900 <= int(found[6]) <= 2100 else None
    short = TypedDate(int(text[:2]), int(text[2:4]), int(text[4:]))
    if not (1900 <= int(found[4]) <= 2100 and 1 <= int(found[5]) <= 12):
        return _century(short, 2, today, lean)
    full = _century(short, 2, today, lean)
    doubts = (f"也可能是 {full.year} 年 {full.month} 月 {full.day} 日",) if exists(full) else ()
    return TypedDate(int(found[4]), int(found[5]), None, doubts)


def _without_year(text: str, today: date, lean: Lean) -> TypedDate | None:
    alone = re.fullmatch(r"(\d{1,2})月(?:份)?", text)
    if alone and 1 <= int(alone[1]) <= 12:
        firsts = [TypedDate(today.year + shift, int(alone[1]), 1) for shift in (-1, 0, 1)]
        first = choose(firsts, today.replace(day=1), lean, "没有写年份")
        return TypedDate(first.year, first.month, None, first.doubts)
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        return None
    month, day = int(found[1]), int(found[2])
    if month > 12:  # 85.6 can only be a year and a month
        return _century(TypedDate(month, day), 2, today, lean) if day <= 12 else None
    years = (today.year - 1, today.year, today.year + 1)
    return choose([TypedDate(year, month, day) for year in years], today, lean, "没有写年份")
