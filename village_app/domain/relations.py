"""Relation to the head of the household (GB/T 4761-2008), read from what people say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from village_app.domain.code_tables import CodeChoice, plain_table
from village_app.domain.texts import compact
from village_app.domain.unreadable import Unreadable

HEAD_CODES = frozenset({"01", "02"})
HEAD = "02"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a word for a relation came to; `asks` holds the codes to choose from when unsure."""

    code: str | None
    asks: tuple[str, ...] = ()


_KNOWN_HEADS = frozenset({"户主", "本人", "户主本人", "本人户主"})
_FOR_HEAD = re.compile(r"^(?:户主|本人)(?:的|之)?(?=.)")


def read_relation(
    raw: object,
    birth: date | None = None,
    head_birth: date | None = None,
    *,
    two_digit_codes: bool = False,
) -> Relation | None:
    """Read a relation in words or code; None for blank.

    A single digit is a code of the short table (2 子), or in a column of two-digit codes one whose
    nought got lost (2 = 02 户主). 媳妇 is the wife of a head of her own age and the
    daughter-in-law of one a generation older; between the two, or without both births, it is asked
    about. Raises `Unreadable` for words that nobody knows.
    """
    text = "" if raw is None else compact(str(raw)).removesuffix(".0")
    if not text:
        return None
    plain = plain_table("relation")
    if len(text) == 1 and text.isdecimal():
        return Relation(f"0{text}" if two_digit_codes else plain["one_digit"].get(text))
    words = text if text in _KNOWN_HEADS else _FOR_HEAD.sub("", text)
    if words in plain["daughter_in_law"]["words"]:
        return _wife_or_daughter_in_law(birth, head_birth)
    return Relation(CodeChoice("relation").parse(words))


def _wife_or_daughter_in_law(birth: date | None, head_birth: date | None) -> Relation:
    unsure = plain_table("relation")["daughter_in_law"]
    both = (unsure["wife"], unsure["daughter_in_law"])
    if birth is None or head_birth is None:
        return Relation(None, both)
    younger = (birth - head_birth).days / 365.2425
    if younger >= unsure["daughter_in_law_from_years"]:
        return Relation(unsure["daughter_in_law"])
    if younger <= unsure["wife_up_to_years"]:
        return Relation(unsure["wife"])
    return Relation(None, both)


def expected_sex(code: str) -> str | None:
    """Give the sex that a relation implies (1 男, 2 女); None where it implies none."""
    entries = plain_table("relation")["options"]
    return next((entry.get("sex") for entry in entries if entry["code"] == code), None)


def is_head(code: str | None) -> bool:
    """Tell whether a relation is the head itself (本人 or 户主)."""
    return code in HEAD_CODES


def check_sex(code: str, sex: str | None) -> None:
    """Refuse a relation that the sex contradicts: a 儿子 who is a woman."""
    expected = expected_sex(code)
    if expected and sex in {"1", "2"} and sex != expected:
        label = CodeChoice("relation").show(code)
        wanted = "男" if expected == "1" else "女"
        sentence = f"与户主关系是“{label}”，性别应为{wanted}，请核对其中一项。"
        raise Unreadable("relation_against_sex", sentence)
