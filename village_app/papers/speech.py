"""Written text as it is read aloud: days, times, amounts and numbers in words, short sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from village_app.domain.numerals import DIGITS, to_chinese

LONGEST_SENTENCE = 26
_YEAR_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_PHONE_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_MEASURES = "个户名位次份张条宗件盏台间栋辆棵块批届项所处"
# A run of more digits than this is a number that is spelled out.
_LONGEST_NUMBER = 8

_NAMED_NUMBERS = ("尾号", "编号", "号码", "账号", "卡号", "电话", "热线", "证号", "邮编", "验真码")

_FIGURES = re.compile(
    r"〔(?P<notice_year>\d{4})〕(?P<notice>\d+)号"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?P<year>\d{4})年"
    r"|(?P<clock>(?<!\d)\d{1,2}[:：]\d{2}(?!\d))"
    r"|(?P<phone>(?<![\d,.])0\d{2,3}-\d{7,8}(?!\d)|(?<![\d,.])1[3-9]\d{9}(?![\d.,]))"
    r"|(?P<hidden>\d*\*{2,}[\dXx]+)"
    r"|(?P<percent>\d+(?:\.\d+)?)[%％]"
    r"|[¥￥]?(?P<amount>-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|-?\d+(?:\.\d{1,2})?)(?P<unit>万?元)"
    r"|(?P<decimal>\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d+)"
    r"|(?P<whole>\d{1,3}(?:,\d{3})+|\d+)"
)
_BETWEEN = re.compile(
    r"(?<=[0-9日月年时分点])\s*[—–~～]+\s*(?=[0-9])|(?<=[0-9])--?(?=[0-9]{1,2}[:：])"
)
_MASKED_NAME = re.compile(r"(?<=[\u4e00-\u9fff·])[*＊]+|(?<![0-9*])[*＊]+(?=[\u4e00-\u9fff])")
_SILENT = re.compile(r"[《》〈〉“”‘’「」『』\[\]【】]")
_PAUSES = str.maketrans({"；": "。"} | dict.fromkeys("（）()：/:", "，"))
_ENDS = re.compile(r"(?<=[。！？])")


def speak(text: str) -> str:
    """Write a text as it is read aloud.

    2026年3月2日 becomes 二〇二六年三月二日 and 1,234.50元 一千二百三十四元五角. Ranges become 至,
    masked names are called 某, brackets become pauses.
    """
    text = _BETWEEN.sub("至", text)
    text = _FIGURES.sub(_said, text)
    text = _MASKED_NAME.sub("某", text)
    text = _SILENT.sub("", text)
    return _tidy(text.translate(_PAUSES))


def _tidy(text: str) -> str:
    text = re.sub(r"[，、]+(?=[，。！？])", "", text.replace(" ", ""))
    return re.sub(r"^[，。]+", "", text)


def _said(found: re.Match[str]) -> str:
    name = next(group for group in _READERS if found[group] is not None)
    return _READERS[name](found)


def say_amount(yuan: str) -> str:
    """Say an amount of 元 in words: 1,234.50 → 一千二百三十四元五角, 0.05 → 五分."""
    sign = "负" if yuan.startswith("-") else ""
    whole, _, rest = yuan.lstrip("-").replace(",", "").partition(".")
    jiao, fen = (int(digit) for digit in rest.ljust(2, "0")[:2])
    words = f"{to_chinese(int(whole))}元" if int(whole) or not (jiao or fen) else ""
    gap = DIGITS[0] if words and fen and not jiao else ""
    tenths = f"{DIGITS[jiao]}角" if jiao else ""
    hundredths = f"{DIGITS[fen]}分" if fen else ""
    return f"{sign}{words}{gap}{tenths}{hundredths}"


def _say_amount(found: re.Match[str]) -> str:
    if found["unit"] == "万元":
        return f"{_say_decimal(found['amount'])}万元"
    return say_amount(found["amount"])


def _say_decimal(number: str) -> str:
    sign = "负" if number.startswith("-") else ""
    whole, _, rest = number.lstrip("-").replace(",", "").partition(".")
    after = "".join(DIGITS[int(digit)] for digit in rest)
    return f"{sign}{to_chinese(int(whole))}" + (f"点{after}" if after else "")


def _say_whole(found: re.Match[str]) -> str:
    digits = found["whole"]
    bare = digits.replace(",", "")
    before, after = found.string[: found.start()], found.string[found.end() :]
    if "," not in digits and _is_spelled(bare, before):
        return bare.translate(_PHONE_DIGITS)
    if bare == "2" and after[:1] in _MEASURES and not before.endswith("第"):
        return "两"
    return to_chinese(int(bare))


def _is_spelled(digits: str, before: str) -> bool:
    """Tell whether a number is a name (尾号, 编号, very long, 007) and no quantity."""
    is_name = len(digits) > _LONGEST_NUMBER or (digits.startswith("0") and len(digits) > 1)
    return is_name or before.endswith(_NAMED_NUMBERS)


def _say_clock(found: re.Match[str]) -> str:
    hour, minute = re.split("[:：]", found["clock"])
    spoken = to_chinese(int(hour)) if int(hour) != 2 else "两"
    if int(minute) == 0:
        return f"{spoken}点"
    if int(minute) == 30:
        return f"{spoken}点半"
    nought = DIGITS[0] if int(minute) < 10 else ""
    return f"{spoken}点{nought}{to_chinese(int(minute))}分"


def _say_iso(found: re.Match[str]) -> str:
    year, month, day = found["iso"].split("-")
    return f"{year.translate(_YEAR_DIGITS)}年{to_chinese(int(month))}月{to_chinese(int(day))}日"


def _say_phone(found: re.Match[str]) -> str:
    digits = found["phone"]
    area, dash, own = digits.partition("-")
    groups = [area, *_fours(own)] if dash else [digits[:3], digits[3:7], digits[7:]]
    return "，".join(group.translate(_PHONE_DIGITS) for group in groups)


def _fours(digits: str) -> list[str]:
    head = len(digits) % 4
    groups = [digits[:head]] if head else []
    return groups + [digits[start : start + 4] for start in range(head, len(digits), 4)]


def _say_hidden(found: re.Match[str]) -> str:
    tail = found["hidden"].rpartition("*")[2]
    return f"尾号{tail.translate(_PHONE_DIGITS)}"


def _say_notice(found: re.Match[str]) -> str:
    year = found["notice_year"].translate(_YEAR_DIGITS)
    return f"{year}年第{to_chinese(int(found['notice']))}号"


_READERS: dict[str, Callable[[re.Match[str]], str]] = {
    "notice": _say_notice,
    "iso": _say_iso,
    "year": lambda found: f"{found['year'].translate(_YEAR_DIGITS)}年",
    "clock": _say_clock,
    "phone": _say_phone,
    "hidden": _say_hidden,
    "percent": lambda found: f"百分之{_say_decimal(found['percent'])}",
    "amount": _say_amount,
    "decimal": lambda found: _say_decimal(found["decimal"]),
    "whole": _say_whole,
}


def short_sentences(text: str, longest: int = LONGEST_SENTENCE) -> Iterator[str]:
    """Cut a spoken text into sentences of about `longest` characters at its commas.

    A clause that is longer by itself stays whole: nobody breathes inside a name or an amount.
    """
    for sentence in _ENDS.split(text):
        clauses = [clause for clause in re.split("，", sentence.rstrip("。！？")) if clause]
        line = ""
        for clause in clauses:
            if line and len(line) + 1 + len(clause) > longest:
                yield f"{line}。"
                line = clause
            else:
                line = f"{line}，{clause}" if line else clause
        if line:
            yield f"{line}。"
