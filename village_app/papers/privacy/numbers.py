"""Numbers that belong to a person, found in running text: by form, check digits and words nearby.

What is no such number must pass: amounts, notice and voucher numbers, days, posting periods.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from village_app.domain.identity import birth_of, is_valid, lengthen
from village_app.domain.resources import load_json
from village_app.papers.privacy.folding import Folded

_GAP = r"[ \-–—_·./\n]?"
# Looked for at every beginning, so that a figure before a number does not swallow its digits.
_IDENTITY = re.compile(rf"(?<![0-9])(?=((?:[0-9]{_GAP}){{17}}[0-9Xx])(?![0-9]))")
_LONG_RUN = re.compile(r"[0-9Xx]{19,}")
_OLD_IDENTITY = re.compile(r"(?<![0-9.])[0-9]{15}(?![0-9.])")
_HALF_HIDDEN = re.compile(r"(?<![0-9*])[0-9*]{14,17}[0-9Xx*](?![0-9*])")
_MOBILE = re.compile(
    r"(?<![0-9])(?<![0-9]\.)(?:\+?86[ \-]?)?"
    r"(1[3-9](?:[0-9]{9}|[0-9]([ \-–—_·.])[0-9]{4}\2[0-9]{4}|[0-9]([ \-–—])[0-9]{3}\3[0-9]{5}"
    r"|[0-9]{2}([ \-–—])[0-9]{4}\4[0-9]{3})|1([ \-_·.])[3-9](?:\5[0-9]){9})"
    r"(?![0-9]|\.[0-9]|,[0-9]{3}|[ \n]*[元万亿])"
)
_LANDLINE = re.compile(
    r"(?<![0-9])\(?(0(?:10|2[0-9]|[3-9][0-9]{2}))\)?[ \-–—]?([2-8][0-9]{6,7})(?![0-9])"
)
_LOCAL_LINE = re.compile(
    r"(?:电话|电联|联系方式|座机|致电)[^0-9\n，。；]{0,6}([2-8][0-9]{6,7})(?![0-9])"
)
_CARD = re.compile(r"(?<![0-9])(?:[0-9][ \-]?){15,18}[0-9](?![0-9])")
_ACCOUNT = re.compile(
    r"(?:卡号|账号|帐号|账户|帐户|存折|银行卡|社保卡)[^0-9\n，。；]{0,12}"
    r"((?:[0-9][ \-]?){9,24}[0-9])(?![0-9])"
)
_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z\-])(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[HMCW][0-9]{8}(?:[0-9]{2})?)"
    r"(?![0-9A-Za-z])"
)
_OTHER_DOCUMENT = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|证件)[^0-9A-Za-z\n，。；]{0,8}([A-Z]{0,2}[0-9]{7,10})(?![0-9A-Za-z])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·.\- ]?"
    r"(?=[A-HJ-NP-Z]*[0-9])(?:[A-HJ-NP-Z0-9]{6}|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![0-9A-Z])"
)
# Cards in use in China: UnionPay 60, 62, 68, 69, old domestic 9, and 3, 4, 5 of foreign brands.
_CARD_BEGINNINGS = re.compile(r"6[0289]|9[0-9]|4|5|3[0-9]")
_LENGTHS_OF_CARDS = (16, 19)
_MOST_SHOWN_OF_IDENTITY = 10
_DIGIT = re.compile("[0-9]")
# A telephone number without its area code has the fewest digits of all but number plates.
_FEWEST_DIGITS = 7
# With a wrong check digit more gaps than these are a row of figures.
_MOST_GAPS_IN_DOUBT = 4

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """One number found: its class, the piece of the original text, the number itself, bare."""

    kind: str
    start: int
    end: int
    text: str
    number: str


def find_numbers(folded: Folded, today: date) -> tuple[Hit, ...]:
    """Find every number of a person in a folded text; the surest reading of a run goes first."""
    if len(_DIGIT.findall(folded.text)) < _FEWEST_DIGITS and not _PLATE.search(folded.text):
        return ()
    hits: list[Hit] = []
    for finder in _FINDERS:
        for kind, start, end in finder(folded.text, today):
            if all(end <= other.start or start >= other.end for other in hits):
                number = bare(folded.text[start:end])
                hits.append(Hit(kind, start, end, folded.cut(start, end), number))
    return tuple(sorted(hits, key=lambda hit: hit.start))


def bare(text: str) -> str:
    """Give a number without what stands between its digits and letters."""
    return re.sub(r"[^0-9A-Za-z*\u4e00-\u9fff]", "", text).upper()


def fits_luhn(number: str) -> bool:
    """Tell whether a card number's check digit is right (ISO/IEC 7812-1)."""
    total = 0
    for index, mark in enumerate(reversed(number)):
        digit = int(mark) * (1 + index % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def is_identity(number: str, today: date) -> bool:
    """Tell whether eighteen characters are an identity number of somebody already born."""
    return _is_person(number, today) and is_valid(number)


def _is_person(number: str, today: date) -> bool:
    regions = load_json("rules", "codes", "identity-regions.json")["regions"]
    birth = birth_of(number)
    return number[:2] in regions and birth is not None and birth.year >= 1900 and birth <= today


def _identities(text: str, today: date) -> Iterator[Span]:
    for found in _IDENTITY.finditer(text):
        number = bare(found[1])
        if _is_person(number, today):
            if is_valid(number):
                yield "identity", *found.span(1)
            elif len(found[1]) - len(number) <= _MOST_GAPS_IN_DOUBT:
                yield "identity_doubtful", *found.span(1)


def _identities_in_long_runs(text: str, today: date) -> Iterator[Span]:
    for found in _LONG_RUN.finditer(text):
        for start in range(found.start(), found.end() - 17):
            if is_identity(text[start : start + 18].upper(), today):
                yield "identity", start, start + 18


def _old_identities(text: str, today: date) -> Iterator[Span]:
    for found in _OLD_IDENTITY.finditer(text):
        if _is_person(lengthen(found[0]), today):
            yield "identity_old", *found.span()


def _half_hidden(text: str, _: date) -> Iterator[Span]:
    """Find identity numbers with so few stars that the birth date or more still shows."""
    for found in _HALF_HIDDEN.finditer(text):
        shown = len(found[0]) - found[0].count("*")
        if len(found[0]) in (15, 18) and _MOST_SHOWN_OF_IDENTITY < shown < len(found[0]):
            yield "identity_thin", *found.span()


def _mobiles(text: str, _: date) -> Iterator[Span]:
    for found in _MOBILE.finditer(text):
        yield "mobile", *found.span(1)


def _landlines(text: str, _: date) -> Iterator[Span]:
    for found in _LANDLINE.finditer(text):
        yield "landline", *found.span()
    for found in _LOCAL_LINE.finditer(text):
        yield "landline", *found.span(1)


def _cards(text: str, _: date) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        number = bare(found[0])
        if _CARD_BEGINNINGS.match(number) and fits_luhn(number):
            yield "bank_card", *found.span()


def _doubtful_cards(text: str, _: date) -> Iterator[Span]:
    """Find what looks like a card of a Chinese bank but for its check digit: a typing mistake."""
    for found in _CARD.finditer(text):
        number = bare(found[0])
        if number.startswith("62") and len(number) in _LENGTHS_OF_CARDS:
            yield "bank_card_doubtful", *found.span()


def _accounts(text: str, _: date) -> Iterator[Span]:
    for found in _ACCOUNT.finditer(text):
        yield "bank_account", *found.span(1)


def _documents(text: str, _: date) -> Iterator[Span]:
    for found in _OTHER_DOCUMENT.finditer(text):
        yield "passport", *found.span(1)
    for found in _PASSPORT.finditer(text):
        if not _holds_a_day(found[0]):
            yield "passport_doubtful", *found.span()


def _plates(text: str, _: date) -> Iterator[Span]:
    for found in _PLATE.finditer(text):
        yield "plate", *found.span()


_FINDERS: tuple[Callable[[str, date], Iterator[Span]], ...] = (
    _identities,
    _identities_in_long_runs,
    _cards,
    _accounts,
    _doubtful_cards,
    _old_identities,
    _half_hidden,
    _mobiles,
    _landlines,
    _documents,
    _plates,
)


def _holds_a_day(text: str) -> bool:
    """Tell whether the digits are a day (20260302), as in the numbers of contracts and notices."""
    digits = re.sub(r"[^0-9]", "", text)
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1990 <= day.year <= 2099
