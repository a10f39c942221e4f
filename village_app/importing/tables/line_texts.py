"""What the text of a line says by itself: a total, a signature, a note, a household's heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from village_app.domain.resources import load_json

_HOUSEHOLD = re.compile(r"户主(?:姓名)?[:：]\s*([^\s,，;；、:：(（]{2,12})")
_HOUSEHOLD_NUMBER = re.compile(r"户(?:号|口号|编号)[:：]\s*([0-9A-Za-z-]{1,20})")
_ADDRESS = re.compile(r"(?:住址|地址|门牌号?)[:：]\s*(\S+)")
_PHONE = re.compile(r"(?:电话|手机号?|联系电话|联系方式)[:：]\s*(\S+)")
_NTH_HOUSEHOLD = re.compile(r"^第[\d一二三四五六七八九十百]+户")
_HOUSEHOLD_TOTAL = re.compile(r"^(?:本|全|该)户(?:共|计|合计|小计)?[:：]?\d{1,2}[人口]")
_COUNT = re.compile(r"\d{1,6}(?:\.0)?[人户名口个]?|\d{1,3}(?:\.\d+)?%")
_TOTAL_TAIL = re.compile(r"^.{0,6}(?:小计|合计|总计)$")


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """Write a text without blanks, narrow and in lower case, as words are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


@cache
def words_of(name: str) -> frozenset[str]:
    """Give a list of words of `resources/rules/sheet-words.json`, compact."""
    return frozenset(compact(word) for word in load_json("rules", "sheet-words.json")[name])


def is_total(first: str) -> bool:
    """Tell whether a compact text opens a line of totals: 合计, 第3页小计, 一组合计:18人."""
    head = re.split(r"[:：(（\d]", first, maxsplit=1)[0]
    if head in words_of("totals") or _HOUSEHOLD_TOTAL.match(first):
        return True
    tail = re.split(r"[:：]", first, maxsplit=1)[0]
    return len(first) <= 16 and _TOTAL_TAIL.match(tail) is not None


def counts_people(first: str, others: Sequence[str]) -> bool:
    """Tell whether compact texts are a line of figures below a total: 男, 6人."""
    return (
        first.rstrip(":") in words_of("counted")
        and bool(others)
        and all(_COUNT.fullmatch(text) for text in others)
    )


def is_signature(first: str) -> bool:
    """Tell whether a compact text opens a line of signatures: 填表人:, 审核人（签字）:."""
    head, colon, _ = first.replace("：", ":").partition(":")
    if re.search("签名|签字|盖章|签章", head):
        return True
    bare = re.sub(r"[(（].*?[)）]", "", head)
    words = words_of("signatures")
    if head in words or bare in words:
        return True
    return bool(colon) and any(bare.endswith(word) for word in words if len(word) >= 2)


def is_note(first: str) -> bool:
    """Tell whether a compact text opens a note: 注:, 说明1:, （以下空白）."""
    head = re.split(r"[:：1一(（)）]", first.lstrip("(（"), maxsplit=1)[0]
    return head in words_of("notes")


def opens_household(text: str) -> bool:
    """Tell whether a lone text opens a household: 户主：何强志 户号：030001, 第3户."""
    return bool(_HOUSEHOLD.search(text) or _NTH_HOUSEHOLD.match(compact(text)))


def labelled_household(texts: Sequence[str]) -> str | None:
    """Read label and value in turn (户主姓名, 何强志, 户号, 030001) as one text, or None."""
    labels = [compact(text).rstrip(":：") for text in texts[::2]]
    known = words_of("household_labels")
    if len(texts) < 2 or labels[0] not in words_of("head_labels") or not known.issuperset(labels):
        return None
    pairs = zip(labels, texts[1::2], strict=False)
    return " ".join(f"{label}：{value}" for label, value in pairs)


def household_line(text: str) -> dict[str, str]:
    """Read a line over a household: 户主：何强志 户号：030001 住址：三组1号 → values by field."""
    patterns = {
        "head_name": _HOUSEHOLD,
        "household_no": _HOUSEHOLD_NUMBER,
        "address": _ADDRESS,
        "phone": _PHONE,
    }
    found = {field: pattern.search(text) for field, pattern in patterns.items()}
    return {field: match.group(1) for field, match in found.items() if match}
