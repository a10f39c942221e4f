"""Damages files a little, as broken sticks, bad lines and hostile hands do."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

from tests.importing.spreadsheet_makers import zipped

_TOKENS = (
    b'<row r="1048577">',
    b"</c>",
    b'<c r="XFD1048576">',
    b"&lt;",
    b"&#0;",
    b"<!DOCTYPE x>",
    b"]]>",
    b"\x00",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x80",
    b'"',
    b"\r",
    b"99999999999999999999",
    b"-1",
    b"\xef\xbb\xbf",
    "甲".encode("gb18030"),
)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Change one to four places of some bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 200))
        match chance.randrange(6):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length]
            case 3:
                changed[place:place] = chance.choice(_TOKENS)
            case 4:
                del changed[max(place, 1) :]
            case _:
                other = chance.randrange(len(changed) + 1)
                changed[place : place + length] = changed[other : other + length]
    return bytes(changed)


def mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Give damaged copies, the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield mutate(data, chance)


def zip_mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Give copies damaged inside one part, zipped again without a flaw, so that parsers see it."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(count):
        name = chance.choice(sorted(parts))
        part = parts[name]
        assert isinstance(part, bytes)
        yield zipped({**parts, name: mutate(part, chance)}, level=1)
