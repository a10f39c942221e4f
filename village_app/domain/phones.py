"""Telephone numbers: mobile, fixed with area code, Hong Kong and Macau, short service numbers."""

from __future__ import annotations

import re

from village_app.domain.spreadsheet_damage import digits_of, lost_digits
from village_app.domain.texts import fold_width, remove_invisible
from village_app.domain.unreadable import Unreadable

_BLANK = {"", "无", "-", "—", "/", "没有", "无电话", "不详"}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WITH_AREA = re.compile(r"(010|02\d|0[3-9]\d{2})-?([2-8]\d{6,7})(?:[-转#]+(\d{1,6}))?")
_ABROAD = re.compile(r"(?:\+|00)(852|853|886)(\d{8,10})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_SHORT = re.compile(r"1\d{2,4}|9[56]\d{3,4}|[48]00\d{7}")
_SEPARATORS = re.compile(r"[/、,，;；\n|或]+")


def read_phone(raw: object) -> str | None:
    """Read one number; None for blank or 无.

    Kept forms: 13812341234, 0769-83731234, 010-62781234-801 (extension last), +852 91234567,
    83731234 (without area code), 12345. Refused are wrong lengths and more than one number.
    """
    if raw is None:
        return None
    text = fold_width(remove_invisible(_as_text(raw))).strip()
    if text in _BLANK:
        return None
    bare = re.sub(r"[—–]", "-", re.sub(r"[\s()]", "", text)).removeprefix("'").removesuffix(".0")
    kept = _known_form(bare) or _known_form(bare.replace("-", ""))
    if kept is None:
        raise _refusal(text, bare)
    return kept


def _as_text(raw: object) -> str:
    if isinstance(raw, str):
        return raw
    if lost_digits(raw):
        raise Unreadable("damaged", "号码已被 Excel 损坏，请对照原件重填。")
    return digits_of(raw)


def _known_form(bare: str) -> str | None:
    national = re.sub(r"^(?:(?:\+|00)86-?|86(?=1[3-9]\d{9}$))", "", bare)
    if national != bare and re.match(r"[2-9]", national):
        national = "0" + national
    if _MOBILE.fullmatch(national) or _LOCAL.fullmatch(national) or _SHORT.fullmatch(national):
        return national
    abroad = _ABROAD.fullmatch(bare)
    if abroad:
        return f"+{abroad[1]} {abroad[2]}"
    fixed = _WITH_AREA.fullmatch(national)
    if fixed:
        return "-".join(part for part in fixed.groups() if part)
    return None


def _refusal(text: str, bare: str) -> Unreadable:
    if "*" in bare:
        return Unreadable("masked", "这是隐去中间几位的号码，请填完整的号码。")
    if len([part for part in _SEPARATORS.split(text) if part.strip()]) > 1:
        return Unreadable("several_phones", "这里写了不止一个号码，请分开填写。")
    digits = re.sub(r"\D", "", bare)
    if digits.startswith("1") and len(digits) != 11:
        message = f"手机号应为 11 位，现在是 {len(digits)} 位，请核对。"
        return Unreadable("wrong_length", message)
    return Unreadable("no_phone", f"“{text}”不像电话号码，请写成 13812345678 或 0769-83731234。")


def split_phones(raw: object) -> tuple[str, ...]:
    """Split a cell with several numbers (13812341234/83731234) into the texts of each."""
    if not isinstance(raw, str):
        return () if raw is None else (_as_text(raw),)
    text = fold_width(remove_invisible(raw)).strip()
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if len(parts) == 1:
        parts = _split_at_blanks(parts[0])
    return tuple(part for part in parts if part not in _BLANK)


def _split_at_blanks(text: str) -> list[str]:
    """Split at blanks only where each side is a number by itself: 0769-8373 1234 is one."""
    pieces = text.split()
    alone = [_known_form(re.sub(r"[()]", "", piece)) for piece in pieces]
    return pieces if len(pieces) > 1 and all(alone) else [text]
