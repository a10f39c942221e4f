"""Names of village groups (村民小组) as people write them, brought to one form for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from village_app.domain.numerals import from_chinese, to_chinese
from village_app.domain.resources import load_json

_ENDING = "(?:村民小组|村小组|小组|生产队|经济合作社|经济社|股份合作社|股份社|组|队|社)"
_DIGITS = "(?:[0-9]{1,3}|[零〇一二三四五六七八九十廿卅]{1,4})"
_NUMBERED = re.compile(f"^(?:第)?({_DIGITS})(?:号)?{_ENDING}$")
_BEHIND_VILLAGE = re.compile(
    f"^[\u3400-\u9fff]{{1,10}}(?:村|社区|居委会|村委会)((?:第)?{_DIGITS}{_ENDING})$"
)
_NAMED = re.compile(f"^[\u3400-\u9fff]{{1,8}}{_ENDING}$")
_IN_TITLE = re.compile(f"(第?{_DIGITS}{_ENDING})")
_PLAIN_NUMBER = re.compile(r"^0*([0-9]{1,3})(?:\.0)?$")


@lru_cache(maxsize=4096)
def group_number(text: str) -> int | None:
    """Read the number of a numbered group: 三组, 第三村民小组, 3队, 隔坑村第3小组 → 3.

    A bare number is not read: it may be anything.
    """
    plain = _plain(text)
    behind = _BEHIND_VILLAGE.match(plain)
    match = _NUMBERED.match(behind.group(1) if behind else plain)
    if match is None:
        return None
    digits = match.group(1)
    number = int(digits) if digits.isdigit() else from_chinese(digits)
    return number or None


def is_group_name(text: str) -> bool:
    """Tell whether a text is a group's name by its form: 三组, 第2村民小组, 陈屋小组."""
    plain = _plain(text)
    if len(plain) > 18:
        return False
    return group_number(plain) is not None or _NAMED.match(plain) is not None


@lru_cache(maxsize=4096)
def group_key(text: str) -> str:
    """Give the key under which spellings of one group meet: 三组, 第三村民小组, 3 → 3."""
    plain = _plain(text)
    bare = _PLAIN_NUMBER.match(plain)
    if bare:
        return bare.group(1)
    number = group_number(plain)
    if number is None:
        # 第一 without 组 behind it stands in columns that are called 组.
        number = from_chinese(plain.removeprefix("第"))
    return str(number) if number is not None else re.sub(f"{_ENDING}$", "", plain) or plain


def usual_group_name(text: str) -> str:
    """Write a numbered group as it is said: 3, 第三村民小组, 03队 → 三组; other names as given."""
    key = group_key(text)
    return f"{to_chinese(int(key))}组" if key.isdigit() and int(key) else " ".join(text.split())


def group_in_title(text: str) -> str | None:
    """Find the group a title speaks of: 横沥镇隔坑村第三村民小组户籍人口花名册 → 三组.

    None where it speaks of none or of more than one.
    """
    found = {usual_group_name(match) for match in _IN_TITLE.findall(_plain(text))}
    return found.pop() if len(found) == 1 else None


def is_place_name(text: str) -> bool:
    """Tell whether a sheet's name is that of a hamlet: 陈屋, 旧围, 塘边 (by how such names end)."""
    endings = load_json("rules", "sheet-words.json")["place_endings"]
    plain = _plain(text)
    return 2 <= len(plain) <= 5 and plain.endswith(tuple(endings)) and not plain.isascii()


def without_group(text: str) -> str:
    """Take the group out of a sheet's name: 一组户籍, 第2村民小组户籍 → 户籍; of a hamlet all."""
    return "" if is_place_name(text) else _IN_TITLE.sub("", _plain(text))


def _plain(text: str) -> str:
    return re.sub(r"[\s()（）]+", "", unicodedata.normalize("NFKC", text))
