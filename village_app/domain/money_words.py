"""Amounts in capital numerals (大写), by the rules for filling in bills (支付结算办法, annex 1)."""

from __future__ import annotations

import re

from village_app.domain.numerals import from_chinese, spell

CURRENCY = "人民币"
LARGEST = 10**18  # 分; 壹万万亿 has no accepted writing

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_NUMERAL = "零〇一二三四五六七八九十百千万亿两廿卅壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億弍弎"
_NUMBER = rf"(?:\d+|[{_NUMERAL}]+)"
_WORDS = re.compile(
    rf"(?:(?P<yuan>{_NUMBER})[元圆圓块])?零?"
    rf"(?:(?P<jiao>{_NUMBER})[角毛])?零?"
    rf"(?:(?P<fen>{_NUMBER})分)?(?:钱)?[整正]?"
)


def in_words(fen: int) -> str:
    """Write 分 in capitals: 140950 → 人民币壹仟肆佰零玖元伍角; negative with 负 before the sum.

    Where the rules leave a choice: 零 stands between 元 and 角 when the sum ends in ten 元, none
    between 万 and 仟, and 整 stands only after 元. Refused from 10,000 万亿 upwards (ValueError).
    """
    if abs(fen) >= LARGEST:
        raise ValueError("金额太大，无法写成大写")
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{CURRENCY}{sign}{_yuan_words(yuan, rest)}{_rest_words(yuan, rest)}"


def _yuan_words(yuan: int, rest: int) -> str:
    if yuan == 0 and rest:
        return ""
    return f"{spell(yuan, _DIGITS, _UNITS)}元"


def _rest_words(yuan: int, rest: int) -> str:
    if rest == 0:
        return "整"
    jiao, fen = divmod(rest, 10)
    gap = "零" if yuan and (jiao == 0 or yuan % 10 == 0) else ""
    tenths = f"{_DIGITS[jiao]}角" if jiao else ""
    hundredths = f"{_DIGITS[fen]}分" if fen else ""
    return f"{gap}{tenths}{hundredths}"


def is_in_words(text: str) -> bool:
    """Tell whether an amount (already without blanks and currency) is written in words."""
    return re.search(r"\d", text) is None or re.search(r"\d[角毛分]", text) is not None


def read_words(text: str) -> int | None:
    """Read an amount in words as 分: 壹仟贰佰, 三千五百元, 伍角, 3元5角; None where it is none."""
    bare = text.removeprefix(CURRENCY)
    negative = bare.startswith("负")
    bare = bare.removeprefix("负")
    if re.fullmatch(f"[{_NUMERAL}]+[整正]?", bare):
        bare = bare.rstrip("整正") + "元"
    found = _WORDS.fullmatch(bare)
    if not found or not any(found.groups()):
        return None
    fen = _sum_up(found)
    return -fen if negative and fen is not None else fen


def _sum_up(found: re.Match[str]) -> int | None:
    total = 0
    for name, factor in (("yuan", 100), ("jiao", 10), ("fen", 1)):
        text = found[name]
        if text is None:
            continue
        value = int(text) if text.isdecimal() else from_chinese(text)
        if value is None or (name != "yuan" and value > 9):
            return None
        total += value * factor
    return total
