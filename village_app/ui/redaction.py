"""Taking numbers of persons out of a text before it is written into a report."""

from __future__ import annotations

import re
import unicodedata

# An identity number may be written with blanks or dashes between its groups; shorter runs of
# twelve digits and more are accounts, mobile numbers have eleven.
_IDENTITY = re.compile(r"(?<!\d)\d{6}[\s\-]?\d{8}[\s\-]?\d{3}[\dXx](?!\d)")
_OLD_IDENTITY = re.compile(r"(?<!\d)\d{6}[\s\-]?\d{6}[\s\-]?\d{3}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[\s\-]?\d{4}[\s\-]?\d{4}(?!\d)")
_LONG = re.compile(r"\d[\d\s\-]{10,}\d")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")


def redact(text: str) -> str:
    """Replace identity numbers, mobile numbers and any run of twelve digits by 〔号码〕."""
    return _without_numbers(unicodedata.normalize("NFKC", text))


def _without_numbers(plain: str) -> str:
    for pattern in (_IDENTITY, _OLD_IDENTITY, _MOBILE, _LONG):
        plain = pattern.sub("〔号码〕", plain)
    return plain


def redact_words(text: str) -> str:
    """Take out numbers and every Chinese word: what an unknown error says may name a person."""
    plain = _HAN_NAME.sub("〔字〕", unicodedata.normalize("NFKC", text))
    return _without_numbers(plain)
