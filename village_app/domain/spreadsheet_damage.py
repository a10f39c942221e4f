"""Long numbers that a spreadsheet has already spoiled: it keeps only fifteen digits."""

from __future__ import annotations

import re
from decimal import Decimal

from village_app.domain.texts import compact

KEPT_DIGITS = 15
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}")


def is_scientific(text: str) -> bool:
    """Tell whether a text is a number as a narrow cell shows it: 4.41901E+17."""
    return _SCIENTIFIC.fullmatch(compact(text)) is not None


def lost_digits(raw: object) -> bool:
    """Tell whether digits of a long number are surely lost.

    Lost are: a text in scientific notation, and any number cell (int, float, Decimal) of more
    than fifteen digits. A text of eighteen digits is never surely lost; see `ends_like_lost`.
    """
    if isinstance(raw, bool):
        return False
    if isinstance(raw, (int, float, Decimal)):
        return bool(abs(raw) >= 10**KEPT_DIGITS)
    return isinstance(raw, str) and is_scientific(raw)


def ends_like_lost(number: str) -> bool:
    """Tell whether a text of more than fifteen digits ends in as many noughts as get lost."""
    surplus = len(number) - KEPT_DIGITS
    return surplus > 0 and number.isdecimal() and number.endswith("0" * surplus)


def digits_of(raw: object) -> str:
    """Give the digits of a number cell or text without a decimal part: 13812341234.0 → the phone.

    Numbers come as a spreadsheet keeps them; anything else is only made compact.
    """
    if isinstance(raw, bool):
        return ""
    if isinstance(raw, (int, float, Decimal)):
        exact = Decimal(str(raw))
        return f"{exact:f}" if exact != exact.to_integral_value() else f"{int(exact)}"
    text = compact(str(raw)).lstrip("'`’‘")
    return text[:-2] if re.fullmatch(r"\d+\.0", text) else text
