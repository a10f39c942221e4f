"""The unified social credit code of organisations (GB 32100-2015)."""

from __future__ import annotations

from village_app.domain.texts import compact
from village_app.domain.unreadable import Unreadable

_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code_check(first_seventeen: str) -> str:
    """Compute the last character of a unified social credit code (GB 32100-2015, mod 31)."""
    total = sum(
        _CREDIT_CHARACTERS.index(mark) * weight
        for mark, weight in zip(first_seventeen, _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT_CHARACTERS[-total % 31]


def read_credit_code(raw: object) -> str | None:
    """Read a unified social credit code of an organisation; None for blank.

    Letters are made upper-case. Refused are wrong lengths, the letters I O Z S V, which the
    standard does not use, and a wrong check character, with the right code as a suggestion.
    """
    text = "" if raw is None else compact(str(raw)).upper().replace("-", "")
    if not text:
        return None
    if len(text) != 18:
        message = f"统一社会信用代码应为 18 位，现在是 {len(text)} 位，请核对。"
        raise Unreadable("wrong_length", message)
    strange = sorted(set(text) - set(_CREDIT_CHARACTERS))
    if strange:
        message = f"统一社会信用代码里不会有 {'、'.join(strange)}，请对照执照核对。"
        raise Unreadable("wrong_characters", message)
    expected = credit_code_check(text[:17])
    if text[17] != expected:
        message = f"末位校验码应为 {expected}，请对照执照核对。"
        raise Unreadable("wrong_check_digit", message, text[:17] + expected)
    return text
