"""The recovery code: 24 random characters and one that catches a slip of the pen.

Written on paper and typed back years later, so the alphabet has no pairs that look alike:
ten digits and the letters without I, L, O and U (Crockford's base 32). 24 characters carry 120
random bits. The check character is a checksum over the field of 32 elements; every single wrong
character and every swap of two neighbours changes it.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable

from village_app.errors import Fault, InvalidInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 24
GROUP = 5
_SAME = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FIELD = 0b100101  # x^5 + x^2 + 1, irreducible and primitive over two elements


def new_code(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """Invent a code, shown in five groups of five."""
    body = "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(LENGTH))
    return shown(body + _check_character(body))


def shown(code: str) -> str:
    """Write a code in groups, as it stands on the paper for the safe."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """Bring a typed code into its one form; raises `InvalidInput` on a slip (E11).

    Case, blanks, hyphens of all kinds and full-width characters do not matter; O is 0, I and L
    are 1.
    """
    folded = unicodedata.normalize("NFKC", typed).upper().translate(_SAME)
    kept = "".join(c for c in folded if c.isalnum())
    strange = sorted({c for c in kept if c not in ALPHABET})
    if strange:
        raise _slip("code_character", f"恢复码里没有“{'、'.join(strange)}”，请对照纸上再看一遍。")
    if len(kept) != LENGTH + 1:
        raise _slip(
            "code_length", f"恢复码有 {LENGTH + 1} 个字符，现在是 {len(kept)} 个，请补齐再试。"
        )
    if _check_character(kept[:LENGTH]) != kept[LENGTH]:
        raise _slip("code_check", "恢复码里至少有一个字符不对，请对照纸上一组一组地再看一遍。")
    return kept


def _slip(code: str, message: str) -> InvalidInput:
    return InvalidInput([Fault("recovery_code", code, message)])


def _check_character(body: str) -> str:
    total = 0
    for character in body:  # Horner's scheme at the generator x = 2
        total = _doubled(total) ^ ALPHABET.index(character)
    return ALPHABET[_doubled(total)]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 0b100000 else value
