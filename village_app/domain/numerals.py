"""Chinese numerals both ways, and the numbers before the parts of a paper."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")

_STANDARD = str.maketrans(
    dict(zip("〇○两俩仨幺", "零零二二三一", strict=True))
    | dict(
        zip("壹弌贰貳弍叁參叄参弎肆伍陆陸柒捌玖", "一一二二二三三三三三四五六六七八九", strict=True)
    )
    | dict(zip("拾佰仟萬億", "十百千万亿", strict=True))
    | {"廿": "二十", "卅": "三十"}
)
_SMALL = {"十": 10, "百": 100, "千": 1000}
_NEXT_LOWER = {"百": "十", "千": "百", "万": "千", "亿": "千万"}


def to_chinese(number: int) -> str:
    """Write a number as it is said: 12 → 十二, 105 → 一百零五, 20 → 二十; below nought with 负."""
    if number < 0:
        return "负" + to_chinese(-number)
    words = spell(number, DIGITS, UNITS)
    return words[1:] if words.startswith("一十") else words


def spell(number: int, digits: str, units: tuple[str, str, str, str]) -> str:
    """Spell a number of nought or more with the given digits and units, 万 and 亿 between.

    One 零 stands for any run of noughts inside; none stands where a group of four ends in noughts
    and the next one has its thousands (一十万七千).
    """
    if number == 0:
        return digits[0]
    for value, name in ((10**8, "亿"), (10**4, "万")):
        if number >= value:
            head, rest = divmod(number, value)
            gap = digits[0] if 0 < rest < value // 10 else ""
            tail = spell(rest, digits, units) if rest else ""
            return spell(head, digits, units) + name + gap + tail
    return _spell_below_ten_thousand(number, digits, units)


def _spell_below_ten_thousand(number: int, digits: str, units: tuple[str, str, str, str]) -> str:
    words = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            words += digits[digit] + units[power]
        elif words and not words.endswith(digits[0]):
            words += digits[0]
    return words.rstrip(digits[0])


def from_chinese(text: str) -> int | None:
    """Read a numeral: 十二, 一百零五, 二〇二六, 廿八, 壹仟贰佰, 两万三; None where it is none.

    What is read must come out the same when it is written again, but for a 零 too many.
    """
    standard = text.translate(_STANDARD)
    if re.fullmatch(f"[{DIGITS}]+", standard):
        return int("".join(str(DIGITS.index(mark)) for mark in standard))
    standard = _complete(standard)
    if not re.fullmatch(f"(?!零)[{DIGITS}十百千万亿]+(?<!零)", standard):
        return None
    value = _evaluate(standard)
    written = spell(value, DIGITS, UNITS)
    enough = standard.count("零") >= written.count("零")
    bare, again = standard.replace("零", ""), written.replace("零", "")
    return value if enough and again in (bare, "一" + bare) else None


def _complete(standard: str) -> str:
    """Add the unit that speech leaves out: 两万三 is 二万三千."""
    unit = _NEXT_LOWER.get(standard[-2:-1])
    return standard + unit if unit and standard[-1] in DIGITS[1:] else standard


def _evaluate(standard: str) -> int:
    total = section = digit = 0
    for mark in standard:
        if mark in "万亿":
            group = section + digit
            total = (total + group) * 10**8 if mark == "亿" else total + group * 10**4
            section = digit = 0
        elif mark in _SMALL:
            section += (digit or 1) * _SMALL[mark]
            digit = 0
        else:
            digit = DIGITS.index(mark)
    return total + section + digit


def part_number(index: int, level: int) -> str:
    """Number a part of a paper (GB/T 9704): level 1 一、 2 （一） 3 1. 4 （1）; from 1 upwards."""
    forms = {1: f"{to_chinese(index)}、", 2: f"（{to_chinese(index)}）", 3: f"{index}."}
    return forms.get(level, f"（{index}）")


def ordinal_in(text: str) -> int | None:
    """Read the number at the start of an ordinal name: 第三小组, 3组, 第十二届 → 3, 3, 12."""
    found = re.match(rf"第?\s*(\d+|[{DIGITS}〇两廿卅十百千万]+)", text)
    if not found:
        return None
    number = found.group(1)
    return int(number) if number.isdecimal() else from_chinese(number)
