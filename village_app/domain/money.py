"""Money as integer 分: read from what people write, shown as 元 or 万元, shared without floats.

A number cell is read to the fifteen digits that a spreadsheet really keeps. What is not a clean
amount to the 分 is refused with the rounded amount as a suggestion, never rounded silently.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from village_app.domain.money_words import is_in_words, read_words
from village_app.domain.texts import compact
from village_app.domain.unreadable import Unreadable

ROUNDING_NOTE = "因四舍五入，合计可能不等于100%"
TEN_THOUSAND_NOTE = "单位：万元，保留两位小数；合计按元角分计算后换算"

_AS_KEPT = Context(prec=15, rounding=ROUND_HALF_UP)
_BLANK = {"", "-", "--", "—", "——", "/", "无"}
_NEGATIVE = re.compile(r"^\((.+)\)$|^[-−–负](.+)$")
_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY|[¥￥])")
_AMOUNT = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:，\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
    r"(?P<unit>亿元?|万元?|千元|百元|元整?|[圆块]钱?)?"
)
_UNITS = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "元": 1, "圆": 1, "块": 1}


def parse_money(raw: object, unit: int = 1) -> int | None:
    """Read an amount in 分; None for blank, a lone dash or 无.

    `unit` is what a bare number counts in: 1 for 元, 10,000 under a head 单位：万元. Read are
    1,234.50, ¥28.16, 1200元, 1.2万元, （500）, -500, 3元5角 and amounts in words. Refused are
    parts of a 分, wrongly grouped thousands, scientific notation and anything that is no amount.
    """
    if raw is None:
        return None
    if isinstance(raw, bool):
        raise _no_amount(str(raw))
    if isinstance(raw, (int, float, Decimal)):
        return _from_number_cell(raw, unit)
    if re.search(r"\d\s+\d", str(raw)):  # two amounts in one cell, or one? nobody can know
        raise _no_amount(str(raw).strip())
    text = compact(str(raw)).lstrip("'")
    return None if text in _BLANK else _from_text(text, unit)


def _from_number_cell(raw: float | Decimal, unit: int) -> int:
    exact = Decimal(str(raw))
    if not exact.is_finite():
        raise _no_amount(str(raw))
    return _to_fen(_AS_KEPT.plus(exact) * unit, str(raw))


def _from_text(text: str, unit: int) -> int:
    bare = _CURRENCY.sub("", text)
    negative = _NEGATIVE.match(bare)
    if negative:
        bare = _CURRENCY.sub("", negative.group(1) or negative.group(2))
    amount = _positive(bare, text, unit)
    return -amount if negative else amount


def _positive(bare: str, text: str, unit: int) -> int:
    if is_in_words(bare):
        amount = read_words(bare)
        if amount is None:
            raise _no_amount(text)
        return amount
    found = _AMOUNT.fullmatch(bare)
    if not found:
        raise _no_amount(text)
    factor = _UNITS[found["unit"][0]] if found["unit"] else unit
    return _to_fen(Decimal(found["digits"].replace(",", "").replace("，", "")) * factor, text)


def _to_fen(yuan: Decimal, text: str) -> int:
    fen = yuan * 100
    whole = fen.to_integral_value(ROUND_HALF_UP)
    if fen != whole:
        suggestion = show_money(int(whole))
        raise Unreadable(
            "below_fen", f"“{text}”写到了分以下，金额只能到分，是不是 {suggestion}？", suggestion
        )
    return int(whole)


def _no_amount(text: str) -> Unreadable:
    return Unreadable("no_amount", f"“{text}”不是一个金额，请写成 1,234.50 这样的数字。")


def show_money(fen: int) -> str:
    """Show 分 as 元 with thousands and two decimals: 123450 → 1,234.50, -5 → -0.05."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}"


def show_ten_thousands(fen: int) -> str:
    """Show 分 as 万元 with two decimals, rounded half up for the eye only.

    Totals are added up in 分 and then shown, so changing the unit never changes a total.
    """
    hundredths = divide_half_up(fen, 10_000)
    return show_money(hundredths)


def show_money_exactly(fen: int) -> str:
    """Show 分 as 万元 to the last 分, at least two decimals: 1000005 → 1.000005, 3600000 → 3.60.

    Nothing is rounded, so that what stands in a column always adds up to its total.
    """
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 1_000_000)
    digits = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{sign}{whole:,}.{digits}"


def to_decimal(fen: int) -> Decimal:
    """Give 分 as an exact decimal of 元, for a number cell."""
    return Decimal(fen).scaleb(-2)


def divide_half_up(number: int, divisor: int) -> int:
    """Divide whole numbers, half rounded away from nought, as shops and offices do."""
    sign = -1 if (number < 0) != (divisor < 0) else 1
    return sign * ((2 * abs(number) + abs(divisor)) // (2 * abs(divisor)))


def portion(fen: int, share: int) -> int:
    """Take a share (in hundredths of a percent, 300 = 3 %) of an amount, half up to the 分."""
    return divide_half_up(fen * share, 10_000)


def share_of(part: int, whole: int) -> int | None:
    """Compute part ÷ whole in hundredths of a percent, half up; None where the whole is nought."""
    return divide_half_up(part * 10_000, whole) if whole else None


def show_share(share: int | None) -> str:
    """Show hundredths of a percent with two decimals: 253 → 2.53%; a dash for None."""
    return "—" if share is None else f"{show_money(share)}%"


def shares_need_note(shares: list[int]) -> bool:
    """Tell whether shares of one whole do not add up to 100.00 % and `ROUNDING_NOTE` is due."""
    return bool(shares) and sum(shares) != 10_000
