"""The binary records that the parts of an xlsb file are made of ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from village_app.importing.files.reading import Damaged

_LONGEST_LENGTH = 4  # bytes of a record's length, seven bits each


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the records of a part as (number, contents); a record cut off is damage."""
    place = 0
    while place < len(data):
        number, place = _number(data, place)
        length, place = _length(data, place)
        if place + length > len(data):
            raise Damaged("record cut off")
        yield number, data[place : place + length]
        place += length


def _number(data: bytes, place: int) -> tuple[int, int]:
    first = data[place]
    if first < 0x80:
        return first, place + 1
    if place + 1 >= len(data):
        raise Damaged("record cut off")
    return (first & 0x7F) | (data[place + 1] & 0x7F) << 7, place + 2


def _length(data: bytes, place: int) -> tuple[int, int]:
    length = 0
    for step in range(_LONGEST_LENGTH):
        if place + step >= len(data):
            raise Damaged("record cut off")
        byte = data[place + step]
        length |= (byte & 0x7F) << 7 * step
        if byte < 0x80:
            return length, place + step + 1
    raise Damaged("record length")


def wide_string(record: bytes, place: int) -> tuple[str, int]:
    """Read a counted UTF-16 text; gives the text and the place after it."""
    count = unsigned(record, place)
    end = place + 4 + 2 * count
    if end > len(record):
        raise Damaged("text cut off")
    return record[place + 4 : end].decode("utf-16-le", "surrogatepass"), end


def unsigned(record: bytes, place: int) -> int:
    """Read an unsigned 32-bit number."""
    if place + 4 > len(record):
        raise Damaged("record too short")
    number: int = struct.unpack_from("<I", record, place)[0]
    return number


def short(record: bytes, place: int) -> int:
    """Read an unsigned 16-bit number."""
    if place + 2 > len(record):
        raise Damaged("record too short")
    number: int = struct.unpack_from("<H", record, place)[0]
    return number


def double(record: bytes, place: int) -> float:
    """Read a double."""
    if place + 8 > len(record):
        raise Damaged("record too short")
    number: float = struct.unpack_from("<d", record, place)[0]
    return number


def rk_number(record: bytes, place: int) -> float:
    """Read a number packed into 32 bits: 30 bits of a whole number or of a double, maybe /100."""
    packed = unsigned(record, place)
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole >= 1 << 29 else whole)
    else:
        number = struct.unpack("<d", b"\x00\x00\x00\x00" + struct.pack("<I", packed & ~3))[0]
    return number / 100 if packed & 1 else number
