"""What each page of an encrypted database holds: so that a campaign can say that it left out none.

The pages are opened here with the bare cipher, as SQLCipher 4 writes them (AES-256-CBC, the last 80
bytes of a page are its initial vector and its seal) and told apart by SQLite's file format: lists
of free pages, the leaves and branches of tables and indexes; what remains is overflow.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

PAGE = 4096
SALT, VECTOR, SEAL = 16, 16, 64
CONTENT = PAGE - VECTOR - SEAL
_FREE_LIST = 32

Kind = Literal["first", "table", "index", "overflow", "free"]
Part = Literal["salt", "content", "vector", "seal"]
_TREES: dict[int, Kind] = {2: "index", 10: "index", 5: "table", 13: "table"}


def kinds_of(raw: bytes, key: bytes) -> list[Kind]:
    """Say of every page of a sound file what it is, in their order."""
    pages = [raw[start : start + PAGE] for start in range(0, len(raw), PAGE)]
    plain = [bytes(SALT) + _opened(pages[0], key, SALT), *(_opened(one, key) for one in pages[1:])]
    free = set(_free(plain))
    found: list[Kind] = ["first"]
    for number, page in enumerate(plain[1:], 2):
        found.append("free" if number in free else _TREES.get(page[0], "overflow"))
    return found


def parts_of(page: int) -> Iterator[tuple[Part, range]]:
    """Give the parts of a page (counted from 0) and where in it their bytes lie."""
    if page == 0:
        yield "salt", range(SALT)
    yield "content", range(SALT if page == 0 else 0, CONTENT)
    yield "vector", range(CONTENT, CONTENT + VECTOR)
    yield "seal", range(CONTENT + VECTOR, PAGE)


def _opened(page: bytes, key: bytes, start: int = 0) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    vector = page[CONTENT : CONTENT + VECTOR]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[start:CONTENT])


def _free(plain: list[bytes]) -> Iterator[int]:
    """Follow the list of free pages: each of its trunks names the next one and its leaves."""
    (trunk,) = struct.unpack_from(">I", plain[0], _FREE_LIST)
    while trunk:
        yield trunk
        following, count = struct.unpack_from(">II", plain[trunk - 1])
        yield from struct.unpack_from(f">{count}I", plain[trunk - 1], 8)
        trunk = following
