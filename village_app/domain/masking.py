"""Personal data with its middle hidden, by the common convention (no national table exists).

Every mask keeps the length by code point, works on what is already masked, and never shows more
than the convention allows when a value is shorter than expected.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from village_app.domain.identity import age_on
from village_app.domain.resources import load_json
from village_app.domain.texts import MIDDLE_DOT

STAR = "*"

IdentityMask = Literal["screen", "ends", "strict", "tail"]
BankMask = Literal["ends", "tail"]
BirthMask = Literal["year", "age"]

# Characters kept at the front and at the end.
_IDENTITY_ENDS: dict[str, tuple[int, int]] = {
    "screen": (4, 4),
    "ends": (6, 4),
    "strict": (3, 2),
    "tail": (0, 4),
}
_UP_TO_GROUP = re.compile(r".*?(?:村民小组|小组|组|生产队|队)")
_UP_TO_VILLAGE = re.compile(r".*?(?:社区|居委会|村委会|村)(?![镇乡街])")
_UP_TO_TOWN = re.compile(r".*(?:镇|街道|乡|市|县|区)")


def keep_ends(text: str, front: int, back: int) -> str:
    """Hide all but `front` characters at the start and `back` at the end.

    Where that would hide less than a third, at most half is kept, the end before the start.
    """
    length = len(text)
    if 3 * (length - front - back) < length:
        allowed = length // 2
        back = min(back, allowed)
        front = min(front, allowed - back)
    hidden = STAR * (length - front - back)
    return text[:front] + hidden + text[length - back :]


def compound_surnames() -> tuple[str, ...]:
    """Give the compound surnames (复姓) that a name may begin with."""
    return tuple(load_json("characters", "surnames.json")["compound"])


def surname_length(name: str) -> int:
    """Count the characters of the surname: two for a compound one with a given name behind it."""
    return 2 if len(name) > 2 and name[:2] in compound_surnames() else 1


def mask_name(name: str) -> str:
    """Hide the given name: 张明 → 张*, 张小明 → 张*明, 欧阳小明 → 欧阳*明.

    A name of several parts keeps the first characters of the outer two: 买买提·艾力 → 买**·艾*.
    """
    if len(name) <= 1:
        return STAR
    if MIDDLE_DOT in name or " " in name:
        return _mask_parts(name)
    kept = surname_length(name)
    if len(name) - kept == 1:
        return name[:kept] + STAR
    if len(name) > 4 and kept == 1:
        return name[0] + STAR * (len(name) - 1)
    return name[:kept] + STAR * (len(name) - kept - 1) + name[-1]


def _mask_parts(name: str) -> str:
    parts = re.split(f"([{MIDDLE_DOT} ])", name)
    shown = {0, len(parts) - 1}
    masked = []
    for index, part in enumerate(parts):
        if index % 2:
            masked.append(part)
        else:
            kept = part[:1] if index in shown else ""
            masked.append(kept + STAR * (len(part) - len(kept)))
    return "".join(masked)


def mask_identity(number: str, how: IdentityMask = "ends") -> str:
    """Hide the middle of an identity number.

    "screen" keeps 4 and 4, "ends" 6 and 4 (6 and 3 of fifteen digits), "strict" 3 and 2,
    "tail" only the last 4.
    """
    front, back = _IDENTITY_ENDS[how]
    if how == "ends" and len(number) == 15:
        back = 3
    if len(number) in (15, 18):
        return number[:front] + STAR * (len(number) - front - back) + number[-back:]
    return keep_ends(number, min(front, 1), min(back, 3))


def mask_document(number: str) -> str:
    """Hide the middle of a passport or permit: first 1 and last 3 stay: E12345678 → E*****678."""
    return mask_identity(number) if len(number) in (15, 18) else keep_ends(number, 1, 3)


def mask_phone(number: str) -> str:
    """Hide four digits of a mobile number, all but the last four of a fixed one.

    13812341234 → 138****1234, 0769-83731234 → 0769-****1234, +852 91234567 → +852 ****4567.
    """
    mobile = re.fullmatch(r"(\d{3})[\d*]{4}([\d*]{4})", number)
    if mobile:
        return f"{mobile[1]}****{mobile[2]}"
    fixed = re.fullmatch(r"(0\d{2,3}-|\+\d{1,4} )([\d*]{7,8})(.*)", number)
    if fixed:
        hidden = len(fixed[2]) - 4
        return fixed[1] + STAR * hidden + fixed[2][hidden:] + re.sub(r"\d", STAR, fixed[3])
    return keep_ends(number, 0, 4)


def mask_bank_account(number: str, how: BankMask = "ends") -> str:
    """Hide the middle of a card or account: first 6 and last 4 stay, or only the last 4."""
    return keep_ends(number, 6 if how == "ends" else 0, 4)


def mask_address(address: str) -> str:
    """Keep an address down to the village group: 隔坑村三组12号 → 隔坑村三组***."""
    for pattern in (_UP_TO_GROUP, _UP_TO_VILLAGE, _UP_TO_TOWN):
        found = pattern.match(address)
        if found:
            return found[0] + STAR * 3
    return STAR * 3


def mask_birth(birth: date, how: BirthMask = "year", on: date | None = None) -> str:
    """Show only the year of birth (1985年) or the age in full years on a day (41岁)."""
    if how == "year":
        return f"{birth.year}年"
    return f"{age_on(birth, on or date.today())}岁"


def mask_plate(plate: str) -> str:
    """Hide the middle of a number plate: 粤S12123 and 粤S·12123 → 粤S·**123."""
    bare = re.sub(rf"[\s{MIDDLE_DOT}.\-]", "", plate)
    if len(bare) < 6:
        return keep_ends(bare, 1, 1)
    return f"{bare[:2]}{MIDDLE_DOT}{STAR * (len(bare) - 5)}{bare[-3:]}"
